# Marchés sans nom connu, et ce qu’on a pu vouloir dire.
error-no-market = Aucun marché ne répond au nom de « { $name } ».
error-no-market-hint = Pour les voir tous : openbar markets
error-no-region = Aucune région ne répond au nom de « { $name } », et personne ne s’y trouve.
error-no-region-hint = Nommez une région, une ville ou une province : Estrie, Magog, Ontario.
error-near-hint = Vouliez-vous dire { $names } ?
usage-same-market = Un marché ne peut être sous lui-même ni devenir lui-même.
usage-market-exists = { $name } existe déjà (nom court : { $slug }).

# Comment on joint un marché.
level-none = nul
level-thin = mince
level-fair = bon
level-strong = fort

# Quelles chances a un chemin.
odds-remote = infimes
odds-slight = minces
odds-possible = possibles
odds-likely = bonnes
odds-very-likely = très bonnes

# Sur quoi repose une étape d’un chemin.
basis-profile = profil consulté
basis-connected = relation sur un réseau
basis-met = personne rencontrée
basis-interactions = { $count ->
    [one] { $count } échange
   *[other] { $count } échanges
}
basis-setbacks = { $count ->
    [one] { $basis }, un revers
   *[other] { $basis }, { $count } revers
}
tie-evidence-introduced = vous l’a présenté
tie-evidence-introduced-back = vous a été présenté par cette personne
tie-evidence-org = peut-être : tous deux chez { $name }
tie-evidence-event = peut-être : tous deux à { $name }
tie-evidence-association = peut-être : tous deux membres, { $name }
tie-evidence-shared-by = { $shared } ({ $people })

# Où se trouvent les mots qui suggèrent un marché.
source-title = titre
source-org = organisation
source-credential = titre professionnel
source-value = valeur
source-tag = étiquette
source-note = note
source-stated = déclaré
evidence-words = « { $words } » ({ $source })
hat-former = autrefois

# Ce qui manque pour que les mesures disent quelque chose.
missing-ties = des liens entre vos contacts. Ajoutez-en : openbar tie A B, ou, dans une ligne, connaît:Luc et via:Luc
missing-closeness = la proximité des gens. Ajoutez-la : proche:0 à proche:5 dans une ligne
missing-meetings = des rencontres. Notez-les : openbar log QUI …

# Pourquoi quelqu’un pourrait ouvrir un marché.
ask-why-knows = connaît { $member }
ask-why-may-know = connaît peut-être { $member }
ask-why-member = en est, mais à peine connu
ask-why-near = est dans { $market }
