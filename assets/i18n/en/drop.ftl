# The drop folder and the pocket from the shell.

error-drop-folder = The drop folder { $path } cannot be used: { $detail }.
error-drop-folder-hint = openbar goes on by itself once it can; the folder is drop_folder in the configuration.

cli-pocket = List the cards that wait in the pocket, or take in what lies in the drop folder
cli-pocket-sweep = Take in what lies in the drop folder, once
cli-pocket-more =
    The drop folder is set by drop_folder in the configuration. Photos, scans, vCards and text files put there become
    cards in the pocket: by themselves while the screen is open, else with --sweep. In a text file each line is a
    capture, each block a card. Files move to done/, or to failed/ with the reason beside them.
    With --format json each file is one object: "file", "people" or "reason" and "place", "known", "waiting".

    Examples:
      openbar pocket
      openbar pocket --format jsonl
      openbar pocket --sweep
drop-pocket-empty = The pocket is empty.
drop-pocket-empty-hint = openbar add, openbar card and the drop folder fill it.
drop-none = No drop folder is set.
drop-none-hint = Name one in the configuration: drop_folder = '~/Cards'
drop-nothing = Nothing lies in the drop folder.
drop-taken = in the pocket: { $names }
drop-taken-nobody = in the pocket
drop-known = had been taken in before
drop-failed = not taken in, moved to failed/
drop-waiting = still on its way; the next sweep takes it

# Cards that are read on the screen.
card-reading = { $count ->
    [one] Reading { $name }…
   *[other] Reading { $count } cards…
}
card-read-toast = Read: { $name }, in the pocket
card-read-several-toast = Read: { $count } people, in the pocket: { $names }
card-nobody-toast = Nobody could be read on it; the card waits in the pocket, to be typed.
card-known-toast = { $count ->
    [0] This card had been read before.
   *[other] This card had been read before: { $names }
}
