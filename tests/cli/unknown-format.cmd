"$HEARSAY" --format=nonsense --dump ../doc/sample.txt
