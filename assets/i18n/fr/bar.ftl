# La barre de saisie.

bar-new = Noter quelqu’un
bar-edit = Modifier { $who }
bar-example = nom, titre @org =ce qu’il pourrait apporter #étiquette +marché %événement téléphone courriel
bar-captured = { $who } : dans la poche
bar-recorded = C’est noté
bar-perhaps = Peut-être { $who } (Alt-Enter ajoute à cette carte)
bar-known = Déjà dans le carnet : { $who } (Alt-Enter ajoute à cette carte)
bar-correct = ↑ corrige la dernière carte
