# One clear line on standard error, and nothing else.
[ "$(id -u)" -eq 0 ] && { echo "root may read everything"; exit 77; }
cp ../doc/sample.txt "$SCRATCH/secret.txt"
chmod 000 "$SCRATCH/secret.txt"
"$HEARSAY" --dump "$SCRATCH/secret.txt" 2>"$SCRATCH/err"
status=$?
lines=$(wc -l <"$SCRATCH/err")
[ "$lines" -eq 1 ] || echo "$lines lines on standard error"
cat "$SCRATCH/err" >&2
exit $status
