/* The byte decoder: every sequence, whole and cut at every byte, and what must never be a key. */
#include "test.h"

#include "../../src/ui/input.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- events as text, so that a case is two strings ---------------------------------- */

static void put_event(const struct input_event *event, void *data)
{
    static const char *const mice[] = {"press", "release", "drag", "wheel-up", "wheel-down"};
    static const char *const replies[] = {"kitty", "mode", "attributes"};
    struct buffer *out = data;
    if (out->length)
        buffer_addc(out, ' ');
    switch (event->kind) {
    case INPUT_KEY:
        keys_write(&event->key, 1, out);
        break;
    case INPUT_PASTE:
        buffer_printf(out, "paste(%.*s)", (int)event->length, event->text);
        break;
    case INPUT_MOUSE:
        buffer_printf(out, "%s(%d,%d)", mice[event->mouse], event->row, event->column);
        break;
    case INPUT_FOCUS:
        buffer_adds(out, event->focused ? "focus" : "blur");
        break;
    case INPUT_REPLY:
        buffer_printf(out, "%s(%d,%d)", replies[event->reply], event->numbers[0],
                      event->numbers[1]);
        break;
    }
}

/* Feeds in portions of `step` bytes after a first of `first`, then lets the time pass. Each portion
 * is a copy of its size, so that a sanitizer sees a byte too many. */
static void feed(const char *bytes, size_t length, size_t first, size_t step, struct buffer *out)
{
    struct input input;
    input_init(&input);
    for (size_t at = 0, size = first; at < length; at += size, size = step) {
        if (size > length - at)
            size = length - at;
        char *portion = xmalloc(size);
        if (size)
            memcpy(portion, bytes + at, size);
        input_feed(&input, portion, size, put_event, out);
        free(portion);
    }
    if (input_pending(&input))
        input_timeout(&input, put_event, out);
    assert_false(input_pending(&input));
    input_release(&input);
}

static void check_bytes(const char *bytes, size_t length, const char *expected)
{
    struct buffer out = {0};
    for (size_t first = 0; first <= length; first++) {
        buffer_clear(&out);
        feed(bytes, length, first, length, &out);
        if (strcmp(buffer_string(&out), expected))
            print_message("cut at byte %zu of \"%s\"\n", first, bytes + (bytes[0] == '\033'));
        assert_string_equal(buffer_string(&out), expected);
    }
    buffer_clear(&out);
    feed(bytes, length, 1, 1, &out);
    assert_string_equal(buffer_string(&out), expected);
    buffer_release(&out);
}

struct sample {
    const char *bytes, *expected;
};

/* An "x" after each one must come out as itself: nothing is left over. */
static void check_samples(const struct sample *samples, size_t count)
{
    struct buffer bytes = {0}, expected = {0};
    for (size_t at = 0; at < count; at++) {
        buffer_clear(&bytes);
        buffer_clear(&expected);
        buffer_printf(&bytes, "%sx", samples[at].bytes);
        buffer_printf(&expected, "%s%sx", samples[at].expected, samples[at].expected[0] ? " " : "");
        check_bytes(bytes.data, bytes.length, expected.data);
    }
    buffer_release(&bytes);
    buffer_release(&expected);
}

#define CHECK_SAMPLES(samples) check_samples((samples), ARRAY_LENGTH(samples))

/* ---- characters --------------------------------------------------------------------- */

static void test_characters(void **state)
{
    static const struct sample samples[] = {
        {"j", "j"},
        {"G", "G"},
        {"~", "~"},
        {" ", "<Space>"},
        {"é", "é"},
        {"語", "語"},
        {"\xF0\x9F\x98\x80", "\xF0\x9F\x98\x80"},
        {"aéb", "a é b"},
        {"\r", "<Enter>"},
        {"\t", "<Tab>"},
        {"\x7F", "<BS>"},
        {"\x01", "<C-a>"},
        {"\n", "<C-j>"},
        {"\x1A", "<C-z>"},
        {"\x1F", "<C-_>"},
        {"\x1C", "<C-Bslash>"},
    };
    (void)state;
    CHECK_SAMPLES(samples);
    check_bytes("\0", 1, "<C-Space>");
}

