/*
 * Makes the lexicon's constant table from the lists in data/.
 *
 *      lexicon data/ours.txt data/names.txt ... > lexicon.inc
 *
 * A list has comments (#), lines "= CLASS" that begin a class, and entries: one a line or several
 * parted by "|", each with a value after a tab if its class has values. Verbs are written as their
 * base form, or as the four forms "base third past gerund"; the regular forms are made here.
 *
 * The table keeps no words, only 64 bits of their hash: 16 pick a bucket, 32 more tell the entries
 * of a bucket apart (two of our words that look alike stop the build; a stranger is taken for one
 * of them once in thousands of millions). What the entries say is kept once for all that say the
 * same.
 */
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../src/analyse/lexicon.h"

#define BUCKETS 65536
#define LIMIT   400000
#define VALUES  1024

struct entry {
    uint64_t hash;
    char *word;
    struct lexicon_kind kind;
};

static const char *const class_names[LEXICON_BITS] = {
#define X(name, list) list,
    LEXICON_CLASSES(X)
#undef X
};

struct names { /* strings to numbers from 1 */
    char *name[VALUES];
    size_t count;
};

struct table {
    struct entry *entries;
    size_t count;
    struct names places, groups;
};

static void stop(const char *what, const char *word)
{
    fprintf(stderr, "lexicon: %s '%s'\n", what, word);
    exit(1);
}

static char *copy(const char *text)
{
    char *result = malloc(strlen(text) + 1);
    if (!result)
        stop("out of memory at", text);
    memcpy(result, text, strlen(text) + 1);
    return result;
}

static uint16_t number_of(struct names *names, const char *name)
{
    for (size_t i = 0; i < names->count; i++)
        if (!strcmp(names->name[i], name))
            return (uint16_t)(i + 1);
    if (names->count == VALUES)
        stop("too many values at", name);
    names->name[names->count++] = copy(name);
    return (uint16_t)names->count;
}

static uint64_t hash_of(const char *word)
{
    uint64_t hash = LEXICON_SEED;
    for (; *word; word++)
        hash = lexicon_hash_byte(hash, (unsigned char)*word);
    return lexicon_hash_end(hash);
}

static int bit_of(const char *class_name)
{
    for (int i = 0; i < LEXICON_BITS; i++)
        if (*class_names[i] && !strcmp(class_names[i], class_name))
            return i;
    return -1;
}

static void add(struct table *table, const char *word, struct lexicon_kind kind)
{
    if (!*word)
        return;
    if (table->count == LIMIT)
        stop("too many words at", word);
    table->entries[table->count++] = (struct entry){hash_of(word), copy(word), kind};
    const char *space = strchr(word, ' ');
    if (!space)
        return;
    char *first = copy(word);
    first[space - word] = 0;
    add(table, first, (struct lexicon_kind){.classes = LEX_OPENER});
    free(first);
}

/* "m:leader", "m:", "leader" of roles and titles; anything else names a place. */
static struct lexicon_kind kind_of(struct table *table, int bit, const char *value)
{
    struct lexicon_kind kind = {.classes = UINT64_C(1) << bit};
    if (bit == LEXICON_BIT_FEMALE)
        kind.sex = SEX_FEMALE;
    if (bit == LEXICON_BIT_MALE)
        kind.sex = SEX_MALE;
    if (bit == LEXICON_BIT_ROLE || bit == LEXICON_BIT_TITLE) {
        if (value[0] && value[1] == ':') {
            kind.sex = value[0] == 'm' ? SEX_MALE : SEX_FEMALE;
            value += 2;
        }
        if (*value)
            kind.group = (uint8_t)number_of(&table->groups, value);
    } else if (*value) {
        kind.place = number_of(&table->places, value);
    }
    return kind;
}

/* ---- verbs ----------------------------------------------------------------------------------- */

static bool ends_with(const char *word, const char *end)
{
    size_t have = strlen(word), want = strlen(end);
    return have >= want && !strcmp(word + have - want, end);
}

