# What lies over the screens: palette, help, forms, questions, files, import, history.

palette-title = Commands
palette-placeholder = Type part of a command
palette-nothing = No command fits “{ $typed }”.

# Ways to reach a person.
reach-copy = Copy: { $name }
reach-open = Open: { $name }
reach-card = card
reach-card-all = everything, to hand on
reach-nothing = Nothing to reach them by yet. Their line ({ $key }) takes an email or a phone number.

# What was changed.
history-title = History
history-title-of = History: { $name }
history-loading = Reading…
history-nothing = Nothing was changed yet.
history-undone = taken back
history-more = Older changes are kept too: openbar history
history-time = { $hour }:{ $minute }
history-records = { $count ->
    [one] { $count } record
   *[other] { $count } records
}

# Help: keys and signs.
help-title = Help
help-chapter-move = Moving about
help-chapter-capture = Letting people in
help-chapter-change = Changing
help-chapter-use = Using
help-chapter-program = The program
help-signs = The signs, in the bar and in a search alike
help-queries = Only in a search
help-others = A line may begin with
help-line = One line says it all, in any order after the name:
help-line-example = Réjean Tremblay, plank seller @Scierie Tremblay =planks #chamber 819-555-0123
help-org = organisation of a hat
help-org-example = @Scierie Tremblay
help-role = title of a hat
help-role-example = title:director
help-value = what they could bring one day
help-value-example = =wooden planks, delivery
help-tag = tag, one word
help-tag-example = #chamber
help-market = market, and how they touch it
help-market-example = +municipal:decides
help-met = event or place where met
help-met-example = %Chamber dinner
help-via = who introduced you
help-via-example = via:Louise Gagnon
help-in = town or region; in:me is yours
help-in-example = in:Magog
help-close = closeness, 0 to 5
help-close-example = close:3
help-next = follow-up
help-next-example = next:6w next:friday
help-note = the rest of the line, word for word
help-note-example = note:likes sugar shacks
help-quotes = taken literally
help-quotes-example = "Café, bar & cie"
help-not = not
help-not-example = -#chamber
help-or = either
help-or-example = #wood,cedar
help-range = at least; since a month
help-range-example = close:3.. met:2025-11..
help-is = pocket, unread, archived, due
help-is-example = is:pocket
help-has = email, phone, note, tie…
help-has-example = has:email
help-stale = nothing happened for so long
help-stale-example = stale:90d
help-need = something you look for
help-need-example = need: a cedar deck
help-log = something that happened
help-log-example = log: coffee with Louise
help-mandate = a contract
help-mandate-example = mandate: plan @MRC $18,000

# An import: under way, and what it brought.
report-title = Import
report-reading = Reading { $file }
report-waiting = Reading…
report-so-far = { $done } of { $total }
report-so-far-open = { $done ->
    [one] { $done } row
   *[other] { $done } rows
}
report-keeps = Esc leaves it to go on alone, or stops it.
report-leave = The import is not finished.
report-go-on = Go on in the background
report-watch = Watch
report-stop = Stop it
report-stopping = Stopping…
report-failed = Nothing came in
report-again = Enter chooses another file.
report-done = What came in
report-cancelled = Stopped half-way. What came in before is there; { $key } takes it back.
report-tried = Only tried: nothing was changed.
report-nothing-new = Everything in it was known already.
report-new = { $count ->
    [one] new person
   *[other] new people
}
report-changed = { $count ->
    [one] changed
   *[other] changed
}
report-known = { $count ->
    [one] already known
   *[other] already known
}
report-organisations = { $count ->
    [one] new organisation
   *[other] new organisations
}
report-others = { $count ->
    [one] other record
   *[other] other records
}
report-moves = { $count ->
    [one] { $count } job change
   *[other] { $count } job changes
}
report-nameless = { $count ->
    [one] { $count } row without a name or anything else to keep
   *[other] { $count } rows without a name or anything else to keep
}
report-problems = { $count ->
    [one] { $count } row not read whole
   *[other] { $count } rows not read whole
}
report-toast = Import finished: { $new } new, { $changed } changed, { $known } already known.
report-undone = Taken back.

# Choosing a file to import.
files-title = Import a file, or read cards
files-placeholder = Type part of a name, or a path beginning with / or ~
files-empty = Nothing to see in this folder.
files-nothing = Nothing here fits “{ $typed }”.
files-unreadable = This folder cannot be read: { $detail }
files-more = Only the first { $count } entries are shown; type a path to reach the others.
files-size = { $number } { $unit }
files-ask = Ask LinkedIn for your archive
files-ask-how = On linkedin.com: Me › Settings & Privacy › Data privacy › Get a copy of your data. Tick Connections and request the archive; the link comes by email, often within minutes. Choose the ZIP here as it is.

