# La ligne de commande : aide, questions et réponses.

cli-heading-usage = Utilisation :
cli-heading-commands = Commandes 
cli-heading-arguments = Arguments 
cli-heading-options = Options 

# Ce qui tient lieu de valeur dans l'aide.
cli-value-dir = DOSSIER
cli-value-lang = LANGUE
cli-value-when = QUAND
cli-value-format = FORMAT
cli-value-who = QUI
cli-value-text = TEXTE
cli-value-query = REQUÊTE
cli-value-number = N
cli-value-a = A
cli-value-b = B
cli-value-kind = GENRE
cli-value-date = DATE
cli-value-path = CHEMIN
cli-value-file = FICHIER
cli-value-map = CHAMP=COLONNE
cli-value-command = COMMANDE
cli-value-shell = SHELL

# Options de toutes les commandes.
cli-arg-data = Dossier du carnet (ou OPENBAR_DATA)
cli-arg-lang = Langue : fr ou en
cli-arg-color = Couleurs : auto, always (toujours) ou never (jamais) ; NO_COLOR est respecté
cli-arg-help = Afficher cette aide
cli-arg-version = Afficher la version
cli-arg-format = Forme de la réponse : table, json ou jsonl
cli-arg-dry-run = Dire seulement ce qui arriverait
cli-arg-limit = Au plus ce nombre
cli-arg-who = Un uid ou ses premiers caractères, un courriel, un téléphone, ou une requête qui ne vise qu’une personne

cli-about = Noter tous ceux qu’on rencontre, et les retrouver quand le besoin vient
cli-more =
    Sans commande, l’écran s’ouvre. « openbar demo » le montre avec un réseau d’exemple.

    Codes de sortie : 0 fait, 1 rien trouvé, 2 utilisation, 3 données illisibles, 4 carnet inaccessible.

cli-add = Noter quelqu’un, en une ligne
cli-add-text = La ligne ; « - » lit l’entrée standard ; sans texte, une invite la demande
cli-add-dry-run = Dire seulement comment la ligne est comprise
cli-add-lines = Lire plusieurs lignes sur l’entrée standard, et répondre à chacune par une ligne
cli-add-more =
    openbar add 'Réjean Tremblay, vendeur de planches @Scierie Tremblay =planches #chambre 819-555-0123'

    Signes : @organisation =valeur #étiquette +marché %événement, et des mots comme via:Luc à:Granby proche:3 suivi:6sem
    Ce qui n’est pas compris reste dans la note. L’uid de la nouvelle carte est affiché.

cli-find = Trouver des gens
cli-find-query = Mots et signes, comme dans une capture ; rien donne tout le monde sauf les fiches archivées
cli-find-format = Forme de la réponse : table, json, jsonl, tsv ou mutt
cli-find-no-message = Avec --format mutt : sans la première ligne, comme aerc le veut
cli-find-more =
    openbar find '@hydro proche:3.. -tag:client'
    openbar find 'vu:2025-11.. has:email' --format tsv

    Colonnes de tsv : uid, nom, titre, organisation, courriel, téléphone, ville, proximité, étiquettes.
    mutt : set query_command = 'openbar find --format mutt %s'
    aerc : address-book-cmd = openbar find --format mutt --no-message %s

cli-show = Montrer une personne : ce qu’il faut lire avant une rencontre

cli-edit = Changer une fiche, avec la même grammaire
cli-edit-text = Ce qu’il faut ajouter ou remplacer
cli-edit-more =
    openbar edit rejean '#scierie suivi:6sem 819-555-0199'

cli-archive = Archiver une fiche ; is:archived la retrouve encore

cli-tie = Lier deux personnes
cli-tie-a = Une personne
cli-tie-b = L’autre
cli-tie-kind = Ce qui les lie ; « connaît » si rien n’est dit
cli-tie-close = À quel point les deux sont proches, de 0 à 5
cli-tie-more =
    Genres : connaît, travaille avec, famille, relève de, influence, a recommandé, a présenté.
    Ils se lisent de A à B : openbar tie rejean lucie 'a recommandé'

