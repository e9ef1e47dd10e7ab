/*
 * A pass over the bytes: text up to the next "<" or "&" is copied with blanks collapsed, a tag is
 * looked up in a table and changes what the next text will be: a block of another kind, or a run.
 * A block begins when its first text comes, so tags around nothing leave nothing.
 */
#include "body_html.h"

#include <string.h>
#include <strings.h>

#include "body_tags.h"
#include "entities.h"

enum { LISTS = 16, QUOTES_MOST = 30 };

struct reader {
    struct builder *builder;
    const char *end;
    unsigned flags;
    bool open;       /* a block is */
    bool blank;      /* a blank waits to be written */
    bool began;      /* the block has text */
    unsigned breaks; /* <br> in a row that wait */
    unsigned quote, pre, heading;
    bool item; /* the next block is a list item */
    unsigned lists;
    struct {
        bool numbered;
        uint32_t next;
    } list[LISTS];
    unsigned hidden; /* inside so many <span class=invisible> */
    unsigned spans;  /* spans inside the hidden one */
    bool linked;
    struct buffer scratch, address;
};

/* ---- text ------------------------------------------------------------------------------------ */

/* What has been gathered becomes the block's: before it ends, or its text becomes another kind. */
static void flush(struct reader *reader)
{
    if (reader->scratch.length) {
        builder_text(reader->builder, reader->scratch.data, reader->scratch.length);
        buffer_clear(&reader->scratch);
    }
}

static void close_block(struct reader *reader)
{
    flush(reader);
    reader->open = reader->began = reader->blank = false;
    reader->breaks = 0;
}

/* ">" at a block's start: the quote's depth; moves past the marks. */
static unsigned cut_quote(const char **at, const char *end)
{
    unsigned level = 0;
    const char *here = *at;
    for (;;) {
        while (here < end && (*here == ' ' || *here == '\n')) {
            here++;
        }
        if (here < end && *here == '>') {
            here++;
        } else if (end - here >= 4 && !memcmp(here, "&gt;", 4)) {
            here += 4;
        } else {
            break;
        }
        level++;
        *at = here;
    }
    return level;
}

static void open_block(struct reader *reader, const char **at, const char *end)
{
    unsigned marks = reader->flags & BODY_QUOTES && !reader->pre ? cut_quote(at, end) : 0;
    enum block_kind kind = BLOCK_PARAGRAPH;
    unsigned level = 0, number = 0;
    if (reader->pre) {
        kind = BLOCK_CODE;
    } else if (reader->heading) {
        kind = BLOCK_HEADING;
        level = reader->heading;
    } else if (reader->item && reader->lists) {
        unsigned top = reader->lists < LISTS ? reader->lists - 1 : LISTS - 1;
        kind = BLOCK_LIST_ITEM;
        level = reader->lists;
        number = reader->list[top].numbered ? reader->list[top].next++ : 0;
    } else if (reader->quote || marks) {
        kind = BLOCK_QUOTE;
        level = reader->quote + marks;
    }
    flush(reader);
    builder_block(reader->builder, kind, level < QUOTES_MOST ? level : QUOTES_MOST,
                  number < UINT16_MAX ? number : 0);
    reader->item = false;
    reader->open = true;
    reader->began = reader->blank = false;
    reader->breaks = 0;
}

/* What was held back before the next text: breaks, or one blank. */
static void write_gap(struct reader *reader)
{
    if (reader->began) {
        if (reader->breaks) {
            buffer_addc(&reader->scratch, '\n');
        } else if (reader->blank) {
            buffer_addc(&reader->scratch, ' ');
        }
    }
    reader->breaks = 0;
    reader->blank = false;
}

/* Eight bytes at once: `EACH_ZERO(word)` is not 0 if one of them is. */
#define EACH_BYTE(byte) (UINT64_C(0x0101010101010101) * (byte))
#define EACH_ZERO(word) (((word)-EACH_BYTE(1)) & ~(word)&EACH_BYTE(0x80))

/* The end of the words that begin here, with one space between any two. */
static const char *words_end(const char *at, const char *end)
{
    while (end - at >= 8) {
        uint64_t word;
        memcpy(&word, at, sizeof word);
        uint64_t spaces = EACH_ZERO(word ^ EACH_BYTE(' '));
        uint64_t low = (word - EACH_BYTE(' ')) & ~word & EACH_BYTE(0x80);
        if (low || (spaces & spaces << 8)) {
            break;
        }
        at += at[7] == ' ' ? 7 : 8; /* what follows a space is looked at with it */
    }
    while (at < end &&
           (!is_html_blank(*at) || (*at == ' ' && at + 1 < end && !is_html_blank(at[1])))) {
        at++;
    }
    return at;
}

