# Several lines pasted at once: cards, signatures, lists.

blocks-ask-cards = { $count ->
    [one] a card — Enter puts it in the pocket, Esc keeps one line
   *[other] { $count } cards — Enter puts them in the pocket, Esc keeps one line
}
blocks-ask-list = a list of { $count } people — Enter puts them in the pocket, Esc keeps one line
blocks-filed = { $count ->
    [one] { $who }: in the pocket
   *[other] { $count } people: in the pocket
}
blocks-aside = { $count ->
    [one] One line belongs to nobody and was left out:
   *[other] { $count } lines belong to nobody and were left out:
}