cli-me = Montrer votre propre carte, ou la changer
cli-me-text = Ce qu’il faut ajouter ou remplacer
cli-me-more =
    openbar me 'Claude Roy, consultante @Roy Conseil à:Granby claude@exemple.ca'

cli-log = Noter ce qui s’est passé avec quelqu’un
cli-log-text = Vos mots ; un verbe au début dit le genre : vu, appelé, café, aidé…
cli-log-on = Le jour : 2026-05-14, hier, vendredi dernier
cli-log-more =
    openbar log rejean 'café, sa fille reprend la scierie' --on hier

cli-today = Ce qui attend : suivis, anniversaires, la poche

cli-import = Lire des fichiers : une archive LinkedIn ou son Connections.csv, du JSON Lines natif, un fichier de marchés
cli-import-path = Fichiers à lire
cli-import-from = Format, quand le fichier ne le dit pas
cli-import-map = Quelle colonne contient quoi, pour un fichier sans en-tête connu : name=1,email=3
cli-import-more =
    openbar import ~/Téléchargements/Basic_LinkedInDataExport.zip
    openbar import amis.csv --map name=1,email=3

    Le même fichier deux fois ne change rien ; un plus récent dit qui a changé d’emploi. Un seul « undo » annule une importation.

cli-export = Écrire le carnet dans un fichier
cli-export-to = Format : jsonl (natif, sans perte), dot ou graphml (le réseau), markets (vos propres marchés)
cli-export-out = Fichier à écrire ; la sortie standard si rien n’est dit
cli-export-query = Seulement les fiches qui correspondent
cli-export-public = Sans rien de privé
cli-export-more =
    openbar export --out carnet.jsonl
    openbar export --to graphml --out reseau.graphml

cli-undo = Annuler le dernier changement
cli-redo = Rétablir ce qui a été annulé

cli-history = Ce qui a été fait, du plus récent au plus ancien
cli-history-who = Seulement ce qui a touché cette personne

cli-demo = Un réseau d’exemple dans un carnet jetable
cli-demo-command = Une commande à y lancer ; l’écran si rien n’est dit
cli-demo-more =
    openbar demo
    openbar demo find 'terrasse'

    Votre propre carnet n’est pas touché.

cli-completions = Afficher les complétions d’un shell
cli-completions-shell = bash, elvish, fish, powershell ou zsh
cli-completions-more =
    openbar completions bash > ~/.local/share/bash-completion/completions/openbar

cli-man = Afficher la page de manuel
cli-man-name = La page d’une seule commande
cli-man-more =
    openbar man | man -l -

cli-help = Afficher l’aide d’une commande
cli-help-name = La commande

# Fautes dans les arguments.
cli-bad-unknown-option = Il n’y a pas d’option { $word } ici.
cli-bad-unknown-command = Il n’y a pas de commande « { $word } ».
cli-bad-value = « { $value } » n’est pas possible pour { $option }.
cli-bad-missing = Il manque quelque chose : { $what }
cli-bad-conflict = { $option } et { $other } ne vont pas ensemble.
cli-bad-count = { $option } prend une valeur.
cli-bad-arguments = Ces arguments ne veulent rien dire.
cli-bad-hint = « openbar { $command } --help » dit ce qui est possible.
cli-bad-hint-root = « openbar --help » dit ce qui est possible.
cli-bad-double-dash = Mettez -- devant un texte qui commence par deux traits d’union.

