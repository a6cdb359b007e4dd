# Ce qui entoure une personne, sur sa page.

around-markets = Marchés
around-refused = refusé
around-opens = Ouvre
around-alone = Sans cette personne, vous perdez du terrain :
around-introducers = Pourrait vous présenter
around-introduces = Pourrait vous présenter à
around-drawn = Autour
around-more = { $count ->
    [one] et { $count } de plus
   *[other] et { $count } de plus
}
around-legend = ── connu   ┈┈ possible
