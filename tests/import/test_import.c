/*
 * From bytes to a document: what is refused and with which words, charsets, streams.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <sys/stat.h>
#include <unistd.h>

#include "import/facts.h"

static char folder[] = "/tmp/hearsay-import-XXXXXX";

static int make_folder(void **state)
{
    (void)state;
    return mkdtemp(folder) ? 0 : -1;
}

static int remove_folder(void **state)
{
    (void)state;
    return rmdir(folder);
}

static const char *write_file(char *path, size_t size, const char *bytes, size_t length)
{
    snprintf(path, size, "%s/file", folder);
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    assert_int_equal(fwrite(bytes, 1, length, file), length);
    assert_int_equal(fclose(file), 0);
    return path;
}

static void refuses(const char *path, const char *format, const char *message)
{
    struct error error = {{0}};
    char wanted[512];
    snprintf(wanted, sizeof wanted, message, path);
    assert_null(import_file(path, format, &error));
    assert_string_equal(error.message, wanted);
}

static void errors_name_the_file(void **state)
{
    (void)state;
    char path[256];
    refuses("/nowhere/at/all", NULL, "cannot open '%s': no such file");
    refuses(folder, NULL, "'%s' is a directory, and there is no mail in it");
    refuses(write_file(path, sizeof path, "", 0), NULL, "'%s' is empty");
    refuses(write_file(path, sizeof path,
                       "\x7F"
                       "ELF\x02\x01\x01",
                       7),
            NULL, "'%s' looks like binary data");
    refuses(write_file(path, sizeof path, "a\0b\0\0c\1\2d", 9), NULL,
            "'%s' looks like binary data");
    write_file(path, sizeof path, "some text", 9);
    if (geteuid() != 0) {
        assert_int_equal(chmod(path, 0), 0);
        refuses(path, NULL, "cannot open '%s': no permission");
    }
    unlink(path);
}

static void unknown_formats_are_named(void **state)
{
    (void)state;
    struct error error = {{0}};
    struct import_input input = {"text", 4, "file"};
    assert_null(import_bytes(&input, "papyrus", &error));
    assert_string_equal(error.message, "unknown format 'papyrus'");
    assert_null(import_format_find("papyrus"));
    size_t count;
    const struct import_format *formats = import_formats(&count);
    assert_string_equal(formats[count - 1].name, "text");
    for (size_t i = 0; i < count; i++)
        assert_ptr_equal(import_format_find(formats[i].name), &formats[i]);
}

static void pipes_are_read_to_their_end(void **state)
{
    (void)state;
    int ends[2];
    struct error error = {{0}};
    static const char text[] = "A line that came through a pipe\n\nAnd then a second one.\n";
    assert_int_equal(pipe(ends), 0);
    assert_int_equal(write(ends[1], text, sizeof text - 1), sizeof text - 1);
    close(ends[1]);
    struct document *document = import_descriptor(ends[0], "stdin", "auto", &error);
    close(ends[0]);
    assert_non_null(document);
    char *title = copy_range(document, document_title(document));
    assert_string_equal(title, "A line that came through a pipe");
    free(title);
    document_free(document);
}

static void files_are_read_from_where_they_stand(void **state)
{
    (void)state;
    char path[256];
    struct error error = {{0}};
    write_file(path, sizeof path, "skipped\nA title of four words\n", 30);
    FILE *file = fopen(path, "r");
    assert_non_null(file);
    assert_int_equal(lseek(fileno(file), 8, SEEK_SET), 8);
    struct document *document = import_descriptor(fileno(file), path, NULL, &error);
    fclose(file);
    unlink(path);
    assert_non_null(document);
    char *title = copy_range(document, document_title(document));
    assert_string_equal(title, "A title of four words");
    free(title);
    document_free(document);
}

/* ---- charsets -------------------------------------------------------------------------------- */

struct decoding {
    const char *bytes;
    size_t length;
    const char *declared;
    const char *text, *label;
};

#define BYTES(text) text, sizeof(text) - 1