# Réponses.
cli-no-terminal = L’écran demande un terminal.
cli-no-terminal-hint = Nommez une commande : « openbar --help » en donne la liste.
cli-empty-book = Le carnet est vide.
cli-empty-book-hint = Notez quelqu’un avec « openbar add », importez avec « openbar import », ou regardez « openbar demo ».
cli-addresses = { $count ->
    [one] { $count } adresse
   *[other] { $count } adresses
}
cli-unchanged = Rien à changer : c’est déjà ainsi.
cli-me-empty = Votre carte est vide. Remplissez-la avec « openbar me ».
cli-no-history = Rien n’a encore été fait.
cli-records = { $count ->
    [one] { $count } fiche
   *[other] { $count } fiches
}
cli-undone = annulé
cli-add-prompt = Qui avez-vous rencontré ?

# La fiche d'une personne : étiquettes.
brief-hats = Chapeaux
brief-value = Pourrait apporter
brief-markets = Marchés
brief-tags = Étiquettes
brief-met = Rencontre
brief-reach = Joindre
brief-address = Adresse
brief-region = Région
brief-next = Suivi
brief-birthday = Anniversaire
brief-nature = Nature du lien
brief-ties = Liens
brief-timeline = Fil des échanges
brief-note = Note
brief-card = Fiche
brief-towns = Villes
brief-regions = Régions
brief-associations = Associations
brief-club-rule = Club sélect
brief-since = depuis { $date }
brief-until = jusqu’à { $date }
brief-former = ancien poste
brief-via = par { $name }
brief-created = notée le { $date }
brief-updated = changée le { $date }

# Ce qui attend.
agenda-due = { $count ->
    [one] { $count } suivi à faire
   *[other] { $count } suivis à faire
}
agenda-birthdays = { $count ->
    [one] { $count } anniversaire
   *[other] { $count } anniversaires
}
agenda-turns = { $age ->
    [one] { $age } an
   *[other] { $age } ans
}
agenda-awaited = { $count ->
    [one] { $count } réponse attendue
   *[other] { $count } réponses attendues
}
agenda-silent = { $count ->
    [one] { $count } personne sans nouvelles depuis plus longtemps que prévu
   *[other] { $count } personnes sans nouvelles depuis plus longtemps que prévu
}
agenda-moves = { $count ->
    [one] { $count } personne a changé d’emploi
   *[other] { $count } personnes ont changé d’emploi
}
agenda-pocket = { $count ->
    [one] { $count } carte dans la poche
   *[other] { $count } cartes dans la poche
}
agenda-unread = { $count ->
    [one] { $count } contact importé que personne n’a regardé (is:unread)
   *[other] { $count } contacts importés que personne n’a regardés (is:unread)
}
agenda-nothing = Rien n’attend aujourd’hui.

# Ce qu'une importation a apporté.
import-dry-run = Rien n’a été écrit : voici ce qui arriverait.
import-people = Personnes : nouvelles { $new }, changées { $changed }, déjà connues { $unchanged }
import-organisations = { $count ->
    [one] { $count } organisation jusqu’ici inconnue
   *[other] { $count } organisations jusqu’ici inconnues
}
import-others = { $count ->
    [one] { $count } autre fiche
   *[other] { $count } autres fiches
}
import-nameless = { $count ->
    [one] { $count } ligne sans nom, laissée de côté
   *[other] { $count } lignes sans nom, laissées de côté
}
import-cancelled = Arrêtée en chemin ; « openbar undo » annule ce qui est entré.
import-moves = { $count ->
    [one] { $count } personne a changé d’emploi
   *[other] { $count } personnes ont changé d’emploi
}
import-problems = { $count ->
    [one] { $count } problème ; le reste a été lu
   *[other] { $count } problèmes ; le reste a été lu
}
export-done = { $contacts ->
    [one] { $contacts } contact et { $others ->
        [one] { $others } autre fiche
       *[other] { $others } autres fiches
    } dans { $file }
   *[other] { $contacts } contacts et { $others ->
        [one] { $others } autre fiche
       *[other] { $others } autres fiches
    } dans { $file }
}

# Titres de la page de manuel.
man-name = NOM
man-more = EXEMPLES
