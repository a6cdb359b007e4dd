# What went wrong, and what to do about it. `…-hint` goes with the message of the same name.

error-line = Error: { $what }
error-hint = Hint: { $what }
warning-line = Warning: { $what }

error-nobody = Nobody fits “{ $who }”.
error-nobody-hint = Try fewer words. People put away are found with is:archived.
error-ambiguous = { $total ->
    [one] { $total } person fits “{ $who }”:
   *[other] { $total } people fit “{ $who }”:
}
error-ambiguous-more = { $count ->
    [one] … and { $count } more
   *[other] … and { $count } more
}
error-ambiguous-hint = Say which one by uid (its first characters will do), email or phone.
error-nothing-to-undo = There is nothing to take back.
error-nothing-to-redo = There is nothing to do again.
error-conflict = This cannot be done to { $subject }: it was changed meanwhile.
error-conflict-fields = This cannot be done to { $subject }: later changes stand in the way ({ $fields }).
error-conflict-hint = See what happened with “openbar history”, then take back the later change first.
error-store-locked = The address book is open in another process that does not answer.
error-store-locked-by = The address book is open in another process ({ $pid }) that does not answer.
error-store-locked-hint = Close that openbar, or wait until it has finished, then try again. Captures with “openbar add” work meanwhile.
error-store-newer = This address book was made by a newer openbar (format { $found }; this one reads up to { $supported }). It was left untouched.
error-store-newer-hint = Update openbar, or choose another folder with --data.
error-store-damaged = The address book in { $path } is damaged: { $detail }
error-store-damaged-hint = Nothing was deleted: damaged files are kept in that folder. Copy the folder before anything else.
error-store-unavailable = { $path } cannot be used: { $detail }
error-store-unavailable-hint = Check that the folder exists, that it is yours, and that the disk is not full or read-only. Choose another one with --data.
error-write-failed = The change could not be written: { $detail }
error-write-failed-hint = Make room on the disk, then start openbar again: what was acknowledged before is safe.
error-other-version = The openbar that is running is of another version ({ $theirs }).
error-other-version-hint = Close it and start it again.
error-cancelled = Stopped.
error-cannot-write = { $path } could not be written: { $detail }
error-cannot-write-hint = Choose another place with --out.

# Commands that cannot mean anything.
usage-nothing-given = No text was given.
usage-nothing-given-hint = Put the words after the command, or give “-” to read them from standard input.
usage-unknown-word = “{ $word }” is not known here.
usage-unknown-word-hint = Known: { $allowed }
usage-bad-date = “{ $text }” is not a date.
usage-bad-date-hint = Write it like 2026-12-01, yesterday or last friday.
usage-same-person = A tie needs two different people.
usage-needs-yes = This asks for a confirmation, and there is no terminal to ask on.
usage-needs-yes-hint = Add --yes to confirm.
usage-unknown-format = The format of { $file } could not be told.
usage-unknown-format-hint = Name it with --from, or say which column holds what with --map name=1,email=3.

# What is wrong with input. The place stands before the reason: file, line, column.
input-file = { $file }: { $reason }
input-line = { $file }, line { $line }: { $reason }
input-column = { $file }, line { $line }, column { $column }: { $reason }
input-stdin = standard input
input-unreadable = cannot be read: { $detail }
input-empty = is empty
input-binary = is not text
input-too-large = is larger than { $limit } MB
input-too-long = a line or cell is longer than { $limit } KB
input-no-header = no header row that openbar knows
input-unclosed-quote = a quote opens here and never closes
input-no-name = no name and nothing else to keep
input-bad-date = “{ $text }” is not a date; the rest was kept
input-bad-value = “{ $text }” cannot be read as { $field }; the rest was kept
input-broken-row = a quote is missing, so the row was left out: { $found } cells instead of { $expected }
input-surplus-cells = the row has more cells than the header; left out: “{ $text }”
input-unknown-field = “{ $field }” is not a field of openbar; its value was not kept
input-repeated = stood earlier in this file; left out here: { $key }
input-namesakes = several known people could be { $name }; kept as a new card
input-bad-json = not in the native form: { $detail }
input-bad-markets = this is no file of markets: { $detail }
input-bad-archive = the archive is broken: { $detail }
input-nothing-known = the archive holds no file that openbar knows
input-unknown-contact = refers to a contact that is not there: { $uid }
input-unreadable-hint = Check the name and that you may read it.
input-no-header-hint = Say which column holds what: --map name=1,email=3.
input-nothing-known-hint = LinkedIn’s archive holds Connections.csv; ask LinkedIn for “Connections” when you request your data.

# The configuration file.
did-you-mean = Did you mean “{ $word }”?
config-syntax = not TOML: { $detail }
config-syntax-hint = Mend the line, or move the file away to start with the defaults.
config-unknown-key = unknown key “{ $key }”
config-bad-value = this value is not possible for “{ $key }”
config-key-taken = “{ $key }” stands for two commands in one place: { $one } and { $other }
config-key-taken-hint = Give one of them another key, or none: [].
config-no-home = There is no home folder, so openbar does not know where the address book is.
config-no-home-hint = Name a folder with --data or OPENBAR_DATA.
