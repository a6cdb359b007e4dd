# Cards: photographs, codes, signatures.

# Fields of a card.
card-field-name = name
card-field-credential = credential
card-field-title = title
card-field-org = organisation
card-field-phone = phone
card-field-email = email
card-field-url = web address
card-field-address = address
card-field-language = language
card-field-note = note

# What should be said about a card.
card-unreadable = nothing could be read on it
card-no-recognition = this openbar was built without text recognition; only codes were read
card-other-engine = the program chosen in the settings could not read it ({ $detail }): openbar read it by itself
card-handwriting = handwriting or a poor photo: check every field
card-unsure = not sure: “{ $text }”; kept in the note only
card-several = there seem to be several cards in this picture
card-two-people = several people seem to share this card: { $names }
card-code-differs = { $field }: the code says “{ $coded }”, the print “{ $printed }”; the code was believed
card-other-code = its code describes nobody: “{ $text }”
card-too-much = there is more on it than openbar reads; the rest was left out

# Files that are no cards.
input-not-an-image = neither an image nor text
input-heic = a HEIC photo, which openbar cannot read
input-heic-hint = On the iPhone choose Settings › Camera › Formats › Most Compatible; for this photo, share it by email or export it as JPEG.
input-unsupported-image = { $format } files cannot be read as cards
input-unsupported-image-hint = Save it as JPEG or PNG.
input-too-many-pixels = { $width } × { $height } pixels; openbar reads up to { $limit } million
input-too-many-pixels-hint = Make it smaller: for a card, 2,000 pixels across are plenty.
input-cut-off = the file ends before the image does
input-cut-off-hint = Copy it again; it may still have been on its way.
input-damaged-image = the image is damaged

# The command.
cli-card = Read business cards into the pocket: photos, scans, vCards, text
cli-card-file = Images (JPEG, PNG, WebP), vCards or text; “-” reads standard input
cli-card-dry-run = Only say what was read
cli-card-text = Read blocks of text on standard input, one JSON string a line, and answer each with one line
cli-card-event = Where the cards come from: “Chamber dinner”
cli-card-more =
    Cards are read on this machine; nothing leaves it. A code with a vCard is believed over the print.
    The picture is kept, smaller and without its metadata. The same picture twice brings nobody twice.

    Examples:
      openbar card IMG_2041.jpg IMG_2042.jpg --event 'Chamber dinner'
      openbar card --dry-run --format jsonl scans/*.png
      pbpaste | openbar card -
cli-value-event = EVENT

# Answers.
card-read = In the pocket.
card-known = Was already read; nothing changed.
card-nobody = In the pocket, to be typed.
card-stdin = standard input
