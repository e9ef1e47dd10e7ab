/*
 * A document from another process, with lies in it: a good image is built, bytes of it are changed
 * as the input says, and the receiver is to follow it. Whatever it lets through must pass the check
 * as a whole, and can be walked.
 *
 *      input: records of seven bytes: what is changed, where (two bytes), to what (four)
 */
#include "fuzz.h"

#include "../../src/document/image.h"

#include <fcntl.h>
#include <string.h>
#include <unistd.h>

enum { RECORD = 7, HEADER = REGIONS, EXTENT, TAKE, KINDS };

static void add_comment(struct builder *builder, uint32_t depth)
{
    struct comment_info info = COMMENT_INFO_NONE;
    info.name = depth ? "salt" : "old pilot";
    info.name_length = strlen(info.name);
    info.depth = depth;
    info.id = "id";
    info.id_length = 2;
    builder_comment(builder, &info);
    builder_block(builder, BLOCK_QUOTE, 1, 0);
    builder_text(builder, "Fair “enough”.", strlen("Fair “enough”."));
    builder_block(builder, BLOCK_PARAGRAPH, 0, 0);
    builder_run(builder, RUN_LINK, builder_link(builder, "https://quay.example/", 21));
    builder_text(builder, "See here.", 9);
}

static struct document *build(int descriptor)
{
    struct builder *builder = builder_new_in(fcntl(descriptor, F_DUPFD_CLOEXEC, 0), 1000, NULL);
    builder_title(builder, "A title", 7);
    builder_byline(builder, "by me", 5);
    builder_block(builder, BLOCK_PARAGRAPH, 0, 0);
    builder_text(builder, "The two port authorities met.", 29);
    for (uint32_t depth = 0; depth < 3; depth++)
        add_comment(builder, depth);
    add_comment(builder, 0);
    return builder_finish(builder);
}

static void put(void *target, size_t size, const uint8_t record[RECORD])
{
    size_t at = (size_t)(record[1] | record[2] << 8);
    if (size >= 4)
        memcpy((char *)target + at % (size - 3), record + 3, 4);
}

/* What was built, as it was: where to change it is not read from what was changed. */
struct built {
    struct document *document;
    struct image plan;
    struct document_extent real, told;
};

static void change(struct built *built, const uint8_t record[RECORD])
{
    unsigned kind = record[0] % KINDS;
    char *image = (char *)built->document->image;
    if (kind < HEADER)
        put(image + built->plan.regions[kind].offset,
            built->real.counts[kind] * image_element_size((enum region)kind), record);
    else if (kind == HEADER)
        put(image, sizeof built->plan, record);
    else if (kind == EXTENT)
        put(&built->told, sizeof built->told, record);
}

static void walk(const struct document *document)
{
    uint32_t length, count;
    document_text(document, &length);
    document_comments(document, &count);
    for (uint32_t place = 0; place < length; place++) {
        uint32_t comment = document_comment_at(document, place);
        FUZZ_CHECK(comment == DOCUMENT_NONE || comment < count);
        document_run_from(document, place);
    }
    struct comment_iter iter = comment_iter_start(document, DOCUMENT_NONE);
    uint32_t entered = 0;
    while (comment_iter_next(&iter) != COMMENT_DONE)
        entered += iter.event == COMMENT_ENTER;
    FUZZ_CHECK(entered == count);
}

static struct built build_all(int descriptor)
{
    struct built built = {.document = build(descriptor)};
    memcpy(&built.plan, built.document->image, sizeof built.plan);
    built.real = built.told = document_extent(built.document);
    return built;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct error error = {""};
    int descriptor = document_file(&error);
    struct built built = build_all(descriptor);
    struct receiver *receiver = NULL;
    bool good = true;
    for (size_t at = 0; at + RECORD <= size && good; at += RECORD) {
        change(&built, data + at);
        if (data[at] % KINDS == TAKE) {
            receiver = receiver ? receiver : receiver_new(descriptor, &error);
            good = receiver && receiver_take(receiver, &built.told, &error);
        }
    }
    receiver = receiver || !good ? receiver : receiver_new(descriptor, &error);
    if (good && receiver && receiver_take(receiver, &built.told, &error)) {
        struct document *document = receiver_finish(receiver);
        FUZZ_CHECK(document_check(document, &error));
        walk(document);
        document_free(document);
    } else {
        FUZZ_CHECK(error.message[0] && size >= RECORD);
        receiver_free(receiver);
    }
    built.document->image->size = built.plan.size; /* what it is unmapped by */
    document_free(built.document);
    close(descriptor);
    return 0;
}
