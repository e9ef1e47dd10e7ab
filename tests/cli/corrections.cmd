# Corrections by hand in a file beside the text; a bad line is told with its place and costs only itself.
printf '%s\n\n%s\n' '"No," Ryan Crocker told the board on Tuesday.' 'Krocker left. "I am done," Krocker said.' >"$SCRATCH/a.txt"
"$HEARSAY" --dump=quotes "$SCRATCH/a.txt"
echo ---
printf '# spelt two ways\njoin Ryan Crocker = Krocker\njoin Nobody = Krocker\n' >"$SCRATCH/a.txt.hearsay"
cd "$SCRATCH" && "$HEARSAY" --dump=quotes a.txt
