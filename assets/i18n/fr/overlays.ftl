# Ce qui se pose sur les écrans : commandes, aide, fiches, questions, fichiers, importation, historique.

palette-title = Commandes
palette-placeholder = Tapez une partie d’une commande
palette-nothing = Aucune commande pour « { $typed } ».
