"$HEARSAY" --list-formats
