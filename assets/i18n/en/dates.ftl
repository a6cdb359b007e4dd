# Dates as people say them.

date-today = today
date-yesterday = yesterday
date-tomorrow = tomorrow
date-day-before-yesterday = 2 days ago
date-day-after-tomorrow = in 2 days
date-days-ago = { $count ->
    [one] { $count } day ago
   *[other] { $count } days ago
}
date-weeks-ago = { $count ->
    [one] { $count } week ago
   *[other] { $count } weeks ago
}
date-months-ago = { $count ->
    [one] { $count } month ago
   *[other] { $count } months ago
}
date-years-ago = { $count ->
    [one] { $count } year ago
   *[other] { $count } years ago
}
date-in-days = { $count ->
    [one] in { $count } day
   *[other] in { $count } days
}
date-in-weeks = { $count ->
    [one] in { $count } week
   *[other] in { $count } weeks
}
date-in-months = { $count ->
    [one] in { $count } month
   *[other] in { $count } months
}
date-in-years = { $count ->
    [one] in { $count } year
   *[other] in { $count } years
}

# Written dates. `$year` and `$day` are text, so that no year gets a thousands separator.
date-full = { $month } { $day }, { $year }
date-day-month = { $month } { $day }
date-month-year = { $month } { $year }
date-first = 1
date-moment = { $day }, { $hour }:{ $minute }

month-1 = Jan
month-2 = Feb
month-3 = Mar
month-4 = Apr
month-5 = May
month-6 = Jun
month-7 = Jul
month-8 = Aug
month-9 = Sep
month-10 = Oct
month-11 = Nov
month-12 = Dec

weekday-1 = Monday
weekday-2 = Tuesday
weekday-3 = Wednesday
weekday-4 = Thursday
weekday-5 = Friday
weekday-6 = Saturday
weekday-7 = Sunday
