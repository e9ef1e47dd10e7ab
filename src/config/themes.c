/*
 * What each style looks like in each theme.
 *
 * The rule: text one reads stays as the terminal has it; everything else steps back or is told
 * apart by an attribute first and a colour second, since there may be no colours, and since eyes
 * differ. Colours are numbers of the terminal's own palette, so that they fit its background; the
 * default theme keeps to those that can be read on light and on dark ones (1, 2, 4, 5, 6 as
 * foreground, nothing behind text but reversal).
 */
#include <string.h>

#include "hearsay/config.h"

static const struct style_info styles[STYLES] = {
    [STYLE_TEXT] = {"text", '.'},
    [STYLE_TITLE] = {"title", 'T'},
    [STYLE_BYLINE] = {"byline", 'b'},
    [STYLE_HEADING] = {"heading", 'h'},
    [STYLE_EMPHASIS] = {"emphasis", 'e'},
    [STYLE_STRONG] = {"strong", 'g'},
    [STYLE_QUOTE] = {"quote", 'q'},
    [STYLE_QUOTE_CURRENT] = {"quote-current", 'Q'},
    [STYLE_INDIRECT] = {"indirect", 'i'},
    [STYLE_NAME] = {"name", 'n'},
    [STYLE_NAME_CHOSEN] = {"name-chosen", 'N'},
    [STYLE_HIT] = {"hit", 's'},
    [STYLE_HIT_CURRENT] = {"hit-current", 'S'},
    [STYLE_CODE] = {"code", 'c'},
    [STYLE_BLOCKQUOTE] = {"blockquote", '>'},
    [STYLE_LINK] = {"link", 'l'},
    [STYLE_RAIL] = {"rail", '|'},
    [STYLE_RAIL_2] = {"rail-2", '/'},
    [STYLE_RAIL_3] = {"rail-3", ';'},
    [STYLE_RAIL_4] = {"rail-4", '%'},
    [STYLE_FOLD] = {"fold", '+'},
    [STYLE_AUTHOR] = {"author", 'a'},
    [STYLE_AUTHOR_1] = {"author-1", '1'},
    [STYLE_AUTHOR_2] = {"author-2", '2'},
    [STYLE_AUTHOR_3] = {"author-3", '3'},
    [STYLE_AUTHOR_4] = {"author-4", '4'},
    [STYLE_AUTHOR_5] = {"author-5", '5'},
    [STYLE_AUTHOR_6] = {"author-6", '6'},
    [STYLE_TAG] = {"tag", 't'},
    [STYLE_NEW] = {"new", '*'},
    [STYLE_FAINT] = {"faint", 'f'},
    [STYLE_FOCUS] = {"focus", 'F'},
    [STYLE_HEAD] = {"head", 'H'},
    [STYLE_IN_VIEW] = {"in-view", 'v'},
    [STYLE_COUNT] = {"count", '#'},
    [STYLE_RULE] = {"rule", '-'},
    [STYLE_RULE_FOCUS] = {"rule-focus", '='},
    [STYLE_STATUS] = {"status", '_'},
    [STYLE_STATUS_ERROR] = {"status-error", '!'},
    [STYLE_STATUS_PENDING] = {"status-pending", 'p'},
    [STYLE_PROMPT] = {"prompt", ':'},
    [STYLE_KEY] = {"key", 'k'},
};

#define PLAIN                                                                                      \
    {                                                                                              \
        LOOK_DEFAULT, LOOK_DEFAULT, 0                                                              \
    }
#define WITH(attributes)                                                                           \
    {                                                                                              \
        LOOK_DEFAULT, LOOK_DEFAULT, (attributes)                                                   \
    }
#define INK(colour, attributes)                                                                    \
    {                                                                                              \
        (colour), LOOK_DEFAULT, (attributes)                                                       \
    }
#define ON(colour, paper, attributes)                                                              \
    {                                                                                              \
        (colour), (paper), (attributes)                                                            \
    }

enum { B = LOOK_BOLD, D = LOOK_DIM, I = LOOK_ITALIC, U = LOOK_UNDERLINE, R = LOOK_REVERSE };

