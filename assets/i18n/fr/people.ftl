# La liste des gens et la page d’une personne.

people-title = Gens
people-preview = Carte
people-query-hint = tapez / pour chercher : mots, @org, #étiquette, =valeur, +marché, à:ville
people-found = { $count ->
    [one] { $number } personne
   *[other] { $number } personnes
}
people-keep-need = { $key } garde le besoin
people-marked = { $count ->
    [one] { $count } cochée
   *[other] { $count } cochées
}
people-loading = lecture…
people-nobody-yet = Personne encore. Tapez a pour noter quelqu’un : un prénom suffit. Tapez I pour importer votre archive LinkedIn.
people-nobody-fits = Personne ne correspond. Essayez moins de mots, ou tapez Échap deux fois pour revoir tout le monde.
people-no-timeline = Rien de noté encore. l consigne un échange.
person-needs = Répond à vos besoins
person-gone = Cette personne n’est plus dans le carnet. Tapez u si c’était une erreur.
