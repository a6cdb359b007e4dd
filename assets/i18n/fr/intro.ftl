# Demander une présentation, et la réponse.

intro-title = Présentation à { $to }
intro-to = À :
intro-about = Objet :
intro-no-email = aucun courriel noté
intro-way = chemin { $at } de { $count }
intro-then = Rien ne part tout seul. Entrée quand c’est demandé : un suivi est prévu.
intro-copied = La demande est dans le presse-papiers
intro-nobody = Aucun intermédiaire connu encore. Un lien (t) entre deux contacts ouvre des chemins.
intro-answer = La réponse
intro-did = { $via } devait vous présenter à { $to } (demandé { $when }). Qu’en est-il ?
intro-did-somebody = { $via } devait vous dire qui rencontrer (demandé { $when }). Qu’en est-il ?
intro-nothing-asked = Aucune demande de présentation n’attend de réponse ici.
intro-later = Pas encore
intro-yes = Oui, présenté
intro-no = Refusé
intro-made = { $via } vous a présenté à { $to } : c’est au journal, avec le lien entre les deux
intro-noted = Noté
intro-next-way = Noté. Voici le chemin suivant.
intro-no-other-way = Noté. Aucun autre chemin connu.
