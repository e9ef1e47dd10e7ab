/* The functions of PCRE2 that are used; see hearsay/later.h. Theirs are names for code units of 8
 * bits, to which the library's header makes macros. */
#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>

#include "hearsay/later.h"

#define LIBRARY "libpcre2-8.so.0"

LATER(pcre2_general_context_8 *, pcre2_general_context_create_8,
      (void *(*take)(size_t, void *), void (*give)(void *, void *), void *data), (take, give, data))
LATER_VOID(pcre2_general_context_free_8, (pcre2_general_context_8 * context), (context))

LATER(pcre2_compile_context_8 *, pcre2_compile_context_create_8, (pcre2_general_context_8 * memory),
      (memory))
LATER_VOID(pcre2_compile_context_free_8, (pcre2_compile_context_8 * context), (context))
LATER(int, pcre2_set_max_pattern_length_8, (pcre2_compile_context_8 * context, size_t most),
      (context, most))
LATER(int, pcre2_set_parens_nest_limit_8, (pcre2_compile_context_8 * context, uint32_t most),
      (context, most))
LATER(int, pcre2_set_newline_8, (pcre2_compile_context_8 * context, uint32_t kind), (context, kind))

LATER(pcre2_code_8 *, pcre2_compile_8,
      (PCRE2_SPTR8 pattern, size_t length, uint32_t options, int *error, size_t *offset,
       pcre2_compile_context_8 *context),
      (pattern, length, options, error, offset, context))
LATER(int, pcre2_jit_compile_8, (pcre2_code_8 * code, uint32_t options), (code, options))
LATER_VOID(pcre2_code_free_8, (pcre2_code_8 * code), (code))

LATER(pcre2_match_data_8 *, pcre2_match_data_create_from_pattern_8,
      (const pcre2_code_8 *code, pcre2_general_context_8 *memory), (code, memory))
LATER_VOID(pcre2_match_data_free_8, (pcre2_match_data_8 * data), (data))
LATER(size_t *, pcre2_get_ovector_pointer_8, (pcre2_match_data_8 * data), (data))

LATER(pcre2_match_context_8 *, pcre2_match_context_create_8, (pcre2_general_context_8 * memory),
      (memory))
LATER_VOID(pcre2_match_context_free_8, (pcre2_match_context_8 * context), (context))
LATER(int, pcre2_set_match_limit_8, (pcre2_match_context_8 * context, uint32_t most),
      (context, most))
LATER(int, pcre2_set_depth_limit_8, (pcre2_match_context_8 * context, uint32_t most),
      (context, most))
LATER(int, pcre2_set_heap_limit_8, (pcre2_match_context_8 * context, uint32_t most),
      (context, most))
LATER(int, pcre2_set_offset_limit_8, (pcre2_match_context_8 * context, size_t most),
      (context, most))

LATER(int, pcre2_match_8,
      (const pcre2_code_8 *code, PCRE2_SPTR8 text, size_t length, size_t start, uint32_t options,
       pcre2_match_data_8 *data, pcre2_match_context_8 *context),
      (code, text, length, start, options, data, context))
LATER(int, pcre2_get_error_message_8, (int number, PCRE2_UCHAR8 *text, size_t size),
      (number, text, size))
