/*
 * Trains the weights of the types of names (data/model.tsv) on annotated documents.
 *
 *      train [-x SET | -f N] DIRECTORY > data/model.tsv        DIRECTORY holds *.jsonl, read in
 * order
 *
 * -x leaves a set out, -f the documents N, N + 5, N + 10 ... of each, so that one can see how the
 * weights do on what they never met.
 *
 * An averaged perceptron: the names that the rules find are passed again and again, in an order
 * that a fixed generator shuffles; where the vote (with the weights by hand) goes wrong or is too
 * close, the weights of what was seen are moved by one. The mean over all steps is what is written.
 * Whole numbers only, one thread: the same documents give the same file, byte for byte. The steps
 * before it are the program's own.
 */
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <yajl/yajl_tree.h>

#include "../src/analyse/internal.h"
#include "../src/analyse/seen.h"
#include "../src/analyse/types.h"

#define ROUNDS  12
#define MARGIN  60
#define STEP    1
#define FOLDS   5
#define WEIGHTS ((size_t)(FEATURE_COUNT + FEATURE_HASHES) * ENTITY_TYPES)

struct example {
    struct features features;
    uint8_t type;
};

struct trainer {
    VECTOR(struct example) examples;
    int32_t *weights;
    int64_t *sums; /* for the mean: weight changes times the step they came at */
    int16_t hand[FEATURE_COUNT][ENTITY_TYPES];
    int64_t steps;
    size_t documents; /* read so far of a set */
    size_t fold;      /* documents left out: this one of each five; FOLDS: none */
};

/* ---- reading --------------------------------------------------------------------------------- */

struct gold {
    uint32_t start, end; /* bytes */
    uint8_t type;
};

static yajl_val field(yajl_val object, const char *name, yajl_type type)
{
    const char *path[] = {name, NULL};
    return yajl_tree_get(object, path, type);
}

static uint32_t byte_of(const char *text, long long point)
{
    uint32_t at = 0;
    for (; text[at] && point > 0; point--) {
        at++;
        while (((unsigned char)text[at] & 0xC0) == 0x80)
            at++;
    }
    return at;
}

static bool starts_with(const char *text, const char *with)
{
    return !strncmp(text, with, strlen(with));
}

/* The scorer's view of a name: no article before it, no possessive behind. */
static struct gold gold_of(const char *text, yajl_val entity)
{
    struct gold gold = {.type = ENTITY_OTHER};
    gold.start = byte_of(text, YAJL_GET_INTEGER(field(entity, "start", yajl_t_number)));
    gold.end = byte_of(text, YAJL_GET_INTEGER(field(entity, "end", yajl_t_number)));
    if (starts_with(text + gold.start, "the ") || starts_with(text + gold.start, "The "))
        gold.start += 4;
    if (gold.end > gold.start + 2 && starts_with(text + gold.end - 2, "'s"))
        gold.end -= 2;
    const char *type = YAJL_GET_STRING(field(entity, "type", yajl_t_string));
    static const char *const names[] = {"PER", "ORG", "LOC"};
    for (uint8_t i = 0; type && i < 3; i++)
        if (!strcmp(type, names[i]))
            gold.type = i;
    return gold;
}

/* What a name ought to be: NONE where the annotation has something that only overlaps it. */
static uint32_t label_of(const struct gold *golds, size_t count, struct range name)
{
    for (size_t i = 0; i < count; i++) {
        if (golds[i].start == name.start && golds[i].end == name.end)
            return golds[i].type;
        if (golds[i].start < name.end && golds[i].end > name.start)
            return NONE;
    }
    return ENTITY_OTHER;
}

static void add_document(struct trainer *t, const char *text, yajl_val entities)
{
    size_t count = entities->u.array.len;
    struct gold *golds = xcalloc(count + 1, sizeof *golds);
    for (size_t i = 0; i < count; i++)
        golds[i] = gold_of(text, entities->u.array.values[i]);
    struct analysis a;
    struct analyse_source source = {.text = text, .length = (uint32_t)strlen(text)};
    struct analyse_paragraph *paragraphs = analyse_split(&source);
    analyse_begin(&a, &source);
    analyse_next_window(&a); /* no document of the sets is longer than one */
    analyse_tokens(&a);
    analyse_sentences(&a);
    analyse_marks(&a);
    analyse_names(&a);
    for (uint32_t n = 0; n < a.names.count; n++) {
        struct example example;
        uint32_t label =
            label_of(golds, count, tokens_range(&a, a.names.items[n].first, a.names.items[n].end));
        if (label == NONE)
            continue;
        example.type = (uint8_t)label;
        features_of(&a, n, &example.features);
        vector_push(&t->examples, example);
    }
    analyse_release(&a);
    free(paragraphs);
    free(golds);
}

