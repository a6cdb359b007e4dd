# L’accueil.

today-question = Qui avez-vous rencontré ? De quoi avez-vous besoin ?
today-question-how = a pour noter · / pour trouver
today-due = À faire
today-needs = Besoins qui ont une réponse
today-need-others = et { $count } de plus
today-awaited = Réponses attendues
today-pocket = Dans la poche
today-birthdays = Anniversaires
today-moves = Ont changé de poste
today-silent = À qui écrire
today-more = … et { $count } de plus
today-turns = { $years } ans
today-moved = { $from } → { $to }
today-last = vu { $when }
today-nothing = Rien n’est dû. Un bon jour pour écrire à quelqu’un que vous n’avez pas vu depuis longtemps : / puis stale:180d.

first-title = Un open bar laisse entrer tout le monde
first-capture = Noter la dernière personne rencontrée
first-capture-example = Réjean Tremblay, vendeur de planches @Scierie Tremblay =planches de cèdre %Souper de la chambre 819-555-0123
first-import = Importer vos contacts LinkedIn
first-import-how = Sur linkedin.com : Vous › Préférences et confidentialité › Confidentialité des données › Obtenir une copie de vos données › Relations. Le lien de l’archive arrive par courriel, souvent en quelques minutes ; donnez-la ici telle quelle.
first-help = Voir les touches et les signes
first-demo = Pour visiter d’abord, quittez avec q et lancez : openbar demo