static bool is_vowel(char c)
{
    return c != 0 && strchr("aeiou", c) != NULL;
}

/* Writes the regular forms: third person, past, gerund. */
static void inflect(const char *base, char forms[3][80])
{
    int length = (int)strlen(base);
    char last = base[length - 1], before = length > 1 ? base[length - 2] : 'a';
    if (last == 'y' && !is_vowel(before)) {
        snprintf(forms[0], 80, "%.*sies", length - 1, base);
        snprintf(forms[1], 80, "%.*sied", length - 1, base);
        snprintf(forms[2], 80, "%sing", base);
        return;
    }
    bool hissing = ends_with(base, "s") || ends_with(base, "sh") || ends_with(base, "ch") ||
                   ends_with(base, "x") || ends_with(base, "z");
    bool mute = last == 'e';
    snprintf(forms[0], 80, "%s%s", base, hissing ? "es" : "s");
    snprintf(forms[1], 80, "%s%s", base, mute ? "d" : "ed");
    snprintf(forms[2], 80, "%.*sing", mute && before != 'e' ? length - 1 : length, base);
}

static void add_verb(struct table *table, int bit, const char *entry)
{
    char forms[3][80], base[72];
    if (strlen(entry) > 200)
        stop("too long", entry);
    if (sscanf(entry, "%63s %63s %63s %63s", base, forms[0], forms[1], forms[2]) != 4) {
        snprintf(base, sizeof base, "%.60s", entry);
        inflect(base, forms);
    }
    int gerund = bit == LEXICON_BIT_SPEAK ? LEXICON_BIT_SPEAKING : LEXICON_BIT_SAYING;
    if (bit == LEXICON_BIT_INDIRECT)
        gerund = bit;
    struct lexicon_kind finite = {.classes = UINT64_C(1) << bit};
    add(table, base, finite);
    add(table, forms[0], finite);
    add(table, forms[1], finite);
    add(table, forms[2], (struct lexicon_kind){.classes = UINT64_C(1) << gerund});
}

/* ---- reading --------------------------------------------------------------------------------- */

static void add_entry(struct table *table, int bit, char *entry)
{
    char *value = strchr(entry, '\t');
    if (value)
        *value++ = 0;
    if (bit == LEXICON_BIT_SAY || bit == LEXICON_BIT_SPEAK || bit == LEXICON_BIT_INDIRECT)
        add_verb(table, bit, entry);
    else
        add(table, entry, kind_of(table, bit, value ? value : ""));
}

static void read_list(struct table *table, const char *path)
{
    static char line[65536];
    FILE *file = fopen(path, "r");
    if (!file)
        stop("cannot read", path);
    int bit = -1;
    while (fgets(line, sizeof line, file)) {
        line[strcspn(line, "\n")] = 0;
        if (line[0] == '#' || !line[0])
            continue;
        if (line[0] == '=') {
            bit = bit_of(line + 2);
            if (bit < 0)
                stop("no such class", line + 2);
            continue;
        }
        if (bit < 0)
            stop("an entry before a class", line);
        for (char *entry = line, *next; entry; entry = next) {
            next = strchr(entry, '|');
            if (next)
                *next++ = 0;
            add_entry(table, bit, entry);
        }
    }
    fclose(file);
}

/* ---- writing --------------------------------------------------------------------------------- */

static int by_hash(const void *a, const void *b)
{
    uint64_t left = ((const struct entry *)a)->hash, right = ((const struct entry *)b)->hash;
    return left < right ? -1 : left > right;
}

static void merge_kind(struct lexicon_kind *into, const struct lexicon_kind *from)
{
    into->classes |= from->classes;
    if (from->place && (!into->place || (from->classes & LEX_PLACE)))
        into->place = from->place;
    if (from->group && !into->group)
        into->group = from->group;
    if (from->sex && into->sex && from->sex != into->sex)
        into->sex = 3; /* both, for now */
    else if (from->sex)
        into->sex = from->sex;
}

