"$HEARSAY" --dump ../doc/sample.txt ../doc/sample.txt
