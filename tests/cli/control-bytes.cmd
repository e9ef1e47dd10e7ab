# What a comment holds must not reach the terminal as a command.
{ printf "A title of some words here\n\nText \033[31mred\033[0m \033]0;owned\007 and \302\233 more text here.\n"; } >"$SCRATCH/evil.txt"
"$HEARSAY" --dump=text "$SCRATCH/evil.txt" | LC_ALL=C grep -c "[[:cntrl:]]"
"$HEARSAY" --screen=60x10 "$SCRATCH/evil.txt" | LC_ALL=C grep -c "[[:cntrl:]]"
exit 0
