/* The session: its beginning and end, its panes and their focus. */
#include "internal.h"

#include <stdio.h>
#include <stdlib.h>

/* ---- notices ------------------------------------------------------------------------ */

void notice_clear(struct reader *reader)
{
    buffer_clear(&reader->notice);
}

void notice_add(struct reader *reader, const char *format, ...)
{
    char text[256];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(text, sizeof text, format, arguments);
    va_end(arguments);
    if (reader->notice.length)
        buffer_adds(&reader->notice, ", ");
    buffer_adds(&reader->notice, text);
}

const char *reader_notice(const struct reader *reader)
{
    return buffer_string(&reader->notice);
}

/* ---- beginning and end ----------------------------------------------------------------------- */

static void take_settings(struct reader *reader)
{
    const struct config *config = reader->config;
    reader->wish.arrangement = (enum arrangement)config_int(config, SETTING_LAYOUT);
    reader->wish.hidden[PANE_SIDEBAR] = !config_bool(config, SETTING_SIDEBAR);
    reader->wish.sidebar_share = config_int(config, SETTING_SIDEBAR_SHARE);
    reader->wish.thread_share = config_int(config, SETTING_THREAD_SHARE);
}

#define MANY_COLOURS 256 /* as long as nobody has said otherwise */

void reader_set_colours(struct reader *reader, int colours)
{
    reader->colours = colours;
}

static void take_orders(struct reader *reader)
{
    reader->orders[SORT_TOP_LEVEL] = (enum reader_order)config_int(reader->config, SETTING_SORT);
    reader->orders[SORT_REPLIES] =
        (enum reader_order)config_int(reader->config, SETTING_SORT_REPLIES);
}

struct reader *reader_new(const struct document *document, const struct config *config)
{
    struct reader *reader = xcalloc(1, sizeof *reader);
    struct text_style style = text_style_from(config);
    reader->document = document;
    reader->config = config;
    reader->layout = layout_new(&style);
    layout_show_marks(reader->layout, config_bool(config, SETTING_LINK_MARKS));
    reader->chosen = ENTITY_NONE;
    reader->found = FOUND_NONE;
    reader->folded_away = reader->owner = reader->narrow.guest = DOCUMENT_NONE;
    reader->fold_level = config_int(config, SETTING_FOLD_DEPTH);
    reader->colours = MANY_COLOURS;
    reader->flat = config_bool(config, SETTING_FLAT);
    reader->quotes_folded = config_bool(config, SETTING_FOLD_QUOTED);
    take_orders(reader);
    reader_update(reader);
    reader->wish.focus = PANE_ARTICLE;
    if (document_article_blocks(document) == 0 && reader_comment_count(reader))
        reader->wish.focus = PANE_THREAD;
    take_settings(reader);
    uint32_t comments = reader_comment_count(reader);
    reader->wish.hidden[PANE_THREAD] = comments == 0; /* nothing to show, no room to take */
    reader->wish.hidden[PANE_ARTICLE] = comments > 0 && document_article_blocks(document) == 0 &&
                                        range_is_empty(document_title(document));
    search_restart_count(reader);
    reader_resize(reader, 24, 80);
    return reader;
}

/* All has come: now it can be sorted. Where nobody has moved yet, what stands first then is shown.
 */
static void sort_whole(struct reader *reader)
{
    if (reader_comment_count(reader) == 0 || order_is_given(reader))
        return;
    uint32_t first = view_first(reader);
    bool untouched = reader->comment == first &&
                     reader->top[PANE_THREAD] == document_item(reader->document, first).start;
    struct hold hold = untouched ? (struct hold){0, 0} : move_hold(reader);
    order_update(reader);
    view_update_all(reader);
    if (untouched)
        reader->comment = view_first(reader);
    if (untouched)
        reader->top[PANE_THREAD] = document_item(reader->document, reader->comment).start;
    else
        move_keep(reader, hold);
}

bool reader_update(struct reader *reader)
{
    uint32_t comments, text, had = reader_comment_count(reader);
    bool whole = document_is_complete(reader->document); /* first: what is counted then is all */
    document_comments(reader->document, &comments);      /* then these: their text is there */
    document_text(reader->document, &text);
    bool completed = whole && !reader->whole;
    if (text == reader->text_known && comments == had && !completed)
        return false;
    reader->whole = whole;
    if (completed)
        deep_update(reader);
    reader->text_known = text;
    reader->typed_hit = (struct range){0, 0}; /* what has come may hold a nearer one */
    progress_extend(reader, comments);
    fold_extend(reader, comments);
    people_extend(reader);
    deep_update(reader);
    if (had == 0 && comments) {
        reader->top[PANE_THREAD] = document_item(reader->document, 0).start;
        reader->wish.hidden[PANE_THREAD] = false;
        reader_resize(reader, reader->rows, reader->columns);
    }
    if (completed)
        sort_whole(reader);
    if (reader->pattern.text)
        reader->count.done = false;
    return true;
}

