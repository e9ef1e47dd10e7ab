/*
 *      plain     ESC ] 52 ; c ; BASE64 BEL
 *      tmux      the same, which tmux takes where "set-clipboard" is on, and once more wrapped to
 *                be passed through where "allow-passthrough" is: one of them does it
 *      screen    cut into pieces, for it takes but short strings, each wrapped by itself
 */
#include "clipboard.h"

#include <string.h>

enum clipboard_through clipboard_through(const char *term, const char *tmux, const char *screen)
{
    if ((tmux && *tmux) || strncmp(term, "tmux", 4) == 0)
        return CLIPBOARD_TMUX;
    if ((screen && *screen) || strncmp(term, "screen", 6) == 0)
        return CLIPBOARD_SCREEN;
    return CLIPBOARD_PLAIN;
}

static void add_base64(struct buffer *out, const char *bytes, size_t length)
{
    static const char signs[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    for (size_t at = 0; at < length; at += 3) {
        uint32_t group = 0;
        for (size_t i = 0; i < 3; i++)
            group = group << 8 | (at + i < length ? (unsigned char)bytes[at + i] : 0);
        for (size_t i = 0; i < 4; i++)
            buffer_addc(out, at + i <= length ? signs[group >> (18 - 6 * i) & 63] : '=');
    }
}

#define SCREEN_PIECE 240u /* bytes */

static void add_in_pieces(struct buffer *out, const struct buffer *whole)
{
    for (size_t at = 0; at < whole->length; at += SCREEN_PIECE) {
        size_t left = whole->length - at;
        buffer_adds(out, "\033P");
        buffer_add(out, whole->data + at, left < SCREEN_PIECE ? left : SCREEN_PIECE);
        buffer_adds(out, "\033\\");
    }
}

/* Every ESC within is doubled. */
static void add_passed_through(struct buffer *out, const struct buffer *whole)
{
    buffer_adds(out, "\033Ptmux;");
    for (size_t at = 0; at < whole->length; at++) {
        if (whole->data[at] == '\033')
            buffer_addc(out, '\033');
        buffer_addc(out, whole->data[at]);
    }
    buffer_adds(out, "\033\\");
}

void clipboard_sequence(enum clipboard_through through, const char *bytes, size_t length,
                        struct buffer *out)
{
    struct buffer whole = {0};
    buffer_adds(&whole, "\033]52;c;");
    add_base64(&whole, bytes, length);
    buffer_addc(&whole, '\a');
    if (through == CLIPBOARD_SCREEN)
        add_in_pieces(out, &whole);
    else
        buffer_add(out, whole.data, whole.length);
    if (through == CLIPBOARD_TMUX)
        add_passed_through(out, &whole);
    buffer_release(&whole);
}
