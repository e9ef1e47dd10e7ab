"$HEARSAY" --dump=text ../doc/sample.txt >"$SCRATCH/text" || exit
# Set to 80 columns and no further.
LC_ALL=C.UTF-8 awk 'length > 80' "$SCRATCH/text" | LC_ALL=C grep -c "^[ -~]*$"
cat "$SCRATCH/text"
