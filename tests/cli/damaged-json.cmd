# A thread that is cut off: what came is printed, and where it ends is told.
printf '{"id":1,"author":"ines","created_at":"2025-05-05","title":"The crane","children":[{"id":2,"author":"weyl","created_at":"2025-05-05","text":"Sell it."},{"id":3,"auth' >"$SCRATCH/cut.json"
"$HEARSAY" --dump=thread "$SCRATCH/cut.json"
