"$HEARSAY" --dump --columns=-4 ../doc/sample.txt