# Questions about one or several people.
ask-log = What happened: { $who }
ask-log-placeholder = coffee yesterday, called, helped with the deck…
ask-log-hint = The first word tells what it was: met, called, wrote, coffee, helped… A day may stand anywhere.
ask-follow-up = Come back to: { $who }
ask-follow-up-placeholder = friday, 6w, in 3 months, 2026-12-01
ask-follow-up-now = Now: { $date }
ask-date-unread = “{ $text }” is not a date.
ask-date-past = This day has gone by.
ask-tomorrow = tomorrow
ask-next-week = next week
ask-two-weeks = in two weeks
ask-one-month = in a month
ask-three-months = in three months
ask-no-date = none
ask-hat = Hats: { $who }
ask-hat-placeholder = a new one: title @Organisation
ask-hat-new = new hat
ask-hat-kind = Tab: { $kind }
ask-hat-ends = Enter ends this hat today.
ask-hat-again = Enter takes this hat up again.
ask-hat-none = No hat yet.
ask-hat-ended = ended
ask-closeness = Closeness: { $who }
ask-closeness-none = not said
ask-tag = Tags: { $who }
ask-tag-placeholder = chamber -old
ask-tag-hint = Enter adds the words; -word takes the tag off.
ask-tag-share = { $some } of { $all }
ask-tie = Tie: { $who }
ask-tie-placeholder = type the other person’s name
ask-tie-nobody = Nobody fits “{ $typed }”.
ask-tie-kind = { $a } and { $b }
ask-tie-near = near each other: { $dots }   + more, - less
ask-tie-known = tied already
ask-event = Event of the next cards
ask-event-placeholder = Chamber dinner, trade fair, a neighbour’s sugar shack…
ask-event-hint = The cards you log next are marked as met there. “none” ends it.
ask-event-on = Day
ask-event-of = Where { $who } was met
ask-event-of-hint = The event and the day stand on every card chosen. “none” takes them away.
ask-event-none = no event

# A form with every field.
form-me = My card
form-part = { $who } › { $part }
form-section-name = Name
form-section-home = Home and rules
form-full = whole name
form-given = given name
form-family = family name
form-prefix = civility
form-suffix = suffix
form-credentials = credentials
form-nickname = nickname
form-hat = hat
form-market = market
form-met-on = when
form-met-at = event or place
form-met-how = how
form-title = title
form-org = organisation
form-kind = kind
form-former = still worn
form-since = since
form-until = until
form-title-alt = title, other languages
form-org-alt = organisation, other languages
form-street = street
form-unit = unit
form-city = town
form-province = province
form-postal = postal code
form-country = country
form-label = label
form-how = by which hat
form-evidence = why
form-refused = refused
form-yes = yes
form-no = no
form-nothing = —
form-add = + add
form-save = Save
form-lines = { $count ->
    [one] and { $count } more line
   *[other] and { $count } more lines
}
form-changed = { $count ->
    [one] { $count } field changed
   *[other] { $count } fields changed
}
form-keys-save = { $key } saves
form-hint-email = the address, then a label if you like: work, home…
form-hint-phone = the number, #extension, then a label: work, mobile, home…
form-hint-url = the address, then a label if you like
form-hint-list = commas between them
form-hint-tags = blanks between them, one word each
form-hint-day = 2019, 2025-11, 3 November 2025, yesterday
form-hint-next = friday, 6w, in 3 months, 2026-12-01
form-hint-birthday = 12 April, 1980-04-12
form-hint-cadence = 90d, 6w, 3 months
form-hint-language = fr, en, or another two-letter code
form-hint-via = a name; → completes it
form-hint-text = Enter keeps it, Esc leaves it as it was, Tab goes on
form-not-email = This is no email address.
form-not-url = This is no web address.
form-not-day = “{ $text }” is not a date.
form-not-cadence = “{ $text }” is no span of days, weeks or months.
form-not-language = Write fr, en, or another two-letter code.
form-kept-as-written = No phone number was recognised; it is kept as written.
form-no-editor = The editor gave nothing back; the note is as it was.
form-gone = This card is no longer there; it cannot be saved.
form-conflict = Changed elsewhere meanwhile: { $fields }. Save again to keep yours.
form-leave = Not saved yet: { $fields }.
form-leave-save = Save
form-leave-discard = Discard
form-leave-stay = Go on
