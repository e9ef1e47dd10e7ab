/*
 * markdown: an article. The title is the front matter's, or the first heading.
 */
#include <string.h>
#include <strings.h>

#include "body_html.h"
#include "dates.h"
#include "formats.h"

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

/* A first line "# Title" is the title, and no part of the text. */
static void take_heading(struct front *front, const char *end)
{
    const char *at = front->body;
    while (at < end && (*at == '\n' || *at == '\r')) {
        at++;
    }
    if (front->title.length || end - at < 3 || at[0] != '#' || at[1] != ' ') {
        return;
    }
    const char *next = line_after(at, end), *stop = next;
    at += 2;
    while (stop > at && strchr(" #\r\n", stop[-1])) {
        stop--;
    }
    buffer_add(&front->title, at, (size_t)(stop - at));
    front->body = next;
}

bool markdown_import(const struct import_input *input, struct builder *builder, struct error *error)
{
    struct front front = {0};
    const char *end = input->bytes + input->length;
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
    body_markdown(builder, front.body, (size_t)(end - front.body));
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