static void test_bad_bytes_are_no_keys(void **state)
{
    static const struct sample samples[] = {
        {"\x80", ""},              /* a tail without a head */
        {"\xFF", ""},              /* never in UTF-8 */
        {"\xC0\xAF", ""},          /* overlong */
        {"\xE0\x80\xAF", ""},      /* overlong */
        {"\xED\xA0\x80", ""},      /* a surrogate */
        {"\xF4\x90\x80\x80", ""},  /* beyond the last one */
        {"\xC2\x9B", ""},          /* a C1 control */
        {"\xC3", ""},              /* cut by the next character */
        {"\xE8\xAA", ""},          /* likewise */
        {"\xE8\xAA\xC3\xA9", "é"}, /* likewise, by a good one */
        {"\xE8\033[A", "<Up>"},    /* likewise, by a sequence */
        {"\033\xFF", ""},
    };
    (void)state;
    CHECK_SAMPLES(samples);
    check_bytes("\xE8\xAA", 2, "");
}

static void test_alt(void **state)
{
    static const struct sample samples[] = {
        {"\033j", "<M-j>"},      {"\033J", "<M-J>"},           {"\033é", "<M-é>"},
        {"\033 ", "<M-Space>"},  {"\033\r", "<M-Enter>"},      {"\033\x7F", "<M-BS>"},
        {"\033\x01", "<C-M-a>"}, {"\033\033j", "<Esc> <M-j>"}, {"\033\033[A", "<Esc> <Up>"},
    };
    (void)state;
    CHECK_SAMPLES(samples);
    check_bytes("\033\033\033x", 4, "<Esc> <Esc> <M-x>");
}

/* ---- sequences ---------------------------------------------------------------------- */

static void test_arrows_and_friends(void **state)
{
    static const struct sample samples[] = {
        {"\033[A", "<Up>"},         {"\033OA", "<Up>"},          {"\033[B", "<Down>"},
        {"\033OB", "<Down>"},       {"\033[C", "<Right>"},       {"\033[D", "<Left>"},
        {"\033OC", "<Right>"},      {"\033OD", "<Left>"},        {"\033[H", "<Home>"},
        {"\033[F", "<End>"},        {"\033OH", "<Home>"},        {"\033OF", "<End>"},
        {"\033[Z", "<S-Tab>"},      {"\033[1;5A", "<C-Up>"},     {"\033[1;2B", "<S-Down>"},
        {"\033[1;3C", "<M-Right>"}, {"\033[5A", "<C-Up>"},       {"\033O5A", "<C-Up>"},
        {"\033O1;5A", "<C-Up>"},    {"\033[1;6D", "<C-S-Left>"}, {"\033[1;33D", "<M-Left>"},
        {"\033[1;65A", "<Up>"}, /* Caps Lock */
        {"\033[a", "<S-Up>"},       {"\033[d", "<S-Left>"},      {"\033Oa", "<C-Up>"},
        {"\033Ob", "<C-Down>"},     {"\033Oc", "<C-Right>"},     {"\033Od", "<C-Left>"},
        {"\033[1;1:1A", "<Up>"},    {"\033[1;1:2A", "<Up>"},     {"\033[1;1:3A", ""},
        {"\033[1;9A", ""},   /* Super */
        {"\033[12;40R", ""}, /* where the cursor is */
    };
    (void)state;
    CHECK_SAMPLES(samples);
}

static void test_numbered_keys(void **state)
{
    static const char *const names[] = {
        [1] = "<Home>",     [2] = "<Insert>", [3] = "<Del>",  [4] = "<End>",  [5] = "<PageUp>",
        [6] = "<PageDown>", [7] = "<Home>",   [8] = "<End>",  [11] = "<F1>",  [12] = "<F2>",
        [13] = "<F3>",      [14] = "<F4>",    [15] = "<F5>",  [17] = "<F6>",  [18] = "<F7>",
        [19] = "<F8>",      [20] = "<F9>",    [21] = "<F10>", [23] = "<F11>", [24] = "<F12>",
        [25] = "<F13>",     [26] = "<F14>",   [28] = "<F15>", [29] = "<F16>", [31] = "<F17>",
        [32] = "<F18>",     [33] = "<F19>",   [34] = "<F20>", [99] = NULL,
    };
    static const struct sample samples[] = {
        {"\033[3;5~", "<C-Del>"},
        {"\033[5;2~", "<S-PageUp>"},
        {"\033[15;3~", "<M-F5>"},
        {"\033[3^", "<C-Del>"},
        {"\033[7@", "<C-S-Home>"},
        {"\033[3;1:3~", ""},
        {"\033[3;9~", ""},
        {"\033[~", ""},
        {"\033[99999999999999999999~", ""},
        {"\033OP", "<F1>"},
        {"\033OS", "<F4>"},
        {"\033[P", "<F1>"},
        {"\033[1;5Q", "<C-F2>"},
        {"\033[[A", "<F1>"},
        {"\033[[E", "<F5>"},
        {"\033[[F", ""},
        {"\033[[\033[A", "<Up>"},
        {"\033[200^", ""},
    };
    (void)state;
    for (int number = 0; number < (int)ARRAY_LENGTH(names); number++) {
        char bytes[16];
        snprintf(bytes, sizeof bytes, "\033[%d~", number);
        struct sample sample = {bytes, names[number] ? names[number] : ""};
        check_samples(&sample, 1);
    }
    CHECK_SAMPLES(samples);
}

