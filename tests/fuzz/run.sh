#!/bin/sh
# Fuzzes each harness for a while, from the corpus in the tree; what is found on the way stays in
# the build folder. Called by `make fuzz`. A finding is kept as build/fuzz/found/NAME-*.
#
#   FUZZ_SECONDS=30 BUILD=build/fuzz tests/fuzz/run.sh NAME...
set -u
cd "$(dirname "$0")/../.." || exit 1
seconds=${FUZZ_SECONDS:-30}
passed=0
failed=0
mkdir -p "$BUILD/found"
for name in "$@"; do
    grown=$BUILD/corpus/$name
    mkdir -p "$grown" "tests/fuzz/corpus/$name"
    log=$BUILD/$name.log
    words=
    [ -f "tests/fuzz/$name.dict" ] && words="-dict=tests/fuzz/$name.dict"
    if "$BUILD/tests/fuzz/fuzz_$name" -max_total_time="$seconds" -timeout=10 -rss_limit_mb=2048 \
        -max_len="${FUZZ_BYTES:-20000}" $words -print_final_stats=1 -artifact_prefix="$BUILD/found/$name-" \
        "$grown" "tests/fuzz/corpus/$name" >"$log" 2>&1; then
        passed=$((passed + 1))
        runs=$(sed -n 's/^stat::number_of_executed_units: *//p' "$log")
        covered=$(grep -o 'cov: [0-9]*' "$log" | tail -n 1)
        printf '  %-20s %9s runs, %s\n' "$name" "$runs" "$covered"
    else
        failed=$((failed + 1))
        tail -n 40 "$log"
        printf '  %-20s FAILED, see %s and %s/found\n' "$name" "$log" "$BUILD"
    fi
done
echo "$passed passed, $failed failed"
[ $failed -eq 0 ]
