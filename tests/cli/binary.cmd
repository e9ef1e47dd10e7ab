# One clear line on standard error, and nothing else.
# The head of an executable: no text in any charset.
printf "\\177ELF\\002\\001\\001\\000\\000\\000\\000\\000\\000\\000\\000\\000\\003\\000\\076\\000\\001\\000\\000\\000" >"$SCRATCH/program"
head -c 4096 /dev/zero >>"$SCRATCH/program"
"$HEARSAY" --dump "$SCRATCH/program" 2>"$SCRATCH/err"
status=$?
lines=$(wc -l <"$SCRATCH/err")
[ "$lines" -eq 1 ] || echo "$lines lines on standard error"
cat "$SCRATCH/err" >&2
exit $status
