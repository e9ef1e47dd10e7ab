[ -w /dev/full ] || { echo "no /dev/full"; exit 77; }
"$HEARSAY" --dump=text ../doc/sample.txt >/dev/full
