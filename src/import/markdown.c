/*
 * markdown: an article. The title is the front matter's, or the first heading.
 */
#include <string.h>
#include <strings.h>

#include "body_html.h"
#include "dates.h"
#include "formats.h"
#include "thread.h"

struct front {
    const char *body; /* what comes after it */
    struct buffer title, author, date;
};

static const char *line_after(const char *at, const char *end)
{
    const char *feed = memchr(at, '\n', (size_t)(end - at));
    return feed ? feed + 1 : end;
}

static bool is_line(const char *at, const char *end, const char *text)
{
    size_t length = strlen(text);
    return (size_t)(end - at) > length && !memcmp(at, text, length) &&
           (at[length] == '\n' || at[length] == '\r');
}

/* `key: value` or `key = "value"`, without its quotes. */
static void take_value(const char *at, const char *end, const char *key, struct buffer *out)
{
    size_t length = strlen(key);
    if (out->length || (size_t)(end - at) <= length || strncasecmp(at, key, length) != 0) {
        return;
    }
    at += length;
    at += strspn(at, " \t");
    if (at >= end || (*at != ':' && *at != '=')) {
        return;
    }
    at++;
    while (at < end && strchr(" \t\"'", *at)) {
        at++;
    }
    while (end > at && strchr(" \t\"'\r\n", end[-1])) {
        end--;
    }
    buffer_add(out, at, (size_t)(end - at));
}

/* YAML between "---" or TOML between "+++". */
static void read_front(struct front *front, const char *text, const char *end)
{
    front->body = text;
    const char *fence = is_line(text, end, "---")   ? "---"
                        : is_line(text, end, "+++") ? "+++"
                                                    : NULL;
    if (!fence) {
        return;
    }
    const char *at = line_after(text, end);
    for (unsigned lines = 0; at < end && lines < 200 && !is_line(at, end, fence); lines++) {
        const char *next = line_after(at, end);
        take_value(at, next, "title", &front->title);
        take_value(at, next, "author", &front->author);
        take_value(at, next, "date", &front->date);
        at = next;
    }
    if (is_line(at, end, fence)) {
        front->body = line_after(at, end);
    }
}

/* "# Title", or a line that is underlined with "=": where its text begins; NULL if it is neither.
 */
static const char *title_at(const char *at, const char *end)
{
    if (end - at > 2 && at[0] == '#' && at[1] == ' ') {
        return at + 2;
    }
    const char *below = line_after(at, end), *after = line_after(below, end);
    size_t under = strspn(below, "="), rest = strspn(below + under, " \t\r\n");
    bool blank = strspn(at, " \t\r\n") >= (size_t)(below - at);
    return !blank && under >= 2 && below + under + rest >= after ? at : NULL;
}

/* A heading's text without what Markdown marks in it. */
static void add_plain(struct buffer *out, const char *at, const char *end)
{
    for (; at < end; at++) {
        bool link = *at == ']' && at + 1 < end && at[1] == '(';
        const char *close = link ? memchr(at, ')', (size_t)(end - at)) : NULL;
        bool escaped = *at == '\\' && at + 1 < end && !strchr(" \t\r\n", at[1]);
        at = close ? close : at + escaped;
        if (escaped || (!close && !strchr("*`[]", *at))) {
            buffer_addc(out, *at);
        }
    }
}

/* A heading among the first lines is the title; the text begins below it. */
static void take_heading(struct front *front, const char *end)
{
    const char *at = front->body, *text = NULL;
    for (unsigned lines = 0; at < end && lines < 8 && !(text = title_at(at, end)); lines++) {
        at = line_after(at, end);
    }
    if (front->title.length || !text) {
        return;
    }
    const char *next = line_after(at, end), *stop = next;
    while (stop > text && strchr(" #\r\n", stop[-1])) {
        stop--;
    }
    add_plain(&front->title, text, stop);
    front->body = text == at ? line_after(next, end) : next;
}

/* ---- threads: a heading for each message, deeper ones for replies ---------------------------- */

/* The level of a heading at `at` that "- **From:** somebody" follows; 0 if it is none. */
static unsigned message_level(const char *at, const char *end, const char **from)
{
    static const char mark[] = "- **From:** ";
    unsigned level = 0;
    while (at + level < end && at[level] == '#') {
        level++;
    }
    if (level == 0 || level > 30 || at + level >= end || at[level] != ' ') {
        return 0;
    }
    const char *next = line_after(at, end);
    for (unsigned lines = 0; lines < 6 && next < end && *next != '#'; lines++) {
        if ((size_t)(end - next) > sizeof mark && !memcmp(next, mark, sizeof mark - 1)) {
            *from = next;
            return level;
        }
        next = line_after(next, end);
    }
    return 0;
}

