# Mots que plusieurs écrans et commandes partagent.

people-count = { $count ->
    [one] { $count } personne
   *[other] { $count } personnes
}
