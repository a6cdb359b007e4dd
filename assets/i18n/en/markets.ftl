# Markets that go by no name, and what may have been meant.
error-no-market = No market goes by “{ $name }”.
error-no-market-hint = List them with: openbar markets
error-no-region = No region goes by “{ $name }”, and nobody is in one.
error-no-region-hint = Name a region, a town or a province: Estrie, Magog, Ontario.
error-near-hint = Did you mean { $names }?
usage-same-market = A market cannot be below itself or become itself.
usage-market-exists = { $name } is there already (slug: { $slug }).

# How well a market is reached.
level-none = none
level-thin = thin
level-fair = fair
level-strong = strong

# How likely a way is.
odds-remote = remote
odds-slight = slight
odds-possible = possible
odds-likely = likely
odds-very-likely = very likely

# What a step of a way rests on.
basis-profile = a profile seen
basis-connected = connected on a network
basis-met = met
basis-interactions = { $count ->
    [one] { $count } exchange
   *[other] { $count } exchanges
}
basis-setbacks = { $count ->
    [one] { $basis }, one setback
   *[other] { $basis }, { $count } setbacks
}
tie-evidence-introduced = introduced them to you
tie-evidence-introduced-back = was introduced by them
tie-evidence-org = perhaps: both at { $name }
tie-evidence-event = perhaps: both at { $name }
tie-evidence-association = perhaps: both in { $name }
tie-evidence-shared-by = { $shared } ({ $people })

# Where the words that suggest a market stand.
source-title = title
source-org = organisation
source-credential = credential
source-value = value
source-tag = tag
source-note = note
source-stated = stated
evidence-words = “{ $words }” ({ $source })
hat-former = formerly

# What is missing before measures mean anything.
missing-ties = ties between your contacts. Add them with: openbar tie A B, or knows:Luc and via:Luc in a line
missing-closeness = how near people are. Add it with close:0 to close:5 in a line
missing-meetings = meetings. Note them with: openbar log WHO …

# Why somebody might open a market.
ask-why-knows = knows { $member }
ask-why-may-know = may know { $member }
ask-why-member = is in it, hardly known
ask-why-near = is in { $market }
