/*
 * A harness is tests/fuzz/fuzz_NAME.c: one function that takes bytes nobody chose and must come
 * back, with what it promises checked. `make fuzz` gives it to libFuzzer with the sanitizers;
 * `make test` runs it, with replay.c for a main, over what is in corpus/NAME. What a fuzzer finds
 * goes there with a telling name, and is a test from then on.
 */
#ifndef HEARSAY_FUZZ_H
#define HEARSAY_FUZZ_H

#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#define FUZZ_CHECK(condition)                                                                      \
    do {                                                                                           \
        if (!(condition)) {                                                                        \
            fprintf(stderr, "%s:%d: does not hold: %s\n", __FILE__, __LINE__, #condition);         \
            abort();                                                                               \
        }                                                                                          \
    } while (0)

#endif
