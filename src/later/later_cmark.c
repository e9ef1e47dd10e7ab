/* The function of cmark that is used; see hearsay/later.h. Each version is a library of its own. */
#include <cmark.h>
#include <cmark_version.h>

#include "hearsay/later.h"

#define LIBRARY "libcmark.so." CMARK_VERSION_STRING

LATER(char *, cmark_markdown_to_html, (const char *text, size_t length, int options),
      (text, length, options))

void later_open_cmark(void)
{
    later_open(LIBRARY);
}
