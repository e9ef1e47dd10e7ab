"$HEARSAY" --list-commands
