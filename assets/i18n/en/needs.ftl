# Needs that go by no known name, and the user's own words.
error-no-need = No need goes by “{ $words }”.
error-no-need-hint = List them with: openbar needs --all
error-many-needs = Several needs go by “{ $words }”:
error-many-needs-hint = Name one by the beginning of its identifier.
error-no-pair = None of your pairs of words holds “{ $text }”.
error-no-pair-hint = List them with: openbar lexicon list
usage-not-a-pair = “{ $text }” is not a pair of words.
usage-not-a-pair-hint = For example: openbar lexicon add blueberry barren ~ berry farm

# What leads from a need to a card: from the words of the need to the words on the card.
why-scattered = { $said } (roughly)
why-alone = { $said } (as in “{ $like }”)
why-meant = { $said } (kindred idea)
why-learnt = {", "}as your past needs taught
why-market = market { $market }: { $how }, { $found }
why-market-how = market { $market }: { $how }
why-hat = has a hat there
why-region = region: { $region }
why-near = close to “{ $fragment }”
near-value = value
near-title = title
near-org = organisation
near-note = note
near-tag = tag
near-event = met at
near-former-title = former title
near-former-org = former organisation

# How much it can be relied on.
strength-strong = sure
strength-fair = plausible
strength-weak = likeness

# What became of the people proposed.
candidate-suggested = suggested
candidate-asked = asked
candidate-helped = helped
candidate-dismissed = dismissed
need-open = open
need-answered = answered
need-dropped = dropped

# When a card answers a need.
need-ring = Answers your need: { $need }
need-rings = { $who } answers your need: { $need }
need-rings-more = { $who } answers your need: { $need } (and { $count ->
    [one] { $count } more
   *[other] { $count } more
})

# openbar who
who-counts = { $strong ->
    [one] { $strong } sure answer
   *[other] { $strong } sure answers
}, { $fair ->
    [one] { $fair } plausible
   *[other] { $fair } plausible
}
who-nobody = Nobody in your network answers “{ $need }”.
who-markets = Nearest markets: { $markets }
who-connectors = Who may know somebody:
who-connector = { $who } ({ $market })
who-ask = To ask your network: “I am looking for: { $what }. Do you know somebody?”
who-ask-plain = To ask your network: “Do you know anybody for { $need }?”
who-keep = To have the next card that answers it ring: openbar needs add { $need }
batch-bad-line = { $file }, line { $line }: { $reason }
batch-not-json = not a JSON object with “id” and “need”
batch-too-long = the line is longer than { $limit } kB
batch-empty = the need is empty

# openbar needs
needs-none = No need waits for an answer.
needs-none-hint = Note one: openbar needs add extend the deck
needs-none-yet = nobody yet
needs-matches = { $count ->
    [one] { $count } answer
   *[other] { $count } answers
}
needs-fresh = { $count ->
    [one] { $count } new
   *[other] { $count } new
}
needs-by = by { $day }
need-added = Noted: { $need } ({ $id })
need-closed-answered = Answered: { $need }
need-closed-dropped = Dropped: { $need }
need-reopened = Open again: { $need }
need-marked = { $need }: { $who }, { $state }
need-forgotten = { $need }: { $who } is no longer listed
need-market = Market: { $market }
need-region = Region: { $region }
need-candidates = Seen already
need-others = Who could help

# openbar could-use
could-use-nobody = Nothing in your network seems to be of use to { $who }.
could-use-hint = Note what they look for: openbar edit { $who } note:hops
could-use-sought = { $who } looks for: { $sought }
could-use-title = Who could be of use to { $who }

# openbar lexicon
lexicon-size = Lexicon: { $concepts } concepts, { $triggers } words and phrases
lexicon-vectors = Vectors: the bundled static table, { $vectors } French and English stems
lexicon-own = { $count ->
    [0] No pair of words of your own
    [one] { $count } pair of words of your own
   *[other] { $count } pairs of words of your own
}
lexicon-fault = Line { $line } of words.txt: not a pair of words
lexicon-learnt = Learnt from your needs:
lexicon-lesson = { $named } ← { $held }: helped { $helped } times, dismissed { $refused } times
lexicon-added = Added: { $pair }
lexicon-known = Known already.
lexicon-removed = Removed: { $pair }

# Help of the commands.
cli-value-need = NEED
cli-who = Who could help, and why
cli-who-need = The need, in the words that come, in French or English
cli-who-market = To enter this market
cli-who-region = In this region
cli-who-weak = Show mere likenesses too, after the others
cli-who-batch = Answer each line of a JSONL file ({"{"}"id", "need"{"}"}) with one line; “-” reads standard input
cli-who-more =
    openbar who extend my deck
    openbar who 'enter the forest industry' --region Mauricie
    openbar who --batch needs.jsonl
cli-needs = Needs that wait for an answer
cli-needs-words = list, add TEXT, show NEED, edit NEED TEXT, close NEED, drop NEED, open NEED, asked, helped, dismiss or forget NEED WHO
cli-needs-market = With add or edit: the market meant
cli-needs-region = With add or edit: the region meant
cli-needs-by = With add or edit: by when
cli-needs-thanks = With close: who helped
cli-needs-note = With asked, helped or dismiss: your words
cli-needs-all = Answered and dropped needs too
cli-needs-more =
    openbar needs add dig a drain --by 2027-06-01
    openbar needs show drain
    openbar needs dismiss drain Luc Gagné --note 'big machines only'
    openbar needs close drain --thanks Luc
cli-could-use = Whom of your network somebody could use
cli-could-use-more =
    By their titles and organisations, and by what notes say (“looking for hops”).

    openbar could-use Claude Huot
cli-lexicon = The words that lead from needs to people, and your own
cli-lexicon-words = status, list, add A ~ B, or remove A
cli-lexicon-more =
    openbar lexicon add blueberry barren ~ berry farm
    openbar lexicon remove blueberry barren
agenda-needs = { $count ->
    [one] { $count } need has a new answer
   *[other] { $count } needs have new answers
}

# What an import brings to needs.
import-answers = { $count ->
    [one] { $count } new person answers your needs:
   *[other] { $count } new people answer your needs:
}
import-answers-need = { $need }: { $count ->
    [one] { $count } person
   *[other] { $count } people
}
report-answering = { $count ->
    [one] answers your needs
   *[other] answer your needs
}
report-needs = Needs of yours that gain

# The encoder of the configuration
encoder-unusable = Encoder { $file }: { $reason }; going on with the bundled table of words
encoder-unusable-hint = Make the file again (assets/vectors/README.md tells how), or take `encoder` out of the configuration.
encoder-not-one = this is no encoder
encoder-other-version = it is of version { $found }, and this openbar reads version { $supported }
encoder-damaged = it is damaged or not whole
encoder-too-large = it is too large to be one
lexicon-encoder = Encoder: { $file }, version { $version }; cards read: { $read } of { $cards }
lexicon-no-encoder = Encoder: none
