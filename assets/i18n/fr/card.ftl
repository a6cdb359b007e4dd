# La carte d’une personne.

card-nickname = {" "}« { $name } »
card-unread = nouveau
card-hats = Chapeaux
card-reach = Joindre
card-brings = Pourrait apporter
card-keeping = Garder contact
card-met = Première rencontre
card-note = Note
card-ties = Connaît
card-timeline = Fil du temps
card-history = Historique
card-with = avec { $people }
card-from-to = de { $since } à { $until }
card-since = depuis { $since }
card-until = jusqu’à { $until }
card-email = courriel
card-phone = téléphone
card-web = web
card-address = adresse
card-region = région
card-next = suivi
card-cadence = rythme
card-every = { $days ->
    [one] tous les jours
   *[other] tous les { $days } jours
}
card-birthday = anniv.
card-language = langue
card-nature = nature
card-via = par
card-extension = { $number }, poste { $ext }