static const struct decoding decodings[] = {
    {BYTES("plain"), NULL, "plain", "UTF-8"},
    {BYTES("\xEF\xBB\xBFmark"), NULL, "mark", "UTF-8"},
    {BYTES("\xEF\xBB\xBF"
           "bad \xFF!"),
     NULL, "bad \xEF\xBF\xBD!", "UTF-8"},
    {BYTES("caf\xC3\xA9"), "iso-8859-1", "caf\xC3\xA9", "UTF-8"},
    {BYTES("caf\xE9 \x80"), "ISO-8859-1", "caf\xC3\xA9 \xE2\x82\xAC", "windows-1252"},
    {BYTES("caf\xE9 \x93q\x94"), NULL, "caf\xC3\xA9 \xE2\x80\x9Cq\xE2\x80\x9D", "windows-1252"},
    {BYTES("a\x81z"), "us-ascii", "a\xEF\xBF\xBDz", "windows-1252"},
    {BYTES("\xFF\xFE"
           "h\0i\0"),
     "utf-8", "hi", "UTF-16LE"},
    {BYTES("\xFE\xFF\0h\0i"), NULL, "hi", "UTF-16BE"},
    {BYTES("\xFF\xFE\0\0h\0\0\0"), NULL, "h", "UTF-32LE"},
    {BYTES("h\0i\0!\0"), NULL, "hi!", "UTF-16LE"},
    {BYTES("\0h\0i\0!"), NULL, "hi!", "UTF-16BE"},
    {BYTES("\0\0\0h\0\0\0i"), NULL, "hi", "UTF-32BE"},
    {BYTES("\xFF\xFEh\0\x3D\xD8!\0"), NULL, "h\xEF\xBF\xBD!", "UTF-16LE"},
    {BYTES("\xD0\xD2\xC9"), "koi8-r", "\xD0\xBF\xD1\x80\xD0\xB8", "koi8-r"},
    {BYTES("\x82\xA0"), "x-sjis", "\xE3\x81\x82", "CP932"},
    {BYTES("\x82\xA0 \xFF."), "shift_jis", "\xE3\x81\x82 \xEF\xBF\xBD.", "CP932"},
    {BYTES("\xB3\xE2"), "ks_c_5601-1987", "\xEB\x85\x84", "CP949"},
    {BYTES("\xC4\xE3"), "gb2312", "\xE4\xBD\xA0", "GB18030"},
    {BYTES("a\x8E"), "x-mac-roman", "a\xC3\xA9", "MACINTOSH"},
    {BYTES("caf\xE9"), "utf_16", "caf\xC3\xA9", "windows-1252"},
    {BYTES("caf\xE9"), "no such charset", "caf\xC3\xA9", "windows-1252"},
    {BYTES("caf\xE9"), "ascii//TRANSLIT", "caf\xC3\xA9", "windows-1252"},
};

static void charsets_in_the_order_of_the_facts(void **state)
{
    (void)state;
    for (size_t i = 0; i < ARRAY_LENGTH(decodings); i++) {
        const struct decoding *decoding = &decodings[i];
        struct buffer out = {0};
        const char *label = NULL;
        charset_decode(&out, decoding->bytes, decoding->length, decoding->declared, &label);
        assert_string_equal(buffer_string(&out), decoding->text);
        assert_string_equal(label, decoding->label);
        buffer_release(&out);
    }
}

static void wide_text_is_not_binary(void **state)
{
    (void)state;
    static const char text[] = "A\0 \0t\0i\0t\0l\0e\0 \0i\0n\0 \0w\0i\0d\0e\0 \0t\0e\0x\0t\0\n";
    struct import_input input = {text, sizeof text, "wide"};
    struct error error = {{0}};
    struct document *document = import_bytes(&input, NULL, &error);
    assert_non_null(document);
    char *title = copy_range(document, document_title(document));
    assert_string_equal(title, "A title in wide text");
    free(title);
    document_free(document);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(errors_name_the_file),
        cmocka_unit_test(unknown_formats_are_named),
        cmocka_unit_test(pipes_are_read_to_their_end),
        cmocka_unit_test(files_are_read_from_where_they_stand),
        cmocka_unit_test(charsets_in_the_order_of_the_facts),
        cmocka_unit_test(wide_text_is_not_binary),
    };
    return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
