"$HEARSAY" --screen=0xfish ../doc/sample.txt
