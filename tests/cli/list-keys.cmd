"$HEARSAY" --list-keys