static void test_keypad(void **state)
{
    static const struct sample samples[] = {
        {"\033OM", "<Enter>"}, {"\033Oj", "*"}, {"\033Ok", "+"}, {"\033Om", "-"}, {"\033Oo", "/"},
        {"\033Op", "0"},       {"\033Oy", "9"}, {"\033OX", "="}, {"\033[j", ""},  {"\033[p", ""},
    };
    (void)state;
    CHECK_SAMPLES(samples);
}

static void test_keys_by_code(void **state)
{
    static const struct sample samples[] = {
        {"\033[106u", "j"},
        {"\033[106;1u", "j"},
        {"\033[106;5u", "<C-j>"},
        {"\033[106;3u", "<M-j>"},
        {"\033[106;33u", "<M-j>"},
        {"\033[106;2u", "J"},
        {"\033[106:74;2u", "J"},
        {"\033[49:33;2u", "!"},
        {"\033[49:33;4u", "<M-!>"},
        {"\033[97:65;6u", "<C-S-a>"},
        {"\033[106::106;5u", "<C-j>"},
        {"\033[106;5:1u", "<C-j>"},
        {"\033[106;5:2u", "<C-j>"},
        {"\033[106;5:3u", ""},
        {"\033[106;1;106u", "j"},
        {"\033[106;9u", ""},       /* Super */
        {"\033[106;17u", ""},      /* Hyper */
        {"\033[113;69u", "<C-q>"}, /* Caps Lock */
        {"\033[27u", "<Esc>"},
        {"\033[13;5u", "<C-Enter>"},
        {"\033[9;2u", "<S-Tab>"},
        {"\033[127;3u", "<M-BS>"},
        {"\033[233u", "é"},
        {"\033[57414u", "<Enter>"},
        {"\033[57399u", "0"},
        {"\033[57408u", "9"},
        {"\033[57376u", "<F13>"},
        {"\033[57387u", "<F24>"},
        {"\033[57388u", ""}, /* F25 */
        {"\033[57421u", "<PageUp>"},
        {"\033[57441;2u", ""}, /* Shift by itself */
        {"\033[u", ""},
        {"\033[0u", ""},
        {"\033[155u", ""},
        {"\033[55296u", ""},
        {"\033[1114112u", ""},
        {"\033[99999999999999999999u", ""},
        {"\033[106;999u", ""},
        {"\033[27;5;106~", "<C-j>"},
        {"\033[27;2;65~", "A"},
        {"\033[27;6;65~", "<C-S-a>"},
        {"\033[27;5~", ""},
        {"\033[27;5;9~", "<C-Tab>"},
    };
    (void)state;
    CHECK_SAMPLES(samples);
}

/* ---- what is no key ----------------------------------------------------------------- */

static void test_mouse(void **state)
{
    static const struct sample samples[] = {
        {"\033[<0;5;3M", "press(2,4)"},
        {"\033[<0;5;3m", "release(2,4)"},
        {"\033[<32;6;3M", "drag(2,5)"},
        {"\033[<64;1;1M", "wheel-up(0,0)"},
        {"\033[<65;300;200M", "wheel-down(199,299)"},
        {"\033[<16;5;3M", "press(2,4)"},              /* with Ctrl */
        {"\033[<66;1;1M\033[<67;1;1M", ""},           /* to the sides */
        {"\033[<1;1;1M\033[<2;1;1M\033[<2;1;1m", ""}, /* other buttons */
        {"\033[<35;1;1M", ""},                        /* moving */
        {"\033[<128;1;1M", ""},
        {"\033[<0;0;0M", ""},
        {"\033[<0M", ""},
        {"\033[32;5;3M", ""}, /* as urxvt tells it */
    };
    (void)state;
    CHECK_SAMPLES(samples);
    check_bytes("\033[M jqx", 7, "x");
    check_bytes("\033[M\033[Aq", 7, "q");
    check_bytes("\033[M\0\x80\xFFq", 7, "q");
}

