# It is said whether or not a key is pressed.
for what in --dump --dump=json --annotate --list-keys --list-themes --print-config --screen --check-config; do
    "$HEARSAY" --keymap=nano "$what" doc/sample.txt </dev/null && echo "$what took it"
done
exit 1
