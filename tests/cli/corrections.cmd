# Corrections by hand in a file beside the text; a bad line is told with its place and costs only itself.
printf '%s\n\n%s\n' '"No," Ryan Crocker told the board on Tuesday.' 'Jack Sandow left. "I am done," Sandow said.' >"$SCRATCH/a.txt"
"$HEARSAY" --dump=quotes "$SCRATCH/a.txt"
echo ---
printf '# a pen name\njoin Ryan Crocker = Jack Sandow\njoin Nobody = Rusty\n' >"$SCRATCH/a.txt.hearsay"
cd "$SCRATCH" && "$HEARSAY" --dump=quotes a.txt
