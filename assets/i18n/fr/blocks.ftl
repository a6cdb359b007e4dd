# Plusieurs lignes collées d’un coup : cartes, signatures, listes.

blocks-ask-cards = { $count ->
    [one] une carte — Entrée la met dans la poche, Échap en fait une ligne
   *[other] { $count } cartes — Entrée les met dans la poche, Échap en fait une ligne
}
blocks-ask-list = une liste de { $count } personnes — Entrée les met dans la poche, Échap en fait une ligne
blocks-filed = { $count ->
    [one] { $who } : dans la poche
   *[other] { $count } personnes : dans la poche
}
blocks-aside = { $count ->
    [one] Une ligne n’est à personne et a été laissée de côté :
   *[other] { $count } lignes ne sont à personne et ont été laissées de côté :
}
