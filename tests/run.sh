#!/bin/sh
# Runs test programs and suites, two at a time, and counts: one line each, failures in full, and at
# the end "N passed, N failed". Status 1 if anything failed, or if nothing ran.
#
#   BUILD=build tests/run.sh PROGRAM...
#
# A program says how it went in cmocka's words, one line a case ("[       OK ] name",
# "[  FAILED  ] name", "[  SKIPPED ] name"); the suites of case files do the same. A program that
# ends badly without naming a failed case counts as one failed case. What a skipped case printed
# before is why it was skipped, and is shown.
set -u
cd "$(dirname "$0")/.." || exit 1
BUILD=${BUILD:-build}
LIMIT=${TEST_SECONDS:-150} # a program that takes longer hangs

if [ "${1-}" = --one ]; then # called by xargs below: one program, its log beside it
    log=$BUILD/log/$(printf '%s' "$2" | tr / _)
    HEARSAY=$PWD/$BUILD/hearsay CMOCKA_MESSAGE_OUTPUT=stdout \
        timeout -k 5 "$LIMIT" "$2" >"$log" 2>&1 </dev/null
    status=$?
    [ $status -eq 124 ] && echo "took longer than $LIMIT s" >>"$log"
    LC_ALL=C exec awk -v status=$status -v program="${2#"$BUILD"/}" -v counts="$log.counts" '
        # The summary after the cases lists the failed ones again.
        /test\(s\) run\.|[0-9]+ test\(s\)/ { summary = 1 }
        /\[==========\] (tests: )?Running/ { summary = 0 }
        !summary && /\[ +OK +\]/ { passed++ }
        !summary && /\[ +FAILED +\]/ { failed++ }
        !summary && /\[ +SKIPPED +\]/ { skipped++; why = why said }
        /\[[ =]+(RUN|OK|FAILED|SKIPPED|PASSED)?[ =]+\]/ { said = ""; log_of[NR] = $0; next }
        { said = said "      " $0 "\n"; log_of[NR] = $0 }
        END {
            if (status && !failed) { failed = 1; ended = " (ended with status " status ")" }
            if (!status && !passed && !skipped) { failed = 1; print program ": ran no case" }
            line = sprintf("  %-34s %4d passed", program, passed)
            if (failed) line = line sprintf(", %d failed", failed) ended
            if (skipped) line = line sprintf(", %d skipped", skipped)
            print line
            if (skipped) printf "%s", why
            if (failed) for (i = 1; i <= NR; i++) print "      " log_of[i]
            print passed + 0, failed + 0, skipped + 0 > counts
        }' "$log"
fi

rm -rf "$BUILD/log"
mkdir -p "$BUILD/log"
printf '%s\n' "$@" | xargs -n 1 -P "${TEST_JOBS:-2}" "$0" --one

cat "$BUILD"/log/*.counts 2>/dev/null | awk -v programs=$# '
    { passed += $1; failed += $2; skipped += $3 }
    END {
        if (NR != programs) { failed += programs - NR; print programs - NR, "programs did not report" }
        printf "%d passed, %d failed", passed, failed
        if (skipped) printf ", %d skipped", skipped
        print ""
        exit failed || !passed
    }'
