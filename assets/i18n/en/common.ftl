# Words that several screens and commands share.

people-count = { $count ->
    [one] { $count } person
   *[other] { $count } people
}
