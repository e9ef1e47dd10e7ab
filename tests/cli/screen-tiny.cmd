for size in 1x1 1x2 2x1 3x3 9x2 500x200; do
    "$HEARSAY" --screen=$size --keys="G<Tab>G<Tab>G?" ../doc/sample.txt >"$SCRATCH/screen" || exit
    echo "$size $(wc -l <"$SCRATCH/screen")"
done
