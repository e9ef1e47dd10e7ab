/*
 * Who gets to speak: how many of the article's quoted words are whose, and where in it each voice
 * stands. Plain numbers and no verdict. What two say together is a quotation of each, and its words
 * are shared between them: so the shares are of one whole.
 */
#include "internal.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define STRIP_MOST 48 /* columns of the strip */
#define STRIP_LAST 8

struct voice {
    uint32_t entity; /* ENTITY_NONE: nobody is known to have said it */
    uint32_t words, quotes;
    uint32_t strip[STRIP_MOST]; /* bytes that are quoted in each part of the article */
};

struct picture {
    const struct annotations *found;
    const char *text;
    struct range article;
    uint32_t parts; /* of the strip */
    uint32_t words; /* all that are quoted */
    VECTOR(struct voice) voices;
    uint32_t *voice_of; /* by entity, the last one for ENTITY_NONE; number of a voice + 1 */
};

enum camp { CAMP_NAMED, CAMP_UNNAMED, CAMP_UNKNOWN, CAMPS };

/* ---- counting -------------------------------------------------------------------------------- */

static uint32_t count_words(const char *text, struct range range)
{
    uint32_t words = 0;
    bool inside = false;
    for (uint32_t at = range.start; at < range.end; at++) {
        bool letter = (unsigned char)text[at] > ' ';
        words += letter && !inside;
        inside = letter;
    }
    return words;
}

static struct voice *voice_for(struct picture *picture, uint32_t entity)
{
    uint32_t entities = (uint32_t)picture->found->entities.count;
    uint32_t *number = &picture->voice_of[entity < entities ? entity : entities];
    if (*number == 0) {
        vector_push(&picture->voices, ((struct voice){.entity = entity}));
        *number = (uint32_t)picture->voices.count;
    }
    return &picture->voices.items[*number - 1];
}

static uint32_t part_start(const struct picture *picture, uint32_t part)
{
    uint64_t length = picture->article.end - picture->article.start;
    return picture->article.start + (uint32_t)(length * part / picture->parts);
}

static void add_to_strip(const struct picture *picture, struct voice *voice, struct range span)
{
    for (uint32_t part = 0; part < picture->parts; part++) {
        uint32_t start = part_start(picture, part), end = part_start(picture, part + 1);
        start = span.start > start ? span.start : start;
        end = span.end < end ? span.end : end;
        voice->strip[part] += start < end ? end - start : 0;
    }
}

static uint32_t quote_words(const struct picture *picture, const struct quote *quote)
{
    uint32_t words = 0;
    for (uint32_t at = 0; at < quote->span_count; at++)
        words += count_words(picture->text, picture->found->spans.items[quote->first_span + at]);
    return words;
}

static void add_voice(struct picture *picture, uint32_t entity, const struct quote *quote,
                      uint32_t words)
{
    struct voice *voice = voice_for(picture, entity);
    voice->quotes++;
    voice->words += words;
    for (uint32_t at = 0; at < quote->span_count; at++)
        add_to_strip(picture, voice, picture->found->spans.items[quote->first_span + at]);
}

static void add_quote(struct picture *picture, uint32_t number)
{
    const struct quote *quote = &picture->found->quotes.items[number];
    bool known = quote->confidence >= CONFIDENCE_LIKELY;
    uint32_t words = quote_words(picture, quote);
    uint32_t along = known && quote->partner != ENTITY_NONE ? words / 2 : 0;
    picture->words += words;
    add_voice(picture, known ? quote->speaker : ENTITY_NONE, quote, words - along);
    if (known && quote->partner != ENTITY_NONE)
        add_voice(picture, quote->partner, quote, along);
}

static int most_words_first(const void *left, const void *right)
{
    const struct voice *one = left, *other = right;
    if ((one->entity == ENTITY_NONE) != (other->entity == ENTITY_NONE))
        return one->entity == ENTITY_NONE ? 1 : -1;
    if (one->words != other->words)
        return one->words > other->words ? -1 : 1;
    return one->entity < other->entity ? -1 : one->entity > other->entity;
}

/* Words within a quotation that is itself quoted are its own already. */
static void count_voices(struct picture *picture)
{
    uint32_t outer = 0;
    picture->voice_of = xcalloc(picture->found->entities.count + 1, sizeof(uint32_t));
    for (uint32_t at = 0; at < picture->found->quotes.count; at++) {
        const struct quote *quote = &picture->found->quotes.items[at];
        struct range extent = quote_extent(picture->found, at);
        if (quote->kind != QUOTE_DIRECT || quote->comment != DOCUMENT_NONE || extent.start < outer)
            continue;
        outer = extent.end;
        add_quote(picture, at);
    }
    free(picture->voice_of);
    if (picture->voices.count)
        qsort(picture->voices.items, picture->voices.count, sizeof *picture->voices.items,
              most_words_first);
}

/* ---- showing --------------------------------------------------------------------------------- */

static unsigned percent(const struct picture *picture, uint32_t words)
{
    uint64_t share = (uint64_t)words * 100u + picture->words / 2;
    return picture->words ? (unsigned)(share / picture->words) : 0;
}

static void put_strip(const struct picture *picture, const struct voice *voice, bool ascii,
                      struct buffer *out)
{
    static const char *const blocks[] = {"·", "▂", "▄", "▆", "█"};
    static const char *const signs[] = {".", "-", "+", "*", "#"};
    for (uint32_t part = 0; part < picture->parts; part++) {
        uint32_t whole = part_start(picture, part + 1) - part_start(picture, part);
        uint32_t quoted = voice->strip[part];
        unsigned level = whole ? (unsigned)((uint64_t)quoted * 4 / whole) : 0;
        level = quoted && level == 0 ? 1 : level > 4 ? 4 : level;
        buffer_adds(out, ascii ? signs[level] : blocks[level]);
    }
}

