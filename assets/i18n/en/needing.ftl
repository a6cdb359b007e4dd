# The screen of needs.

needs-ask = What do you need?
needs-hint = { $key } and your words: extend my deck, somebody who speaks Spanish…
needs-typing = in your own words, in English or French
needs-one = Need, { $status }
needs-standing = Needs
needs-closed = Closed
needs-folded = { $count } closed; { $key } shows { $count ->
    [one] it
   *[other] them
}
needs-days = { $count ->
    [0] today
    [one] { $count } day
   *[other] { $count } days
}
needs-asked = { $count } asked
needs-helped = { $count } helped
needs-looking = looking…
needs-candidates = Already seen
needs-could-help = Could help
needs-new = new
needs-why = Why
needs-weak = Likenesses: near in meaning, no more
needs-weak-folded = { $count ->
    [one] { $count } likeness only; { $key } shows it
   *[other] { $count } likenesses only; { $key } shows them
}
needs-nobody = Nobody in your network answers this need. Kept open, it rings when a card does.
needs-near-markets = Nearest markets
needs-connectors = Who might know somebody
needs-ask-network = To ask your network
needs-question-for = I am looking for somebody for this: { $what } ({ $words }). Do you know anyone?
needs-question = I am looking for somebody for this: { $words }. Do you know anyone?
needs-copy-question = { $key } copies the question
needs-strong = { $count } sure
needs-fair = { $count } plausible
needs-sum-none = nobody
needs-kept = Need kept: { $words }
needs-mandate-line = mandate
needs-first = What you lack, somebody may have
needs-first-what = Say a need in a few words, as it comes to mind: the book looks for who could answer it, even where the card says it otherwise or in the other language, and shows why.
needs-first-how = { $key } and your words: people come as you type. Ctrl-S keeps the need open: it rings when a new card answers it.
needs-first-bar = Or in the bar ({ $key }): need: extend the deck

# Small questions.
ask-need = The need
ask-need-hint = +market, in:region, next:deadline; what leaves the line leaves the need.
ask-answered = Who helped: { $words }
ask-answered-nobody = Nobody in particular
ask-answered-mandate = Make it a mandate too (Tab)
ask-answered-hint = The favour received goes into their log.
ask-candidate = How it stands: { $who }
ask-candidate-placeholder = for example: asked yesterday, calls back on Monday

# Whom somebody could use.
uses-title = Who could be of use to { $who }
uses-sought = Looks for: { $words }
uses-nobody = Nothing in your network seems of use to { $who }. Note what they look for (“looking for hops”): that is where answers come from.
