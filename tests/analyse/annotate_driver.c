/*
 * Annotates JSON Lines for measuring: {"id", "text"} a line in, what --annotate prints a line out,
 * with the place of the words that name the speaker besides ("speaker_span"). Offsets are code
 * points.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <yajl/yajl_gen.h>
#include <yajl/yajl_tree.h>

#include "hearsay/analyse.h"

struct writer {
    yajl_gen gen;
    const char *text;
    uint32_t *points; /* code points before each byte */
};

static void key(struct writer *w, const char *name)
{
    yajl_gen_string(w->gen, (const unsigned char *)name, strlen(name));
}

static void string(struct writer *w, struct range range)
{
    yajl_gen_string(w->gen, (const unsigned char *)w->text + range.start, range.end - range.start);
}

static void place(struct writer *w, uint32_t byte)
{
    yajl_gen_integer(w->gen, w->points[byte]);
}

static void pair(struct writer *w, struct range range)
{
    yajl_gen_array_open(w->gen);
    place(w, range.start);
    place(w, range.end);
    yajl_gen_array_close(w->gen);
}

static void write_entities(struct writer *w, const struct annotations *found)
{
    key(w, "entities");
    yajl_gen_array_open(w->gen);
    for (uint32_t i = 0; i < found->entities.count; i++) {
        const struct entity *e = &found->entities.items[i];
        yajl_gen_map_open(w->gen);
        key(w, "id");
        yajl_gen_integer(w->gen, i);
        key(w, "name");
        string(w, e->name);
        key(w, "type");
        key(w, entity_type_name(e->type));
        key(w, "role");
        if (range_is_empty(e->role))
            yajl_gen_null(w->gen);
        else
            string(w, e->role);
        key(w, "mentions");
        yajl_gen_array_open(w->gen);
        for (uint32_t m = 0; m < found->mentions.count; m++) {
            if (found->mentions.items[m].entity != i)
                continue;
            yajl_gen_map_open(w->gen);
            key(w, "start");
            place(w, found->mentions.items[m].start);
            key(w, "end");
            place(w, found->mentions.items[m].end);
            yajl_gen_map_close(w->gen);
        }
        yajl_gen_array_close(w->gen);
        yajl_gen_map_close(w->gen);
    }
    yajl_gen_array_close(w->gen);
}

static void write_quote(struct writer *w, const struct annotations *found, uint32_t index)
{
    const struct quote *q = &found->quotes.items[index];
    yajl_gen_map_open(w->gen);
    key(w, "kind");
    key(w, quote_kind_name(q->kind));
    key(w, "spans");
    yajl_gen_array_open(w->gen);
    for (uint32_t s = 0; s < q->span_count; s++)
        pair(w, found->spans.items[q->first_span + s]);
    yajl_gen_array_close(w->gen);
    key(w, "text");
    string(w, quote_extent(found, index));
    key(w, "speaker");
    if (q->speaker == ENTITY_NONE)
        yajl_gen_null(w->gen);
    else
        yajl_gen_integer(w->gen, q->speaker);
    if (!range_is_empty(q->speaker_text)) {
        key(w, "speaker_text");
        string(w, q->speaker_text);
        key(w, "speaker_span");
        pair(w, q->speaker_text);
    }
    key(w, "cue");
    if (range_is_empty(q->cue))
        yajl_gen_null(w->gen);
    else
        pair(w, q->cue);
    key(w, "confidence");
    yajl_gen_double(w->gen, (double)q->probability);
    yajl_gen_map_close(w->gen);
}

static void annotate(const char *id, const char *text)
{
    size_t length = strlen(text);
    struct annotations found;
    analyse_text(text, (uint32_t)length, &found);
    struct writer w = {yajl_gen_alloc(NULL), text, xmalloc((length + 1) * sizeof(uint32_t))};
    for (size_t i = 0, points = 0; i <= length; i++) {
        points += i > 0 && ((unsigned char)text[i] & 0xC0) != 0x80;
        w.points[i] = (uint32_t)points;
    }
    yajl_gen_map_open(w.gen);
    key(&w, "id");
    key(&w, id);
    write_entities(&w, &found);
    key(&w, "quotes");
    yajl_gen_array_open(w.gen);
    for (uint32_t i = 0; i < found.quotes.count; i++)
        write_quote(&w, &found, i);
    yajl_gen_array_close(w.gen);
    yajl_gen_map_close(w.gen);
    const unsigned char *out;
    size_t size;
    yajl_gen_get_buf(w.gen, &out, &size);
    printf("%.*s\n", (int)size, out);
    yajl_gen_free(w.gen);
    free(w.points);
    annotations_release(&found);
}

int main(void)
{
    char *line = NULL, message[256];
    size_t room = 0;
    while (getline(&line, &room, stdin) > 0) {
        yajl_val root = yajl_tree_parse(line, message, sizeof message);
        const char *id_path[] = {"id", NULL}, *text_path[] = {"text", NULL};
        const char *id = YAJL_GET_STRING(yajl_tree_get(root, id_path, yajl_t_string));
        const char *text = YAJL_GET_STRING(yajl_tree_get(root, text_path, yajl_t_string));
        if (id && text)
            annotate(id, text);
        yajl_tree_free(root);
    }
    free(line);
    return 0;
}