/* Entries of one word become one; the order of the lists does not matter but for places. */
static void merge(struct table *table)
{
    qsort(table->entries, table->count, sizeof *table->entries, by_hash);
    size_t kept = 0;
    for (size_t i = 0; i < table->count; i++) {
        struct entry *entry = &table->entries[i];
        struct entry *last = kept ? &table->entries[kept - 1] : NULL;
        if (last && last->hash == entry->hash && strcmp(last->word, entry->word))
            stop("two words look alike at", entry->word);
        if (last && last->hash == entry->hash)
            merge_kind(&last->kind, &entry->kind);
        else
            table->entries[kept++] = *entry;
    }
    table->count = kept;
    for (size_t i = 0; i < kept; i++)
        if (table->entries[i].kind.sex == 3)
            table->entries[i].kind.sex = SEX_UNKNOWN;
}

static void check_alike(const struct table *table)
{
    for (size_t i = 1; i < table->count; i++) {
        uint64_t a = table->entries[i - 1].hash, b = table->entries[i].hash;
        if (a >> 16 == b >> 16)
            stop("two words look alike at", table->entries[i].word);
    }
}

static bool same_kind(const struct lexicon_kind *a, const struct lexicon_kind *b)
{
    return a->classes == b->classes && a->place == b->place && a->sex == b->sex &&
           a->group == b->group;
}

static void write_table(const struct table *table)
{
    struct lexicon_kind *kinds = calloc(65536, sizeof *kinds);
    uint16_t *kind = calloc(table->count, sizeof *kind);
    size_t count = 1;
    if (!kinds || !kind)
        stop("out of memory at", "the table");
    for (size_t i = 0; i < table->count; i++) {
        size_t k = 1;
        while (k < count && !same_kind(&kinds[k], &table->entries[i].kind))
            k++;
        if (k == 65535)
            stop("too many kinds at", table->entries[i].word);
        if (k == count)
            kinds[count++] = table->entries[i].kind;
        kind[i] = (uint16_t)k;
    }
    printf("/* made by tools/lexicon.c from data/ */\n");
    printf("const struct lexicon_kind lexicon_kinds[%zu] = {\n", count);
    for (size_t i = 0; i < count; i++)
        printf("{UINT64_C(%llu),%u,%u,%u},\n", (unsigned long long)kinds[i].classes, kinds[i].place,
               kinds[i].sex, kinds[i].group);
    printf("};\nstatic const uint32_t buckets[%d] = {", BUCKETS + 1);
    for (size_t b = 0, i = 0; b <= BUCKETS; b++) {
        while (i < table->count && table->entries[i].hash >> 48 < b)
            i++;
        printf("%zu,%s", i, b % 16 == 15 ? "\n" : "");
    }
    printf("};\nstatic const uint32_t prints[%zu] = {", table->count);
    for (size_t i = 0; i < table->count; i++)
        printf("%luu,%s", (unsigned long)(table->entries[i].hash >> 16 & 0xffffffffu),
               i % 12 == 11 ? "\n" : "");
    printf("};\nstatic const uint16_t kind_of[%zu] = {", table->count);
    for (size_t i = 0; i < table->count; i++)
        printf("%u,%s", kind[i], i % 16 == 15 ? "\n" : "");
    printf("};\n");
    free(kinds);
    free(kind);
}

int main(int argc, char **argv)
{
    struct table *table = calloc(1, sizeof *table);
    if (!table || !(table->entries = calloc(LIMIT, sizeof *table->entries)))
        stop("out of memory at", "start");
    for (int i = 1; i < argc; i++)
        read_list(table, argv[i]);
    uint8_t person = (uint8_t)number_of(&table->groups, "person");
    merge(table);
    check_alike(table);
    write_table(table);
    printf("static const uint8_t group_person = %u;\n", person);
    return fflush(stdout) != 0;
}
