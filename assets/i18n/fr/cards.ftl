# Cartes : photos, codes, signatures.

# Champs d’une carte.
card-field-name = nom
card-field-credential = titre professionnel
card-field-title = fonction
card-field-org = organisation
card-field-phone = téléphone
card-field-email = courriel
card-field-url = adresse web
card-field-address = adresse
card-field-language = langue
card-field-note = note

# Ce qu’il faut dire d’une carte.
card-unreadable = rien n’a pu y être lu
card-no-recognition = cet openbar a été bâti sans lecture des lettres ; seuls les codes ont été lus
card-other-engine = le programme choisi dans les réglages n’a pas pu la lire ({ $detail }) : openbar l’a lue lui-même
card-handwriting = écriture à la main ou mauvaise photo : vérifiez chaque champ
card-unsure = pas sûr : « { $text } » ; gardé dans la note seulement
card-several = il semble y avoir plusieurs cartes dans cette image
card-two-people = plusieurs personnes semblent partager cette carte : { $names }
card-code-differs = { $field } : le code dit « { $coded } », l’imprimé « { $printed } » ; le code l’a emporté
card-other-code = son code ne décrit personne : « { $text } »
card-too-much = elle en dit plus qu’openbar n’en lit ; le reste a été laissé de côté

# Des fichiers qui ne sont pas des cartes.
input-not-an-image = ni une image ni du texte
input-heic = une photo HEIC, qu’openbar ne sait pas lire
input-heic-hint = Sur l’iPhone, choisissez Réglages › Appareil photo › Formats › « Le plus compatible » ; pour cette photo-ci, envoyez-la par courriel ou exportez-la en JPEG.
input-unsupported-image = les fichiers { $format } ne se lisent pas comme des cartes
input-unsupported-image-hint = Enregistrez-la en JPEG ou en PNG.
input-too-many-pixels = { $width } × { $height } pixels ; openbar en lit jusqu’à { $limit } millions
input-too-many-pixels-hint = Réduisez-la : pour une carte, 2 000 pixels de large suffisent amplement.
input-cut-off = le fichier finit avant l’image
input-cut-off-hint = Copiez-le de nouveau ; il était peut-être encore en route.
input-damaged-image = l’image est abîmée

# La commande.
cli-card = Lire des cartes professionnelles vers la poche : photos, numérisations, vCard, texte
cli-card-file = Images (JPEG, PNG, WebP), vCard ou texte ; « - » lit l’entrée standard
cli-card-dry-run = Dire seulement ce qui a été lu
cli-card-text = Lire des blocs de texte sur l’entrée standard, une chaîne JSON par ligne, et répondre à chacun par une ligne
cli-card-event = D’où viennent les cartes : « Souper de la chambre »
cli-card-more =
    Les cartes sont lues sur cette machine ; rien n’en sort. Un code qui contient une vCard l’emporte sur l’imprimé.
    L’image est gardée, réduite et sans ses métadonnées. La même image deux fois n’amène personne deux fois.

    Exemples :
      openbar card IMG_2041.jpg IMG_2042.jpg --event 'Souper de la chambre'
      openbar card --dry-run --format jsonl numerisations/*.png
      pbpaste | openbar card -
cli-value-event = ÉVÉNEMENT

# Réponses.
card-read = Dans la poche.
card-known = Avait déjà été lue ; rien n’a changé.
card-nobody = Dans la poche, à saisir.
card-stdin = entrée standard
