# What README.md shows works: its settings are valid, its options and make targets exist, and its
# commands run as they stand on the article that ships.
sed -n '/^```ini/,/^```/p' ../README.md | grep -v '^```' >"$SCRATCH/readme.ini"
[ -s "$SCRATCH/readme.ini" ] || echo "no settings in README.md"
"$HEARSAY" --config="$SCRATCH/readme.ini" --check-config || exit

"$HEARSAY" --help >"$SCRATCH/help"
grep -oE 'hearsay[^`]* --[a-z-]+|`--[a-z-]+' ../README.md | grep -oE -e '--[a-z-]+' | sort -u |
    while read -r option; do
        grep -q -e " $option" "$SCRATCH/help" || echo "README.md has '$option', the program has not"
    done

grep -oE '`?make [a-z]+' ../README.md | sed 's/.* //' | sort -u | while read -r target; do
    grep -qE "^$target:" ../Makefile || echo "README.md has 'make $target', the Makefile has not"
done

cp ../doc/sample.txt "$SCRATCH/article.txt"
cd "$SCRATCH" || exit
hearsay() { "$HEARSAY" "$@"; }
sed -n '/^```$/,/^```$/s/^hearsay --/&/p' "$OLDPWD/../README.md" |
    sed 's/  .*//; s/FILE/article.txt/' | while read -r line; do
        eval "$line" >out </dev/null || echo "fails: $line"
        [ -s out ] || echo "says nothing: $line"
    done
