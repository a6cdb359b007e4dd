# L’écran des marchés.

map-markets = Marchés
map-gaps = Pas encore atteints
map-regions = Régions × marchés
map-people = Gens × marchés
map-view-map = Survol
map-view-gaps = Trous
map-view-regions = Régions × marchés
map-view-people = Gens × marchés
map-filter-hint = tapez / pour filtrer les marchés
map-counting = calcul…
map-about = { $reached } atteints, { $not } pas encore
map-gaps-about = { $count ->
    [one] { $count } marché, les plus peuplés d’abord
   *[other] { $count } marchés, les plus peuplés d’abord
}
map-by-reach = les mieux atteints d’abord
map-by-presence = les plus peuplés d’abord
map-hidden = caché
map-no-gaps = Aucun trou : tous les marchés sont atteints.
map-nothing-fits = Aucun marché ne correspond. Échap les montre tous.
map-everywhere = partout
map-me = moi

# Ce qui ferait parler les chiffres.
map-star = Seuls vos propres liens sont connus. Notez :
map-missing = Pour voir plus loin, notez :
map-missing-ties = qui connaît qui (un lien ouvre des chemins)
map-missing-closeness = à quel point les gens vous sont proches
map-missing-meetings = qui vous avez rencontré

# Personne encore.
map-empty = Aucun marché : personne n’est noté.
map-empty-what = Chaque chapeau de chaque personne mène à des marchés : un conseiller décide au municipal, un vendeur de planches fournit la construction. openbar les lit dans les titres, les organisations et les notes.
map-empty-import = Appuyez sur { $key } pour importer votre archive LinkedIn : la carte des marchés est là quelques secondes plus tard.
map-empty-capture = Ou appuyez sur { $key } et notez quelqu’un.

# Un marché.
map-naics = SCIAN { $code }
map-nobody = personne
map-none-met = { $count ->
    [one] { $number } personne, pas rencontrée
   *[other] { $number } personnes, aucune rencontrée
}
map-presence = { $count ->
    [one] { $number } personne
   *[other] { $number } personnes : { $stated } de votre main, { $inferred } d’après les mots
}
map-presence-stated = { $count ->
    [one] { $number } personne, de votre main
   *[other] { $number } personnes, toutes de votre main
}
map-presence-inferred = { $count ->
    [one] { $number } personne, d’après les mots
   *[other] { $number } personnes, toutes d’après les mots
}
map-sole-door = { $count ->
    [one] la seule porte : { $names }
   *[other] chaque porte compte : { $names }
}
map-more = { $count ->
    [one] et { $count } autre
   *[other] et { $count } autres
}
map-connectors = Qui en est
map-asks = Qui pourrait l’ouvrir
map-no-asks = Personne encore
map-no-asks-hint = Personne de connu n’est près de ce marché. n note un besoin : qui y répond sera signalé dès son arrivée.
map-refused = refusé : Espace revient dessus
map-via = par { $who }

# Chemins.
map-ways = Chemins vers { $to }
map-no-way = Pas encore de chemin : personne de connu n’y mène.
map-directly = directement
map-asked = demandé { $when }
map-asked-yes = présenté { $when }
map-asked-no = décliné { $when }

# Tableaux.
map-columns-all = tous les marchés
map-columns-few = grands marchés
map-regions-none = Personne n’a encore de région. Écrivez à:Magog, par exemple, dans la ligne de quelqu’un.
map-people-none = Personne n’est encore lié à un marché.
map-cell-none = aucun lien
map-cell-covered = { $count ->
    [one] { $number } personne, portée : { $level }
   *[other] { $number } personnes, portée : { $level }
}
map-cell-stated = de votre main : { $how }
map-cell-inferred = d’après les mots : { $how }

# Changer les marchés.
map-pick-region = Compter les gens de
map-pick-into = { $market } : le fondre dans
map-pick-hint = tapez pour filtrer
map-name-new = Un nouveau marché
map-name-new-below = Un nouveau marché sous { $market }
map-name-other = { $market } : autres noms
map-name-fr = en français
map-name-en = en anglais
map-how-decides = décide
map-how-works = travaille
map-how-member = membre
map-how-supplies = fournit
map-how-buys = achète
map-how-influences = influence
map-where = { $source } :
map-hidden-page = Caché : ses gens comptent avec le marché au-dessus. La même touche le montre de nouveau.
