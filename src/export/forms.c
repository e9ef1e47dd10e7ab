/* The table of forms. */
#include "internal.h"

#include <string.h>

static const struct export_form forms[] = {
    {"text", "the article set in lines, the comments numbered below", false, export_text},
    {"markdown", "the article and the comments as Markdown", false, export_markdown},
    {"json", "all that is known, as one JSON object", true, export_json},
    {"quotes", "a line a quotation: speaker, tab, words", true, export_quotes},
    {"entities", "a line a name: type, name, role, mentions in article and comments, quotes", true,
     export_entities},
    {"thread", "only the comments, as in text", false, export_thread},
};

const struct export_form *export_forms(size_t *count)
{
    *count = ARRAY_LENGTH(forms);
    return forms;
}

const struct export_form *export_form_find(const char *name)
{
    for (size_t at = 0; at < ARRAY_LENGTH(forms); at++)
        if (strcmp(forms[at].name, name) == 0)
            return &forms[at];
    return NULL;
}
