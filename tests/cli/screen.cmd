"$HEARSAY" --screen=80x24 ../doc/sample.txt >"$SCRATCH/screen" || exit
wc -l <"$SCRATCH/screen"
# Nothing a terminal would take for a command may be in it.
LC_ALL=C grep -c "[[:cntrl:]]" "$SCRATCH/screen"
exit 0
