/*
 * Extended grapheme clusters, UAX 29, one at a time.
 *
 * The library knows the rules between two neighbours. Three rules look further back, and are kept
 * here as state: regional indicators pair up from where their run began (GB12, GB13), a joiner
 * holds two pictographs together only after a pictograph (GB11), and a virama ties two consonants
 * of an Indic script into a conjunct (GB9c, newer than the library).
 */
#include "clusters.h"

#include <unictype.h>
#include <unigbrk.h>

enum conjunct { CONJUNCT_NONE, CONJUNCT_CONSONANT, CONJUNCT_TIED };

struct cluster_state {
    uint32_t last;
    enum conjunct conjunct; /* a consonant, then only marks, came before; a virama among them */
    bool pictograph;        /* a pictograph, then only extenders, came before */
    bool flag_open;         /* `last` is a regional indicator that has no partner yet */
};

static bool is_regional(uint32_t code_point)
{
    return code_point >= 0x1F1E6 && code_point <= 0x1F1FF;
}

/* The letters of these scripts that a virama ties together. */
static const struct letters {
    uint32_t first, last;
} consonants[] = {
    {0x915, 0x939},   {0x958, 0x95F},   {0x978, 0x97F},   {0x995, 0x9B9},   {0x9DC, 0x9DF},
    {0x9F0, 0x9F1},   {0xA95, 0xAB9},   {0xAF9, 0xAF9},   {0xB15, 0xB39},   {0xB5C, 0xB5F},
    {0xB71, 0xB71},   {0xC15, 0xC39},   {0xC58, 0xC5A},   {0xD15, 0xD3A},   {0x1000, 0x102A},
    {0x103F, 0x103F}, {0x1050, 0x1055}, {0x105A, 0x105D}, {0x1061, 0x1061}, {0x1065, 0x1066},
    {0x106E, 0x1070}, {0x1075, 0x1081}, {0x108E, 0x108E}, {0x1780, 0x17B3}, {0x1A20, 0x1A54},
    {0x1B0B, 0x1B0C}, {0x1B13, 0x1B33}, {0x1B45, 0x1B4C}, {0xA98F, 0xA9B2},
};

static bool is_consonant(uint32_t code_point)
{
    if (code_point < consonants[0].first || code_point > 0xA9B2)
        return false;
    size_t i = 0;
    while (consonants[i].last < code_point)
        i++;
    return consonants[i].first <= code_point;
}

static bool is_virama(uint32_t code_point)
{
    static const uint16_t viramas[] = {0x94D,  0x9CD,  0xACD,  0xB4D,  0xC4D, 0xD4D,
                                       0x1039, 0x17D2, 0x1A60, 0x1B44, 0xA9C0};
    for (size_t i = 0; i < ARRAY_LENGTH(viramas); i++)
        if (viramas[i] == code_point)
            return true;
    return false;
}

static bool cluster_goes_on(const struct cluster_state *state, uint32_t code_point)
{
    if (is_regional(state->last) && is_regional(code_point))
        return state->flag_open;
    if (state->last == 0x200D && uc_is_property_extended_pictographic(code_point))
        return state->pictograph;
    if (state->conjunct == CONJUNCT_TIED && is_consonant(code_point))
        return true;
    return !uc_is_grapheme_break(state->last, code_point);
}

static void cluster_step(struct cluster_state *state, uint32_t code_point)
{
    bool extends =
        code_point == 0x200D || uc_graphemeclusterbreak_property(code_point) == GBP_EXTEND;
    if (uc_is_property_extended_pictographic(code_point))
        state->pictograph = true;
    else if (!extends)
        state->pictograph = false;
    if (is_consonant(code_point))
        state->conjunct = CONJUNCT_CONSONANT;
    else if (state->conjunct != CONJUNCT_NONE && is_virama(code_point))
        state->conjunct = CONJUNCT_TIED;
    else if (!extends || code_point == 0x200C)
        state->conjunct = CONJUNCT_NONE;
    state->flag_open = is_regional(code_point) && !state->flag_open;
    state->last = code_point;
}

size_t cluster_length(const char *text, size_t length)
{
    struct cluster_state state = {0};
    uint32_t code_point;
    size_t at = utf8_decode(text, length, &code_point);
    cluster_step(&state, code_point);
    while (at < length) {
        size_t size = utf8_decode(text + at, length - at, &code_point);
        if (!cluster_goes_on(&state, code_point))
            break;
        cluster_step(&state, code_point);
        at += size;
    }
    return at;
}
