/*
 * The byte decoder. The first bytes choose the portions; the rest is what the terminal sends. The
 * events must be the same in one portion and in many, every key be one that keys_make() could have
 * made, and in the end a lone key come through.
 */
#include "fuzz.h"

#include "../../src/ui/input.h"

#include <string.h>

#define PORTIONS 8

static void put_event(const struct input_event *event, void *data)
{
    struct buffer *out = data;
    switch (event->kind) {
    case INPUT_KEY:
        FUZZ_CHECK((event->key & KEYS_CODE) < KEYS_WAIT);
        FUZZ_CHECK(event->key ==
                   keys_make(event->key & KEYS_CODE, event->key & ~(uint32_t)KEYS_CODE));
        keys_write(&event->key, 1, out);
        break;
    case INPUT_PASTE:
        FUZZ_CHECK(event->length <= INPUT_PASTE_MOST);
        buffer_add(out, event->text, event->length);
        break;
    case INPUT_MOUSE:
        FUZZ_CHECK(event->row >= 0 && event->column >= 0);
        FUZZ_CHECK(event->mouse <= MOUSE_WHEEL_DOWN);
        buffer_printf(out, "%d %d %d", (int)event->mouse, event->row, event->column);
        break;
    case INPUT_FOCUS:
        buffer_printf(out, "%d", event->focused);
        break;
    case INPUT_REPLY:
        FUZZ_CHECK(event->reply <= INPUT_REPLY_ATTRIBUTES);
        buffer_printf(out, "%d %d %d", (int)event->reply, event->numbers[0], event->numbers[1]);
        break;
    }
    buffer_addc(out, '\n');
}

/* However it stood, the end of a paste, time and one key later it is at the beginning again. */
static void check_ends(struct input *input)
{
    struct buffer out = {0};
    input_timeout(input, put_event, &out);
    input_feed(input, "\033[201~", 6, put_event, &out);
    FUZZ_CHECK(!input_pending(input));
    buffer_clear(&out);
    input_feed(input, "j", 1, put_event, &out);
    FUZZ_CHECK(!strcmp(buffer_string(&out), "j\n"));
    buffer_release(&out);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size < PORTIONS)
        return 0;
    const char *bytes = (const char *)data + PORTIONS;
    size_t length = size - PORTIONS;
    struct buffer whole = {0}, parts = {0};
    struct input input;

    input_init(&input);
    input_feed(&input, bytes, length, put_event, &whole);
    check_ends(&input);
    input_release(&input);

    input_init(&input);
    for (size_t at = 0, turn = 0, portion; at < length; at += portion, turn++) {
        portion = 1u + data[turn % PORTIONS];
        if (portion > length - at)
            portion = length - at;
        input_feed(&input, bytes + at, portion, put_event, &parts);
    }
    check_ends(&input);
    input_release(&input);

    FUZZ_CHECK(whole.length == parts.length);
    FUZZ_CHECK(!strcmp(buffer_string(&whole), buffer_string(&parts)));
    buffer_release(&whole);
    buffer_release(&parts);
    return 0;
}
