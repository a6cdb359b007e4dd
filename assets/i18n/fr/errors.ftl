# Ce qui n'a pas marché, et quoi faire. `…-hint` va avec le message du même nom.

error-line = Erreur : { $what }
error-hint = Conseil : { $what }
warning-line = Attention : { $what }

error-nobody = Personne ne correspond à « { $who } ».
error-nobody-hint = Essayez avec moins de mots. Les fiches archivées se trouvent avec is:archived.
error-ambiguous = { $total ->
    [one] { $total } personne correspond à « { $who } » :
   *[other] { $total } personnes correspondent à « { $who } » :
}
error-ambiguous-more = { $count ->
    [one] … et { $count } autre
   *[other] … et { $count } autres
}
error-ambiguous-hint = Dites laquelle par son uid (les premiers caractères suffisent), son courriel ou son téléphone.
error-nothing-to-undo = Il n’y a rien à annuler.
error-nothing-to-redo = Il n’y a rien à rétablir.
error-conflict = Impossible pour { $subject } : la fiche a changé entre-temps.
error-conflict-fields = Impossible pour { $subject } : des changements plus récents font obstacle ({ $fields }).
error-conflict-hint = Voyez ce qui s’est passé avec « openbar history », puis annulez d’abord le changement le plus récent.
error-store-locked = Le carnet est ouvert dans un autre processus qui ne répond pas.
error-store-locked-by = Le carnet est ouvert dans un autre processus ({ $pid }) qui ne répond pas.
error-store-locked-hint = Fermez cet openbar, ou attendez qu’il ait fini, puis réessayez. Entre-temps, « openbar add » fonctionne.
error-store-newer = Ce carnet vient d’un openbar plus récent (format { $found } ; celui-ci lit jusqu’au format { $supported }). Il n’a pas été touché.
error-store-newer-hint = Mettez openbar à jour, ou choisissez un autre dossier avec --data.
error-store-damaged = Le carnet dans { $path } est endommagé : { $detail }
error-store-damaged-hint = Rien n’a été supprimé : les fichiers endommagés restent dans ce dossier. Copiez le dossier avant toute chose.
error-store-unavailable = { $path } ne peut pas servir : { $detail }
error-store-unavailable-hint = Vérifiez que le dossier existe, qu’il est à vous et que le disque n’est ni plein ni en lecture seule. Choisissez-en un autre avec --data.
error-write-failed = Le changement n’a pas pu être écrit : { $detail }
error-write-failed-hint = Faites de la place sur le disque, puis relancez openbar : ce qui avait été confirmé est en sûreté.
error-other-version = L’openbar qui tourne est d’une autre version ({ $theirs }).
error-other-version-hint = Fermez-le, puis relancez-le.
error-cancelled = Arrêté.
error-cannot-write = { $path } n’a pas pu être écrit : { $detail }
error-cannot-write-hint = Choisissez un autre endroit avec --out.

# Commandes qui ne peuvent rien vouloir dire.
usage-nothing-given = Il manque le texte.
usage-nothing-given-hint = Mettez les mots après la commande, ou « - » pour les lire sur l’entrée standard.
usage-unknown-word = « { $word } » n’est pas connu ici.
usage-unknown-word-hint = Valeurs possibles : { $allowed }
usage-bad-date = « { $text } » n’est pas une date.
usage-bad-date-hint = Écrivez-la comme 2026-12-01, hier ou vendredi dernier.
usage-same-person = Un lien demande deux personnes différentes.
usage-needs-yes = Une confirmation est nécessaire, et il n’y a pas de terminal où la demander.
usage-needs-yes-hint = Ajoutez --yes pour confirmer.
usage-unknown-format = Le format de { $file } n’a pas pu être reconnu.
usage-unknown-format-hint = Nommez-le avec --from, ou dites quelle colonne contient quoi avec --map name=1,email=3.

# Ce qui ne va pas dans les données lues. L'endroit précède la raison : fichier, ligne, colonne.
input-file = { $file } : { $reason }
input-line = { $file }, ligne { $line } : { $reason }
input-column = { $file }, ligne { $line }, colonne { $column } : { $reason }
input-stdin = entrée standard
input-unreadable = illisible : { $detail }
input-empty = fichier vide
input-binary = ce n’est pas du texte
input-too-large = dépasse { $limit } Mo
input-too-long = une ligne ou une cellule dépasse { $limit } Ko
input-no-header = aucune ligne d’en-tête connue d’openbar
input-unclosed-quote = un guillemet s’ouvre ici et ne se ferme jamais
input-no-name = ni nom ni rien d’autre à garder
input-bad-date = « { $text } » n’est pas une date ; le reste a été gardé
input-bad-value = « { $text } » ne peut pas se lire ici ({ $field }) ; le reste a été gardé
input-broken-row = il manque un guillemet, la ligne a été laissée de côté : { $found } cellules au lieu de { $expected }
input-surplus-cells = la ligne a plus de cellules que l’en-tête ; laissé de côté : « { $text } »
input-unknown-field = « { $field } » n’est pas un champ d’openbar ; sa valeur n’a pas été gardée
input-repeated = figure déjà plus haut dans ce fichier ; laissé de côté ici : { $key }
input-namesakes = plusieurs personnes connues pourraient être { $name } ; gardé comme nouvelle fiche
input-bad-json = pas dans la forme native : { $detail }
input-bad-markets = ce n’est pas un fichier de marchés : { $detail }
input-bad-archive = l’archive est abîmée : { $detail }
input-nothing-known = l’archive ne contient aucun fichier connu d’openbar
input-unknown-contact = renvoie à une fiche qui n’existe pas : { $uid }
input-unreadable-hint = Vérifiez le nom et vos droits de lecture.
input-no-header-hint = Dites quelle colonne contient quoi : --map name=1,email=3.
input-nothing-known-hint = L’archive de LinkedIn contient Connections.csv ; cochez « Relations » quand vous demandez vos données à LinkedIn.

# Le fichier de configuration.
did-you-mean = Vouliez-vous dire « { $word } » ?
config-syntax = ce n’est pas du TOML : { $detail }
config-syntax-hint = Corrigez la ligne, ou déplacez le fichier pour repartir des valeurs par défaut.
config-unknown-key = clé inconnue « { $key } »
config-bad-value = cette valeur n’est pas possible pour « { $key } »
config-key-taken = « { $key } » vaut pour deux commandes au même endroit : { $one } et { $other }
config-key-taken-hint = Donnez une autre touche à l’une des deux, ou aucune : [].
config-no-home = Il n’y a pas de dossier personnel : openbar ne sait pas où est le carnet.
config-no-home-hint = Nommez un dossier avec --data ou OPENBAR_DATA.