void reader_free(struct reader *reader)
{
    if (!reader)
        return;
    layout_free(reader->layout);
    bitset_release(&reader->folded);
    view_release(&reader->view);
    narrow_release(&reader->narrow);
    progress_release(reader);
    bitset_release(&reader->entities_in_view);
    bitset_release(&reader->quotes_in_view);
    vector_release(&reader->entries);
    voices_release(reader);
    bitset_release(&reader->seen);
    vector_release(&reader->past);
    vector_release(&reader->future);
    vector_release(&reader->hit_opened);
    vector_release(&reader->held);
    vector_release(&reader->heard);
    bitset_release(&reader->stubs);
    free(reader->levels);
    match_release(&reader->pattern);
    free(reader->origin.pattern);
    vector_release(&reader->opened);
    bitset_release(&reader->origin.folded);
    buffer_release(&reader->notice);
    buffer_release(&reader->scratch);
    vector_release(&reader->link_marks);
    free(reader);
}

void reader_configure(struct reader *reader, const struct config *config)
{
    struct text_style style = text_style_from(config);
    reader->config = config;
    layout_reset(reader->layout, &style);
    layout_show_marks(reader->layout, config_bool(config, SETTING_LINK_MARKS));
    take_settings(reader);
    reader_resize(reader, reader->rows, reader->columns);
}

void reader_annotate(struct reader *reader, const struct annotations *annotations)
{
    struct found chosen = sidebar_chosen(reader);
    reader->annotations = annotations;
    reader->edition++;
    reader->found = found_renew(reader, reader->found);
    bitset_resize(&reader->entities_in_view, (uint32_t)annotations->entities.count);
    bitset_resize(&reader->quotes_in_view, (uint32_t)annotations->quotes.count);
    voices_build(reader);
    people_annotate(reader);
    sidebar_build(reader, found_renew(reader, chosen));
    notice_clear(reader);
    narrow_annotate(reader);
}

const struct annotations *reader_annotations(const struct reader *reader)
{
    return reader->annotations;
}

/* ---- panes ----------------------------------------------------------------------------------- */

/* An article that is shorter than its pane leaves the rest to a thread that stands below it. */
static void fit_article(struct reader *reader)
{
    struct rect *article = &reader->panes.pane[PANE_ARTICLE];
    struct rect *thread = &reader->panes.pane[PANE_THREAD];
    struct flow_row row;
    bool stacked = article->rows > 0 && thread->rows > 0 && article->column == thread->column;
    if (!stacked || !document_is_complete(reader->document) ||
        !flow_first(reader, PANE_ARTICLE, &row))
        return;
    int needed = flow_walk(reader, &row, article->rows) + 2; /* and a blank one */
    int spare = article->rows - needed;
    if (spare <= 0)
        return;
    for (int at = 0; at < reader->panes.rule_count; at++)
        if (reader->panes.rules[at].row == article->row + article->rows &&
            reader->panes.rules[at].rows == 1)
            reader->panes.rules[at].row -= spare;
    article->rows -= spare;
    thread->row -= spare;
    thread->rows += spare;
}

static void arrange(struct reader *reader)
{
    reader->panes = panes_arrange(&reader->wish, reader->rows, reader->columns);
    fit_article(reader);
}

void reader_resize(struct reader *reader, int rows, int columns)
{
    reader->rows = rows;
    reader->columns = columns;
    arrange(reader);
    sidebar_keep_seen(reader);
}

const struct panes *reader_panes(const struct reader *reader)
{
    return &reader->panes;
}

enum pane reader_focus(const struct reader *reader)
{
    return reader->wish.focus;
}

void reader_set_focus(struct reader *reader, enum pane pane)
{
    if (reader->wish.focus == pane)
        return;
    reader->wish.focus = pane;
    reader->wish.hidden[pane] = false;
    arrange(reader);
}

void reader_cycle_focus(struct reader *reader, int steps)
{
    int pane = (int)reader->wish.focus, step = steps < 0 ? PANE_COUNT - 1 : 1;
    notice_clear(reader);
    for (int left = (steps < 0 ? -steps : steps) % PANE_COUNT; left > 0; left--)
        do
            pane = (pane + step) % PANE_COUNT;
        while (reader->wish.hidden[pane] && pane != (int)reader->wish.focus);
    reader_set_focus(reader, (enum pane)pane);
}

void reader_zoom(struct reader *reader)
{
    reader->wish.zoomed = !reader->wish.zoomed;
    arrange(reader);
}

bool reader_is_zoomed(const struct reader *reader)
{
    return reader->wish.zoomed;
}

void reader_toggle_sidebar(struct reader *reader)
{
    bool *hidden = &reader->wish.hidden[PANE_SIDEBAR];
    *hidden = !*hidden;
    if (*hidden && reader->wish.focus == PANE_SIDEBAR)
        reader->wish.focus = PANE_ARTICLE;
    arrange(reader);
}

#define SHARE_STEP  5
#define SHARE_LEAST 10
#define SHARE_MOST  80

void reader_grow_pane(struct reader *reader, int steps)
{
    steps = steps > SHARE_MOST ? SHARE_MOST : steps < -SHARE_MOST ? -SHARE_MOST : steps;
    bool sidebar = reader->wish.focus == PANE_SIDEBAR;
    int *share = sidebar ? &reader->wish.sidebar_share : &reader->wish.thread_share;
    int direction = reader->wish.focus == PANE_ARTICLE ? -1 : 1;
    int fallback = sidebar ? 30 : 50; /* what the default comes to, about */
    *share = (*share ? *share : fallback) + direction * steps * SHARE_STEP;
    *share = *share < SHARE_LEAST ? SHARE_LEAST : *share > SHARE_MOST ? SHARE_MOST : *share;
    arrange(reader);
}
