# The list of people and a person's page.

people-title = People
people-preview = Card
people-query-hint = type / to search: words, @org, #tag, =value, +market, in:town
people-found = { $count ->
    [one] { $number } person
   *[other] { $number } people
}
people-keep-need = { $key } keeps the need
people-marked = { $count ->
    [one] { $count } marked
   *[other] { $count } marked
}
people-loading = reading…
people-nobody-yet = Nobody yet. Press a to log somebody: a first name is enough. Press I to import your LinkedIn archive.
people-nobody-fits = Nobody fits. Try fewer words, or press Esc twice to see everybody.
people-no-timeline = Nothing noted yet. l notes a talk.
person-needs = Answers your needs
person-gone = This person is no longer in the book. Press u if that was a slip.
