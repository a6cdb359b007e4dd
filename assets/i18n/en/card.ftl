# A person's card.

card-nickname = {" "}“{ $name }”
card-unread = new
card-hats = Hats
card-reach = Reach
card-brings = Could bring
card-keeping = Keeping in touch
card-met = First met
card-note = Note
card-ties = Knows
card-timeline = Timeline
card-history = History
card-with = with { $people }
card-from-to = { $since } to { $until }
card-since = since { $since }
card-until = until { $until }
card-email = email
card-phone = phone
card-web = web
card-address = address
card-region = region
card-next = follow up
card-cadence = cadence
card-every = { $days ->
    [one] every day
   *[other] every { $days } days
}
card-birthday = birthday
card-language = language
card-nature = nature
card-via = through
card-extension = { $number } ext. { $ext }
