"$HEARSAY" --help
