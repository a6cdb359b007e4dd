# Words for what records hold: stages, ties, hats, interactions, fields.

stage-pocket = in the pocket
stage-active = active
stage-archived = archived

door-seen = profile seen
door-invited = invited
door-accepted = invitation accepted
door-declined = invitation declined

# Closeness, 0 to 5.
closeness-0 = stranger
closeness-1 = seen once
closeness-2 = acquaintance
closeness-3 = contact
closeness-4 = friend
closeness-5 = intimate

# What binds two people, read from one end and from the other.
tie-knows = knows
tie-works-with = works with
tie-family = family
tie-reports-to = reports to
tie-reports-to-back = manages
tie-influences = influences
tie-influences-back = is influenced by
tie-recommended = recommended
tie-recommended-back = was recommended by
tie-introduced = introduced
tie-introduced-back = was introduced by

role-employment = job
role-ownership = owner
role-elected = elected office
role-board = board
role-member = member
role-volunteer = volunteer

interaction-note = note
interaction-met = meeting
interaction-call = call
interaction-message = message
interaction-coffee = coffee or meal
interaction-favour-given = favour given
interaction-favour-received = favour received
interaction-introduction-asked = introduction asked
interaction-introduction-made = introduction made
interaction-setback = setback

met-card = card exchanged
met-in-person = in person
met-linkedin = LinkedIn
met-inbound = wrote first
met-introduced = introduced

# How a hat connects to a market.
market-decides = decides
market-works = works in it
market-member = member
market-supplies = supplies
market-buys = buys
market-influences = influences

language-french = French
language-english = English
form-tu = tu
form-vous = vous

# Labels of addresses and phones.
label-work = work
label-home = home
label-mobile = mobile
label-fax = fax
label-tollfree = toll-free

# What a step of history did.
deed-capture = New card
deed-edit = Edit
deed-batch = Batch edit
deed-archive = Archive
deed-file = Filed
deed-tie = Tie
deed-log = Log entry
deed-me = Own card
deed-import = Import
deed-merge = Merge
deed-refuse = Not the same person
deed-about = { $deed }: { $subject }
deed-undo = Undo: { $what }
deed-redo = Redo: { $what }

# Names of fields, as history and refusals cite them.
field-foreign-uid = uid
field-name = name
field-roles = hats
field-emails = emails
field-phones = phones
field-urls = web addresses
field-addresses = addresses
field-region = region
field-met = where met
field-language = language
field-address-form = tu or vous
field-stage = stage
field-unread = unread
field-door = invitation
field-closeness = closeness
field-nature = nature of the relation
field-tags = tags
field-values = latent values
field-markets = markets
field-note = note
field-birthday = birthday
field-cadence-days = cadence
field-next = follow-up
field-sources = sources
field-cards = card images
field-extra = other properties
field-towns = towns
field-regions = regions
field-associations = associations
field-club-rule = select-club rule
field-on = date
field-town = town
field-series = series
field-ends = people
field-kind = kind
field-since = since
field-words = words
field-slug = short name
field-parent = parent
field-keywords = keywords
field-naics = NAICS code
field-hidden = hidden
field-status = status
field-market = market
field-deadline = deadline
field-candidates = who could help
field-title = title
field-client = client
field-amount = amount
field-opened = opened
field-closed = closed
field-origin = origin
field-circle = decision circle
