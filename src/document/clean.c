/*
 * The one door for text. What a terminal could take for a command, or what would reorder a screen,
 * does not get in; what remains is valid UTF-8 with "\n" as the only control.
 *
 * Almost all text is printable ASCII, so runs of it are copied whole; everything else is decoded
 * and looked up in one table of ranges.
 */
#include "hearsay/document.h"

#include <string.h>
#include <strings.h>

/*
 * Escape sequences go whole, with their parameters: "ESC [ 31 m", "ESC ] 0 ; title BEL". One that
 * does not end within reason is no sequence; then only the characters that begin it go.
 */
#define SEQUENCE_MOST 64   /* bytes of ESC [ ... */
#define STRING_MOST   4096 /* of ESC ] ... and its like */

/* After "ESC [" or its C1 form: the bytes of parameters and the final one; 0: none. */
static size_t control_sequence(const char *text, size_t length)
{
    size_t at = 0, most = length < SEQUENCE_MOST ? length : SEQUENCE_MOST;
    while (at < most && text[at] >= 0x20 && text[at] <= 0x3F)
        at++;
    return at < most && text[at] >= 0x40 && text[at] <= 0x7E ? at + 1 : 0;
}

/* After "ESC ]" and its like: up to BEL or ST, on one line; 0: none. */
static size_t control_string(const char *text, size_t length)
{
    size_t most = length < STRING_MOST ? length : STRING_MOST;
    for (size_t at = 0; at < most && text[at] != '\n'; at++) {
        if (text[at] == '\a')
            return at + 1;
        if (text[at] == '\033')
            return at + 1 < most && text[at + 1] == '\\' ? at + 2 : 0;
    }
    return 0;
}

/* The bytes of an escape sequence that begins at `text` with ESC. */
static size_t escape_sequence(const char *text, size_t length)
{
    if (length < 2)
        return 1;
    if (text[1] == '[')
        return 2 + control_sequence(text + 2, length - 2);
    if (strchr("]P_^X", text[1]))
        return 2 + control_string(text + 2, length - 2);
    bool final = text[1] >= 0x30 && text[1] <= 0x7E;
    return final ? 2 : 1;
}

enum fate { FATE_KEEP, FATE_DROP, FATE_NEWLINE, FATE_TAB, FATE_REPLACE };

/* What is not kept, in order; U+xxFFFE and U+xxFFFF of every plane are looked at apart. */
static const struct {
    uint32_t first, last;
    enum fate fate;
} fates[] = {
    {0x00, 0x08, FATE_DROP},     {0x09, 0x09, FATE_TAB},      {0x0A, 0x0A, FATE_NEWLINE},
    {0x0B, 0x0C, FATE_NEWLINE},  {0x0D, 0x0D, FATE_NEWLINE},  {0x0E, 0x1F, FATE_DROP},
    {0x7F, 0x84, FATE_DROP},     {0x85, 0x85, FATE_NEWLINE},  {0x86, 0x9F, FATE_DROP},
    {0x061C, 0x061C, FATE_DROP}, {0x200E, 0x200F, FATE_DROP}, {0x2028, 0x2029, FATE_NEWLINE},
    {0x202A, 0x202E, FATE_DROP}, {0x2066, 0x2069, FATE_DROP}, {0xFDD0, 0xFDEF, FATE_REPLACE},
    {0xFEFF, 0xFEFF, FATE_DROP}, {0xFFF9, 0xFFFB, FATE_DROP}, {0xE0000, 0xE007F, FATE_DROP},
};

static enum fate fate_of(uint32_t code_point)
{
    if ((code_point & 0xFFFE) == 0xFFFE)
        return FATE_REPLACE;
    size_t low = 0, high = ARRAY_LENGTH(fates);
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (code_point > fates[middle].last)
            low = middle + 1;
        else
            high = middle;
    }
    if (low < ARRAY_LENGTH(fates) && code_point >= fates[low].first)
        return fates[low].fate;
    return FATE_KEEP;
}

#define EACH_BYTE(byte) (UINT64_C(0x0101010101010101) * (byte))

/* Eight printable ASCII bytes: none has its high bit set, is below a space or is DEL. Borrows and
 * carries can only make it say no where it could say yes. */
