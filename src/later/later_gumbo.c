/* The functions of gumbo that are used; see hearsay/later.h. */
#include <gumbo.h>

#include "hearsay/later.h"

#define LIBRARY "libgumbo.so.1"

LATER(GumboOutput *, gumbo_parse_with_options,
      (const GumboOptions *options, const char *text, size_t length), (options, text, length))
LATER_VOID(gumbo_destroy_output, (const GumboOptions *options, GumboOutput *output),
           (options, output))
LATER(GumboAttribute *, gumbo_get_attribute, (const GumboVector *attributes, const char *name),
      (attributes, name))
LATER(const char *, gumbo_normalized_tagname, (GumboTag tag), (tag))

void later_open_gumbo(void)
{
    later_open(LIBRARY);
}
