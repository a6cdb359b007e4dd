# The frame around every screen.

tab-today = Today
tab-pocket = Pocket
tab-people = People
tab-needs = Needs
tab-markets = Markets
header-discreet = presentation
header-demo-short = demo
header-demo = demo: nothing is kept

toast-saved = { $who }: saved
toast-undone = { $who }: taken back
toast-redone = { $who }: done again
toast-archived = { $who }: moved
toast-filed = { $who }: filed
toast-logged = { $who }: noted
toast-tied = { $who }: tied
toast-copied = Copied: { $text }
toast-ingested = { $count ->
    [one] { $count } card came in
   *[other] { $count } cards came in
}
