/*
 * Text made to move the walls: every string of it is drawn, in the article and in comments, with
 * all three panes open, on terminals that measure in each of the ways there is a setting for; and
 * on every screen the rules, the sidebar's edge and the status line stand where they stand with
 * harmless text.
 */
#include "test.h"

#include "../layout/shared.h"
#include "pty.h"

#include "hearsay/layout.h"

#define ROWS    150
#define COLUMNS 80

/* ---- kinds of terminals ---------------------------------------------------------------------- */

static bool is_skin_tone(uint32_t code_point)
{
    return code_point >= 0x1F3FB && code_point <= 0x1F3FF;
}

/*
 * Up to the last byte of ASCII, so that nothing is taken by halves. An ideograph stands for what
 * is two columns wide on this terminal and is not, or was not when it was written, in libvterm.
 * One that joins shows what stands behind a joiner, and skin tones, in the emoji before.
 */
static size_t take(const char *bytes, size_t length, const struct text_style *style,
                   struct buffer *out)
{
    uint32_t code_point, before = 0;
    while (length > 0 && (unsigned char)bytes[length - 1] >= 0x80)
        length--;
    for (size_t at = 0; at < length; before = code_point) {
        at += utf8_decode(bytes + at, length - at, &code_point);
        bool late = code_point >= 0x1F000 && text_width_code_point(code_point) == 2;
        bool ambiguous = text_width_in_style(code_point, style) > text_width_code_point(code_point);
        bool joined = style->emoji_cluster &&
                      (code_point == 0x200D || before == 0x200D ||
                       (is_skin_tone(code_point) && text_width_code_point(before) == 2));
        if (!joined)
            buffer_add_code_point(out, late || ambiguous ? 0x4E00 : code_point);
    }
    return length;
}

static size_t terminal_of_today(const char *bytes, size_t length, struct buffer *out)
{
    return take(bytes, length, &(struct text_style){0}, out);
}

static size_t terminal_of_east_asia(const char *bytes, size_t length, struct buffer *out)
{
    return take(bytes, length, &(struct text_style){.ambiguous_wide = true}, out);
}

static size_t terminal_that_joins(const char *bytes, size_t length, struct buffer *out)
{
    return take(bytes, length, &(struct text_style){.emoji_cluster = true}, out);
}

/* ---- documents ------------------------------------------------------------------------------- */

/* Numbered, so that it can be seen that each was drawn; once in a paragraph, once in a comment. */
struct texts {
    struct buffer article, comments;
    unsigned count;
};

/* Within a string of JSON that holds HTML. */
static void add_escaped(struct buffer *out, const char *text, size_t length)
{
    for (size_t at = 0; at < length; at++) {
        unsigned char byte = (unsigned char)text[at];
        if (byte == '&' || byte == '<' || byte == '>')
            buffer_printf(out, "&#%d;", byte);
        else if (byte < 0x20 || byte == '"' || byte == '\\')
            buffer_printf(out, "\\u%04x", byte);
        else
            buffer_addc(out, text[at]);
    }
}

static void add_text(struct texts *texts, const char *text, size_t length)
{
    unsigned number = ++texts->count;
    buffer_printf(&texts->article, "<p>No.%u: ", number);
    add_escaped(&texts->article, text, length);
    buffer_printf(&texts->comments,
                  "%s{\"id\": %u, \"type\": \"comment\", \"author\": \"Name %u\", "
                  "\"children\": [], \"text\": \"No.%u: ",
                  number > 1 ? ",\n" : "", number, number, number);
    add_escaped(&texts->comments, text, length);
    buffer_adds(&texts->comments, "\"}");
}

