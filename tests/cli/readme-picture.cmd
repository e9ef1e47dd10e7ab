# The picture in the README is what the program shows.
sed -n '/^```$/,/^```$/p' ../README.md | sed -n '2,29p' >"$SCRATCH/picture"
head -n 28 screens/readme.screen | diff "$SCRATCH/picture" -
