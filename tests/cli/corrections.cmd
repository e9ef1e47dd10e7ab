# Corrections by hand in a file beside the text; a bad line is told with its place and costs only itself.
printf '%s\n\n%s\n' '"No," Ryan Crocker told the board on Tuesday.' 'Rusty left. "I am done," Rusty said.' >"$SCRATCH/a.txt"
"$HEARSAY" --dump=quotes "$SCRATCH/a.txt"
echo ---
printf '# a nickname\njoin Ryan Crocker = Rusty\njoin Nobody = Rusty\n' >"$SCRATCH/a.txt.hearsay"
cd "$SCRATCH" && "$HEARSAY" --dump=quotes a.txt