/* Text without tags and references. */
static void add_text(struct reader *reader, const char *at, const char *end)
{
    while (at < end) {
        const char *word = at;
        while (at < end && is_html_blank(*at)) {
            at++;
        }
        reader->blank = reader->blank || at > word;
        if (at == end) {
            break;
        }
        if (!reader->open || reader->breaks > 1) {
            open_block(reader, &at, end);
        }
        word = at;
        at = words_end(at, end);
        if (at > word) {
            write_gap(reader);
            buffer_add(&reader->scratch, word, (size_t)(at - word));
            reader->began = true;
        }
    }
}

/* Line breaks that are meant: in old posts, and plain text with some tags. */
static void add_lines(struct reader *reader, const char *at, const char *end)
{
    while (at < end) {
        const char *feed = memchr(at, '\n', (size_t)(end - at));
        add_text(reader, at, feed ? feed : end);
        if (!feed) {
            return;
        }
        reader->breaks += reader->open;
        at = feed + 1;
    }
}

static void add_any(struct reader *reader, const char *at, const char *end)
{
    if (reader->hidden || at == end) {
        return;
    }
    if (reader->pre) {
        if (!reader->open) {
            at += *at == '\n';
            open_block(reader, &at, end);
        }
        buffer_add(&reader->scratch, at, (size_t)(end - at));
    } else if (reader->flags & BODY_BREAKS) {
        add_lines(reader, at, end);
    } else {
        add_text(reader, at, end);
    }
}

/* ---- tags ------------------------------------------------------------------------------------ */

static void begin_link(struct reader *reader, const char *at, const char *end)
{
    const char *value;
    size_t length;
    if (!tag_attribute(at, end, "href", &value, &length) || length > 4000) {
        return;
    }
    struct buffer *address = &reader->address;
    buffer_clear(address);
    entities_decode(address, value, length);
    if (!reader->open) {
        open_block(reader, &value, value);
    }
    if (!reader->pre) {
        write_gap(reader);
    }
    flush(reader);
    uint32_t link = builder_link(reader->builder, buffer_string(address), address->length);
    builder_run(reader->builder, RUN_LINK, link);
    reader->linked = true;
}

static void add_image(struct reader *reader, const char *at, const char *end)
{
    const char *value;
    size_t length;
    if (tag_attribute(at, end, "alt", &value, &length) && length > 0 && length < 300) {
        struct buffer text = {0};
        entities_decode(&text, value, length);
        add_any(reader, buffer_string(&text), buffer_string(&text) + text.length);
        buffer_release(&text);
    }
}

static void set_run(struct reader *reader, enum run_kind kind, bool close)
{
    if (reader->pre || (!reader->open && close)) {
        return;
    }
    if (close) {
        flush(reader);
        builder_run_end(reader->builder, kind);
        return;
    }
    if (!reader->open) {
        const char *none = reader->end;
        open_block(reader, &none, none);
    }
    write_gap(reader);
    flush(reader);
    builder_run(reader->builder, kind, DOCUMENT_NONE);
}

static void set_list(struct reader *reader, bool numbered, bool close)
{
    close_block(reader);
    if (close) {
        reader->lists -= reader->lists > 0;
    } else {
        unsigned top = reader->lists < LISTS ? reader->lists : LISTS - 1;
        reader->list[top].numbered = numbered;
        reader->list[top].next = 1;
        reader->lists += reader->lists < 200;
    }
    reader->item = false;
}

static void set_span(struct reader *reader, const char *at, const char *end, bool close)
{
    const char *value;
    size_t length;
    if (close) {
        reader->hidden -= reader->hidden > 0;
    } else if (reader->hidden || (tag_attribute(at, end, "class", &value, &length) && length >= 9 &&
                                  memmem(value, length, "invisible", 9))) {
        reader->hidden++;
    }
}

/* Past the end tag of an element that holds no text. */
static const char *skip_element(const struct reader *reader, const char *at, const char *name)
{
    size_t size = strlen(name);
    for (;;) {
        at = memmem(at, (size_t)(reader->end - at), "</", 2);
        if (!at) {
            return reader->end;
        }
        at += 2;
        if ((size_t)(reader->end - at) > size && !strncasecmp(at, name, size)) {
            const char *close = memchr(at, '>', (size_t)(reader->end - at));
            return close ? close + 1 : reader->end;
        }
    }
}

struct found {
    const struct tag *tag;
    const char *start, *end; /* of what stands between the name and ">" */
    bool close;
};

static void act(struct reader *reader, const struct found *found)
{
    bool close = found->close;
    switch ((enum tag_action)found->tag->action) {
    case ACTION_BREAK:
        if (reader->pre) {
            add_any(reader, "\n", &"\n"[1]);
        } else {
            reader->breaks += reader->open;
        }
        break;
    case ACTION_RUN:
        set_run(reader, found->tag->argument, close);
        break;
    case ACTION_LINK:
        if (reader->linked) {
            flush(reader);
            builder_run_end(reader->builder, RUN_LINK);
            reader->linked = false;
        }
        if (!close) {
            begin_link(reader, found->start, found->end);
        }
        break;
    case ACTION_IMAGE:
        add_image(reader, found->start, found->end);
        break;
    case ACTION_SPAN:
        set_span(reader, found->start, found->end, close);
        break;
    case ACTION_CELL:
        reader->blank = true;
        break;
    case ACTION_LIST:
        set_list(reader, found->tag->argument, close);
        break;
    default:
        close_block(reader);
        reader->linked = false;
        break;
    }
}

