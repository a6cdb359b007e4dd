# The command line: help texts, questions and answers.

cli-heading-usage = Usage:
cli-heading-commands = Commands
cli-heading-arguments = Arguments
cli-heading-options = Options

# What stands for a value in help.
cli-value-dir = DIR
cli-value-lang = LANG
cli-value-when = WHEN
cli-value-format = FORMAT
cli-value-who = WHO
cli-value-text = TEXT
cli-value-query = QUERY
cli-value-number = N
cli-value-a = A
cli-value-b = B
cli-value-kind = KIND
cli-value-date = DATE
cli-value-path = PATH
cli-value-file = FILE
cli-value-map = FIELD=COLUMN
cli-value-command = COMMAND
cli-value-shell = SHELL

# Options of every command.
cli-arg-data = Folder of the address book (also OPENBAR_DATA)
cli-arg-lang = Language: en or fr
cli-arg-color = Colours: auto, always or never (NO_COLOR is honoured)
cli-arg-help = Show this help
cli-arg-version = Show the version
cli-arg-format = Form of the answer: table, json or jsonl
cli-arg-dry-run = Only say what would happen
cli-arg-limit = At most so many
cli-arg-who = A uid or its first characters, an email, a phone, or a query that fits one person

cli-about = Log everyone you meet, and find them when the need comes
cli-more =
    Without a command, the screen opens. “openbar demo” shows it with sample people.

    Exit codes: 0 done, 1 nothing found, 2 usage, 3 bad input, 4 address book unavailable.

cli-add = Log somebody, in one line
cli-add-text = The line; “-” reads standard input; without text, a prompt asks for it
cli-add-dry-run = Only say how the line is understood
cli-add-lines = Read many lines from standard input, and answer each with one
cli-add-more =
    openbar add "Réjean Tremblay, plank seller @Scierie Tremblay =planks #chamber 819-555-0123"

    Signs: @organisation =value #tag +market %event, and words such as via:Luc in:Granby close:3 next:6w
    What is not understood stays in the note. The uid of the new card is printed.

cli-find = Find people
cli-find-query = Words and signs as in a capture; nothing gives everybody who is not archived
cli-find-format = Form of the answer: table, json, jsonl, tsv or mutt
cli-find-no-message = With --format mutt: leave out the first line, as aerc wants it
cli-find-more =
    openbar find "@hydro close:3.. -tag:client"
    openbar find "met:2025-11.. has:email" --format tsv

    Columns of tsv: uid, name, title, organisation, email, phone, town, closeness, tags.
    mutt: set query_command = "openbar find --format mutt %s"
    aerc: address-book-cmd = openbar find --format mutt --no-message %s

cli-show = Show one person: what to read before a meeting

cli-edit = Change one person, in the same grammar
cli-edit-text = What to add or set
cli-edit-more =
    openbar edit rejean "#sawmill next:6w 819-555-0199"

cli-archive = Put somebody away; is:archived still finds them

cli-tie = Tie two people
cli-tie-a = One person
cli-tie-b = The other
cli-tie-kind = What binds them; “knows” when left out
cli-tie-close = How near the two are to each other, 0 to 5
cli-tie-more =
    Kinds: knows, works with, family, reports to, influences, recommended, introduced.
    They read from A to B: openbar tie rejean lucie "recommended"

cli-me = Show your own card, or change it
cli-me-text = What to add or set
cli-me-more =
    openbar me "Claude Roy, consultant @Roy Conseil in:Granby claude@example.com"

cli-log = Note what happened with somebody
cli-log-text = Your words; a leading verb tells the kind: met, called, coffee, helped…
cli-log-on = The day: 2026-05-14, yesterday, last friday
cli-log-more =
    openbar log rejean "coffee, his daughter takes over the sawmill" --on yesterday

cli-today = What is due: follow-ups, birthdays, the pocket

cli-import = Read files: a LinkedIn archive or its Connections.csv, native JSON Lines, a file of markets
cli-import-path = Files to read
cli-import-from = Format, when it cannot be told from the file
cli-import-map = Which column holds what, for a file without a known header: name=1,email=3
cli-import-more =
    openbar import ~/Downloads/Basic_LinkedInDataExport.zip
    openbar import friends.csv --map name=1,email=3

    The same file twice changes nothing; a newer one lists who changed jobs. One undo takes an import back.

cli-export = Write the address book out
cli-export-to = Format: jsonl (native, lossless), dot or graphml (the network), markets (your own markets)
cli-export-out = File to write; standard output when left out
cli-export-query = Only those who fit
cli-export-public = Leave out everything private
cli-export-more =
    openbar export --out book.jsonl
    openbar export --to graphml --out network.graphml

cli-undo = Take back the last change
cli-redo = Do again what was taken back

cli-history = What was done, newest first
cli-history-who = Only what touched this person

