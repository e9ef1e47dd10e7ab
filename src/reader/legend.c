/* What the signs mean that panes are drawn with: the very strings that are drawn, explained. */
#include "pen.h"

#include <stddef.h>
#include <string.h>

/* Where a string stands among the glyphs, and how many of them share a meaning. */
#define GLYPH(member) offsetof(struct glyphs, member), 1

static const struct {
    size_t place;
    unsigned many;
    const char *help;
} signs[] = {
    {GLYPH(focus), "beside the comment that has the focus; keys for comments mean this one"},
    {GLYPH(open), "before a comment: it is unfolded"},
    {GLYPH(closed), "before a comment: it is folded, with all that answers it"},
    {GLYPH(context_open), "before a comment that fits no filter, but is answered by one that does"},
    {GLYPH(context_closed), "the same, folded"},
    {offsetof(struct glyphs, rail), RAILS,
     "rails: one for each level that a comment is below the article, each of a look of its own"},
    {GLYPH(back), "behind an author who answers an answer to his own words"},
    {GLYPH(to), "whom a comment answers that is too deep to be set in further"},
    {GLYPH(more), "replies that this file does not have"},
    {GLYPH(bar), "beside quoted text, and beside what its author set apart"},
    {GLYPH(fresh), "not there when this was read last, and not read yet"},
    {GLYPH(edited), "changed since this was read last"},
    {GLYPH(in_view), "in the sidebar: named or said in what is on the screen now"},
    {GLYPH(quoted), "in the sidebar: how often somebody is quoted"},
};

/* Signs that are made for what they stand beside, by example. */
static const struct {
    const char *sign, *help;
} examples[] = {
    {"+42, 7 new", "behind a folded comment: what is folded with it, and how much of that is new; "
                   "or unread, once some of the thread has been read"},
    {"a",
     "in the first column before an author, where a terminal has few colours or none: a letter "
     "that the author keeps all over the thread"},
    {"op", "behind a name: began the thread; author: wrote the article; quoted: is quoted in it"},
    {"2", "beside a paragraph of the article: how many comments repeat it"},
};

static void add_numbers(const struct reader *reader, struct buffer *out)
{
    const struct entity entity = {
        .article_mentions = 6, .comment_mentions = 1, .article_quotes = 4};
    char text[32];
    sidebar_numbers(reader, &entity, 1, text, sizeof text);
    buffer_adds(out, text + strspn(text, " "));
}

const char *reader_sign(const struct reader *reader, size_t number, struct buffer *out)
{
    const char *glyphs = (const char *)pen_glyphs(reader);
    if (number < ARRAY_LENGTH(signs)) {
        for (unsigned at = 0; at < signs[number].many; at++) {
            const char *glyph;
            memcpy(&glyph, glyphs + signs[number].place + at * sizeof glyph, sizeof glyph);
            buffer_adds(out, glyph);
        }
        return signs[number].help;
    }
    number -= ARRAY_LENGTH(signs);
    if (number < ARRAY_LENGTH(examples)) {
        buffer_adds(out, examples[number].sign);
        return examples[number].help;
    }
    if (number > ARRAY_LENGTH(examples))
        return NULL;
    add_numbers(reader, out);
    return "in the sidebar: named 6 times in the article and once in comments, quoted 4 times";
}
