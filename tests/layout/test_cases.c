/*
 * Known rows from files: cases/NAME.txt is set at every width N for which there is a NAME.N, and
 * must look as it says. A case of its own needs no code: write NAME.txt, then run this program
 * with HEARSAY_GENERATE=40,72 to make NAME.40 and NAME.72, and read them.
 *
 * Blocks are parted by blank lines. A block may begin with a line "@quote 2", "@list 1 12" (level,
 * number), "@code", ... Line breaks stay.
 * Every row ends with "|" where the screen does, so that what stands out can be seen.
 */
#include "test.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "hearsay/layout.h"

#define FOLDER "tests/layout/cases"

static const struct {
    const char *name;
    enum block_kind kind;
} kinds[] = {
    {"paragraph", BLOCK_PARAGRAPH}, {"heading", BLOCK_HEADING}, {"quote", BLOCK_QUOTE},
    {"list", BLOCK_LIST_ITEM},      {"code", BLOCK_CODE},       {"table", BLOCK_TABLE},
};

static struct buffer file_read(const char *path)
{
    struct buffer text = {0};
    FILE *file = fopen(path, "r");
    if (!file)
        fail_msg("cannot read '%s'", path);
    int byte;
    while ((byte = fgetc(file)) != EOF)
        buffer_addc(&text, (char)byte);
    fclose(file);
    return text;
}

/* Begins the block that a line "@kind level number" asks for. */
static void block_begin(struct builder *builder, const char *line)
{
    char name[16] = "paragraph";
    unsigned level = 0, number = 0;
    enum block_kind kind = BLOCK_KINDS;
    if (line[0] == '@')
        sscanf(line, "@%15[a-z] %u %u", name, &level, &number);
    for (size_t i = 0; i < ARRAY_LENGTH(kinds); i++)
        if (strcmp(kinds[i].name, name) == 0)
            kind = kinds[i].kind;
    if (kind == BLOCK_KINDS)
        fail_msg("no kind of block: '%s'", name);
    builder_block(builder, kind, level, number);
}

static struct document *case_document(const char *text)
{
    struct builder *builder = builder_new(strlen(text), NULL);
    bool inside = false;
    while (*text) {
        size_t length = strcspn(text, "\n");
        bool begins = length > 0 && !inside;
        if (begins)
            block_begin(builder, text);
        if (length > 0 && !(begins && text[0] == '@')) {
            builder_text(builder, text, length);
            if (text[length] == '\n' && text[length + 1] != '\n' && text[length + 1])
                builder_text(builder, "\n", 1);
        }
        inside = length > 0;
        text += length + (text[length] == '\n');
    }
    return builder_finish(builder);
}

static void add_row(struct buffer *out, const char *pool, const struct layout_row *row,
                    uint32_t columns)
{
    static const struct text_style plain;
    uint32_t size = row->end - row->start;
    uint32_t used = text_columns(pool + row->start, size, &plain) + row->indent + row->hyphen;
    buffer_printf(out, "%*s", row->indent, "");
    buffer_add(out, pool + row->start, size);
    if (row->hyphen)
        buffer_addc(out, '-');
    for (; used < columns; used++)
        buffer_addc(out, ' ');
    buffer_adds(out, used > columns ? ">\n" : "|\n");
}

static struct buffer set_case(const struct document *document, uint32_t columns)
{
    static const struct text_style plain;
    struct buffer out = {0};
    struct layout *layout = layout_new(&plain);
    uint32_t count, length;
    const char *pool = document_text(document, &length);
    document_blocks(document, &count);
    for (uint32_t i = 0; i < count; i++) {
        struct layout_rows rows = layout_block(layout, document, i, 0, columns);
        if (i > 0)
            buffer_adds(&out, "\n");
        for (uint32_t k = 0; k < rows.count; k++)
            add_row(&out, pool, &rows.items[k], columns);
    }
    layout_free(layout);
    return out;
}

static struct document *case_open(const char *name)
{
    char path[512];
    snprintf(path, sizeof path, "%s/%s.txt", FOLDER, name);
    struct buffer text = file_read(path);
    struct document *document = case_document(buffer_string(&text));
    buffer_release(&text);
    return document;
}

static bool case_holds(const char *name, uint32_t columns)
{
    char path[512];
    snprintf(path, sizeof path, "%s/%s.%u", FOLDER, name, columns);
    struct buffer expected = file_read(path);
    struct document *document = case_open(name);
    struct buffer rows = set_case(document, columns);
    bool holds = strcmp(buffer_string(&rows), buffer_string(&expected)) == 0;
    if (!holds)
        print_message("--- %s should be:\n%s--- but is:\n%s", path, buffer_string(&expected),
                      buffer_string(&rows));
    buffer_release(&expected);
    buffer_release(&rows);
    document_free(document);
    return holds;
}

static void case_generate(const char *name, const char *widths)
{
    struct document *document = case_open(name);
    while (*widths) {
        char path[512], *end;
        uint32_t columns = (uint32_t)strtoul(widths, &end, 10);
        snprintf(path, sizeof path, "%s/%s.%u", FOLDER, name, columns);
        FILE *file = fopen(path, "w");
        struct buffer rows = set_case(document, columns);
        assert_non_null(file);
        fputs(buffer_string(&rows), file);
        fclose(file);
        buffer_release(&rows);
        widths = *end ? end + 1 : end;
    }
    document_free(document);
}

static void test_all_cases(void **state)
{
    (void)state;
    const char *generate = getenv("HEARSAY_GENERATE");
    DIR *folder = opendir(FOLDER);
    assert_non_null(folder);
    size_t count = 0, wrong = 0;
    for (struct dirent *entry; (entry = readdir(folder));) {
        char name[256];
        snprintf(name, sizeof name, "%s", entry->d_name);
        char *dot = strrchr(name, '.');
        if (!dot || dot == name)
            continue;
        *dot++ = '\0';
        uint32_t columns = (uint32_t)strtoul(dot, NULL, 10);
        if (generate && strcmp(dot, "txt") == 0)
            case_generate(name, generate);
        if (columns == 0 || generate)
            continue;
        wrong += !case_holds(name, columns);
        count++;
    }
    closedir(folder);
    assert_int_equal(wrong, 0);
    assert_true(generate || count >= 12);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_all_cases)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
