# The pocket: cards to file, one at a time.

pocket-title = { $count ->
    [0] Pocket
    [one] { $count } card to file
   *[other] { $count } cards to file
}
pocket-left = { $count ->
    [one] last card
   *[other] { $count } cards left
}
pocket-empty = The pocket is empty. Press a after your next event: every card you type waits here until you file it.
pocket-swept = Nobody is left of this search. Esc goes back to the pocket.
pocket-no-event = without an event
pocket-no-card-before = This is the first card. u takes the last filing back.
pocket-proposals = Proposals
pocket-same = same person as { $who }?
pocket-but = but { $reasons }
pocket-org = write the organisation as “{ $org }”
pocket-event = met at { $event }
pocket-title-label = title
pocket-org-label = organisation
pocket-picture = What is printed
pocket-text = What was pasted
pocket-code = code: { $payload }
pocket-from-code = from the code
pocket-marked = { $count ->
    [one] { $count } card marked
   *[other] { $count } cards marked
}
pocket-changed-elsewhere = This field was changed elsewhere meanwhile. Look at it again.
pocket-brought = That was the whole stack.
pocket-brought-filed = { $count ->
    [one] { $count } card filed
   *[other] { $count } cards filed
}
pocket-brought-known = { $count ->
    [one] { $count } was somebody you knew already
   *[other] { $count } were people you knew already
}
pocket-brought-answers = { $count ->
    [one] { $count } answers a need: { $needs }
   *[other] { $count } answer your needs: { $needs }
}
pocket-brought-orgs = { $count ->
    [one] { $count } organisation not known before
   *[other] { $count } organisations not known before
}
pocket-brought-markets = { $count ->
    [one] { $count } new market
   *[other] { $count } new markets
}
