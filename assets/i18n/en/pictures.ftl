# Pictures of cards in the terminal.

picture-title = Card
picture-coming = Drawing the card…
picture-gone = No picture was kept of this card.
picture-off = Pictures are switched off (pictures in the configuration).
picture-opening = Opening the picture…
command-open-file = System’s viewer
command-open-file-help = Open the picture of the card in the system’s viewer.