/* What a tag that parts blocks means for those to come. */
static void set_block(struct reader *reader, const struct found *found)
{
    bool close = found->close;
    switch ((enum tag_action)found->tag->action) {
    case ACTION_PRE:
        reader->pre = !close;
        break;
    case ACTION_QUOTE:
        reader->quote += close ? 0 : 1;
        reader->quote -= close && reader->quote > 0;
        break;
    case ACTION_ITEM:
        reader->item = !close;
        break;
    case ACTION_HEADING:
        reader->heading = close ? 0 : found->tag->argument;
        break;
    case ACTION_RULE:
        builder_block(reader->builder, BLOCK_RULE, 0, 0);
        builder_text(reader->builder, "* * *", 5);
        break;
    default:
        break;
    }
}

/* A tag, a comment, or only a "<"; returns where the text goes on. */
static const char *read_tag(struct reader *reader, const char *at)
{
    const char *name = at + 1;
    bool close = name < reader->end && *name == '/';
    name += close;
    if (name >= reader->end || !(((*name | 32) >= 'a' && (*name | 32) <= 'z') || *name == '!')) {
        add_any(reader, at, at + 1);
        return at + 1;
    }
    if (reader->end - at >= 4 && !memcmp(at, "<!--", 4)) {
        const char *stop = memmem(at + 4, (size_t)(reader->end - at - 4), "-->", 3);
        return stop ? stop + 3 : reader->end;
    }
    const char *stop = name;
    while (stop < reader->end && *stop != '>' && !is_html_blank(*stop) && *stop != '/') {
        stop++;
    }
    struct found found = {
        .tag = tag_find(name, (size_t)(stop - name)), .start = stop, .close = close};
    const char *end = memchr(stop, '>', (size_t)(reader->end - stop));
    found.end = end ? end : reader->end;
    const char *next = end ? end + 1 : reader->end;
    if (!found.tag) {
        return next;
    }
    if (found.tag->action == ACTION_SKIP) {
        return close ? next : skip_element(reader, next, found.tag->name);
    }
    act(reader, &found);
    set_block(reader, &found);
    return next;
}

/* The next "<" or "&". */
static const char *text_end(const char *at, const char *end)
{
    for (; end - at >= 8; at += 8) {
        uint64_t word;
        memcpy(&word, at, sizeof word);
        if (EACH_ZERO(word ^ EACH_BYTE('<')) | EACH_ZERO(word ^ EACH_BYTE('&'))) {
            break;
        }
    }
    while (at < end && *at != '<' && *at != '&') {
        at++;
    }
    return at;
}

/* A reference, or only a "&"; returns where the text goes on. */
static const char *read_reference(struct reader *reader, const char *at)
{
    char bytes[8];
    size_t written = 0, used = entity_decode(at, (size_t)(reader->end - at), bytes, &written);
    bool within = reader->open && !reader->breaks && !reader->hidden;
    if (used && within && !is_html_blank(*bytes)) { /* nearly always */
        write_gap(reader);
        buffer_add(&reader->scratch, bytes, written);
        reader->began = true;
        return at + used;
    }
    if (used && written == 1 && *bytes == '>' && !reader->open && !reader->hidden) {
        const char *mark = at;
        open_block(reader, &mark, reader->end);
        if (mark > at) {
            return mark;
        }
    }
    add_any(reader, used ? bytes : at, used ? bytes + written : at + 1);
    return at + (used ? used : 1);
}

static void read_html(struct reader *reader, const char *at)
{
    while (at < reader->end) {
        const char *stop = text_end(at, reader->end);
        add_any(reader, at, stop);
        at = stop;
        if (at >= reader->end) {
            return;
        }
        if (*at == '<') {
            at = read_tag(reader, at);
            continue;
        }
        at = read_reference(reader, at);
    }
}

void body_html(struct builder *builder, const char *text, size_t length, unsigned flags)
{
    struct reader reader = {.builder = builder, .flags = flags};
    struct buffer once = {0}, straight = {0};
    if (flags & BODY_ESCAPED) {
        entities_decode(&once, text, length);
        text = buffer_string(&once);
        length = once.length;
    }
    if (!(flags & BODY_BREAKS) && body_untangle(&straight, text, length)) {
        text = buffer_string(&straight);
        length = straight.length;
    }
    reader.end = text + length;
    read_html(&reader, text);
    flush(&reader);
    buffer_release(&reader.scratch);
    buffer_release(&reader.address);
    buffer_release(&straight);
    buffer_release(&once);
}
