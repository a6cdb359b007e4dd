# Le dossier de dépôt et la poche, depuis l’interpréteur.

error-drop-folder = Le dossier de dépôt { $path } est inutilisable : { $detail }.
error-drop-folder-hint = openbar reprendra de lui-même dès que possible ; le dossier est drop_folder dans la configuration.

cli-pocket = Lister les cartes qui attendent dans la poche, ou prendre ce que contient le dossier de dépôt
cli-pocket-sweep = Prendre ce que contient le dossier de dépôt, une fois
cli-pocket-more =
    Le dossier de dépôt se nomme par drop_folder dans la configuration. Les photos, numérisations, vCards et fichiers
    texte qu’on y met deviennent des cartes dans la poche : d’eux-mêmes tant que l’écran est ouvert, sinon avec --sweep.
    Dans un fichier texte, chaque ligne est une capture, chaque bloc une carte. Les fichiers passent dans done/, ou dans
    failed/ avec la raison à côté.
    Avec --format json, un objet par fichier : « file », « people » ou « reason » et « place », « known », « waiting ».

    Exemples :
      openbar pocket
      openbar pocket --format jsonl
      openbar pocket --sweep
drop-pocket-empty = La poche est vide.
drop-pocket-empty-hint = openbar add, openbar card et le dossier de dépôt la remplissent.
drop-none = Aucun dossier de dépôt n’est nommé.
drop-none-hint = Nommez-en un dans la configuration : drop_folder = '~/Cartes'
drop-nothing = Le dossier de dépôt est vide.
drop-taken = dans la poche : { $names }
drop-taken-nobody = dans la poche
drop-known = avait déjà été pris
drop-failed = refusé, passé dans failed/
drop-waiting = encore en route ; le prochain passage le prendra

# Les cartes lues à l’écran.
card-reading = { $count ->
    [one] Lecture de { $name }…
   *[other] Lecture de { $count } cartes…
}
card-read-toast = Lue : { $name }, dans la poche
card-read-several-toast = Lues : { $count } personnes, dans la poche : { $names }
card-nobody-toast = Personne n’a pu y être lu ; la carte attend dans la poche, à taper.
card-known-toast = { $count ->
    [0] Cette carte avait déjà été lue.
   *[other] Cette carte avait déjà été lue : { $names }
}
