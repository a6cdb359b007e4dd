# What lies over the screens: palette, help, forms, questions, files, import, history.

palette-title = Commands
palette-placeholder = Type part of a command
palette-nothing = No command fits “{ $typed }”.