static void test_focus_and_replies(void **state)
{
    static const struct sample samples[] = {
        {"\033[I", "focus"},
        {"\033[O", "blur"},
        {"\033[1I", ""},
        {"\033[?1u", "kitty(1,0)"},
        {"\033[?0u", "kitty(0,0)"},
        {"\033[?2026;2$y", "mode(2026,2)"},
        {"\033[?2026$y", "mode(2026,0)"},
        {"\033[2026;2$y", ""},
        {"\033[?62;22c", "attributes(62,22)"},
        {"\033[>0;276;0c", ""},
    };
    (void)state;
    CHECK_SAMPLES(samples);
}

static void test_paste(void **state)
{
    static const struct sample samples[] = {
        {"\033[200~hello\033[201~", "paste(hello)"},
        {"\033[200~\033[201~", "paste()"},
        {"\033[200~a\nb\033[A\033[20\033[201~", "paste(a\nb\033[A\033[20)"},
        {"\033[200~\033\033[201~", "paste(\033)"},
        {"\033[200~é\033[200~\033[201~", "paste(é\033[200~)"},
        {"\033[201~", ""},
        {"a\033[200~b\033[201~\033[200~c\033[201~", "a paste(b) paste(c)"},
    };
    (void)state;
    CHECK_SAMPLES(samples);
}

static void test_paste_waits(void **state)
{
    struct input input;
    struct buffer out = {0};
    (void)state;
    input_init(&input);
    input_feed(&input, "\033[200~q\033", 8, put_event, &out);
    assert_false(input_pending(&input));
    input_timeout(&input, put_event, &out);
    input_feed(&input, "[201~", 5, put_event, &out);
    assert_string_equal(buffer_string(&out), "paste(q)");
    input_release(&input);
    buffer_release(&out);
}

struct tally {
    size_t pastes, length, others;
};

static void count_event(const struct input_event *event, void *data)
{
    struct tally *tally = data;
    if (event->kind == INPUT_PASTE) {
        tally->pastes++;
        tally->length = event->length;
    } else {
        tally->others++;
    }
}

static void test_paste_is_capped(void **state)
{
    struct input input;
    struct tally tally = {0};
    char block[4096];
    (void)state;
    memset(block, 'q', sizeof block);
    input_init(&input);
    input_feed(&input, "\033[200~.", 7, count_event, &tally);
    for (size_t sent = 0; sent < 2 * INPUT_PASTE_MOST; sent += sizeof block)
        input_feed(&input, block, sizeof block, count_event, &tally);
    input_feed(&input, "\033[201~", 6, count_event, &tally);
    assert_int_equal(tally.pastes, 1);
    assert_int_equal(tally.length, INPUT_PASTE_MOST);
    assert_int_equal(tally.others, 0);
    input_release(&input);
}

static void test_unknown_is_swallowed(void **state)
{
    static const struct sample samples[] = {
        {"\033[q", ""},
        {"\033[5n", ""},
        {"\033[?1;2;3;4;5;6;7;8;9h", ""},
        {"\033[1 q", ""},
        {"\033[1 !q", ""},
        {"\033[<5u", ""},
        {"\033[5<A", ""},
        {"\033[;;;;;;;;;A", ""},
        {"\033[::::::::A", "<Up>"},
        {"\033Oq\033Oz", "1"},
        {"\033]0;title q\a", ""},
        {"\033]11;rgb:0/0/0\033\\", ""},
        {"\033P1$r0m\033\\", ""},
        {"\033Xq\033\\\033^q\033\\\033_Gi=1;OK\033\\", ""},
        {"\033]é\xFF\n\033\\", ""},
        {"\033]qq\033[A", "<Up>"},
        {"\033]qq\033\033[A", "<Esc> <Up>"},
        {"\033]qq\x18", ""},
    };
    (void)state;
    CHECK_SAMPLES(samples);
}

static void test_cut_sequences(void **state)
{
    static const struct sample samples[] = {
        {"\033[1\033[A", "<Up>"}, {"\033[1;\x03", "<C-c>"},  {"\033[1é", "é"},
        {"\033[1\x7F", "<BS>"},   {"\033O\033OB", "<Down>"}, {"\033[\r", "<Enter>"},
    };
    (void)state;
    CHECK_SAMPLES(samples);
}