static struct text_ref trimmed(const char *at, const char *end)
{
    while (end > at && strchr(" \t\r\n", end[-1])) {
        end--;
    }
    while (at < end && strchr(" \t\r\n", *at)) {
        at++;
    }
    return (struct text_ref){at, (uint32_t)(end - at)};
}

/* "- **Date:** 2002-11-22T12:34:32-08:00" */
static void read_field(struct thread_item *item, const char *at, const char *end)
{
    static const char from[] = "- **From:**", date[] = "- **Date:**";
    if ((size_t)(end - at) > sizeof from && !memcmp(at, from, sizeof from - 1)) {
        item->name = trimmed(at + sizeof from - 1, end);
    } else if ((size_t)(end - at) > sizeof date && !memcmp(at, date, sizeof date - 1)) {
        struct text_ref text = trimmed(at + sizeof date - 1, end);
        item->time = date_parse(text.text, text.length, &item->zone_unknown);
    }
}

static void read_message(struct thread *thread, const char *from, const char *end, unsigned level)
{
    uint32_t index = thread_add(thread, DOCUMENT_NONE);
    struct thread_item *item = &thread->items.items[index];
    item->kind = ITEM_COMMENT;
    item->level = level;
    while (from < end && *from == '-') {
        const char *next = line_after(from, end);
        read_field(item, from, next);
        from = next;
    }
    item->body = trimmed(from, end);
}

/* In a code fence stands the message as it was written. */
static void message_body(struct builder *builder, struct text_ref body)
{
    static const char fence[] = "```";
    const char *at = body.text, *end = body.text + body.length;
    if (body.length < 8 || memcmp(at, fence, 3) != 0) {
        body_markdown(builder, body.text, body.length);
        return;
    }
    at = line_after(at, end);
    const char *close = memmem(at, (size_t)(end - at), "\n```", 4);
    body_mail(builder, at, (size_t)((close ? close + 1 : end) - at));
}

/* False: it is no such thread. */
static bool markdown_thread(struct builder *builder, const char *text, const char *end)
{
    struct thread thread = {.stated = -1};
    const char *from = NULL, *next_from = NULL;
    unsigned level = 0;
    for (const char *at = text; at < end; at = line_after(at, end)) {
        unsigned next = *at == '#' ? message_level(at, end, &next_from) : 0;
        if (next == 0) {
            continue;
        }
        if (level) {
            read_message(&thread, from, at, level);
        }
        level = next;
        from = next_from;
    }
    if (level) {
        read_message(&thread, from, end, level);
    }
    bool built = thread.items.count > 0 && thread_build(&thread, builder, message_body);
    thread_release(&thread);
    return built;
}
/* ---- comments below an article: "## Comments", then a heading with a name for each ----------- */
/* ---- comments below an article: "## Comments", then a heading with a name for each ----------- */

/* The level of a heading at `at`, and its text; 0 if it is none. */
static unsigned heading_at(const char *at, const char *end, struct text_ref *text)
{
    unsigned level = 0;
    while (at + level < end && at[level] == '#') {
        level++;
    }
    if (level == 0 || level > 30 || at + level >= end || at[level] != ' ') {
        return 0;
    }
    *text = trimmed(at + level, line_after(at, end));
    while (text->length && strchr("# ", text->text[text->length - 1])) {
        text->length--;
    }
    return level;
}

/* "Comments", "3 comments", "Comments (3)" */
static bool says_comments(struct text_ref text)
{
    static const char *const words[] = {"comments",   "comment",      "responses",  "replies",
                                        "kommentare", "commentaires", "comentarios"};
    const char *at = text.text, *end = at + text.length;
    while (at < end && (*at == ' ' || (*at >= '0' && *at <= '9'))) {
        at++;
    }
    for (size_t i = 0; i < ARRAY_LENGTH(words); i++) {
        size_t size = strlen(words[i]);
        if ((size_t)(end - at) >= size && !strncasecmp(at, words[i], size)) {
            const char *rest = at + size;
            while (rest < end && strchr(" ()0123456789:", *rest)) {
                rest++;
            }
            return rest == end;
        }
    }
    return false;
}

/* "Mara Lindqvist <mara@example.org>": the name alone. */
static struct text_ref without_address(struct text_ref name)
{
    const char *open = memchr(name.text, '<', name.length);
    bool address = open && open > name.text && name.text[name.length - 1] == '>';
    return address ? trimmed(name.text, open) : name;
}

