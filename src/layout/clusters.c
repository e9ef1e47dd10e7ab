/*
 * Extended grapheme clusters, UAX 29, one at a time.
 *
 * The library knows the rules between two neighbours. Two rules look further back, and are kept
 * here as state: regional indicators pair up from where their run began (GB12, GB13), and a joiner
 * holds two pictographs together only after a pictograph (GB11). GB9c, which keeps Indic conjuncts
 * in one piece, is left out: terminals give each consonant its own column.
 */
#include "clusters.h"

#include <unictype.h>
#include <unigbrk.h>

struct cluster_state {
    uint32_t last;
    bool pictograph; /* a pictograph, then only extenders, came before */
    bool flag_open;  /* `last` is a regional indicator that has no partner yet */
};

static bool is_regional(uint32_t code_point)
{
    return code_point >= 0x1F1E6 && code_point <= 0x1F1FF;
}

static bool cluster_goes_on(const struct cluster_state *state, uint32_t code_point)
{
    if (is_regional(state->last) && is_regional(code_point))
        return state->flag_open;
    if (state->last == 0x200D && uc_is_property_extended_pictographic(code_point))
        return state->pictograph;
    return !uc_is_grapheme_break(state->last, code_point);
}

static void cluster_step(struct cluster_state *state, uint32_t code_point)
{
    if (uc_is_property_extended_pictographic(code_point))
        state->pictograph = true;
    else if (code_point != 0x200D && uc_graphemeclusterbreak_property(code_point) != GBP_EXTEND)
        state->pictograph = false;
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
