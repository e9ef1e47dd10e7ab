"$HEARSAY" --nonsense ../doc/sample.txt
