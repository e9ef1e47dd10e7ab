/*
 * What is to be done outside, on its way: the session keeps errands until they are taken, and says
 * how they went. What a program printed becomes a text over the panes.
 */
#include "internal.h"

#include "arguments.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- parts of the document ------------------------------------------------------------------ */

uint32_t part_focused(const struct session *session)
{
    bool thread = reader_focus(session->reader) == PANE_THREAD;
    return thread ? reader_comment(session->reader) : DOCUMENT_NONE;
}

static void add_author(const struct document *document, uint32_t index, struct buffer *out)
{
    const struct range name = document_comments(document, NULL)[index].name;
    if (range_is_empty(name)) {
        buffer_printf(out, " %u", index + 1);
    } else {
        buffer_adds(out, " of ");
        listing_words(out, document, name, name.end - name.start);
    }
}

static void add_count(struct buffer *out, uint32_t count)
{
    buffer_printf(out, ", %u comment%s", count, count == 1 ? "" : "s");
}

void part_name(const struct session *session, struct part part, struct buffer *out)
{
    const struct document *document = session->setup.document;
    uint32_t count;
    document_comments(document, &count);
    if (part.part == EXPORT_ALL) {
        buffer_adds(out, "all");
        add_count(out, count);
    } else if (part.comment == DOCUMENT_NONE) {
        buffer_adds(out, "the article");
    } else {
        buffer_adds(out, part.part == EXPORT_ITEM ? "comment" : "branch");
        add_author(document, part.comment, out);
        if (part.part == EXPORT_BRANCH)
            add_count(out, document_subtree_end(document, part.comment) - part.comment);
    }
}

/* ---- asking ---------------------------------------------------------------------------------- */

#define MOST_ERRANDS 100 /* that may wait; a macro can ask for more */

unsigned errand_ask(struct session *session, struct errand errand)
{
    if (session->errands.count == MOST_ERRANDS) {
        errand_release(&errand);
        session_complain(session, "too much is to be done at once");
        return WISH_DRAW;
    }
    vector_push(&session->errands, errand);
    return WISH_DRAW | WISH_ERRAND;
}

bool session_errand(struct session *session, struct errand *errand)
{
    if (session->errands.count == 0)
        return false;
    *errand = session->errands.items[0];
    session->errands.count--;
    memmove(session->errands.items, session->errands.items + 1,
            session->errands.count * sizeof *session->errands.items);
    return true;
}

void errand_write(const struct errand *errand, FILE *out)
{
    struct export_request request = errand->source;
    request.style = &errand->style;
    request.out = out;
    if (errand->form)
        errand->form->write(&request);
    else
        fwrite(buffer_string(&errand->data), 1, errand->data.length, out);
}

void errand_release(struct errand *errand)
{
    arguments_free(errand->arguments);
    free(errand->path);
    free(errand->what);
    buffer_release(&errand->data);
    *errand = (struct errand){0};
}

void errands_drop(struct session *session)
{
    for (size_t at = 0; at < session->errands.count; at++)
        errand_release(&session->errands.items[at]);
    vector_release(&session->errands);
}

/* ---- how it went ----------------------------------------------------------------------------- */

/* "'sort -u'": the command of a pipe, else the program alone. */
static const char *program_name(const struct errand *errand)
{
    size_t count = 0;
    while (errand->arguments && errand->arguments[count])
        count++;
    if (count == 0)
        return "";
    return errand->arguments[errand->kind == ERRAND_PIPE ? count - 1 : 0];
}

#define OUTPUT_MARGIN 8 /* columns that a text over the panes leaves free */

/* A line, in as many rows as it needs now. */
static void add_output_line(struct session *session, const char *line, size_t length)
{
    static const struct text_style plain;
    struct buffer clean = {0}, row = {0};
    uint32_t columns = session->columns > 2 * OUTPUT_MARGIN
                           ? (uint32_t)(session->columns - OUTPUT_MARGIN)
                           : OUTPUT_MARGIN;
    text_clean(&clean, line, length, TEXT_KEEP_COLUMNS);
    size_t at = 0;
    do {
        uint32_t used;
        const char *rest = buffer_string(&clean) + at;
        size_t left = clean.length - at;
        size_t fits = left ? text_fit(rest, left, columns, &plain, &used) : 0;
        fits = fits == 0 && left ? left : fits;
        buffer_clear(&row);
        buffer_add(&row, rest, fits);
        listing_add(&session->listing, "", buffer_string(&row), "");
        at += fits;
    } while (at < clean.length);
    buffer_release(&clean);
    buffer_release(&row);
}

static void show_output(struct session *session, const struct errand *errand,
                        const struct errand_result *result)
{
    struct buffer title = {0};
    buffer_printf(&title, "%.50s", program_name(errand));
    listing_open(session, buffer_string(&title));
    buffer_release(&title);
    for (size_t at = 0; at < result->length;) {
        const char *line = result->output + at;
        const char *feed = memchr(line, '\n', result->length - at);
        size_t length = feed ? (size_t)(feed - line) : result->length - at;
        add_output_line(session, line, length);
        at += length + 1;
    }
}

/* The status, where a shell would show it. */
static void tell_status(struct session *session, const struct errand *errand,
                        const struct errand_result *result)
{
    const char *name = program_name(errand);
    if (result->cut) /* it ended because nobody listened any more, if it did */
        session_say(session, "'%s' printed more: only the beginning is shown", name);
    else if (result->status > 128)
        session_complain(session, "'%s' was ended by signal %d", name, result->status - 128);
    else if (result->status)
        session_complain(session, "'%s' ended with status %d", name, result->status);
    else if (errand->kind == ERRAND_PIPE)
        session_say(session, "'%s' ended with status 0%s", name,
                    result->length || errand->terminal ? "" : ", it printed nothing");
}

static void tell_done(struct session *session, const struct errand *errand,
                      const struct errand_result *result)
{
    switch (errand->kind) {
    case ERRAND_COPY:
        session_say(session, "copied %zu bytes: %s", result->bytes, errand->what);
        break;
    case ERRAND_OPEN:
        session_say(session, "opening %s", errand->what);
        break;
    case ERRAND_SAVE:
        session_say(session, "saved %zu bytes as %s to '%s': %s", result->bytes, errand->form->name,
                    errand->path, errand->what);
        break;
    case ERRAND_PIPE:
        session_say(session, "'%s' gets %zu bytes: %s", program_name(errand), result->bytes,
                    errand->what);
        break;
    }
}

unsigned session_errand_done(struct session *session, const struct errand *errand,
                             const struct errand_result *result)
{
    bool program = errand->arguments != NULL, waited = program && errand->kind == ERRAND_PIPE;
    if (waited && result->started)
        session->programs++;
    else if (waited && !result->problem && session->programs)
        session->programs--;
    if (result->problem)
        session_complain(session, "%s", result->problem);
    else if (!program || result->started)
        tell_done(session, errand, result);
    else {
        if (result->length)
            show_output(session, errand, result);
        tell_status(session, errand, result);
    }
    return WISH_DRAW;
}
