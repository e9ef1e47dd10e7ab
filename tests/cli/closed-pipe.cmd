# The reader of a dump may stop reading: no message, no hang.
"$HEARSAY" --dump=text ../doc/sample.txt 2>"$SCRATCH/err" | head -n 1 >/dev/null
cat "$SCRATCH/err"
