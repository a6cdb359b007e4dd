# Le cadre autour de chaque écran.

tab-today = Aujourd’hui
tab-pocket = Poche
tab-people = Gens
tab-needs = Besoins
tab-markets = Marchés
header-discreet = présentation
header-demo-short = démo
header-demo = démo : rien n’est conservé

toast-saved = { $who } : enregistré
toast-undone = { $who } : annulé
toast-redone = { $who } : rétabli
toast-archived = { $who } : déplacé
toast-filed = { $who } : classé
toast-logged = { $who } : consigné
toast-tied = { $who } : relié
toast-copied = Copié : { $text }
toast-ingested = { $count ->
    [one] { $count } carte est arrivée
   *[other] { $count } cartes sont arrivées
}
