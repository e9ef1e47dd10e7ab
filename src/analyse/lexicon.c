/* Looking up the table that tools/lexicon.c makes; see there for its shape. */
#include "lexicon.h"

#include "lexicon.inc"

uint16_t lexicon_find(uint64_t hash)
{
    uint32_t bucket = (uint32_t)(hash >> 48), print = (uint32_t)(hash >> 16);
    for (uint32_t i = buckets[bucket]; i < buckets[bucket + 1]; i++)
        if (prints[i] == print)
            return kind_of[i];
    return 0;
}

uint8_t lexicon_group_person(void)
{
    return group_person;
}

const struct lexicon_kind *lexicon_look(const char *folded)
{
    uint64_t hash = LEXICON_SEED;
    for (; *folded; folded++)
        hash = lexicon_hash_byte(hash, (unsigned char)*folded);
    return lexicon_kind(lexicon_find(lexicon_hash_end(hash)));
}
