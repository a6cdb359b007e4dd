# Ce qui se pose sur les écrans : commandes, aide, fiches, questions, fichiers, importation, historique.

palette-title = Commandes
palette-placeholder = Tapez une partie d’une commande
palette-nothing = Aucune commande pour « { $typed } ».

# Façons de joindre une personne.
reach-copy = Copier : { $name }
reach-open = Ouvrir : { $name }
reach-card = carte
reach-card-all = tout, pour transmettre
reach-nothing = Aucune façon de joindre la personne pour l’instant. Sa ligne ({ $key }) accueille un courriel ou un téléphone.

# Ce qui a changé.
history-title = Historique
history-title-of = Historique : { $name }
history-loading = Lecture…
history-nothing = Rien n’a encore changé.
history-undone = annulé
history-more = Les changements plus anciens sont conservés aussi : openbar history
history-time = { $hour } h { $minute }
history-records = { $count ->
    [one] { $count } fiche
   *[other] { $count } fiches
}

# Aide : touches et signes.
help-title = Aide
help-chapter-move = Se déplacer
help-chapter-capture = Laisser entrer les gens
help-chapter-change = Changer
help-chapter-use = Se servir
help-chapter-program = Le programme
help-signs = Les signes, dans la barre comme dans une recherche
help-queries = Dans une recherche seulement
help-others = Une ligne peut commencer par
help-line = Une seule ligne dit tout, dans n’importe quel ordre après le nom :
help-line-example = Réjean Tremblay, vendeur @Scierie Tremblay =planches #chambre 819-555-0123
help-org = organisation d’un chapeau
help-org-example = @Scierie Tremblay
help-role = titre d’un chapeau
help-role-example = titre:directrice
help-value = ce que la personne pourrait apporter
help-value-example = =planches, livraison
help-tag = étiquette, un seul mot
help-tag-example = #chambre
help-market = marché, et le lien avec lui
help-market-example = +municipal:décide
help-met = événement ou lieu de la rencontre
help-met-example = %Souper de la chambre
help-via = qui vous a présentés
help-via-example = via:Louise Gagnon
help-in = ville ou région ; in:me, c’est chez vous
help-in-example = à:Magog
help-close = proximité, de 0 à 5
help-close-example = proche:3
help-next = suivi
help-next-example = suivi:6sem suivi:vendredi
help-note = le reste de la ligne, mot pour mot
help-note-example = note:aime le hockey
help-quotes = pris au pied de la lettre
help-quotes-example = "Café, bar et cie"
help-not = sans
help-not-example = -#chambre
help-or = l’un ou l’autre
help-or-example = #bois,cèdre
help-range = au moins ; depuis un mois donné
help-range-example = proche:3.. vu:2025-11..
help-is = pocket, unread, archived, due
help-is-example = is:pocket
help-has = email, phone, note, tie…
help-has-example = has:email
help-stale = rien ne s’est passé depuis
help-stale-example = stale:90d
help-need = quelque chose que vous cherchez
help-need-example = besoin: terrasse en cèdre
help-log = quelque chose qui s’est passé
help-log-example = log: café avec Louise
help-mandate = un contrat
help-mandate-example = mandat: plan @MRC 18 000 $

# Une importation : en cours, puis ce qu’elle a apporté.
report-title = Importation
report-reading = Lecture de { $file }
report-waiting = Lecture…
report-so-far = { $done } sur { $total }
report-so-far-open = { $done ->
    [one] { $done } ligne
   *[other] { $done } lignes
}
report-keeps = Échap la laisse continuer seule, ou l’arrête.
report-leave = L’importation n’est pas terminée.
report-go-on = Continuer en arrière-plan
report-watch = Regarder
report-stop = Arrêter
report-stopping = Arrêt en cours…
report-failed = Rien n’est entré
report-again = Entrée choisit un autre fichier.
report-done = Ce qui est entré
report-cancelled = Arrêtée en chemin. Ce qui était déjà entré est là ; { $key } l’annule.
report-tried = Un essai seulement : rien n’a changé.
report-nothing-new = Tout y était déjà connu.
report-new = { $count ->
    [one] nouvelle personne
   *[other] nouvelles personnes
}
report-changed = { $count ->
    [one] fiche changée
   *[other] fiches changées
}
report-known = { $count ->
    [one] déjà connue
   *[other] déjà connues
}
report-organisations = { $count ->
    [one] nouvelle organisation
   *[other] nouvelles organisations
}
report-others = { $count ->
    [one] autre fiche
   *[other] autres fiches
}
report-moves = { $count ->
    [one] { $count } changement d’emploi
   *[other] { $count } changements d’emploi
}
report-nameless = { $count ->
    [one] { $count } ligne sans nom ni rien d’autre à garder
   *[other] { $count } lignes sans nom ni rien d’autre à garder
}
report-problems = { $count ->
    [one] { $count } ligne lue en partie seulement
   *[other] { $count } lignes lues en partie seulement
}
report-toast = Importation terminée : { $new } nouveaux, { $changed } changés, { $known } déjà connus.
report-undone = Annulée.

# Choisir un fichier à importer.
files-title = Importer un fichier, ou lire des cartes
files-placeholder = Tapez une partie d’un nom, ou un chemin qui commence par / ou ~
files-empty = Rien à voir dans ce dossier.
files-nothing = Rien ici ne correspond à « { $typed } ».
files-unreadable = Ce dossier ne peut pas être lu : { $detail }
files-more = Seules les { $count } premières entrées sont affichées ; tapez un chemin pour atteindre les autres.
files-size = { $number } { $unit }
files-ask = Demander votre archive à LinkedIn
files-ask-how = Sur linkedin.com : Vous › Préférences et confidentialité › Confidentialité des données › Obtenir une copie de vos données. Cochez Relations et demandez l’archive ; le lien arrive par courriel, souvent en quelques minutes. Choisissez ici le ZIP tel quel.

