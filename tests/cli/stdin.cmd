# A pipe is read like a file, and no terminal on standard output means --dump=text.
"$HEARSAY" - <../doc/sample.txt >"$SCRATCH/piped"
"$HEARSAY" --dump=text ../doc/sample.txt >"$SCRATCH/opened"
cmp "$SCRATCH/piped" "$SCRATCH/opened"
