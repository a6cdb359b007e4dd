# L’écran des besoins.

needs-ask = De quoi avez-vous besoin ?
needs-hint = { $key } et vos mots : agrandir ma terrasse, quelqu’un qui parle espagnol…
needs-typing = dans vos mots, en français ou en anglais
needs-one = Besoin { $status }
needs-standing = Besoins
needs-closed = Fermés
needs-folded = { $count ->
    [one] { $count } fermé ; { $key } le montre
   *[other] { $count } fermés ; { $key } les montre
}
needs-days = { $count ->
    [0] aujourd’hui
    [one] { $count } jour
   *[other] { $count } jours
}
needs-asked = { $count ->
    [one] { $count } demandé
   *[other] { $count } demandés
}
needs-helped = { $count ->
    [one] { $count } a aidé
   *[other] { $count } ont aidé
}
needs-looking = recherche…
needs-candidates = Déjà vus
needs-could-help = Pourraient aider
needs-new = nouveau
needs-why = Pourquoi
needs-weak = Ressemblances : proches par le sens, sans plus
needs-weak-folded = { $count ->
    [one] { $count } ressemblance seulement ; { $key } la montre
   *[other] { $count } ressemblances seulement ; { $key } les montre
}
needs-nobody = Personne de votre réseau ne répond à ce besoin. Gardé ouvert, il sonnera quand une carte y répondra.
needs-near-markets = Marchés les plus proches
needs-connectors = Qui pourrait connaître quelqu’un
needs-ask-network = À demander à votre réseau
needs-question-for = Je cherche quelqu’un pour ceci : { $what } ({ $words }). Connaissez-vous quelqu’un ?
needs-question = Je cherche quelqu’un pour ceci : { $words }. Connaissez-vous quelqu’un ?
needs-copy-question = { $key } copie la question
needs-strong = { $count ->
    [one] { $count } sûr
   *[other] { $count } sûrs
}
needs-fair = { $count ->
    [one] { $count } plausible
   *[other] { $count } plausibles
}
needs-sum-none = personne
needs-kept = Besoin gardé : { $words }
needs-mandate-line = mandat
needs-first = Ce qui vous manque, quelqu’un l’a peut-être
needs-first-what = Un besoin se dit en quelques mots, comme il vous vient : le carnet cherche qui pourrait y répondre, même si la carte le dit autrement ou dans l’autre langue, et montre pourquoi.
needs-first-how = { $key } et vos mots : les gens paraissent à mesure que vous tapez. Ctrl-S garde le besoin ouvert : il sonne quand une nouvelle carte y répond.
needs-first-bar = Ou dans la barre ({ $key }) : besoin : agrandir la terrasse

# Petites questions.
ask-need = Le besoin
ask-need-hint = +marché, à:région, suivi:échéance ; ce qui quitte la ligne quitte le besoin.
ask-answered = Qui a aidé : { $words }
ask-answered-nobody = Personne en particulier
ask-answered-mandate = En faire aussi un mandat (Tab)
ask-answered-hint = Le coup de main reçu s’inscrit à son fil.
ask-candidate = Ce qu’il en est : { $who }
ask-candidate-placeholder = par exemple : demandé hier, rappelle lundi

# À qui une personne pourrait faire appel.
uses-title = Qui pourrait servir à { $who }
uses-sought = Cherche : { $words }
uses-nobody = Rien dans votre réseau ne semble pouvoir servir à { $who }. Notez ce que cherche cette personne (« cherche du houblon ») : c’est de là que viennent les réponses.