static void read_set(struct trainer *t, const char *path)
{
    FILE *file = fopen(path, "r");
    char *line = NULL;
    size_t room = 0;
    t->documents = 0;
    while (file && getline(&line, &room, file) > 0) {
        yajl_val root = yajl_tree_parse(line, NULL, 0);
        const char *text = YAJL_GET_STRING(field(root, "text", yajl_t_string));
        yajl_val entities = field(root, "entities", yajl_t_array);
        bool left_out = t->documents++ % FOLDS == t->fold;
        if (text && entities && entities->u.array.len > 0 && !left_out)
            add_document(t, text, entities);
        yajl_tree_free(root);
    }
    free(line);
    if (file)
        fclose(file);
}

/* ---- training -------------------------------------------------------------------------------- */

static void vote(const struct trainer *t, const struct features *f, int64_t *result)
{
    for (size_t type = 0; type < ENTITY_TYPES; type++) {
        result[type] = 0;
        for (uint32_t i = 0; i < f->count; i++) {
            unsigned id = f->ids[i];
            result[type] += t->weights[(size_t)id * ENTITY_TYPES + type];
            result[type] += id < FEATURE_COUNT ? t->hand[id][type] * HAND_SCALE : 0;
        }
    }
}

static void move(struct trainer *t, const struct features *f, size_t type, int32_t by)
{
    for (uint32_t i = 0; i < f->count; i++) {
        size_t at = (size_t)f->ids[i] * ENTITY_TYPES + type;
        t->weights[at] += by;
        t->sums[at] += by * t->steps;
    }
}

static void learn(struct trainer *t, const struct example *e)
{
    int64_t result[ENTITY_TYPES];
    vote(t, &e->features, result);
    size_t rival = e->type == 0 ? 1 : 0;
    for (size_t type = 0; type < ENTITY_TYPES; type++)
        if (type != e->type && result[type] > result[rival])
            rival = type;
    if (result[e->type] - result[rival] < MARGIN) {
        move(t, &e->features, e->type, STEP);
        move(t, &e->features, rival, -STEP);
    }
    t->steps++;
}

static void train(struct trainer *t)
{
    size_t count = t->examples.count;
    uint32_t *order = xmalloc((count + 1) * sizeof *order);
    uint64_t random = 42;
    for (uint32_t i = 0; i < count; i++)
        order[i] = i;
    for (int round = 0; round < ROUNDS; round++) {
        for (size_t i = count; i > 1; i--) {
            random = random * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
            size_t j = (size_t)((random >> 33) % i);
            uint32_t swap = order[i - 1];
            order[i - 1] = order[j];
            order[j] = swap;
        }
        for (size_t i = 0; i < count; i++)
            learn(t, &t->examples.items[order[i]]);
    }
    free(order);
}

static int clip(int64_t value)
{
    return value > 127 ? 127 : value < -127 ? -127 : (int)value;
}

static void write_model(const struct trainer *t)
{
    printf("# Weights of the trained model: feature, then person, organisation, place, other.\n"
           "# Made by tools/train.c from the annotated development sets; not to be edited.\n");
    for (size_t id = 0; id < WEIGHTS / ENTITY_TYPES; id++) {
        int mean[ENTITY_TYPES], any = 0;
        for (size_t type = 0; type < ENTITY_TYPES; type++) {
            size_t at = id * ENTITY_TYPES + type;
            int64_t sum = t->weights[at] * t->steps - t->sums[at];
            mean[type] = clip((2 * sum + (sum < 0 ? -t->steps : t->steps)) / (2 * t->steps));
            any |= mean[type];
        }
        if (any)
            printf("%zu\t%d\t%d\t%d\t%d\n", id, mean[0], mean[1], mean[2], mean[3]);
    }
}

static int is_set(const struct dirent *entry)
{
    size_t length = strlen(entry->d_name);
    return length > 6 && !strcmp(entry->d_name + length - 6, ".jsonl");
}

int main(int argc, char **argv)
{
    const char *without = argc > 3 && !strcmp(argv[1], "-x") ? argv[2] : "";
    const char *directory = argv[argc - 1];
    bool folded = argc > 3 && !strcmp(argv[1], "-f");
    struct trainer t = {.weights = xcalloc(WEIGHTS, sizeof(int32_t)),
                        .sums = xcalloc(WEIGHTS, sizeof(int64_t)),
                        .fold = folded ? (size_t)strtoul(argv[2], NULL, 10) : FOLDS};
    struct dirent **sets;
    int count = argc > 1 ? scandir(directory, &sets, is_set, alphasort) : -1;
    if (count <= 0) {
        fprintf(stderr, "usage: train [-x SET] DIRECTORY\n");
        return 2;
    }
    types_by_hand(t.hand);
    for (int i = 0; i < count; i++) {
        char path[4096];
        snprintf(path, sizeof path, "%s/%s", directory, sets[i]->d_name);
        if (!*without || strncmp(sets[i]->d_name, without, strlen(without)))
            read_set(&t, path);
        free(sets[i]);
    }
    free(sets);
    fprintf(stderr, "%zu names\n", t.examples.count);
    train(&t);
    write_model(&t);
    vector_release(&t.examples);
    free(t.weights);
    free(t.sums);
    return 0;
}
