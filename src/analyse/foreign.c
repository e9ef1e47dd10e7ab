/*
 * Is it English?
 *
 * All that is known here of words is known of English ones, and there a capital says that somebody
 * is named. In German every noun has one, and in any other language no word is "ordinary". So where
 * the small words are those of another language, capitals.c asks for more before it sees a name.
 *
 * The article is asked as a whole, and so is a comment; one of a few words goes with the article.
 */
#include "internal.h"

#define FEWEST 25 /* words that tell enough */

struct words {
    uint32_t all, english, foreign;
};

static void count_words(const struct analysis *a, const struct paragraph *p, struct words *words)
{
    for (uint32_t i = p->first; i < p->end; i++) {
        if (!token_has(a, i, SHAPE_WORD))
            continue;
        words->all++;
        words->english += token_is(a, i, LEX_FUNCTION);
        words->foreign += token_is(a, i, LEX_FOREIGN);
    }
}

static bool is_foreign(const struct words *words)
{
    return words->foreign * 12 > words->all && words->foreign * 2 > words->english;
}

void analyse_foreign(struct analysis *a)
{
    bool article = false;
    for (uint32_t first = 0, end; first < a->paragraphs.count; first = end) {
        struct words words = {0};
        uint32_t comment = a->paragraphs.items[first].comment;
        for (end = first; end < a->paragraphs.count && a->paragraphs.items[end].comment == comment;
             end++)
            count_words(a, &a->paragraphs.items[end], &words);
        bool foreign = words.all < FEWEST ? article : is_foreign(&words);
        if (comment == DOCUMENT_NONE)
            article = foreign;
        for (uint32_t p = first; p < end; p++)
            a->paragraphs.items[p].foreign = foreign;
    }
}