static void add_ours(struct texts *texts)
{
    static const char *const ours[] = {
        "",
        "\u0301\u0302 marks without a base, Z\u0301\u0316\u0317\u0318\u0319\u031A\u031B\u0321 and "
        "many",
        "\u304B\u3099\u306F\u309A kana, \u1112\u1161\u11AB jamo, \u11AB alone, \uAC00\u11A8",
        "\u0915\u094D\u0937\u0940 \u0BA8\u0BBF \u0E01\u0E33 \u0F40\u0F71\u0F72 \u1780\u17D2\u1781",
        "\u05E9\u05DC\u05D5\u05DD \u202E\u2067\u2066open isolates\u2069 "
        "\u0645\u0631\u062D\u0628\u0627",
        "\uFDFD \uFDFA \U00012031 \U0001242B \u2E3B \u3033\u3035 wide as they look",
        "\U0001F469\u200D\U0001F469\u200D\U0001F467\u200D\U0001F466 \U0001F44D\U0001F3FD "
        "\U0001F469\u200D\u2764\uFE0F\u200D\U0001F468 \U0001F3F4\u200D\u2620\uFE0F",
        "\U0001F1E9\U0001F1EA\U0001F1EB \u2764\uFE0F \u231A\uFE0E 1\uFE0F\u20E3 \U0001F3FB",
        "\u00A7\u00B0\u00B1\u2014\u2026\u201C\u201D\u2460\u25A0\u2605 \u0391\u03A9 \u0416 "
        "ambiguous",
        "\u03B1\u0301 \u03B9\u0308\u0301 e\u0301 \u0418\u0306 a\u0308 composed, and not",
        "\u6F22\u5B57\u3002\u300C\u300D\uFF21\uFF71\uFF9E half and full width \u3000 blank",
        "soft\u00ADhy\u00ADphens\u00AD \u200B\u200C\u200D\u2060\uFEFF nothing \u034F\u115F\u3164",
        "tab\there\t\tand\t there, \001\033[5;5H\033]0;x\a\302\2335n\302\205\177 controls",
        "\u0600\u0661 \u070F\u0710 \U000110BD prefixes, \u180E\u1885 \u061C \u2028\u2029 ends",
        "\U000E0001\U000E0041 tags \uE000\U0010FFFD private \uFFFD\uFFFE \U0001FFFF none",
    };
    for (size_t at = 0; at < ARRAY_LENGTH(ours); at++)
        add_text(texts, ours[at], strlen(ours[at]));
    struct buffer again = {0};
    for (int times = 0; times < 40; times++) /* at every column, and over the ends of rows */
        buffer_printf(&again, "%.*s%s ", times % 3, "..", ours[(size_t)times % 10]);
    add_text(texts, buffer_string(&again), again.length);
    buffer_release(&again);
}

static void add_naughty(struct texts *texts, FILE *file)
{
    char line[8192];
    while (fgets(line, sizeof line, file))
        if (line[0] != '#' && line[0] != '\n')
            add_text(texts, line, strcspn(line, "\n"));
}

/* Many in a text: what is behind "#" in each line, up to the version. */
static void add_emoji(struct texts *texts, FILE *file)
{
    enum { TOGETHER = 60 };
    char line[1024];
    struct buffer text = {0};
    for (unsigned count = 1; fgets(line, sizeof line, file); count++) {
        char *emoji = line[0] == '#' ? NULL : strchr(line, '#');
        char *end = emoji ? strstr(emoji, " E") : NULL;
        if (end)
            buffer_printf(&text, "%.*s", (int)(end - emoji - 2), emoji + 2);
        if (count % TOGETHER == 0) {
            add_text(texts, buffer_string(&text), text.length);
            buffer_clear(&text);
        }
    }
    buffer_release(&text);
}

static void add_sample(struct texts *texts, const char *name,
                       void (*add)(struct texts *texts, FILE *file))
{
    FILE *file = shared_open(name);
    if (!file)
        return;
    add(texts, file);
    fclose(file);
}