static void put_numbers(const struct picture *picture, const struct voice *voice, bool narrow,
                        struct buffer *out)
{
    buffer_printf(out, "%3u %%  ", percent(picture, voice->words));
    if (!narrow)
        buffer_printf(out, "%5u word%s  %2u quote%s  ", voice->words, voice->words == 1 ? " " : "s",
                      voice->quotes, voice->quotes == 1 ? " " : "s");
}

static const struct entity *voice_entity(const struct picture *picture, const struct voice *voice)
{
    return voice->entity < picture->found->entities.count
               ? &picture->found->entities.items[voice->entity]
               : NULL;
}

/* A name, cut to its columns. */
static void put_name(const struct picture *picture, const struct voice *voice, uint32_t columns,
                     struct buffer *out)
{
    static const struct text_style plain;
    const struct entity *entity = voice_entity(picture, voice);
    const char *name = entity ? picture->text + entity->name.start : "unattributed ?";
    size_t length = entity ? entity->name.end - entity->name.start : strlen(name);
    uint32_t used;
    size_t fits = text_fit(name, length, columns, &plain, &used);
    if (fits < length)
        fits = text_fit(name, length, columns - 1, &plain, &used);
    buffer_add(out, name, fits);
    buffer_adds(out, fits < length ? "…" : "");
}

/* Named people and bodies, sources without a name, and what nobody is known to have said. */
static void list_camps(const struct picture *picture, struct listing *list)
{
    static const char *const names[CAMPS] = {"with a name", "without a name", "unattributed ?"};
    uint32_t words[CAMPS] = {0}, voices[CAMPS] = {0};
    for (size_t at = 0; at < picture->voices.count; at++) {
        const struct voice *voice = &picture->voices.items[at];
        const struct entity *entity = voice_entity(picture, voice);
        enum camp camp = !entity ? CAMP_UNKNOWN : entity->unnamed ? CAMP_UNNAMED : CAMP_NAMED;
        words[camp] += voice->words;
        voices[camp]++;
    }
    for (unsigned camp = 0; camp < CAMPS; camp++) {
        struct buffer text = {0};
        buffer_printf(&text, "%3u %%", percent(picture, words[camp]));
        if (camp != CAMP_UNKNOWN)
            buffer_printf(&text, "  %u voice%s", voices[camp], voices[camp] == 1 ? "" : "s");
        listing_add(list, names[camp], buffer_string(&text), "");
        buffer_release(&text);
    }
}

#define NARROW       60 /* columns; below that there are names, shares and strips */
#define MARGIN       3
#define NAME_WIDE    22
#define NAME_NARROW  14
#define NUMBERS_WIDE 31 /* columns of share, words and quotes */
#define NUMBERS      7

/* The strip gets what names and numbers leave. */
static uint32_t strip_columns(int columns, bool narrow)
{
    int left = narrow ? columns - NAME_NARROW - 2 - NUMBERS - 1
                      : columns - MARGIN - NAME_WIDE - 2 - NUMBERS_WIDE - 1;
    return left < STRIP_LAST ? STRIP_LAST : left > STRIP_MOST ? STRIP_MOST : (uint32_t)left;
}

/* What the ends of the strips stand for. */
static void list_ends(const struct picture *picture, int numbers, struct listing *list)
{
    struct buffer text = {0};
    buffer_printf(&text, "%*s%-*s%s", numbers, "", (int)picture->parts - 3, "start", "end");
    listing_add(list, "", buffer_string(&text), "");
    buffer_release(&text);
}

static void list_voices(struct session *session, const struct picture *picture)
{
    struct listing *list = &session->listing;
    bool ascii = text_signs_are_ascii(session->config);
    bool narrow = session->columns < NARROW;
    char title[64];
    snprintf(title, sizeof title, "Who gets to speak (%u of %u words)", picture->words,
             count_words(picture->text, picture->article));
    listing_open(session, title);
    for (size_t at = 0; at < picture->voices.count; at++) {
        const struct voice *voice = &picture->voices.items[at];
        struct buffer name = {0}, text = {0};
        put_name(picture, voice, narrow ? NAME_NARROW : NAME_WIDE, &name);
        put_numbers(picture, voice, narrow, &text);
        put_strip(picture, voice, ascii, &text);
        listing_add(list, buffer_string(&name), buffer_string(&text), "");
        buffer_release(&name);
        buffer_release(&text);
    }
    list_ends(picture, narrow ? NUMBERS : NUMBERS_WIDE, list);
    listing_add(list, "", "", "");
    list_camps(picture, list);
}

unsigned run_show_voices(struct session *session, const struct call *call)
{
    const struct document *document = session->setup.document;
    struct picture picture = {.found = &session->annotations,
                              .text = document_text(document, NULL),
                              .article = document_item(document, DOCUMENT_NONE),
                              .parts = strip_columns(session->columns, session->columns < NARROW)};
    (void)call;
    if (session->analysed)
        count_voices(&picture);
    if (picture.voices.count)
        list_voices(session, &picture);
    else
        session_refuse(session, session->analysed ? "nobody is quoted in the article"
                                                  : "quotations are still being found");
    vector_release(&picture.voices);
    return WISH_DRAW;
}
