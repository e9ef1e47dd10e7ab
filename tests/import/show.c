/*
 * Prints what an importer made of a file, for looking at it:
 *
 *      build/tests/import/show FILE [FORMAT]
 */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "hearsay/import.h"

static const char *const kinds[BLOCK_KINDS] = {"p",   "h",   "quote", "li", "code",
                                               "cap", "tab", "rule",  "sig"};

static void show_blocks(const struct document *document, uint32_t first, uint32_t count,
                        unsigned in)
{
    uint32_t length, blocks;
    const char *text = document_text(document, &length);
    const struct block *block = document_blocks(document, &blocks) + first;
    for (; count > 0; count--, block++) {
        printf("%*s%s%u.%u| ", (int)in, "", kinds[block->kind], block->level, block->number);
        for (uint32_t at = block->start; at < block->end; at++) {
            putchar(text[at]);
            if (text[at] == '\n')
                printf("%*s   | ", (int)in, "");
        }
        putchar('\n');
    }
}

static void show_time(const char *what, int64_t time)
{
    char day[64];
    time_t seconds = (time_t)time;
    struct tm parts;
    if (time != TIME_NONE && gmtime_r(&seconds, &parts) &&
        strftime(day, sizeof day, "%Y-%m-%d %H:%M", &parts) > 0)
        printf("%s%s", what, day);
}

int main(int argc, char **argv)
{
    struct error error;
    struct document *document =
        argc > 1 ? import_file(argv[1], argc > 2 ? argv[2] : NULL, &error) : NULL;
    if (!document) {
        printf("error: %s\n", argc > 1 ? error.message : "no file");
        return 1;
    }
    uint32_t length, count;
    const char *text = document_text(document, &length);
    struct range title = document_title(document), byline = document_byline(document);
    printf("title: %.*s\nbyline: %.*s\n", (int)(title.end - title.start), text + title.start,
           (int)(byline.end - byline.start), text + byline.start);
    show_time("published: ", document_published(document));
    const struct comment *comments = document_comments(document, &count);
    printf("\ncomments: %" PRIu32 " stated: %" PRId64 "\n", count,
           document_stated_comments(document));
    show_blocks(document, 0, document_article_blocks(document), 0);
    for (uint32_t i = 0; i < count; i++) {
        const struct comment *comment = &comments[i];
        unsigned in = comment->depth * 4 < 60 ? comment->depth * 4 : 60;
        printf("%*s---- %" PRIu32 " [%.*s]", (int)in, "", comment->depth,
               (int)(comment->name.end - comment->name.start), text + comment->name.start);
        show_time(" ", comment->time);
        putchar('\n');
        show_blocks(document, comment->first_block, comment->block_count, in);
    }
    bool fine = document_check(document, &error);
    if (!fine)
        printf("check: %s\n", error.message);
    document_free(document);
    return !fine;
}
