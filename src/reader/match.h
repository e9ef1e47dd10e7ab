/* A pattern or a regular expression against a text. */
#ifndef HEARSAY_READER_MATCH_H
#define HEARSAY_READER_MATCH_H

#include "hearsay/base.h"
#include "hearsay/config.h"

/* ---- a pattern ------------------------------------------------------------------------------- */

struct match_pattern {
    char *text; /* as typed; NULL: none */
    VECTOR(uint32_t) folded;
    bool keep_case;
    bool first_bytes[256]; /* what a hit can begin with */
    bool ascii;            /* of ASCII bytes these two alone, else anything */
    unsigned char lower, upper;
    struct bitset asked, begins; /* of the lower code points: met so far; a hit can begin with it */
    struct regex *regex;         /* instead of all these */
    unsigned too_hard;           /* how often it was given up */
};

/* How a pattern is meant. "\v" before it makes it a regular expression whatever the rules say, "\V"
 * makes it plain words. */
struct match_rules {
    enum setting_case letters;
    bool regex;
};

/* False: the regular expression makes no sense, `error` says why; it finds nothing then. */
bool match_compile(struct match_pattern *pattern, const char *text, struct match_rules rules,
                   struct error *error);
void match_release(struct match_pattern *pattern);
/* A pattern can only be found where the one it goes on from is. */
bool match_goes_on(const struct match_pattern *pattern);
/* Where to look on after a hit: words may overlap, what an expression finds does not. */
uint32_t match_after(const struct match_pattern *pattern, struct range hit);
/* The first hit that starts in [from, to), looking no further than `limit`. False: none. */
bool match_forward(struct match_pattern *pattern, const char *text, struct range within,
                   uint32_t limit, struct range *hit);
/* The last one that starts in [within.start, within.end), of those one after the other. */
bool match_backward(struct match_pattern *pattern, const char *text, struct range within,
                    uint32_t limit, struct range *hit);

/* ---- a regular expression -------------------------------------------------------------------- */

struct regex;

/* Never hangs: what takes too many steps is told as too hard. */
enum regex_answer { REGEX_NONE, REGEX_FOUND, REGEX_TOO_HARD };

/* NULL with a sentence in `error` where the pattern makes no sense. "." does not cross a line, "^"
 * and "$" stand at every line's ends. */
struct regex *regex_new(const char *pattern, bool any_case, struct error *error);
void regex_free(struct regex *regex); /* null is fine */
/* The first hit that starts within a range. What is looked at is [within.start, limit), as if there
 * were nothing else; `limit` had better be near (an item's end): a miss may read up to it. */
enum regex_answer regex_find(struct regex *regex, const char *text, struct range within,
                             uint32_t limit, struct range *hit);
/* The same, with the text around in view: the hit may look back to the subject's beginning. */
enum regex_answer regex_find_in(struct regex *regex, const char *text, struct range subject,
                                struct range within, struct range *hit);
bool regex_has_capital(const char *pattern); /* for smart case; escapes are no capitals */
/* Appends the pattern, written as after vim's "\v", as PCRE2 has it. */
void very_magic(const char *pattern, struct buffer *out);

#endif
