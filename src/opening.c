#include "opening.h"

#include <stdio.h>
#include <string.h>

static bool can_load(const struct options *options, struct error *error)
{
    if (options->file && strstr(options->file, "://"))
        return error_set(error, "cannot fetch '%s': only files can be read so far", options->file);
    return true;
}

bool opening_begin(struct opening *opening, const struct options *options,
                   const struct config *config, bool items, struct error *error)
{
    struct import_request request = {
        .path = options->file,
        .format = options->format,
        .items = items,
        .memory_mb = (unsigned)config_int(config, SETTING_IMPORT_MEMORY_MB),
        .seconds = (unsigned)config_int(config, SETTING_IMPORT_SECONDS),
        .log = opening->log};
    if (!can_load(options, error))
        return false;
    opening->import = import_begin(&request, error);
    return opening->import != NULL;
}

/* Of articles to choose from all must be known. */
static bool is_enough(const struct opening *opening)
{
    return !document_has_items(opening->all) || import_is_done(opening->import);
}

const struct document *opening_first(struct opening *opening, int milliseconds, struct error *error)
{
    opening->all = import_first(opening->import, milliseconds, error);
    if (opening->all && milliseconds < 0 && !is_enough(opening) && !opening_settle(opening, error))
        return NULL;
    return opening->all && is_enough(opening) ? opening->all : NULL;
}

bool opening_settle(struct opening *opening, struct error *error)
{
    bool good = import_settle(opening->import, error);
    opening->all = import_first(opening->import, -1, error);
    return good;
}

static uint32_t item_count(const struct opening *opening)
{
    const uint32_t *roots;
    bool any = document_has_items(opening->all);
    return any ? document_roots(opening->all, &roots) : 1;
}

bool opening_has_list(const struct opening *opening)
{
    return opening->all && item_count(opening) > 1;
}

const struct document *opening_show(struct opening *opening, uint32_t number, struct error *error)
{
    const uint32_t *roots;
    uint32_t count = item_count(opening);
    document_free(opening->one);
    opening->one = NULL;
    if (number == DOCUMENT_NONE)
        return opening->all;
    if (number >= count) {
        error_set(error, "there is no item %u: the input holds %u article%s", number + 1, count,
                  count == 1 ? "" : "s");
        return NULL;
    }
    if (!document_has_items(opening->all))
        return opening->all;
    document_roots(opening->all, &roots);
    opening->one = document_excerpt(opening->all, roots[number], error);
    return opening->one;
}

const struct document *opening_nothing(struct opening *opening, struct error *error)
{
    struct builder *builder = opening->nothing ? NULL : builder_new(0, error);
    if (builder)
        opening->nothing = builder_finish(builder);
    return opening->nothing;
}

const char *opening_path(const struct options *options)
{
    return options->file && strcmp(options->file, "-") != 0 ? options->file : NULL;
}

const char *opening_name(const struct options *options)
{
    const char *path = opening_path(options);
    return path ? path : "standard input";
}

void opening_release(struct opening *opening)
{
    document_free(opening->one);
    document_free(opening->nothing);
    import_end(opening->import);
}

void opening_print_note(const struct document *document)
{
    size_t length;
    const char *note = document_meta(document, STRING_NOTE, &length);
    if (length)
        fprintf(stderr, "hearsay: %.*s\n", (int)length, note);
}
