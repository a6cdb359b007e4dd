# La poche : les cartes à classer, une à la fois.

pocket-title = { $count ->
    [0] Poche
    [one] { $count } carte à classer
   *[other] { $count } cartes à classer
}
pocket-left = { $count ->
    [one] dernière carte
   *[other] { $count } cartes à classer
}
pocket-empty = La poche est vide. Tapez a après votre prochain événement : chaque carte notée attend ici que vous la classiez.
pocket-swept = Il ne reste personne de cette recherche. Échap ramène à la poche.
pocket-no-event = sans événement
pocket-no-card-before = C’est la première carte. u annule le dernier classement.
pocket-proposals = Propositions
pocket-same = même personne que { $who } ?
pocket-but = mais { $reasons }
pocket-org = écrire l’organisation « { $org } »
pocket-event = rencontre à { $event }
pocket-title-label = titre
pocket-org-label = organisation
pocket-picture = Ce qui est imprimé
pocket-text = Ce qui a été collé
pocket-code = code : { $payload }
pocket-from-code = d’après le code
pocket-marked = { $count ->
    [one] { $count } carte cochée
   *[other] { $count } cartes cochées
}
pocket-changed-elsewhere = Ce champ a été changé ailleurs entre-temps. Revoyez-le.
pocket-brought = C’était toute la pile.
pocket-brought-filed = { $count ->
    [one] { $count } carte classée
   *[other] { $count } cartes classées
}
pocket-brought-known = { $count ->
    [one] { $count } personne que vous connaissiez déjà
   *[other] { $count } personnes que vous connaissiez déjà
}
pocket-brought-answers = { $count ->
    [one] { $count } répond à un besoin : { $needs }
   *[other] { $count } répondent à vos besoins : { $needs }
}
pocket-brought-orgs = { $count ->
    [one] { $count } organisation inconnue jusqu’ici
   *[other] { $count } organisations inconnues jusqu’ici
}
pocket-brought-markets = { $count ->
    [one] { $count } nouveau marché
   *[other] { $count } nouveaux marchés
}
