# Des fiches qui sont peut-être celles d'une même personne : pourquoi, et comment n'en faire qu'une.

likelihood-nearly-sure = presque sûr
likelihood-likely = probable
likelihood-possible = possible

# Raisons pour et contre. Chacune se lit seule, ou dans une liste.
clue-profile = même profil LinkedIn { $name }
clue-email = même courriel { $address }
clue-shared-email = même adresse partagée { $address }
clue-phone = même téléphone { $number }
clue-shared-phone = même numéro de bureau { $number }
clue-name-same = même nom
clue-name-spelling = même nom, écrit autrement
clue-name-swapped = prénom et nom inversés
clue-name-short = un prénom est le diminutif de l’autre
clue-name-double = un nom de famille de plus
clue-name-slip = une lettre d’écart dans le nom
clue-name-part = prénoms en partie les mêmes
clue-name-initials = initiales qui concordent
clue-name-half = une moitié du nom, la même
clue-org = même organisation { $org }
clue-title = même titre { $title }
clue-town = même ville { $town }
clue-birthday = même anniversaire
clue-other-name = noms différents
clue-other-family = noms de famille différents
clue-other-suffix = un père et un fils
clue-other-civility = une femme et un homme
clue-other-email = deux adresses chez { $host }
clue-other-profile = deux profils LinkedIn
clue-other-birthday = anniversaires différents

# La ligne de commande.
cli-duplicates = Montrer qui figure peut-être deux fois dans le carnet, et pourquoi
cli-duplicates-who = Seulement les sosies de cette personne
cli-duplicates-more =
    openbar duplicates
    openbar duplicates rejean@scierie.example --format json

    Rien n’est fusionné. Un nom seul n’est jamais plus que « possible ».
cli-merge = Faire une fiche de deux : A reste, B y passe
cli-merge-a = Celle dont la fiche reste
cli-merge-b = Celle dont la fiche y passe
cli-merge-yes = Accepté pour les scripts ; une fusion ne demande rien, « openbar undo » l’annule
cli-merge-more =
    openbar merge rejean@scierie.example 019e2917 --dry-run
    openbar merge rejean@scierie.example 019e2917

    Rien ne se perd : les listes s’unissent, et de deux valeurs différentes l’autre va à la note.
    Liens, échanges, besoins et mandats suivent. L’identifiant de B mène dès lors à A.
duplicates-none = Aucune paire de fiches ne semble être la même personne
duplicates-none-of = Personne ne ressemble à { $name }
duplicates-more = et { $count } de plus ; --limit en montre autant que voulu
# Après les raisons pour.
duplicates-against =  ; mais { $reasons }
duplicates-why = { $likelihood } : { $reasons }
merge-would = Serait la fiche de { $name } ; rien n’a changé
import-lookalikes = { $count ->
    [one] { $count } nouvelle personne ressemble à quelqu’un de connu : voir « openbar duplicates »
   *[other] { $count } nouvelles personnes ressemblent à quelqu’un de connu : voir « openbar duplicates »
}

# La liste des paires.
duplicates-title = Peut-être une même personne
duplicates-title-of = Qui est peut-être { $name }
duplicates-count = { $count ->
    [one] { $count } paire
   *[other] { $count } paires
}
duplicates-loading = On compare tout le monde…
duplicates-none-hint = Les importations et les saisies sont comparées aussi. Pour fusionner deux personnes de votre choix, cochez les deux et appuyez sur m.

# Deux fiches côte à côte.
merge-title = Deux fiches en une
merge-kept = Cette fiche reste
merge-gone = Celle-ci y passe
merge-no-reason = Rien ne dit que c’est une même personne, mais vous le savez peut-être mieux.
merge-foot = ● vaut, ○ passe à la note. Le reste suit ; annuler ramène les deux.
merge-done = Une seule fiche désormais : { $name }
merge-mark-two = Cochez deux personnes pour n’en faire qu’une fiche