static void test_time_passes(void **state)
{
    static const struct sample samples[] = {
        {"\033", "<Esc>"},  {"\033\033", "<Esc> <Esc>"}, {"\033[", "<M-[>"}, {"\033O", "<M-O>"},
        {"\033]", "<M-]>"}, {"\033P", "<M-P>"},          {"\033[1;", ""},    {"\033[[", ""},
        {"\033]0;q", ""},   {"\033]0;q\033", ""},        {"\033[Mq", ""},    {"\xE8\xAA", ""},
        {"\033\xE8", ""},   {"a\033", "a <Esc>"},        {"", ""},
    };
    (void)state;
    for (size_t at = 0; at < ARRAY_LENGTH(samples); at++)
        check_bytes(samples[at].bytes, strlen(samples[at].bytes), samples[at].expected);
}

/* Escape is decided at once; what a slow network has cut is waited for. */
static void test_wait(void **state)
{
    static const struct {
        const char *bytes;
        int wait;
    } cases[] = {{"j", -1},         {"\033", 30},       {"\033[", 30},       {"\033]", 30},
                 {"\033[1;", 1000}, {"\033]0;a", 1000}, {"\xC3", 1000},      {"\033[200~a", -1},
                 {"\033[M ", 1000}, {"\033[1;5A", -1},  {"\033[<0;1;", 1000}};
    (void)state;
    for (size_t at = 0; at < ARRAY_LENGTH(cases); at++) {
        struct input input;
        struct buffer out = {0};
        input_init(&input);
        input_feed(&input, cases[at].bytes, strlen(cases[at].bytes), put_event, &out);
        assert_int_equal(input_wait(&input, 30), cases[at].wait);
        assert_int_equal(input_wait(&input, 1500), cases[at].wait < 0 ? -1 : 1500);
        input_release(&input);
        buffer_release(&out);
    }
}

/* The time is only asked for where it would decide something. */
static void test_pending(void **state)
{
    struct input input;
    struct buffer out = {0};
    (void)state;
    input_init(&input);
    assert_false(input_pending(&input));
    input_timeout(&input, put_event, &out);
    input_feed(&input, "j", 1, put_event, &out);
    assert_false(input_pending(&input));
    input_feed(&input, "\033", 1, put_event, &out);
    assert_true(input_pending(&input));
    input_feed(&input, "[1", 2, put_event, &out);
    assert_true(input_pending(&input));
    input_feed(&input, "A\xC3", 2, put_event, &out);
    assert_true(input_pending(&input));
    input_feed(&input, "\xA9", 1, put_event, &out);
    assert_false(input_pending(&input));
    assert_string_equal(buffer_string(&out), "j <Up> é");
    input_release(&input);
    buffer_release(&out);
}

/* A terminal that never ends what it began does not take the keyboard away for ever. */
static void check_recovers(const char *beginning, size_t most)
{
    struct input input;
    struct buffer out = {0};
    size_t sent = 0;
    input_init(&input);
    input_feed(&input, beginning, strlen(beginning), put_event, &out);
    while (input_pending(&input) && sent <= most + 1) {
        input_feed(&input, "1", 1, put_event, &out);
        sent++;
    }
    assert_in_range(sent, most / 2, most);
    input_feed(&input, "j", 1, put_event, &out);
    assert_string_equal(buffer_string(&out), "j");
    input_release(&input);
    buffer_release(&out);
}

static void test_recovers(void **state)
{
    (void)state;
    check_recovers("\033[", 1024);
    check_recovers("\033O", 1024);
    check_recovers("\033]", 65536);
    check_recovers("\033P", 65536);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_characters),
        cmocka_unit_test(test_bad_bytes_are_no_keys),
        cmocka_unit_test(test_alt),
        cmocka_unit_test(test_arrows_and_friends),
        cmocka_unit_test(test_numbered_keys),
        cmocka_unit_test(test_keypad),
        cmocka_unit_test(test_keys_by_code),
        cmocka_unit_test(test_mouse),
        cmocka_unit_test(test_focus_and_replies),
        cmocka_unit_test(test_paste),
        cmocka_unit_test(test_paste_waits),
        cmocka_unit_test(test_paste_is_capped),
        cmocka_unit_test(test_unknown_is_swallowed),
        cmocka_unit_test(test_cut_sequences),
        cmocka_unit_test(test_time_passes),
        cmocka_unit_test(test_pending),
        cmocka_unit_test(test_wait),
        cmocka_unit_test(test_recovers),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
