# Les dates comme on les dit.

date-today = aujourd’hui
date-yesterday = hier
date-tomorrow = demain
date-day-before-yesterday = avant-hier
date-day-after-tomorrow = après-demain
date-days-ago = { $count ->
    [one] il y a { $count } jour
   *[other] il y a { $count } jours
}
date-weeks-ago = { $count ->
    [one] il y a { $count } semaine
   *[other] il y a { $count } semaines
}
date-months-ago = { $count ->
    [one] il y a { $count } mois
   *[other] il y a { $count } mois
}
date-years-ago = { $count ->
    [one] il y a { $count } an
   *[other] il y a { $count } ans
}
date-in-days = { $count ->
    [one] dans { $count } jour
   *[other] dans { $count } jours
}
date-in-weeks = { $count ->
    [one] dans { $count } semaine
   *[other] dans { $count } semaines
}
date-in-months = { $count ->
    [one] dans { $count } mois
   *[other] dans { $count } mois
}
date-in-years = { $count ->
    [one] dans { $count } an
   *[other] dans { $count } ans
}

# Les dates écrites. `$year` et `$day` sont du texte, pour qu'aucune année ne reçoive d'espace de milliers.
date-full = { $day } { $month } { $year }
date-day-month = { $day } { $month }
date-month-year = { $month } { $year }
date-first = 1er
date-moment = { $day }, { $hour } h { $minute }

month-1 = janv.
month-2 = févr.
month-3 = mars
month-4 = avr.
month-5 = mai
month-6 = juin
month-7 = juill.
month-8 = août
month-9 = sept.
month-10 = oct.
month-11 = nov.
month-12 = déc.

weekday-1 = lundi
weekday-2 = mardi
weekday-3 = mercredi
weekday-4 = jeudi
weekday-5 = vendredi
weekday-6 = samedi
weekday-7 = dimanche