static bool is_plain_word(const char *text)
{
    uint64_t word;
    memcpy(&word, text, sizeof word);
    uint64_t low = word - EACH_BYTE(0x20), high = word + EACH_BYTE(1);
    return ((word | low | high) & EACH_BYTE(0x80)) == 0;
}

/* How many printable ASCII bytes stand at `text`. */
static size_t plain_run(const char *text, size_t length)
{
    size_t at = 0;
    while (length - at >= 8 && is_plain_word(text + at))
        at += 8;
    while (at < length && (unsigned char)(text[at] - 0x20) < 0x7F - 0x20)
        at++;
    return at;
}

/* Where on its line the text has come to: `columns` code points stand before byte `counted`. */
struct column {
    size_t counted, columns;
};

static void add_tab(struct buffer *out, struct column *column, unsigned flags)
{
    static const char blanks[] = "        ";
    if (!(flags & TEXT_KEEP_COLUMNS)) {
        buffer_addc(out, ' ');
        return;
    }
    const char *uncounted = buffer_string(out) + column->counted;
    column->columns += utf8_count(uncounted, out->length - column->counted);
    column->counted = out->length;
    buffer_add(out, blanks, 8 - column->columns % 8);
}

/* Adds the code point of `taken` bytes at `text`; CR LF is one line break, so the CR waits for its
 * LF to be added. */
static void add_code_point(struct buffer *out, const char *text, size_t length, size_t taken,
                           uint32_t code_point, unsigned flags)
{
    bool before_line_feed = code_point == '\r' && length > 1 && text[1] == '\n';
    switch (fate_of(code_point)) {
    case FATE_KEEP:
        if (code_point == UTF8_REPLACEMENT)
            buffer_add_code_point(out, code_point); /* the bytes themselves may be ill-formed */
        else
            buffer_add(out, text, taken);
        break;
    case FATE_NEWLINE:
        if (!before_line_feed)
            buffer_addc(out, flags & TEXT_ONE_LINE ? ' ' : '\n');
        break;
    case FATE_REPLACE:
        buffer_add_code_point(out, UTF8_REPLACEMENT);
        break;
    case FATE_TAB:
    case FATE_DROP:
        break;
    }
}

void text_clean(struct buffer *out, const char *text, size_t length, unsigned flags)
{
    struct column column = {.counted = out->length};
    for (size_t at = 0; at < length;) {
        size_t plain = plain_run(text + at, length - at);
        if (plain) {
            buffer_add(out, text + at, plain);
            at += plain;
            continue;
        }
        uint32_t code_point;
        size_t taken = utf8_decode(text + at, length - at, &code_point);
        if (code_point == 0x1B) {
            at += escape_sequence(text + at, length - at);
            continue;
        }
        if (code_point == 0x9B) {
            at += taken + control_sequence(text + at + taken, length - at - taken);
            continue;
        }
        if (code_point == '\t')
            add_tab(out, &column, flags);
        else
            add_code_point(out, text + at, length - at, taken, code_point, flags);
        if (out->length && out->data[out->length - 1] == '\n')
            column = (struct column){.counted = out->length};
        at += taken;
    }
}

bool text_is_clean(const char *text, size_t length)
{
    for (size_t at = 0; at < length;) {
        size_t plain = plain_run(text + at, length - at);
        at += plain;
        if (at == length)
            return true;
        uint32_t code_point;
        size_t taken = utf8_decode(text + at, length - at, &code_point);
        bool ill_formed =
            code_point == UTF8_REPLACEMENT && (taken != 3 || memcmp(text + at, "\xEF\xBF\xBD", 3));
        if (ill_formed || (code_point != '\n' && fate_of(code_point) != FATE_KEEP))
            return false;
        at += taken;
    }
    return true;
}

/* ---- addresses ----------------------------------------------------------------------------- */

bool text_is_address(const char *text, size_t length)
{
    static const char *const schemes[] = {"https://", "http://", "mailto:", "gemini://",
                                          "gopher://"};
    for (size_t at = 0; at < ARRAY_LENGTH(schemes); at++) {
        size_t scheme = strlen(schemes[at]);
        if (length > scheme && strncasecmp(text, schemes[at], scheme) == 0)
            return true;
    }
    return false;
}
