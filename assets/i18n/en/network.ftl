# The commands of markets and paths.
cli-value-region = REGION
cli-value-market = MARKET
cli-value-how = HOW
cli-arg-region = Only people of this region: its name, or a town in it
cli-quoted = “{ $words }”
brief-inferred = Suggested

cli-markets = How well your network reaches each market
cli-markets-gaps = Only markets that nobody opens
cli-markets-more =
    openbar markets --region Estrie
    openbar markets --gaps --format json

    Reach comes from the best ways in, not from how many people there are: many strangers open nothing.
    Your own markets are a file: openbar export --to markets --out markets.toml, openbar import markets.toml

cli-market = Who connects to a market, by which hat, through whom
cli-market-name = A market: its name in either language, or the beginning of it
cli-market-accept = State this person’s tie to the market, with the hat that their words suggest
cli-market-refuse = Refuse this person’s tie; it is not suggested again
cli-market-forget = Forget what was stated or refused
cli-market-how = With --accept, the hat: decides, works, member, supplies, buys or influences
cli-market-more =
    openbar market municipal --region Magog
    openbar market dairy --accept ghislain --how decides
    openbar market bakeries --refuse boulanger

cli-path = The best ways to be introduced to somebody, or into a market
cli-path-to = A person, or a market; with a + in front only a market
cli-path-more =
    openbar path ghislain
    openbar path municipal --region Estrie

    Ways have at most three steps and share nobody. Dashed arrows are guesses: people who share an organisation, an event or an
    association.

cli-stats = Your network in figures
cli-stats-more =
    Measures of who stands between others, and of groups, need ties between your contacts: openbar tie A B

# What they answer.
markets-people = { $people ->
    [one] { $people } person known, { $met } met
   *[other] { $people } people known, { $met } met
}
markets-people-in = { $people ->
    [one] { $people } person in { $region }
   *[other] { $people } people in { $region }
}
markets-nobody = Nobody is tied to a market.
markets-nobody-hint = Titles and organisations lead to markets; openbar market NAME --accept WHO states a tie.
markets-no-gaps = Every market has a way in.
markets-closed = { $count ->
    [0] Every market has a way in.
    [one] { $count } market has no way in: openbar markets --gaps
   *[other] { $count } markets have no way in: openbar markets --gaps
}
markets-presence = { $count ->
    [0] nobody
    [one] { $count } person
   *[other] { $count } people
}
markets-presence-stated = { $count ->
    [one] { $count } person, { $stated } stated
   *[other] { $count } people, { $stated } stated
}
markets-sole-door = only through { $name }
market-within = part of { $market }
market-more = { $count ->
    [one] and { $count } more (--limit shows more)
   *[other] and { $count } more (--limit shows more)
}
market-doors = Only door: { $names }
market-regions = By region
market-asks = Who could be asked to open it
market-through = through { $names }

path-none = No way leads to { $to }.
path-none-hint = Ties make ways: openbar tie A B, or knows:Luc and via:Luc in a line.
path-likelihood = { $dots } { $likelihood }
path-guess = { " " }(partly a guess)
path-asked = asked on { $date }; the answer is awaited
path-asked-yes = asked on { $date }; introduced
path-asked-no = asked on { $date }; no

stats-people = People
stats-pocket = { $count } in the pocket
stats-active = { $count } filed
stats-archived = { $count } put away
stats-from = From
stats-by-hand = { $count } by hand
stats-closeness = Closeness
stats-undeclared = { $count } not said
stats-ties = Ties
stats-ties-of = { $ties } declared among { $people } people; { $hubs } organisations, events and associations in which people may know each other
stats-markets = Markets
stats-placed = In a market
stats-placed-of = { $placed } people; { $opening } of them open one
stats-openers = Who opens markets
stats-opens = { $count ->
    [one] opens { $count } market
   *[other] opens { $count } markets
}
stats-alone = alone: { $markets }
stats-brokers = Between groups (Burt’s constraint; the lower, the freer)
stats-clusters = Groups that know each other (modularity { $modularity })
stats-group = { $count } people
stats-missing = What would say more:
