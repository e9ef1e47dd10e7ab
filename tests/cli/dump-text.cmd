"$HEARSAY" --dump=text ../doc/sample.txt
