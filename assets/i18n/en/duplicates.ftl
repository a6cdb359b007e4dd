# Cards that may be one person's: why, and making one card of two.

likelihood-nearly-sure = nearly sure
likelihood-likely = likely
likelihood-possible = possible

# Reasons for and against. Each stands alone, or in a list with others.
clue-profile = same LinkedIn profile { $name }
clue-email = same email { $address }
clue-shared-email = same shared address { $address }
clue-phone = same phone { $number }
clue-shared-phone = same office number { $number }
clue-name-same = same name
clue-name-spelling = same name, written otherwise
clue-name-swapped = given and family name swapped
clue-name-short = one name is a short form of the other
clue-name-double = one bears a further family name
clue-name-slip = names one letter apart
clue-name-part = given names partly the same
clue-name-initials = initials fit the name
clue-name-half = half of the name, the same
clue-org = same organisation { $org }
clue-title = same title { $title }
clue-town = same town { $town }
clue-birthday = same birthday
clue-other-name = different names
clue-other-family = different family names
clue-other-suffix = an elder and a younger
clue-other-civility = a woman and a man
clue-other-email = two addresses at { $host }
clue-other-profile = two LinkedIn profiles
clue-other-birthday = different birthdays

# The command line.
cli-duplicates = Show who may be in the book twice, and why
cli-duplicates-who = Only lookalikes of this person
cli-duplicates-more =
    openbar duplicates
    openbar duplicates rejean@scierie.example --format json

    Nothing is merged. A name alone is never more than “possible”.
cli-merge = Make one card of two: A is kept, B goes into it
cli-merge-a = Whose card is kept
cli-merge-b = Whose card goes into it
cli-merge-yes = Accepted for scripts; a merge never asks, “openbar undo” takes it back
cli-merge-more =
    openbar merge rejean@scierie.example 019e2917 --dry-run
    openbar merge rejean@scierie.example 019e2917

    Nothing is lost: lists are united, and of two different values the other one goes to the note.
    Ties, interactions, needs and mandates follow. The uid of B leads to A from then on.
duplicates-none = No two cards look like one person
duplicates-none-of = Nobody looks like { $name }
duplicates-more = and { $count } more; --limit shows as many as you like
# After the reasons for.
duplicates-against = ; but { $reasons }
duplicates-why = { $likelihood }: { $reasons }
merge-would = Would be the card of { $name }; nothing was changed
import-lookalikes = { $count ->
    [one] { $count } newcomer looks like somebody you knew: see “openbar duplicates”
   *[other] { $count } newcomers look like somebody you knew: see “openbar duplicates”
}

# The list of pairs.
duplicates-title = May be one person
duplicates-title-of = Who may be { $name }
duplicates-count = { $count ->
    [one] { $count } pair
   *[other] { $count } pairs
}
duplicates-loading = Comparing everybody…
duplicates-none-hint = Imports and captures are compared too. To merge two people of your choice, mark both and press m.

# Two cards side by side.
merge-title = One card of two
merge-kept = This card stays
merge-gone = This one goes into it
merge-no-reason = Nothing says that these two are one person, but you may know better.
merge-foot = ● stands, ○ goes to the note. All else follows; undo brings both back.
merge-done = One card now: { $name }
merge-mark-two = Mark two people to make one card of them
