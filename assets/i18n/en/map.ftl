# The screen of markets.

map-markets = Markets
map-gaps = Not reached yet
map-regions = Regions × markets
map-people = People × markets
map-view-map = Overview
map-view-gaps = Gaps
map-view-regions = Regions × markets
map-view-people = People × markets
map-filter-hint = type / to filter the markets
map-counting = counting…
map-about = { $reached } reached, { $not } not yet
map-gaps-about = { $count ->
    [one] { $count } market, most people first
   *[other] { $count } markets, most people first
}
map-by-reach = best reached first
map-by-presence = most people first
map-hidden = hidden
map-no-gaps = No gap: every market is reached.
map-nothing-fits = No market fits. Esc shows all of them.
map-everywhere = everywhere
map-me = me

# What would let the figures say more.
map-star = Only your own ties are known so far. Note:
map-missing = To see further, note:
map-missing-ties = who knows whom (a tie opens ways)
map-missing-closeness = how near people are
map-missing-meetings = whom you met or talked to

# Nobody noted yet.
map-empty = No market yet: nobody is noted.
map-empty-what = Every hat of every person leads to markets: a councillor decides in town government, a plank seller supplies construction. openbar reads them from titles, organisations and notes.
map-empty-import = Press { $key } to import your LinkedIn archive: the map of markets is there seconds later.
map-empty-capture = Or press { $key } and log somebody.

# One market.
map-naics = NAICS { $code }
map-nobody = nobody
map-none-met = { $count ->
    [one] { $number } person, not met
   *[other] { $number } people, none met
}
map-presence = { $count ->
    [one] { $number } person
   *[other] { $number } people: { $stated } stated, { $inferred } inferred
}
map-presence-stated = { $count ->
    [one] { $number } person, stated
   *[other] { $number } people, all stated
}
map-presence-inferred = { $count ->
    [one] { $number } person, inferred
   *[other] { $number } people, all inferred
}
map-sole-door = { $count ->
    [one] the only door: { $names }
   *[other] each door matters: { $names }
}
map-more = { $count ->
    [one] and { $count } other
   *[other] and { $count } others
}
map-connectors = Who connects
map-asks = Who could open it
map-no-asks = Nobody yet
map-no-asks-hint = Nobody you know is near this market. n notes a need: whoever fits will be flagged when they come in.
map-refused = refused: Space takes it back
map-via = via { $who }

# Ways.
map-ways = Ways to { $to }
map-no-way = No way yet: nobody you know leads there.
map-directly = directly
map-asked = asked { $when }
map-asked-yes = introduced { $when }
map-asked-no = declined { $when }

# Tables.
map-columns-all = all markets
map-columns-few = main markets
map-regions-none = Nobody with a market has a region yet. Write in:Magog, say, in somebody’s line.
map-people-none = Nobody is tied to a market yet.
map-cell-none = no tie
map-cell-covered = { $count ->
    [one] { $number } person, reach: { $level }
   *[other] { $number } people, reach: { $level }
}
map-cell-stated = stated: { $how }
map-cell-inferred = inferred: { $how }

# Changing the markets.
map-pick-region = Count the people of
map-pick-into = { $market }: make it part of
map-pick-hint = type to filter
map-name-new = A new market
map-name-new-below = A new market below { $market }
map-name-other = { $market }: other names
map-name-fr = in French
map-name-en = in English
map-how-decides = decides
map-how-works = works
map-how-member = member
map-how-supplies = supplies
map-how-buys = buys
map-how-influences = influences
map-where = { $source }:
map-hidden-page = Hidden: its people count with the market above. The same key shows it again.
