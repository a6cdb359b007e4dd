# The home screen.

today-question = Whom did you meet? What do you need?
today-question-how = a to log · / to find
today-due = To do
today-needs = Needs that somebody answers
today-need-others = and { $count } more
today-awaited = Answers awaited
today-pocket = In the pocket
today-birthdays = Birthdays
today-moves = Moved
today-silent = Write to
today-more = … and { $count } more
today-turns = turns { $years }
today-moved = { $from } → { $to }
today-last = last { $when }
today-nothing = Nothing is due. A good day to write to somebody you have not seen for a while: / then stale:180d.

first-title = An open bar lets everybody in
first-capture = Log the last person you met
first-capture-example = Réjean Tremblay, plank seller @Scierie Tremblay =cedar planks %Chamber dinner 819-555-0123
first-import = Import your LinkedIn contacts
first-import-how = On linkedin.com: Me › Settings & Privacy › Data privacy › Get a copy of your data › Connections. The link to the archive comes by email, often within minutes; give it here as it is.
first-help = See the keys and the signs
first-demo = To look around first, leave with q and run: openbar demo
