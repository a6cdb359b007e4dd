# Les commandes des marchés et des chemins.
cli-value-region = RÉGION
cli-value-market = MARCHÉ
cli-value-how = LIEN
cli-arg-region = Seulement les gens de cette région : son nom, ou une ville qui s’y trouve
cli-quoted = « { $words } »
brief-inferred = Suggérés

cli-markets = Jusqu’où votre réseau joint chaque marché
cli-markets-gaps = Seulement les marchés que personne n’ouvre
cli-markets-more =
    openbar markets --region Estrie
    openbar markets --gaps --format json

    La portée vient des meilleurs chemins, non du nombre de gens : beaucoup d’inconnus n’ouvrent rien.
    Vos propres marchés tiennent dans un fichier : openbar export --to markets --out marches.toml, openbar import marches.toml

cli-market = Qui touche à un marché, par quel chapeau, par qui
cli-market-name = Un marché : son nom dans l’une ou l’autre langue, ou le début
cli-market-accept = Déclarer le lien de cette personne, avec le chapeau que ses mots suggèrent
cli-market-refuse = Refuser le lien de cette personne ; il n’est plus jamais suggéré
cli-market-forget = Oublier ce qui a été déclaré ou refusé
cli-market-how = Avec --accept, le lien : décide, travaille, membre, fournit, achète ou influence
cli-market-more =
    openbar market municipal --region Magog
    openbar market acériculture --accept ghislain --how décide
    openbar market boulangeries --refuse boulanger

cli-path = Les meilleurs chemins pour être présenté à quelqu’un, ou dans un marché
cli-path-to = Une personne ou un marché ; avec un + devant, un marché seulement
cli-path-more =
    openbar path ghislain
    openbar path municipal --region Estrie

    Un chemin compte au plus trois étapes, et deux chemins ne partagent personne. Une flèche pointillée est une supposition : des gens
    d’une même organisation, d’un même événement ou d’une même association.

cli-stats = Votre réseau en chiffres
cli-stats-more =
    Savoir qui se tient entre les autres, et quels groupes il y a, demande des liens entre vos contacts : openbar tie A B

# Ce qu’elles répondent.
markets-people = { $people ->
    [one] { $people } personne connue, { $met } rencontrée
   *[other] { $people } personnes connues, { $met } rencontrées
}
markets-people-in = { $people ->
    [one] { $people } personne, { $region }
   *[other] { $people } personnes, { $region }
}
markets-nobody = Personne ne touche à un marché.
markets-nobody-hint = Titres et organisations mènent aux marchés ; openbar market NOM --accept QUI déclare un lien.
markets-no-gaps = Chaque marché a une entrée.
markets-closed = { $count ->
    [0] Chaque marché a une entrée.
    [one] { $count } marché n’a pas d’entrée : openbar markets --gaps
   *[other] { $count } marchés n’ont pas d’entrée : openbar markets --gaps
}
markets-presence = { $count ->
    [0] personne
    [one] { $count } personne
   *[other] { $count } personnes
}
markets-presence-stated = { $count ->
    [one] { $count } personne, dont { $stated } par votre parole
   *[other] { $count } personnes, dont { $stated } par votre parole
}
markets-sole-door = par { $name } seulement
market-within = fait partie de : { $market }
market-more = { $count ->
    [one] et { $count } autre (--limit en montre plus)
   *[other] et { $count } autres (--limit en montre plus)
}
market-doors = Porte unique : { $names }
market-regions = Par région
market-asks = À qui demander de l’ouvrir
market-through = par { $names }

path-none = Aucun chemin ne mène à { $to }.
path-none-hint = Les liens font les chemins : openbar tie A B, ou, dans une ligne, connaît:Luc et via:Luc.
path-likelihood = { $dots } chances { $likelihood }
path-guess = { " " }(en partie supposées)
path-asked = demandé le { $date } ; réponse attendue
path-asked-yes = demandé le { $date } ; c’est fait
path-asked-no = demandé le { $date } ; réponse négative

stats-people = Gens
stats-pocket = { $count } dans la poche
stats-active = { $count ->
    [one] { $count } classée
   *[other] { $count } classées
}
stats-archived = { $count ->
    [one] { $count } mise de côté
   *[other] { $count } mises de côté
}
stats-from = Provenance
stats-by-hand = { $count } à la main
stats-closeness = Proximité
stats-undeclared = { $count } sans mention
stats-ties = Liens
stats-ties-of = { $ties } déclarés, entre { $people } personnes ; { $hubs } organisations, événements et associations où des gens se connaissent peut-être
stats-markets = Marchés
stats-placed = Dans un marché
stats-placed-of = { $placed } personnes, dont { $opening } en ouvrent un
stats-openers = Qui ouvre des marchés
stats-opens = { $count ->
    [one] ouvre { $count } marché
   *[other] ouvre { $count } marchés
}
stats-alone = sans personne d’autre : { $markets }
stats-brokers = Entre les groupes (contrainte de Burt ; plus basse, plus libre)
stats-clusters = Groupes de gens qui se connaissent (modularité { $modularity })
stats-group = { $count } personnes
stats-missing = Ce qui en dirait plus :
