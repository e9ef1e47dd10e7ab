"$HEARSAY" --list-themes
