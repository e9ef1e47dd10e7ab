/*
 * A part of the document into a file, or into a program of the user's own:
 *
 *      :save [!] [item|branch|all] [text|markdown|json] FILE
 *      :pipe [!] [item|branch|all] [text|markdown|json] COMMAND
 *
 * Without a word a file gets all, a program what has the focus. A file's form is that of its name's
 * end. The "!" (which may stand right behind the command's name) writes over a file that is there,
 * and gives the program the terminal.
 */
#include "internal.h"

#include <stdlib.h>
#include <string.h>

struct order {
    bool forced;
    struct part part;
    const struct export_form *form; /* NULL: none was said */
    const char *rest;
};

/* Takes `word` off the front of the rest, where it stands there as a whole word. */
static bool take_word(struct order *order, const char *word)
{
    size_t length = strlen(word);
    const char *after = order->rest + length;
    if (strncmp(order->rest, word, length) != 0 || (*after && *after != ' '))
        return false;
    order->rest = after + strspn(after, " ");
    return true;
}

static struct order read_order(const struct session *session, const char *argument,
                               enum export_part usual)
{
    static const struct {
        const char *word;
        enum export_part part;
    } words[] = {{"item", EXPORT_ITEM}, {"branch", EXPORT_BRANCH}, {"all", EXPORT_ALL}};
    static const char *const forms[] = {"text", "markdown", "json"};
    struct order order = {.part = {usual, part_focused(session)}, .rest = argument};
    order.rest += strspn(order.rest, " ");
    if (order.rest[0] == '!') {
        order.forced = true;
        order.rest += 1 + strspn(order.rest + 1, " ");
    }
    for (size_t at = 0; at < ARRAY_LENGTH(words); at++)
        if (take_word(&order, words[at].word)) {
            order.part.part = words[at].part;
            break;
        }
    for (size_t at = 0; at < ARRAY_LENGTH(forms) && !order.form; at++)
        if (take_word(&order, forms[at]))
            order.form = export_form_find(forms[at]);
    if (order.part.comment == DOCUMENT_NONE && order.part.part == EXPORT_BRANCH)
        order.part.part = EXPORT_ALL;
    return order;
}

static const struct export_form *form_of_file(const char *path)
{
    static const struct {
        const char *end, *form;
    } ends[] = {{".md", "markdown"}, {".markdown", "markdown"}, {".json", "json"}};
    size_t length = strlen(path);
    for (size_t at = 0; at < ARRAY_LENGTH(ends); at++) {
        size_t end = strlen(ends[at].end);
        if (length > end && strcasecmp(path + length - end, ends[at].end) == 0)
            return export_form_find(ends[at].form);
    }
    return export_form_find("text");
}

static unsigned ask(struct session *session, const struct order *order, struct errand errand)
{
    struct buffer what = {0};
    errand.form = order->form;
    errand.style = text_style_from(session->config);
    errand.source = (struct export_request){.document = session->setup.document,
                                            .annotations = &session->annotations,
                                            .part = order->part.part,
                                            .comment = order->part.comment};
    if (errand.form->needs_annotations && !session->analysed) {
        session_complain(session, "quotations and names are still being found, try again");
        errand_release(&errand);
        return WISH_DRAW;
    }
    part_name(session, order->part, &what);
    errand.what = buffer_detach(&what);
    return errand_ask(session, errand);
}

/* The command line, begun. */
static unsigned begin_line(struct session *session, const char *line)
{
    prompt_open(session, PROMPT_COMMAND, false);
    return prompt_insert(session, line, strlen(line));
}

unsigned run_save(struct session *session, const struct call *call)
{
    if (!call->argument)
        return begin_line(session, "save ");
    struct order order = read_order(session, call->argument, EXPORT_ALL);
    if (!*order.rest) {
        session_complain(session, "save to which file?");
        return WISH_DRAW;
    }
    if (!order.form)
        order.form = form_of_file(order.rest);
    return ask(session, &order,
               (struct errand){
                   .kind = ERRAND_SAVE, .overwrite = order.forced, .path = xstrdup(order.rest)});
}

unsigned run_pipe(struct session *session, const struct call *call)
{
    static const char *const shell[] = {"/bin/sh", "-c"};
    if (!call->argument)
        return begin_line(session, "pipe ");
    struct order order = read_order(session, call->argument, EXPORT_ITEM);
    if (!*order.rest) {
        session_complain(session, "pipe to which command?");
        return WISH_DRAW;
    }
    if (!order.form)
        order.form = export_form_find("text");
    VECTOR(char *) arguments = {0};
    for (size_t at = 0; at < ARRAY_LENGTH(shell); at++)
        vector_push(&arguments, xstrdup(shell[at]));
    vector_push(&arguments, xstrdup(order.rest));
    vector_push(&arguments, NULL);
    return ask(session, &order,
               (struct errand){
                   .kind = ERRAND_PIPE, .terminal = order.forced, .arguments = arguments.items});
}