# Questions sur une ou plusieurs personnes.
ask-log = Ce qui s’est passé : { $who }
ask-log-placeholder = café hier, appelé, aidé pour la terrasse…
ask-log-hint = Le premier mot dit ce que c’était : vu, appelé, écrit, café, aidé… Un jour peut se trouver n’importe où.
ask-follow-up = Revenir à : { $who }
ask-follow-up-placeholder = vendredi, 6sem, dans 3 mois, 2026-12-01
ask-follow-up-now = En ce moment : { $date }
ask-date-unread = « { $text } » n’est pas une date.
ask-date-past = Ce jour est passé.
ask-tomorrow = demain
ask-next-week = la semaine prochaine
ask-two-weeks = dans deux semaines
ask-one-month = dans un mois
ask-three-months = dans trois mois
ask-no-date = aucune
ask-hat = Chapeaux : { $who }
ask-hat-placeholder = un nouveau : titre @Organisation
ask-hat-new = nouveau chapeau
ask-hat-kind = Tab : { $kind }
ask-hat-ends = Entrée termine ce chapeau aujourd’hui.
ask-hat-again = Entrée reprend ce chapeau.
ask-hat-none = Aucun chapeau encore.
ask-hat-ended = terminé
ask-closeness = Proximité : { $who }
ask-closeness-none = non dite
ask-tag = Étiquettes : { $who }
ask-tag-placeholder = chambre -ancien
ask-tag-hint = Entrée ajoute les mots ; -mot enlève l’étiquette.
ask-tag-share = { $some } sur { $all }
ask-tie = Lien : { $who }
ask-tie-placeholder = tapez le nom de l’autre personne
ask-tie-nobody = Personne ne correspond à « { $typed } ».
ask-tie-kind = { $a } et { $b }
ask-tie-near = proches l’un de l’autre : { $dots }   + plus, - moins
ask-tie-known = déjà liés
ask-event = Événement des prochaines cartes
ask-event-placeholder = Souper de la chambre, salon, cabane à sucre d’un voisin…
ask-event-hint = Les prochaines cartes seront notées comme vues là. « aucun » y met fin.
ask-event-on = Jour
ask-event-of = Lieu de rencontre : { $who }
ask-event-of-hint = L’événement et le jour sont inscrits sur chaque carte choisie. « aucun » les enlève.
ask-event-none = aucun événement

# Une fiche avec tous les champs.
form-me = Ma carte
form-part = { $who } › { $part }
form-section-name = Nom
form-section-home = Chez moi et règles
form-full = nom complet
form-given = prénom
form-family = nom de famille
form-prefix = civilité
form-suffix = suffixe
form-credentials = désignations
form-nickname = surnom
form-hat = chapeau
form-market = marché
form-met-on = quand
form-met-at = événement ou lieu
form-met-how = comment
form-title = titre
form-org = organisation
form-kind = sorte
form-former = encore porté
form-since = depuis
form-until = jusqu’à
form-title-alt = titre, autres langues
form-org-alt = organisation, autres langues
form-street = rue
form-unit = bureau, app.
form-city = ville
form-province = province
form-postal = code postal
form-country = pays
form-label = sorte
form-how = par quel chapeau
form-evidence = pourquoi
form-refused = refusé
form-yes = oui
form-no = non
form-nothing = —
form-add = + ajouter
form-save = Enregistrer
form-lines = { $count ->
    [one] et { $count } autre ligne
   *[other] et { $count } autres lignes
}
form-changed = { $count ->
    [one] { $count } champ changé
   *[other] { $count } champs changés
}
form-keys-save = { $key } enregistre
form-hint-email = l’adresse, puis une sorte au besoin : travail, domicile…
form-hint-phone = le numéro, #poste, puis une sorte : travail, cellulaire…
form-hint-url = l’adresse, puis une sorte au besoin
form-hint-list = des virgules entre les éléments
form-hint-tags = des espaces entre les mots
form-hint-day = 2019, 2025-11, 3 novembre 2025, hier
form-hint-next = vendredi, 6sem, dans 3 mois, 2026-12-01
form-hint-birthday = 12 avril, 1980-04-12
form-hint-cadence = 90j, 6sem, 3 mois
form-hint-language = fr, en, ou un autre code de deux lettres
form-hint-via = un nom ; → le complète
form-hint-text = Entrée le garde, Échap le laisse comme avant, Tab continue
form-not-email = Ce n’est pas une adresse courriel.
form-not-url = Ce n’est pas une adresse web.
form-not-day = « { $text } » n’est pas une date.
form-not-cadence = « { $text } » n’est pas une durée en jours, semaines ou mois.
form-not-language = Écrivez fr, en, ou un autre code de deux lettres.
form-kept-as-written = Aucun numéro reconnu ; le texte est gardé tel quel.
form-no-editor = L’éditeur n’a rien rendu ; la note est comme avant.
form-gone = Cette carte n’existe plus ; elle ne peut pas être enregistrée.
form-conflict = Changé ailleurs entre-temps : { $fields }. Enregistrez encore pour garder les vôtres.
form-leave = Pas encore enregistré : { $fields }.
form-leave-save = Enregistrer
form-leave-discard = Abandonner
form-leave-stay = Rester
