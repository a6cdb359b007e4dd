# Asking for an introduction, and the answer.

intro-title = Introduction to { $to }
intro-to = To:
intro-about = About:
intro-no-email = no email noted
intro-way = way { $at } of { $count }
intro-then = Nothing is sent by itself. Enter once you have asked: a follow-up is set.
intro-copied = The request is on the clipboard
intro-nobody = Nobody between you is known yet. A tie (t) between two contacts opens ways.
intro-answer = The answer
intro-did = { $via } was asked { $when } to introduce you to { $to }. What came of it?
intro-did-somebody = { $via } was asked { $when } whom to meet. What came of it?
intro-nothing-asked = No request for an introduction awaits an answer here.
intro-later = Not yet
intro-yes = Introduced
intro-no = Declined
intro-made = { $via } introduced you to { $to }: logged, with the tie between them
intro-noted = Noted
intro-next-way = Noted. Here is the next way.
intro-no-other-way = Noted. No other way is known.
