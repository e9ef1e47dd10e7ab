/*
 * For the clipboard: a comment, a branch, a link, a quotation with its source. What is meant is
 * what has the focus; what was copied is said, with its size.
 */
#include "internal.h"

#include "arguments.h"

#include <stdlib.h>
#include <string.h>

unsigned copy_data(struct session *session, struct buffer *data, const char *what)
{
    const char *by = config_string(session->config, SETTING_COPY_BY);
    struct errand errand = {.kind = ERRAND_COPY, .what = xstrdup(what), .data = *data};
    *data = (struct buffer){0};
    if (strcmp(by, "terminal") != 0)
        errand.arguments = arguments_split(by, NULL);
    return errand_ask(session, errand);
}

/* ---- comments ------------------------------------------------------------------------------- */

/* As plain text, a paragraph on a line: whoever it is pasted to wraps it himself. */
static void write_part(struct session *session, struct part part, struct buffer *out)
{
    char *text = NULL;
    size_t length = 0;
    struct text_style style = text_style_from(session->config);
    struct export_request request = {.document = session->setup.document,
                                     .part = part.part,
                                     .comment = part.comment,
                                     .columns = EXPORT_UNWRAPPED,
                                     .style = &style,
                                     .out = open_memstream(&text, &length)};
    if (!request.out)
        memory_exhausted();
    export_form_find("text")->write(&request);
    if (fclose(request.out) != 0)
        memory_exhausted();
    buffer_add(out, text, length);
    free(text);
}

unsigned run_copy(struct session *session, const struct call *call)
{
    struct part part = {(enum export_part)call->parameter, part_focused(session)};
    struct buffer data = {0}, what = {0};
    if (part.comment == DOCUMENT_NONE)
        part.part = EXPORT_ITEM; /* nothing branches off from an article but all */
    write_part(session, part, &data);
    part_name(session, part, &what);
    unsigned wishes = copy_data(session, &data, buffer_string(&what));
    buffer_release(&what);
    return wishes;
}

/* ---- links ---------------------------------------------------------------------------------- */

/* Where sites show one comment, by the format its thread came in; %s is the comment's id. */
static const struct {
    const char *format, *address;
} permanent[] = {
    {"hn", "https://news.ycombinator.com/item?id=%s"},
    {"lobsters", "https://lobste.rs/c/%s"},
};

/* The address of a comment of its own. False: where it stands is not known. */
static bool comment_address(const struct document *document, uint32_t comment, struct buffer *out)
{
    size_t format_length, url_length, id_length;
    const char *format = document_meta(document, STRING_FORMAT, &format_length);
    const char *url = document_meta(document, STRING_URL, &url_length);
    const char *id =
        document_string(document, document_comments(document, NULL)[comment].id, &id_length);
    for (size_t at = 0; at < ARRAY_LENGTH(permanent) && id_length; at++) {
        const char *address = permanent[at].address, *sign = strstr(address, "%s");
        if (strlen(permanent[at].format) != format_length ||
            memcmp(permanent[at].format, format, format_length) != 0)
            continue;
        buffer_add(out, address, (size_t)(sign - address));
        buffer_add(out, id, id_length);
        return true;
    }
    bool page = format_length == 4 && memcmp(format, "html", 4) == 0;
    if (!page || !url_length || !id_length)
        return false;
    buffer_printf(out, "%.*s#%.*s",
                  (int)strcspn(url, "#") < (int)url_length ? (int)strcspn(url, "#")
                                                           : (int)url_length,
                  url, (int)id_length, id);
    return true;
}

unsigned run_copy_link(struct session *session, const struct call *call)
{
    const struct document *document = session->setup.document;
    struct buffer data = {0}, what = {0};
    size_t length;
    const char *url = document_meta(document, STRING_URL, &length);
    uint32_t comment = part_focused(session);
    (void)call;
    if (session->prompt.kind == PROMPT_PICK) {
        int selected = session->panel.list.selected;
        if (selected >= 0 && session->picker.copied)
            return session->picker.copied(session, session->picker.items.items[selected].value);
        session_say(session, "there is no link on this line");
        return WISH_DRAW;
    }
    if (comment != DOCUMENT_NONE && comment_address(document, comment, &data)) {
        buffer_adds(&what, "link of ");
        part_name(session, (struct part){EXPORT_ITEM, comment}, &what);
    } else if (length) {
        buffer_add(&data, url, length);
        buffer_adds(&what, comment == DOCUMENT_NONE
                               ? "link of the article"
                               : "link of the article, for this comment has none of its own");
    } else {
        session_complain(session, "no address is known of this text");
        return WISH_DRAW;
    }
    unsigned wishes = copy_data(session, &data, buffer_string(&what));
    buffer_release(&what);
    return wishes;
}

/* ---- quotations ----------------------------------------------------------------------------- */

unsigned run_copy_quote(struct session *session, const struct call *call)
{
    const struct annotations *found = reader_annotations(session->reader);
    uint32_t quote = found ? reader_quote_in_view(session->reader) : ENTITY_NONE;
    struct buffer data = {0};
    (void)call;
    if (quote == ENTITY_NONE) {
        session_say(session,
                    found ? "there is no quotation in view" : "quotations are still being found");
        return WISH_DRAW;
    }
    struct export_request request = {.document = session->setup.document, .annotations = found};
    export_citation(&request, quote, &data);
    return copy_data(session, &data, "quotation with its source");
}