static void write_document(const struct texts *texts, char *name)
{
    struct buffer text = {0};
    int file = mkstemp(name);
    assert_true(file >= 0);
    buffer_printf(
        &text,
        "{\"id\": 0, \"type\": \"story\", \"author\": \"Some Body\", \"title\": \"A title\", "
        "\"text\": \"%s\", \"children\": [%s]}",
        buffer_string(&texts->article), buffer_string(&texts->comments));
    assert_int_equal(write(file, buffer_string(&text), text.length), text.length);
    close(file);
    buffer_release(&text);
}

/* ---- the walls ------------------------------------------------------------------------------- */

/* What stands on the screen whatever is read: the rule beside the sidebar, the one above the
 * thread, and the help at the status line's end. */
struct walls {
    uint32_t cells[ROWS][COLUMNS]; /* 0: not a wall */
};

static uint32_t cell_at(const struct pty *pty, int row, int column)
{
    VTermScreenCell cell;
    VTermPos place = {.row = row, .col = column};
    return vterm_screen_get_cell(pty->screen, place, &cell) && cell.chars[0] ? cell.chars[0] : ' ';
}

static bool is_rule(uint32_t sign)
{
    return sign == '|' || sign == '-' || sign == 0x2502 || sign == 0x2500;
}

/* The part of a rule that says where in the thread one is, is a rule. */
static uint32_t wall_at(const struct pty *pty, int row, int column)
{
    static const uint32_t marks[][2] = {{'#', '|'}, {'=', '-'}, {0x2503, 0x2502}, {0x2501, 0x2500}};
    uint32_t sign = cell_at(pty, row, column);
    for (size_t at = 0; at < ARRAY_LENGTH(marks); at++)
        if (sign == marks[at][0])
            return marks[at][1];
    return sign;
}

static void find_walls(const struct pty *pty, struct walls *walls)
{
    int sidebar = COLUMNS - 1, thread = ROWS - 2;
    memset(walls, 0, sizeof *walls);
    while (sidebar > 0 && !is_rule(wall_at(pty, 0, sidebar)))
        sidebar--;
    while (thread > 0 && !is_rule(wall_at(pty, thread, 0)))
        thread--;
    assert_true(sidebar > 20 && thread > 20);
    for (int row = 0; row < ROWS - 1; row++)
        for (int column = sidebar; column <= sidebar + 1; column++)
            walls->cells[row][column] = wall_at(pty, row, column);
    for (int column = 0; column < sidebar; column++)
        walls->cells[thread][column] = wall_at(pty, thread, column);
    for (int column = COLUMNS - 8; column < COLUMNS; column++)
        walls->cells[ROWS - 1][column] = wall_at(pty, ROWS - 1, column);
}

static bool walls_stand(struct pty *pty, const void *data)
{
    const struct walls *walls = data;
    for (int row = 0; row < ROWS; row++)
        for (int column = 0; column < COLUMNS; column++)
            if (walls->cells[row][column] && wall_at(pty, row, column) != walls->cells[row][column])
                return false;
    return true;
}

/* ---- reading all of it ----------------------------------------------------------------------- */

/* Appends the numbers of the texts that are on the screen, each as "No.7:", and the status line. */
static void add_place(const struct pty *pty, struct buffer *out)
{
    struct buffer screen = {0};
    for (const char *at = pty_text(pty, &screen); (at = strstr(at, "No.")); at += 3)
        buffer_add(out, at, strcspn(at, ":") + 1);
    pty_row(pty, ROWS - 1, out);
    buffer_release(&screen);
}

/* Others are seen than before, or another has the focus: the page has been turned. */
static bool has_turned(struct pty *pty, const void *before)
{
    struct buffer place = {0};
    add_place(pty, &place);
    bool turned = strcmp(buffer_string(&place), before) != 0;
    buffer_release(&place);
    return turned;
}

static void note_texts(const char *numbers, bool *seen, unsigned count)
{
    while ((numbers = strstr(numbers, "No."))) {
        unsigned long number = strtoul(numbers += 3, NULL, 10);
        if (number <= count)
            seen[number] = true;
    }
}

