# The capture bar.

bar-new = Log somebody
bar-edit = Edit { $who }
bar-example = name, title @org =what they could bring #tag +market %event phone email
bar-captured = { $who }: in the pocket
bar-recorded = Noted
bar-perhaps = Perhaps { $who } (Alt-Enter adds to this card)
bar-known = Already in the book: { $who } (Alt-Enter adds to this card)
bar-correct = ↑ corrects the last card
