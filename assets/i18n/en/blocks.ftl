# Several lines pasted at once: cards, signatures, lists.

command-write = Write in the editor
command-write-help = Write in the editor: several lines, a signature or a list.
blocks-ask-cards = { $count ->
    [one] a card — Enter puts it in the pocket, Esc keeps one line
   *[other] { $count } cards — Enter puts them in the pocket, Esc keeps one line
}
blocks-ask-list = a list of { $count } people — Enter puts them in the pocket, Esc keeps one line
blocks-aside = { $count ->
    [one] One line belongs to nobody and was left out:
   *[other] { $count } lines belong to nobody and were left out:
}
