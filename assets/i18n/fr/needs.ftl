# Besoins sans nom connu, et mots propres à l’utilisateur.
error-no-need = Aucun besoin ne répond à « { $words } ».
error-no-need-hint = Pour les voir tous : openbar needs --all
error-many-needs = Plusieurs besoins répondent à « { $words } » :
error-many-needs-hint = Nommez-en un par le début de son identifiant.
error-no-pair = Aucune paire de vos mots ne contient « { $text } ».
error-no-pair-hint = Pour les voir toutes : openbar lexicon list
usage-not-a-pair = « { $text } » n’est pas une paire de mots.
usage-not-a-pair-hint = Par exemple : openbar lexicon add bleuetière ~ champ de bleuets

# Ce qui rapproche un besoin d’une carte : des mots du besoin aux mots de la carte.
why-scattered = { $said } (à peu près)
why-alone = { $said } (comme « { $like } »)
why-meant = { $said } (idée voisine)
why-learnt = {", "}d’après vos besoins passés
why-market = marché { $market } : { $how }, { $found }
why-market-how = marché { $market } : { $how }
why-hat = y a un chapeau
why-region = région : { $region }
why-near = proche de « { $fragment } »
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
who-nobody = Personne de votre réseau ne répond à « { $need } ».
who-markets = Marchés les plus proches : { $markets }
who-connectors = Qui pourrait connaître quelqu’un :
who-connector = { $who } ({ $market })
who-ask = À demander à votre réseau : « Je cherche : { $what }. Connaissez-vous quelqu’un ? »
who-ask-plain = À demander à votre réseau : « Connaissez-vous quelqu’un pour { $need } ? »
who-keep = Pour que la prochaine carte qui y répond sonne : openbar needs add { $need }
batch-bad-line = { $file }, ligne { $line } : { $reason }
batch-not-json = pas un objet JSON avec « id » et « need »
batch-too-long = la ligne dépasse { $limit } ko
batch-empty = le besoin est vide

# openbar needs
needs-none = Aucun besoin n’attend de réponse.
needs-none-hint = Notez-en un : openbar needs add agrandir la terrasse
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

# openbar could-use
could-use-nobody = Rien dans votre réseau ne semble pouvoir servir à { $who }.
could-use-hint = Notez ce que cherche cette personne : openbar edit { $who } note:houblon
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

# Aide des commandes.
cli-value-need = BESOIN
cli-who = Qui pourrait aider, et pourquoi
cli-who-need = Le besoin, dans les mots qui viennent, en français ou en anglais
cli-who-market = Pour entrer dans ce marché
cli-who-region = Dans cette région
cli-who-weak = Montrer aussi les simples ressemblances, après les autres
cli-who-batch = Répondre à chaque ligne d’un fichier JSONL (champs id et need) par une ligne ; « - » lit l’entrée standard
cli-who-more =
    openbar who agrandir ma terrasse
    openbar who 'percer la forêt' --region Mauricie
    openbar who --batch besoins.jsonl
cli-needs = Les besoins qui attendent une réponse
cli-needs-words = list, add TEXTE, show BESOIN, edit BESOIN TEXTE, close BESOIN, drop BESOIN, open BESOIN, asked, helped, dismiss ou forget BESOIN QUI
cli-needs-market = Avec add ou edit : le marché visé
cli-needs-region = Avec add ou edit : la région visée
cli-needs-by = Avec add ou edit : l’échéance
cli-needs-thanks = Avec close : qui a aidé
cli-needs-note = Avec asked, helped ou dismiss : vos mots
cli-needs-all = Les besoins comblés et abandonnés aussi
cli-needs-more =
    openbar needs add creuser un drain --by 2027-06-01
    openbar needs show drain
    openbar needs dismiss drain Luc Gagné --note 'grosses machines seulement'
    openbar needs close drain --thanks Luc
cli-could-use = Qui, dans votre réseau, pourrait servir à quelqu’un
cli-could-use-more =
    Selon ses titres, ses organisations et ce que disent les notes (« cherche du houblon »).

    openbar could-use Claude Huot
cli-lexicon = Les mots qui rapprochent besoins et gens, et les vôtres
cli-lexicon-words = status, list, add A ~ B, ou remove A
cli-lexicon-more =
    openbar lexicon add bleuetière ~ champ de bleuets
    openbar lexicon remove bleuetière
agenda-needs = { $count ->
    [one] { $count } besoin a une nouvelle réponse
   *[other] { $count } besoins ont de nouvelles réponses
}

# Ce qu’un import apporte aux besoins.
import-answers = { $count ->
    [one] { $count } nouvelle personne répond à vos besoins :
   *[other] { $count } nouvelles personnes répondent à vos besoins :
}
import-answers-need = { $need } : { $count ->
    [one] { $count } personne
   *[other] { $count } personnes
}
report-answering = { $count ->
    [one] répond à vos besoins
   *[other] répondent à vos besoins
}
report-needs = Vos besoins qui y gagnent

# L’encodeur de la configuration
encoder-unusable = Encodeur { $file } : { $reason } ; on continue avec la table de mots fournie
encoder-unusable-hint = Refaites le fichier (voir assets/vectors/README.md) ou retirez `encoder` de la configuration.
encoder-not-one = ce n’est pas un encodeur
encoder-other-version = il est de la version { $found }, et cet openbar lit la version { $supported }
encoder-damaged = il est abîmé ou incomplet
encoder-too-large = il est trop gros pour en être un
lexicon-encoder = Encodeur : { $file }, version { $version } ; fiches lues : { $read } sur { $cards }
lexicon-no-encoder = Encodeur : aucun