/* `pane`: its key, and what the status line says at its start and at its end. */
static void page_through(struct pty *pty, const struct walls *walls, const char *const pane[3],
                         unsigned count)
{
    bool *seen = xcalloc(count + 1, sizeof *seen), last = false;
    unsigned missed = 0;
    pty_keys(pty, pane[0]);
    EXPECT(pty, pty_shows, pane[1]);
    while (!last) {
        struct buffer place = {0};
        EXPECT(pty, walls_stand, walls);
        add_place(pty, &place);
        note_texts(buffer_string(&place), seen, count);
        last = pty_shows(pty, pane[2]);
        pty_keys(pty, "\006");
        if (!last)
            EXPECT(pty, has_turned, buffer_string(&place));
        buffer_release(&place);
    }
    for (unsigned number = 1; number <= count; number++)
        if (!seen[number] && missed++ < 10)
            print_error("never seen with %s: No. %u\n", pane[1], number);
    assert_int_equal(missed, 0);
    free(seen);
}

/* A terminal of a kind, and the settings for it. */
struct kind {
    pty_kind *kind;
    const char *ambiguous, *emoji, *bidi;
};

static void open_at(struct pty *pty, const struct kind *kind, const char *name, unsigned count)
{
    char all[64];
    snprintf(all, sizeof all, " %u comments", count);
    const struct pty_setup setup = {
        .kind = kind->kind,
        .rows = ROWS,
        .columns = COLUMNS,
        .arguments = {kind->ambiguous, kind->emoji, kind->bidi, "--format=hn", name}};
    pty_open(pty, &setup);
    EXPECT(pty, pty_shows, "? help");
    EXPECT(pty, pty_shows, all);
}

static void check_kind(const struct kind *kind, const struct texts *texts)
{
    static struct walls walls;
    char name[] = "/tmp/hearsay-test-XXXXXX", harmless[] = "/tmp/hearsay-test-XXXXXX", end[64];
    struct texts calm = {0};
    struct pty pty;
    for (int at = 0; at < 200; at++)
        add_text(&calm, "nothing at all", 14);
    write_document(&calm, harmless);
    write_document(texts, name);
    open_at(&pty, kind, harmless, calm.count);
    find_walls(&pty, &walls);
    pty_close(&pty);
    open_at(&pty, kind, name, texts->count);
    snprintf(end, sizeof end, "%u of %u", texts->count, texts->count);
    page_through(&pty, &walls, (const char *const[]){"\0331", " article ", " 100 %"}, texts->count);
    page_through(&pty, &walls, (const char *const[]){"\0333", " thread ", end}, texts->count);
    pty_close(&pty);
    unlink(name);
    unlink(harmless);
    buffer_release(&calm.article);
    buffer_release(&calm.comments);
}

static void walls_stand_on_every_kind_of_terminal(void **state)
{
    static const struct kind kinds[] = {
        {terminal_of_today, "--set=text.ambiguous_width=1", "--set=text.emoji=safe",
         "--set=text.bidi=terminal"},
        {terminal_of_east_asia, "--set=text.ambiguous_width=2", "--set=text.emoji=safe",
         "--set=text.bidi=off"},
        {terminal_that_joins, "--set=text.ambiguous_width=1", "--set=text.emoji=cluster",
         "--set=text.bidi=off"},
    };
    struct texts texts = {0};
    (void)state;
    for (int times = 0; times < 5; times++)
        add_ours(&texts);
    add_sample(&texts, "unicode/blns.txt", add_naughty);
    add_sample(&texts, "unicode/emoji-test.txt", add_emoji);
    for (size_t at = 0; at < ARRAY_LENGTH(kinds); at++)
        check_kind(&kinds[at], &texts);
    buffer_release(&texts.article);
    buffer_release(&texts.comments);
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(walls_stand_on_every_kind_of_terminal),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