static const struct theme themes[] = {
    {.name = "default",
     .help = "the terminal's own colours, on light and dark backgrounds",
     .looks = {[STYLE_TEXT] = PLAIN,
               [STYLE_TITLE] = WITH(B),
               [STYLE_BYLINE] = WITH(D),
               [STYLE_HEADING] = WITH(B),
               [STYLE_EMPHASIS] = WITH(I),
               [STYLE_STRONG] = WITH(B),
               [STYLE_QUOTE] = INK(6, 0),
               [STYLE_QUOTE_CURRENT] = INK(6, B | U),
               [STYLE_INDIRECT] = PLAIN,
               [STYLE_NAME] = WITH(B),
               [STYLE_NAME_CHOSEN] = INK(5, B | U),
               [STYLE_HIT] = INK(3, R),
               [STYLE_HIT_CURRENT] = WITH(B | R | U),
               [STYLE_CODE] = INK(2, 0),
               [STYLE_BLOCKQUOTE] = INK(2, I),
               [STYLE_LINK] = INK(4, U),
               [STYLE_RAIL] = WITH(D),
               [STYLE_RAIL_2] = INK(6, D),
               [STYLE_RAIL_3] = INK(5, D),
               [STYLE_RAIL_4] = INK(4, D),
               [STYLE_FOLD] = INK(6, B),
               [STYLE_AUTHOR] = WITH(B),
               [STYLE_AUTHOR_1] = INK(6, B),
               [STYLE_AUTHOR_2] = INK(2, B),
               [STYLE_AUTHOR_3] = INK(4, B),
               [STYLE_AUTHOR_4] = INK(5, B),
               [STYLE_AUTHOR_5] = INK(1, B),
               [STYLE_AUTHOR_6] = WITH(B),
               [STYLE_TAG] = INK(5, 0),
               [STYLE_NEW] = INK(5, B),
               [STYLE_FAINT] = WITH(D),
               [STYLE_FOCUS] = WITH(R),
               [STYLE_HEAD] = WITH(B),
               [STYLE_IN_VIEW] = INK(6, B),
               [STYLE_COUNT] = WITH(D),
               [STYLE_RULE] = WITH(D),
               [STYLE_RULE_FOCUS] = INK(6, B),
               [STYLE_STATUS] = WITH(D),
               [STYLE_STATUS_ERROR] = INK(1, B),
               [STYLE_STATUS_PENDING] = INK(5, B | R),
               [STYLE_PROMPT] = WITH(B),
               [STYLE_KEY] = INK(6, B)}},
    {.name = "mono",
     .help = "no colours, attributes only; what NO_COLOR means",
     .looks = {[STYLE_TEXT] = PLAIN,
               [STYLE_TITLE] = WITH(B),
               [STYLE_BYLINE] = WITH(D),
               [STYLE_HEADING] = WITH(B),
               [STYLE_EMPHASIS] = WITH(I),
               [STYLE_STRONG] = WITH(B),
               [STYLE_QUOTE] = WITH(I),
               [STYLE_QUOTE_CURRENT] = WITH(B | I | U),
               [STYLE_INDIRECT] = PLAIN,
               [STYLE_NAME] = WITH(B),
               [STYLE_NAME_CHOSEN] = WITH(B | U),
               [STYLE_HIT] = WITH(R),
               [STYLE_HIT_CURRENT] = WITH(B | R | U),
               [STYLE_CODE] = PLAIN,
               [STYLE_BLOCKQUOTE] = WITH(I),
               [STYLE_LINK] = WITH(U),
               [STYLE_RAIL] = WITH(D),
               [STYLE_RAIL_2] = WITH(D),
               [STYLE_RAIL_3] = WITH(D),
               [STYLE_RAIL_4] = WITH(D),
               [STYLE_FOLD] = WITH(B),
               [STYLE_AUTHOR] = WITH(B),
               [STYLE_AUTHOR_1] = WITH(B),
               [STYLE_AUTHOR_2] = WITH(B),
               [STYLE_AUTHOR_3] = WITH(B),
               [STYLE_AUTHOR_4] = WITH(B),
               [STYLE_AUTHOR_5] = WITH(B),
               [STYLE_AUTHOR_6] = WITH(B),
               [STYLE_TAG] = WITH(U),
               [STYLE_NEW] = WITH(B),
               [STYLE_FAINT] = WITH(D),
               [STYLE_FOCUS] = WITH(R),
               [STYLE_HEAD] = WITH(B),
               [STYLE_IN_VIEW] = WITH(B),
               [STYLE_COUNT] = WITH(D),
               [STYLE_RULE] = WITH(D),
               [STYLE_RULE_FOCUS] = WITH(B),
               [STYLE_STATUS] = WITH(D),
               [STYLE_STATUS_ERROR] = WITH(B | R),
               [STYLE_STATUS_PENDING] = WITH(B | R),
               [STYLE_PROMPT] = WITH(B),
               [STYLE_KEY] = WITH(B)}},
    {.name = "contrast",
     .help = "white and bright colours on black, nothing dim",
     .looks = {[STYLE_TEXT] = ON(15, 0, 0),
               [STYLE_TITLE] = ON(15, 0, B | U),
               [STYLE_BYLINE] = ON(15, 0, 0),
               [STYLE_HEADING] = ON(15, 0, B),
               [STYLE_EMPHASIS] = ON(15, 0, I),
               [STYLE_STRONG] = ON(15, 0, B),
               [STYLE_QUOTE] = ON(14, 0, B),
               [STYLE_QUOTE_CURRENT] = ON(0, 14, B),
               [STYLE_INDIRECT] = ON(14, 0, 0),
               [STYLE_NAME] = ON(15, 0, U),
               [STYLE_NAME_CHOSEN] = ON(11, 0, B | U),
               [STYLE_HIT] = ON(0, 11, 0),
               [STYLE_HIT_CURRENT] = ON(0, 15, B | U),
               [STYLE_CODE] = ON(10, 0, 0),
               [STYLE_BLOCKQUOTE] = ON(10, 0, I),
               [STYLE_LINK] = ON(14, 0, U),
               [STYLE_RAIL] = ON(7, 0, 0),
               [STYLE_RAIL_2] = ON(14, 0, 0),
               [STYLE_RAIL_3] = ON(13, 0, 0),
               [STYLE_RAIL_4] = ON(10, 0, 0),
               [STYLE_FOLD] = ON(11, 0, B),
               [STYLE_AUTHOR] = ON(11, 0, B),
               [STYLE_AUTHOR_1] = ON(14, 0, B),
               [STYLE_AUTHOR_2] = ON(10, 0, B),
               [STYLE_AUTHOR_3] = ON(12, 0, B),
               [STYLE_AUTHOR_4] = ON(13, 0, B),
               [STYLE_AUTHOR_5] = ON(11, 0, B),
               [STYLE_AUTHOR_6] = ON(15, 0, B),
               [STYLE_TAG] = ON(13, 0, U),
               [STYLE_NEW] = ON(13, 0, B),
               [STYLE_FAINT] = ON(7, 0, 0),
               [STYLE_FOCUS] = ON(0, 15, B),
               [STYLE_HEAD] = ON(15, 0, B | U),
               [STYLE_IN_VIEW] = ON(14, 0, B),
               [STYLE_COUNT] = ON(7, 0, 0),
               [STYLE_RULE] = ON(7, 0, 0),
               [STYLE_RULE_FOCUS] = ON(11, 0, B),
               [STYLE_STATUS] = ON(0, 7, 0),
               [STYLE_STATUS_ERROR] = ON(15, 1, B),
               [STYLE_STATUS_PENDING] = ON(0, 11, B),
               [STYLE_PROMPT] = ON(15, 0, B),
               [STYLE_KEY] = ON(11, 0, B)}},
};

const struct style_info *style_info(enum style style)
{
    return &styles[style];
}

const struct theme *theme_table(size_t *count)
{
    *count = ARRAY_LENGTH(themes);
    return themes;
}

const struct theme *theme_find(const char *name)
{
    for (size_t i = 0; i < ARRAY_LENGTH(themes); i++) {
        if (strcmp(themes[i].name, name) == 0) {
            return &themes[i];
        }
    }
    return NULL;
}
