/*
 * Bodies of comments: which blocks their HTML becomes. A block is written as its kind, its level
 * where it has one, and its text: "P one", "Q2 quoted", "L1 item".
 */
#include "../../src/import/body_html.h"

#include <string.h>

#include "hearsay/import.h"
#include "test.h"

static void write_blocks(const struct document *document, struct buffer *out)
{
    static const char kinds[] = "PHQLCcTRS";
    uint32_t count, length;
    const struct block *blocks = document_blocks(document, &count);
    const char *text = document_text(document, &length);
    for (uint32_t i = 0; i < count; i++) {
        buffer_printf(out, "%s%c", i ? " | " : "", kinds[blocks[i].kind]);
        if (blocks[i].level)
            buffer_printf(out, "%u", blocks[i].level);
        buffer_printf(out, " %.*s", (int)(blocks[i].end - blocks[i].start), text + blocks[i].start);
    }
}

static void reads(const char *html, unsigned flags, const char *wanted)
{
    struct error error;
    struct buffer got = {0};
    struct builder *builder = builder_new(strlen(html), &error);
    assert_non_null(builder);
    body_html(builder, html, strlen(html), flags);
    struct document *document = builder_finish(builder);
    assert_true(document_check(document, &error));
    write_blocks(document, &got);
    assert_string_equal(buffer_string(&got), wanted);
    buffer_release(&got);
    document_free(document);
}

static void simple_bodies_are_read_in_one_pass(void **state)
{
    (void)state;
    struct buffer none = {0};
    static const struct {
        const char *html, *blocks;
    } rows[] = {
        {"one<p>two  and\n three<p>", "P one | P two and three"},
        {"a &lt;b&gt; &amp; it&#x27;s&nbsp;c", "P a <b> & it's\xC2\xA0"
                                               "c"},
        {"<p>See <i>that </i> , <b>all</b> of<br>it", "P See that , all of\nit"},
        {"a<br><br>b", "P a | P b"},
        {"<blockquote>q<blockquote>r</blockquote></blockquote>s", "Q1 q | Q2 r | P s"},
        {"<ul><li>x<li>y<ol><li>z</ol></ul>w", "L1 x | L1 y | L2 z | P w"},
        {"<pre><code>\nint  x;\n\ty &lt; 1;\n</code></pre>", "C int  x;\n        y < 1;"},
        {"<h2>Head</h2>t", "H2 Head | P t"},
        {"tabs\tand\r\nends, a long word: "
         "abcdefghijklmnopqrstuvwxyz0123456789  b",
         "P tabs and ends, a long word: abcdefghijklmnopqrstuvwxyz0123456789 b"},
    };
    for (size_t i = 0; i < ARRAY_LENGTH(rows); i++) {
        assert_false(body_untangle(&none, rows[i].html, strlen(rows[i].html)));
        reads(rows[i].html, 0, rows[i].blocks);
    }
}

static void quotes_of_plain_text_begin_paragraphs(void **state)
{
    (void)state;
    reads("&gt; said<p>answer &gt; quote", BODY_QUOTES, "Q1 said | P answer > quote");
    reads("&gt;&gt; twice", BODY_QUOTES, "Q2 twice");
    reads("&lt;p&gt;once more", BODY_ESCAPED, "P once more");
    reads("a\nb\n\nc", BODY_BREAKS, "P a\nb | P c");
}

/* Elements that cross: what a browser makes of them, which is what the tidy form says. */
static void tangled_bodies_are_read_as_a_browser_would(void **state)
{
    (void)state;
    static const struct {
        const char *tangled, *tidy, *blocks;
    } rows[] = {
        {"<blockquote>q<ul><li>x</blockquote>after</ul>end",
         "<blockquote>q<ul><li>x</li></ul></blockquote>afterend", "Q1 q | L1 x | P afterend"},
        {"<ul><li>x<blockquote>q</ul>after", "<ul><li>x<blockquote>q</blockquote></li></ul>after",
         "L1 x | Q1 q | P after"},
        {"</blockquote>a<blockquote>b</blockquote>c", "a<blockquote>b</blockquote>c",
         "P a | Q1 b | P c"},
        {"<ul><li>one</ol><li>two &lt;&amp;</ul>z", "<ul><li>one<li>two &lt;&amp;</ul>z",
         "L1 one | L1 two <& | P z"},
        {"<h3>head</h2>text<script>x()</script>", "<h3>head</h3>text", "H3 head | P text"},
        {"<pre>a\n  b</blockquote>c</pre>d", "<pre>a\n  bc</pre>d", "C a\n  bc | P d"},
    };
    for (size_t i = 0; i < ARRAY_LENGTH(rows); i++) {
        struct buffer straight = {0};
        assert_true(body_untangle(&straight, rows[i].tangled, strlen(rows[i].tangled)));
        buffer_release(&straight);
        reads(rows[i].tangled, 0, rows[i].blocks);
        reads(rows[i].tidy, 0, rows[i].blocks);
    }
}

/* The parser is fed a megabyte at a time; each text is still its own, wherever the cuts fall. */
static void texts_of_a_long_thread_are_their_own(void **state)
{
    (void)state;
    enum { COMMENTS = 6000 };
    struct error error;
    struct buffer json = {0}, wanted = {0};
    buffer_adds(&json,
                "{\"id\":1,\"type\":\"story\",\"title\":\"t\",\"author\":\"a\",\"children\":[");
    for (unsigned i = 0; i < COMMENTS; i++) {
        buffer_printf(&json, "%s{\"id\":%u,\"type\":\"comment\",\"author\":\"u%u\",\"text\":\"",
                      i ? "," : "", i + 2, i);
        for (unsigned word = 0; word < 40 + i % 7; word++)
            buffer_printf(&json, "a \\\"quay\\\" %u ", i);
        buffer_adds(&json, "\",\"children\":[]}");
    }
    buffer_adds(&json, "]}");
    assert_true(json.length > 3 << 20);
    struct import_input input = {buffer_string(&json), json.length, "long.json"};
    struct document *document = import_bytes(&input, "hn", &error);
    assert_non_null(document);
    const char *text = document_text(document, NULL);
    uint32_t count;
    const struct comment *comments = document_comments(document, &count);
    assert_int_equal(count, COMMENTS);
    for (unsigned i = 0; i < COMMENTS; i++) {
        buffer_clear(&wanted);
        for (unsigned word = 0; word < 40 + i % 7; word++)
            buffer_printf(&wanted, "%sa \"quay\" %u", word ? " " : "", i);
        struct range body = comments[i].text;
        assert_int_equal(body.end - body.start, wanted.length);
        assert_memory_equal(text + body.start, buffer_string(&wanted), wanted.length);
    }
    document_free(document);
    buffer_release(&json);
    buffer_release(&wanted);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(simple_bodies_are_read_in_one_pass),
        cmocka_unit_test(quotes_of_plain_text_begin_paragraphs),
        cmocka_unit_test(tangled_bodies_are_read_as_a_browser_would),
        cmocka_unit_test(texts_of_a_long_thread_are_their_own),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
