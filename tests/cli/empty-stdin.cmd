# One clear line on standard error, and nothing else.
"$HEARSAY" --dump - </dev/null 2>"$SCRATCH/err"
status=$?
lines=$(wc -l <"$SCRATCH/err")
[ "$lines" -eq 1 ] || echo "$lines lines on standard error"
cat "$SCRATCH/err" >&2
exit $status
