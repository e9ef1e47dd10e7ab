#include "modes.h"

#include <errno.h>
#include <poll.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#define PASTE_ON  "\033[?2004h"
#define PASTE_OFF "\033[?2004l"
#define MOUSE_ON  "\033[?1002h\033[?1006h"
#define MOUSE_OFF "\033[?1006l\033[?1002l"
#define BIDI_ON   "\033[8h" /* as terminals have it that know of it, and find it set */
#define BIDI_OFF  "\033[8l"
#define KITTY_ON  "\033[>1u" /* pushed: whoever was there before gets his own back */
#define KITTY_OFF "\033[<u"
#define FRAME_ON  "\033[?2026h"
#define FRAME_OFF "\033[?2026l"

/* Has it synchronised output, has it kitty's keyboard? The last is answered by all, so when that
 * answer is there no other will come. */
#define QUESTIONS       "\033[?2026$p\033[?u\033[c"
#define FRAME_MODE      2026
#define LONGEST_WAIT_MS 100

bool modes_send(const struct modes *modes, const char *bytes, size_t length)
{
    while (length > 0) {
        ssize_t wrote = write(modes->descriptor, bytes, length);
        if (wrote < 0 && errno == EINTR)
            continue;
        if (wrote <= 0)
            return false;
        bytes += wrote;
        length -= (size_t)wrote;
    }
    return true;
}

static void modes_write(const struct modes *modes, const char *bytes)
{
    modes_send(modes, bytes, strlen(bytes));
}

static int64_t clock_ms(void)
{
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (int64_t)time.tv_sec * 1000 + time.tv_nsec / 1000000;
}

/* Consoles and old emulators print the odd questions; these families are known to keep quiet. */
static bool may_be_asked(const char *name)
{
    static const char *const families[] = {"xterm",   "tmux",    "screen",  "foot", "kitty",
                                           "wezterm", "rxvt",    "contour", "st-",  "alacritty",
                                           "ghostty", "konsole", "mintty",  "vte",  "gnome"};
    for (size_t at = 0; at < ARRAY_LENGTH(families); at++)
        if (strncmp(name, families[at], strlen(families[at])) == 0)
            return true;
    return false;
}

void modes_begin(struct modes *modes, int descriptor, const char *name)
{
    *modes = (struct modes){.descriptor = descriptor, .as_it_comes = modes->as_it_comes};
    modes->quiet = may_be_asked(name);
    modes_on(modes);
    if (!modes->quiet)
        return;
    modes->waiting = true;
    modes->asked = clock_ms();
    modes_write(modes, QUESTIONS);
}

void modes_on(struct modes *modes)
{
    modes->on = true;
    modes_write(modes, PASTE_ON);
    if (modes->mouse)
        modes_write(modes, MOUSE_ON);
    if (modes->as_it_comes)
        modes_write(modes, BIDI_OFF);
    if (modes->kitty)
        modes_write(modes, KITTY_ON);
}

void modes_add_restore(const struct modes *modes, char *text, size_t size)
{
    const char *const parts[] = {modes->synchronised ? FRAME_OFF : "",
                                 modes->kitty ? KITTY_OFF : "", modes->mouse ? MOUSE_OFF : "",
                                 modes->as_it_comes ? BIDI_ON : "", PASTE_OFF};
    for (size_t at = 0; at < ARRAY_LENGTH(parts); at++)
        if (strlen(text) + strlen(parts[at]) < size)
            strncat(text, parts[at], size - strlen(text) - 1);
}

void modes_off(struct modes *modes)
{
    char text[64] = "";
    if (!modes->on)
        return;
    modes->on = false;
    modes_add_restore(modes, text, sizeof text);
    modes_write(modes, text);
}

void modes_mouse(struct modes *modes, bool on)
{
    if (modes->mouse == on)
        return;
    modes->mouse = on;
    modes_write(modes, on ? MOUSE_ON : MOUSE_OFF);
}

void modes_bidi(struct modes *modes, bool terminal)
{
    if (modes->as_it_comes == !terminal)
        return;
    modes->as_it_comes = !terminal;
    if (modes->on)
        modes_write(modes, terminal ? BIDI_ON : BIDI_OFF);
}

void modes_reply(struct modes *modes, const struct input_event *event)
{
    if (event->reply == INPUT_REPLY_ATTRIBUTES) {
        modes->waiting = false;
    } else if (event->reply == INPUT_REPLY_KITTY && modes->waiting && !modes->kitty) {
        modes->kitty = true;
        if (modes->on)
            modes_write(modes, KITTY_ON);
    } else if (event->reply == INPUT_REPLY_MODE && event->numbers[0] == FRAME_MODE) {
        modes->synchronised = event->numbers[1] == 1 || event->numbers[1] == 2;
    }
}

void modes_write_frame(const struct modes *modes, const struct buffer *frame, bool at_once)
{
    struct buffer marked = {0};
    if (frame->length == 0)
        return;
    if (at_once && modes->synchronised) {
        buffer_adds(&marked, FRAME_ON);
        buffer_add(&marked, frame->data, frame->length);
        buffer_adds(&marked, FRAME_OFF);
        frame = &marked;
    }
    modes_send(modes, frame->data, frame->length);
    buffer_release(&marked);
}

static void take_last_reply(const struct input_event *event, void *data)
{
    struct modes *modes = data;
    if (event->kind == INPUT_REPLY && event->reply == INPUT_REPLY_ATTRIBUTES)
        modes->waiting = false;
}

void modes_drain(struct modes *modes, int keys)
{
    struct input input;
    char bytes[256];
    input_init(&input);
    while (modes->waiting) {
        int64_t left = modes->asked + LONGEST_WAIT_MS - clock_ms();
        struct pollfd source = {.fd = keys, .events = POLLIN};
        if (left <= 0 || poll(&source, 1, (int)left) <= 0)
            break;
        ssize_t got = read(keys, bytes, sizeof bytes);
        if (got <= 0)
            break;
        input_feed(&input, bytes, (size_t)got, take_last_reply, modes);
    }
    modes->waiting = false;
    input_release(&input);
}
