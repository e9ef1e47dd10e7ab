"$HEARSAY" --dump=nonsense ../doc/sample.txt
