# Plusieurs lignes collées d’un coup : cartes, signatures, listes.

command-write = Écrire dans l’éditeur
command-write-help = Écrire dans l’éditeur : plusieurs lignes, une signature ou une liste.
blocks-ask-cards = { $count ->
    [one] une carte — Entrée : dans la poche, Échap : une seule ligne
   *[other] { $count } cartes — Entrée : dans la poche, Échap : une seule ligne
}
blocks-ask-list = une liste de { $count } personnes — Entrée : dans la poche, Échap : une seule ligne
blocks-aside = { $count ->
    [one] Une ligne n’est à personne et a été laissée de côté :
   *[other] { $count } lignes ne sont à personne et ont été laissées de côté :
}
