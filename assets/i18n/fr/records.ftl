# Les mots de ce que les fiches contiennent : étapes, liens, chapeaux, échanges, champs.

stage-pocket = dans la poche
stage-active = active
stage-archived = archivée

door-seen = profil vu
door-invited = invitation envoyée
door-accepted = invitation acceptée
door-declined = invitation déclinée

# La proximité, de 0 à 5.
closeness-0 = aucun lien
closeness-1 = simple rencontre
closeness-2 = connaissance
closeness-3 = contact
closeness-4 = amitié
closeness-5 = intimité

# Ce qui lie deux personnes, lu d'un bout et de l'autre.
tie-knows = connaît
tie-works-with = travaille avec
tie-family = famille
tie-reports-to = relève de
tie-reports-to-back = dirige
tie-influences = influence
tie-influences-back = sous l’influence de
tie-recommended = a recommandé
tie-recommended-back = recommandation par
tie-introduced = a présenté
tie-introduced-back = présentation par

role-employment = emploi
role-ownership = propriétaire
role-elected = fonction élective
role-board = conseil d’administration
role-member = membre
role-volunteer = bénévole

interaction-note = note
interaction-met = rencontre
interaction-call = appel
interaction-message = message
interaction-coffee = café ou repas
interaction-favour-given = service rendu
interaction-favour-received = service reçu
interaction-introduction-asked = présentation demandée
interaction-introduction-made = présentation faite
interaction-setback = déconvenue

met-card = carte échangée
met-in-person = en personne
met-linkedin = LinkedIn
met-inbound = a écrit en premier
met-introduced = par présentation

# Comment un chapeau donne sur un marché.
market-decides = décide
market-works = y travaille
market-member = membre
market-supplies = fournit
market-buys = achète
market-influences = influence

language-french = français
language-english = anglais
form-tu = tu
form-vous = vous

# Étiquettes des adresses et des téléphones.
label-work = travail
label-home = domicile
label-mobile = cellulaire
label-fax = télécopieur
label-tollfree = sans frais

# Ce qu'une étape de l'historique a fait.
deed-capture = Nouvelle carte
deed-edit = Modification
deed-batch = Modification en lot
deed-archive = Archivage
deed-file = Classement
deed-tie = Lien
deed-log = Entrée au journal
deed-me = Ma carte
deed-import = Importation
deed-merge = Fusion
deed-refuse = Pas la même personne
deed-about = { $deed } : { $subject }
deed-undo = Annulation : { $what }
deed-redo = Rétablissement : { $what }

# Noms des champs, tels que l'historique et les refus les citent.
field-foreign-uid = uid
field-name = nom
field-roles = chapeaux
field-emails = courriels
field-phones = téléphones
field-urls = adresses web
field-addresses = adresses
field-region = région
field-met = lieu de rencontre
field-language = langue
field-address-form = tu ou vous
field-stage = étape
field-unread = non lue
field-door = invitation
field-closeness = proximité
field-nature = nature du lien
field-tags = étiquettes
field-values = valeurs latentes
field-markets = marchés
field-note = note
field-birthday = anniversaire
field-cadence-days = cadence
field-next = suivi
field-sources = sources
field-cards = images de carte
field-extra = autres propriétés
field-towns = villes
field-regions = régions
field-associations = associations
field-club-rule = règle du club
field-on = date
field-town = ville
field-series = série
field-ends = personnes
field-kind = genre
field-since = depuis
field-words = mots
field-slug = nom court
field-parent = parent
field-keywords = mots-clés
field-naics = code SCIAN
field-hidden = masqué
field-status = état
field-market = marché
field-deadline = échéance
field-candidates = qui pourrait aider
field-title = titre
field-client = client
field-amount = montant
field-opened = ouverture
field-closed = clôture
field-origin = origine
field-circle = cercle de décision
