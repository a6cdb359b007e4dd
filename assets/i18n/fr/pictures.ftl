# Les images des cartes dans le terminal.

picture-title = Carte
picture-coming = La carte se dessine…
picture-gone = Aucune image de cette carte n’a été gardée.
picture-off = Les images sont désactivées (pictures dans la configuration).
picture-opening = L’image s’ouvre…
command-open-file = Visionneuse
command-open-file-help = Ouvrir l’image de la carte dans la visionneuse du système.