/* "Ines Okafor, 5 May 2025", "Ines Okafor (2025-05-05)", "Ines Okafor": who, and when. */
static void read_heading(struct thread_item *item, struct text_ref text)
{
    static const char *const parts[] = {
        " \xE2\x80\x94 ", " \xE2\x80\x93 ", " \xC2\xB7 ", " - ", " | ", " (", ", "};
    item->name = without_address(text);
    for (size_t i = 0; i < ARRAY_LENGTH(parts); i++) {
        const char *mark = memmem(text.text, text.length, parts[i], strlen(parts[i]));
        if (mark) {
            const char *date = mark + strlen(parts[i]), *end = text.text + text.length;
            end -= end > date && end[-1] == ')';
            item->time = date_parse(date, (size_t)(end - date), &item->zone_unknown);
            item->name.length = (uint32_t)(mark - text.text);
            return;
        }
    }
}

/* Where the comments begin, and the level of their heading; NULL: there are none. Nothing but
 * deeper headings may follow, none longer than a name. */
static const char *find_comments(const char *text, const char *end, unsigned *level)
{
    const char *found = NULL;
    bool any = false;
    struct text_ref heading;
    for (const char *at = text; at < end; at = line_after(at, end)) {
        unsigned here = *at == '#' ? heading_at(at, end, &heading) : 0;
        if (here && says_comments(heading)) {
            found = at;
            *level = here;
            any = false;
        } else if (here && found) {
            found = here > *level && heading.length < 80 ? found : NULL;
            any = true;
        }
    }
    return any ? found : NULL;
}

static void add_item(struct thread *thread, struct text_ref heading, struct text_ref body,
                     unsigned level)
{
    uint32_t index = thread_add(thread, DOCUMENT_NONE);
    struct thread_item *item = &thread->items.items[index];
    item->kind = level ? ITEM_COMMENT : ITEM_ARTICLE;
    item->level = level;
    item->body = body;
    if (level) {
        read_heading(item, heading);
    }
}

/* False: there are none. */
static bool markdown_comments(struct builder *builder, const char *text, const char *end)
{
    struct thread thread = {.stated = -1};
    struct text_ref heading = {0};
    unsigned level = 0;
    const char *begin = find_comments(text, end, &level), *body = NULL;
    if (!begin) {
        return false;
    }
    add_item(&thread, heading, trimmed(text, begin), 0);
    level = 0;
    for (const char *at = line_after(begin, end); at < end; at = line_after(at, end)) {
        struct text_ref next;
        unsigned here = *at == '#' ? heading_at(at, end, &next) : 0;
        if (here && level) {
            add_item(&thread, heading, trimmed(body, at), level);
        }
        if (here) {
            level = here;
            heading = next;
            body = line_after(at, end);
        }
    }
    add_item(&thread, heading, trimmed(body, end), level);
    thread_build(&thread, builder, message_body);
    thread_release(&thread);
    return true;
}

bool markdown_import(const struct import_input *input, struct builder *builder, struct error *error)
{
    struct front front = {0};
    const char *end;
    bool unknown;
    (void)error;
    struct buffer text = {0}; /* with a NUL at its end, for strspn() */
    buffer_add(&text, input->bytes, input->length);
    end = text.data + text.length;
    read_front(&front, text.data, end);
    take_heading(&front, end);
    if (front.title.length) {
        builder_title(builder, front.title.data, front.title.length);
    }
    if (front.author.length) {
        builder_byline(builder, front.author.data, front.author.length);
    }
    int64_t time = date_parse(buffer_string(&front.date), front.date.length, &unknown);
    if (time != TIME_NONE) {
        builder_published(builder, time);
    }
    if (!markdown_thread(builder, front.body, end) &&
        !markdown_comments(builder, front.body, end)) {
        body_markdown(builder, front.body, (size_t)(end - front.body));
    }
    buffer_release(&front.title);
    buffer_release(&front.author);
    buffer_release(&front.date);
    buffer_release(&text);
    return true;
}

/* By name, because a converter's dump of a page looks the same, or by its front matter. */
unsigned markdown_sniff(const struct import_input *input)
{
    static const char *const ends[] = {".md", ".markdown", ".mkd"};
    size_t length = strlen(input->name);
    for (size_t i = 0; i < ARRAY_LENGTH(ends); i++) {
        size_t size = strlen(ends[i]);
        if (length > size && !strcasecmp(input->name + length - size, ends[i])) {
            return 50;
        }
    }
    const char *end = input->bytes + input->length;
    bool fence = is_line(input->bytes, end, "---") || is_line(input->bytes, end, "+++");
    size_t look = input->length < 2000 ? input->length : 2000;
    return fence && memmem(input->bytes, look, "\ntitle", 6) ? 50 : 0;
}