cli-demo = A sample network in a throw-away address book
cli-demo-command = A command to run on it; the screen when left out
cli-demo-more =
    openbar demo
    openbar demo find "deck"

    Your own address book is not touched.

cli-completions = Print the completions of a shell
cli-completions-shell = bash, elvish, fish, powershell or zsh
cli-completions-more =
    openbar completions bash > ~/.local/share/bash-completion/completions/openbar

cli-man = Print the manual page
cli-man-name = The page of one command
cli-man-more =
    openbar man | man -l -

cli-help = Show the help of a command
cli-help-name = The command

# Slips in the arguments.
cli-bad-unknown-option = There is no option { $word } here.
cli-bad-unknown-command = There is no command “{ $word }”.
cli-bad-value = “{ $value }” is not possible for { $option }.
cli-bad-missing = Something is missing: { $what }
cli-bad-conflict = { $option } and { $other } do not go together.
cli-bad-count = { $option } takes one value.
cli-bad-arguments = These arguments cannot be understood.
cli-bad-hint = “openbar { $command } --help” says what is possible.
cli-bad-hint-root = “openbar --help” says what is possible.
cli-bad-double-dash = Put -- before text that begins with two minus signs.

# Answers.
cli-no-terminal = The screen needs a terminal.
cli-no-terminal-hint = Name a command: “openbar --help” lists them.
cli-empty-book = The address book is empty.
cli-empty-book-hint = Log somebody with “openbar add”, import with “openbar import”, or look at “openbar demo”.
cli-addresses = { $count ->
    [one] { $count } address
   *[other] { $count } addresses
}
cli-unchanged = Nothing to change: it is so already.
cli-me-empty = Your own card is empty. Fill it with “openbar me”.
cli-no-history = Nothing has been done yet.
cli-records = { $count ->
    [one] { $count } record
   *[other] { $count } records
}
cli-undone = taken back
cli-add-prompt = Whom did you meet?

# The brief of one person: labels.
brief-hats = Hats
brief-value = Could bring
brief-markets = Markets
brief-tags = Tags
brief-met = Met
brief-reach = Reach
brief-address = Address
brief-region = Region
brief-next = Follow-up
brief-birthday = Birthday
brief-nature = Nature
brief-ties = Ties
brief-timeline = Timeline
brief-note = Note
brief-card = Card
brief-towns = Towns
brief-regions = Regions
brief-associations = Associations
brief-club-rule = Select club
brief-since = since { $date }
brief-until = until { $date }
brief-former = former
brief-via = through { $name }
brief-created = logged { $date }
brief-updated = changed { $date }

# What is due.
agenda-due = { $count ->
    [one] { $count } follow-up due
   *[other] { $count } follow-ups due
}
agenda-birthdays = { $count ->
    [one] { $count } birthday
   *[other] { $count } birthdays
}
agenda-turns = { $age ->
    [one] turns { $age }
   *[other] turns { $age }
}
agenda-awaited = { $count ->
    [one] { $count } answer awaited
   *[other] { $count } answers awaited
}
agenda-silent = { $count ->
    [one] { $count } person not heard of for longer than agreed
   *[other] { $count } people not heard of for longer than agreed
}
agenda-moves = { $count ->
    [one] { $count } person changed jobs
   *[other] { $count } people changed jobs
}
agenda-pocket = { $count ->
    [one] { $count } card in the pocket
   *[other] { $count } cards in the pocket
}
agenda-unread = { $count ->
    [one] { $count } imported contact nobody has looked at (is:unread)
   *[other] { $count } imported contacts nobody has looked at (is:unread)
}
agenda-nothing = Nothing is due today.

# What an import brought.
import-dry-run = Nothing was written: this is what would happen.
import-people = People: { $new } new, { $changed } changed, { $unchanged } already known
import-organisations = { $count ->
    [one] { $count } organisation not known before
   *[other] { $count } organisations not known before
}
import-others = { $count ->
    [one] { $count } other record
   *[other] { $count } other records
}
import-nameless = { $count ->
    [one] { $count } row without a name, left out
   *[other] { $count } rows without a name, left out
}
import-cancelled = It was stopped half-way; “openbar undo” takes back what came in.
import-moves = { $count ->
    [one] { $count } person changed jobs
   *[other] { $count } people changed jobs
}
import-problems = { $count ->
    [one] { $count } problem; the rest was read
   *[other] { $count } problems; the rest was read
}
export-done = { $contacts ->
    [one] Wrote { $contacts } contact and { $others ->
        [one] { $others } other record
       *[other] { $others } other records
    } to { $file }
   *[other] Wrote { $contacts } contacts and { $others ->
        [one] { $others } other record
       *[other] { $others } other records
    } to { $file }
}

# Headings of the manual page.
man-name = NAME
man-more = EXAMPLES
