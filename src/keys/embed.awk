# Writes a C table of the keymap files it is given. Lines are strings of their own, since a C
# compiler need not take a string of more than 4095 bytes.

function base(path) {
    sub(/.*\//, "", path)
    sub(/\.ini$/, "", path)
    return path
}

BEGIN {
    print "/* Made from keymaps/ by embed.awk. */"
    print "#include <stddef.h>\n\n#include \"builtin.h\""
}

FNR == 1 {
    if (count > 0)
        print "    NULL};"
    names[count++] = base(FILENAME)
    printf "\nstatic const char *const lines_%d[] = {\n", count - 1
}

{
    gsub(/\\/, "\\\\")
    gsub(/"/, "\\\"")
    gsub(/\?/, "\\?") # no trigraphs
    print "    \"" $0 "\","
}

END {
    if (count > 0)
        print "    NULL};"
    print "\nconst struct keymap_builtin keymap_builtins[] = {"
    for (i = 0; i < count; i++)
        printf "    {\"%s\", lines_%d},\n", names[i], i
    print "    {NULL, NULL}};"
}
