/* What every test program needs: cmocka and the headers it asks for, in its order. */
#ifndef HEARSAY_TEST_H
#define HEARSAY_TEST_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#endif
