#!/bin/sh
# How well the analysis does on the annotated development sets, beside the figures on record.
#
#   tools/eval.sh             the sets as they are; status 1 if a figure is below the record
#   tools/eval.sh --folds     as on texts it never met: the model is trained five times, each time
#                             without a fifth of the documents, which are then measured
#   tools/eval.sh --record    writes data/accuracy.tsv anew
#
# The sets and their scorer are read in place: $HEARSAY_SHARED/eval, else ../shared/eval. Where they
# are not, or python3 is not, nothing is measured and nothing fails.
set -eu
cd "$(dirname "$0")/.."
shared=${HEARSAY_SHARED:-../shared}
build=${BUILD:-build}
make=${MAKE:-make}
kit=$shared/eval
record=data/accuracy.tsv
tolerance=0.5
sets='gum-news masc-news re3d-open wnut17-comments wikigold btc-news
    gum-interview gum-bio gum-voyage'

if [ ! -r "$kit/score.py" ] || ! command -v python3 >/dev/null; then
    echo "eval: no annotated sets at '$kit' (or no python3), nothing measured"
    exit 0
fi

work=$build/eval
mkdir -p "$work"
python3 -c 'import json, sys
print(json.dumps(json.load(open(sys.argv[1], encoding="utf-8"))))' \
    "$kit/seed.gold.json" >"$work/founding.jsonl"

gold_of() {
    if [ "$1" = founding ]; then echo "$work/founding.jsonl"; else echo "$kit/dev/$1.jsonl"; fi
}

annotate_all() { # with the build in $build
    for set in $sets founding; do
        "$build/tests/analyse/annotate_driver" <"$(gold_of "$set")" |
            python3 "$kit/to_system.py" >"$work/$set.system"
    done
}

annotate_folds() {
    for set in $sets; do : >"$work/$set.system"; done
    for fold in 0 1 2 3 4; do
        mkdir -p "$work/fold"
        "$build/tools/train" -f $fold "$kit/dev" >"$work/fold/model.tsv" 2>/dev/null
        $make -s BUILD="$work/fold" MODEL="$work/fold/model.tsv" \
            "$work/fold/tests/analyse/annotate_driver" >/dev/null
        for set in $sets; do
            awk -v fold=$fold '(NR - 1) % 5 == fold' "$(gold_of "$set")" |
                "$work/fold/tests/analyse/annotate_driver" |
                python3 "$kit/to_system.py" >>"$work/$set.system"
        done
    done
    sets_measured=$sets
}

# One line a figure: set, measure, percent.
measure() {
    for set in $1; do
        python3 "$kit/score.py" "$(gold_of "$set")" "$work/$set.system" --json |
            python3 -c 'import json, sys
result = json.load(sys.stdin)
for key, name in (("joint", "joint"), ("ent_ALL_exact", "entities"), ("pairwise", "clusters")):
    if key in result:
        print("%s\t%s\t%.1f" % (sys.argv[1], name, 100 * result[key][2]))' "$set"
    done
}

case ${1-} in
--folds)
    annotate_folds
    measure "$sets" | awk -F '\t' '{ printf "%-18s %-10s %6s\n", $1, $2, $3 }'
    ;;
--record)
    annotate_all
    measure "$sets founding" >"$record"
    cat "$record"
    ;;
*)
    annotate_all
    measure "$sets founding" >"$work/figures"
    awk -F '\t' -v tolerance=$tolerance '
        FNR == NR { known[$1, $2] = $3; next }
        {
            old = (($1, $2) in known) ? known[$1, $2] : ""
            worse = old != "" && $3 < old - tolerance
            failed += worse
            printf "%-18s %-10s %6s  on record %6s%s\n", $1, $2, $3, old, worse ? "  WORSE" : ""
        }
        END { exit failed > 0 }' "$record" "$work/figures"
    ;;
esac
