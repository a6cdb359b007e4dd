# Besoins sans nom connu, et mots propres à l’utilisateur.
error-no-need = Aucun besoin ne répond à « { $words } ».
error-no-need-hint = Pour les voir tous : openbar needs --all
error-many-needs = Plusieurs besoins répondent à « { $words } » :
error-many-needs-hint = Nommez-en un par le début de son identifiant.
error-no-pair = Aucune paire de vos mots ne contient « { $text } ».
error-no-pair-hint = Pour les voir toutes : openbar lexicon list
usage-not-a-pair = « { $text } » n’est pas une paire de mots.
usage-not-a-pair-hint = Par exemple : openbar lexicon add "tire d’érable ~ cabane à sucre"

# Ce qui rapproche un besoin d’une carte : des mots du besoin aux mots de la carte.
why-concept = { $said } → { $named } ← { $found } ({ $field })
why-helper = { $said } → { $named } ← { $helper } ← { $found } ({ $field })
why-itself = { $named } : { $found } ({ $field })
why-scattered = { $said } (à peu près)
why-meant = { $said } (idée voisine)
why-learnt = { $why }, d’après vos besoins passés
why-word = { $found } ({ $field })
why-word-near = { $said } ~ { $found } ({ $field })
why-market = { $said } → marché { $market } : { $how }, { $found }
why-market-how = { $said } → marché { $market } : { $how }
why-market-stated = marché { $market } : { $how }, { $found }
why-market-stated-how = marché { $market } : { $how }
why-hat = y a un chapeau
why-region = région : { $region } ({ $found })
why-region-alone = région : { $region }
why-near = proche de « { $fragment } » ({ $field })
why-near-pair = proche de « { $fragment } » ({ $field }) : { $said } ≈ { $found }
near-value = valeur
near-title = titre
near-org = organisation
near-note = note
near-tag = étiquette
near-event = rencontre
near-former-title = ancien titre
near-former-org = ancienne organisation

# À quel point on peut s’y fier.
strength-strong = sûr
strength-fair = plausible
strength-weak = ressemblance

# Ce que sont devenues les personnes proposées.
candidate-suggested = proposé
candidate-asked = demandé
candidate-helped = a aidé
candidate-dismissed = écarté
need-open = ouvert
need-answered = comblé
need-dropped = abandonné

# Quand une carte répond à un besoin.
need-ring = Répond à votre besoin : { $need }
need-rings = { $who } répond à votre besoin : { $need }
need-rings-more = { $who } répond à votre besoin : { $need } (et { $count ->
    [one] { $count } autre
   *[other] { $count } autres
})

# openbar who
who-counts = { $strong ->
    [one] { $strong } réponse sûre
   *[other] { $strong } réponses sûres
}, { $fair ->
    [one] { $fair } plausible
   *[other] { $fair } plausibles
}
who-weak = { $weak ->
    [one] { $weak } ressemblance seulement ; --weak la montre
   *[other] { $weak } ressemblances seulement ; --weak les montre
}
who-nobody = Personne de votre réseau ne répond à « { $need } ».
who-markets = Marchés les plus proches : { $markets }
who-connectors = Qui pourrait connaître quelqu’un :
who-connector = { $who } ({ $market })
who-ask = À demander à votre réseau : « Je cherche : { $what }. Connaissez-vous quelqu’un ? »
who-ask-plain = À demander à votre réseau : « Connaissez-vous quelqu’un pour { $need } ? »
who-keep = Pour que la prochaine carte qui y répond sonne : openbar needs add { $need }
batch-bad-line = ligne { $line } : { $reason }
batch-not-json = pas un objet JSON avec « id » et « need »
batch-empty = le besoin est vide

# openbar needs
needs-none = Aucun besoin n’attend de réponse.
needs-none-hint = Notez-en un : openbar needs add "agrandir la terrasse"
needs-none-yet = personne encore
needs-matches = { $count ->
    [one] { $count } réponse
   *[other] { $count } réponses
}
needs-fresh = { $count ->
    [one] { $count } nouvelle
   *[other] { $count } nouvelles
}
needs-by = d’ici le { $day }
need-added = Noté : { $need } ({ $id })
need-closed-answered = Comblé : { $need }
need-closed-dropped = Abandonné : { $need }
need-reopened = Rouvert : { $need }
need-marked = { $need } : { $who }, { $state }
need-forgotten = { $need } : { $who } n’y figure plus
need-market = Marché : { $market }
need-region = Région : { $region }
need-candidates = Déjà vus
need-others = Qui pourrait aider
need-new-mark = nouveau

# openbar could-use
could-use-nobody = Rien dans votre réseau ne semble pouvoir servir à { $who }.
could-use-hint = Notez ce que cherche cette personne : openbar edit { $who } "note: cherche du houblon"
could-use-sought = { $who } cherche : { $sought }
could-use-title = Qui pourrait servir à { $who }

# openbar lexicon
lexicon-size = Lexique : { $concepts } notions, { $triggers } mots et tournures
lexicon-vectors = Vecteurs : table statique fournie, { $vectors } radicaux français et anglais
lexicon-own = { $count ->
    [0] Aucune paire de mots à vous
    [one] { $count } paire de mots à vous
   *[other] { $count } paires de mots à vous
}
lexicon-fault = Ligne { $line } de words.txt : pas une paire de mots
lexicon-learnt = Appris de vos besoins :
lexicon-lesson = { $named } ← { $held } : a aidé { $helped } fois, écarté { $refused } fois
lexicon-added = Ajouté : { $pair }
lexicon-known = Déjà connu.
lexicon-removed = Retiré : { $pair }
