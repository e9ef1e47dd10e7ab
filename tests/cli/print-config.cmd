# What is printed is a valid configuration and prints itself again.
"$HEARSAY" --print-config >"$SCRATCH/printed.ini" || exit
"$HEARSAY" --config="$SCRATCH/printed.ini" --check-config || exit
"$HEARSAY" --config="$SCRATCH/printed.ini" --print-config >"$SCRATCH/again.ini" || exit
cmp "$SCRATCH/printed.ini" "$SCRATCH/again.ini"
cat "$SCRATCH/printed.ini"
