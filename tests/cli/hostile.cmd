# Inputs made to hurt, through the whole program: each within twenty seconds (a sanitizer takes ten times
# what the program takes) and 300 MB.
hearsay()
{
    printf '%s: ' "$1"
    "$HEARSAY" --set=import.seconds=20 --set=import.memory_mb=300 --dump=text "$SCRATCH/$1" 2>&1 |
        sed "s|$SCRATCH/||" | cut -c 1-60 | grep -v '^ *$' | head -n 3 | tr '\n' '|'
    echo
}
repeat() { head -c "$2" /dev/zero | sed "s/\\x0/$1/g"; }

{ printf '<html><body>' && seq 100000 | sed 's/.*/<font size=&>/' && echo 'the end'; } >"$SCRATCH/font.html"
{ printf '<html><body>' && repeat '<div>' 100000 && echo 'the end'; } >"$SCRATCH/div.html"
{ printf '[{"id":1,"author":"ines","created_at":"","text":"the end"},' && repeat '[' 100000; } >"$SCRATCH/deep.json"
{ printf '<rss version="2.0"><channel><title>t</title><item><title>the end</title></item>' && repeat '<a>' 100000; } >"$SCRATCH/deep.xml"
{
    printf '<!DOCTYPE l [<!ENTITY a0 "ha">'
    for level in 1 2 3 4 5 6 7 8 9; do
        printf '<!ENTITY a%d "' $level && repeat "\\&a$((level - 1));" 10 && printf '">'
    done
    printf ']><rss version="2.0"><channel><item><title>the end</title>'
    printf '<description>&a9;</description></item></channel></rss>'
} >"$SCRATCH/bomb.xml"
{ printf 'From: ines@example.org\nSubject: the end\nMessage-ID: <1@x>\n\n' && repeat '>' 500000 && echo ' deep'; } >"$SCRATCH/quoted.eml"
head -c 50000000 /dev/zero | gzip >"$SCRATCH/bomb.gz"

for name in font.html div.html deep.json deep.xml bomb.xml quoted.eml bomb.gz; do
    hearsay "$name"
done
