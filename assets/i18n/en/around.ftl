# What surrounds a person, on the page.

around-markets = Markets
around-refused = refused
around-opens = Opens
around-alone = Without them you lose ground in:
around-introducers = Could introduce you
around-introduces = Could introduce you to
around-drawn = Around
around-more = { $count ->
    [one] and { $count } more
   *[other] and { $count } more
}
around-legend = ── known   ┈┈ possible
