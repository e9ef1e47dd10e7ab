"$HEARSAY" --version
