/*
 * The byte decoder: a machine with one function a state, and tables of what it may recognise.
 *
 *                     ESC                [ O                    final byte
 *      GROUND ---------------> ESCAPE ---------> SEQUENCE ----------------> GROUND
 *        |  ^                    |  |                | CSI [  -> LINUX,    one more byte
 *        |  | complete           |  | ] P X ^ _      | CSI M  -> SWALLOW,  three more
 *        v  |                    |  v                | CSI 200~ -> PASTE,  up to CSI 201~
 *      CHARACTER <---------------+ STRING <-> STRING_ESC, up to BEL or ESC \
 *                  Alt + UTF-8
 *
 * A function takes its byte, or says it did not, having gone to another state that will: so a
 * control character within a sequence ends the sequence and is then what it always is. ESC ESC is
 * <Esc> and the beginning of something new, never <M-Esc>: who presses Esc and then an arrow
 * quickly must get both.
 *
 * Nothing that is unknown becomes a key. A sequence is swallowed up to its final byte, a string
 * (OSC, DCS, APC, PM, SOS) up to its terminator; both have a length beyond which the terminal is
 * taken to have lost its way, and the next byte is a key again.
 *
 * The file is longer than most for its tables, which are what one comes here to read.
 */
#include "input.h"

#include <string.h>

#define SEQUENCE_MOST 1024       /* bytes */
#define STRING_MOST   (1u << 16) /* bytes */
#define NUMBER_MOST   99999999
#define PATIENCE_MS   1000

#define ESC 0x1B
#define BEL 0x07
#define CAN 0x18
#define SUB 0x1A

enum state {
    GROUND,
    CHARACTER,
    ESCAPE,
    SEQUENCE,
    LINUX,
    SWALLOW,
    STRING,
    STRING_ESC,
    PASTE,
    STATES
};

static const char paste_end[] = "\033[201~";

struct outlet {
    input_handler *event;
    void *data;
};

/* ---- keys --------------------------------------------------------------------------- */

static void send_key(uint32_t code, uint32_t modifiers, const struct outlet *outlet)
{
    struct input_event event = {.kind = INPUT_KEY, .key = keys_make(code, modifiers)};
    outlet->event(&event, outlet->data);
}

/* A character that is one: no surrogate, no C1 control. */
static void send_character(uint32_t code, uint32_t modifiers, const struct outlet *outlet)
{
    bool surrogate = code >= 0xD800 && code < 0xE000;
    if (code < 0x80 || (code >= 0xA0 && code < 0x110000 && !surrogate))
        send_key(code, modifiers, outlet);
}

/*
 * Terminals send 1 + the sum of these. False where Super or Hyper is held, which are no modifiers
 * of ours: Super+q must not be q. Caps and Num Lock (64, 128) are no matter.
 */
static bool read_modifiers(int sent, uint32_t *modifiers)
{
    static const uint32_t meaning[] = {KEYS_SHIFT, KEYS_ALT, KEYS_CTRL, 0, 0, KEYS_ALT};
    enum { FOREIGN = 8 | 16, ALL = 256 };
    int bits = sent > 0 ? sent - 1 : 0;
    if (bits >= ALL || (bits & FOREIGN))
        return false;
    for (size_t at = 0; at < ARRAY_LENGTH(meaning); at++)
        *modifiers |= bits & (1 << at) ? meaning[at] : 0;
    return true;
}

/* Kitty's third kind of key event. */
static bool is_release(const struct input *input)
{
    return input->parameters[1][1] == 3;
}

/* ---- what a sequence may mean ------------------------------------------------------- */

/* CSI A, CSI 1;5A, CSI 5A, SS3 A, SS3 5A: the modifiers are the last number. Another first number
 * than 1 makes it something else, as a report of the cursor's place. */
static void act_key(struct input *input, uint32_t value, const struct outlet *outlet)
{
    uint32_t modifiers = value & ~KEYS_CODE;
    int sent = input->parameters[input->parameter ? 1 : 0][0];
    if (input->parameter > 1 || (input->parameter && input->parameters[0][0] > 1))
        return;
    if (!is_release(input) && read_modifiers(sent, &modifiers))
        send_key(value & KEYS_CODE, modifiers, outlet);
}

/* Kitty's numbers for keys without a character, and where they begin and end. */
static const struct functional {
    int first, last;
    uint32_t key;
} functionals[] = {
    {57376, 57387, KEYS_F1 + 12}, {57399, 57408, '0'},
    {57409, 57409, '.'},          {57410, 57410, '/'},
    {57411, 57411, '*'},          {57412, 57412, '-'},
    {57413, 57413, '+'},          {57414, 57414, KEYS_ENTER},
    {57415, 57415, '='},          {57416, 57416, ','},
    {57417, 57417, KEYS_LEFT},    {57418, 57418, KEYS_RIGHT},
    {57419, 57419, KEYS_UP},      {57420, 57420, KEYS_DOWN},
    {57421, 57421, KEYS_PAGE_UP}, {57422, 57422, KEYS_PAGE_DOWN},
    {57423, 57423, KEYS_HOME},    {57424, 57424, KEYS_END},
    {57425, 57425, KEYS_INSERT},  {57426, 57426, KEYS_DEL},
};

#define FUNCTIONAL_FIRST 57344
#define FUNCTIONAL_LAST  63743

static void send_functional(int code, uint32_t modifiers, const struct outlet *outlet)
{
    for (size_t at = 0; at < ARRAY_LENGTH(functionals); at++) {
        const struct functional *row = &functionals[at];
        if (code >= row->first && code <= row->last)
            send_key(row->key + (uint32_t)(code - row->first), modifiers, outlet);
    }
}

static void send_code(int code, int sent, const struct outlet *outlet)
{
    uint32_t modifiers = 0;
    if (code == 0 || !read_modifiers(sent, &modifiers))
        return;
    if (code >= FUNCTIONAL_FIRST && code <= FUNCTIONAL_LAST)
        send_functional(code, modifiers, outlet);
    else
        send_character((uint32_t)code, modifiers, outlet);
}

/* CSI code:shifted:base ; modifiers:event ; text u. Shift is in the shifted code already, but with
 * Ctrl a key is named by its lower case. */
static void act_code(struct input *input, uint32_t value, const struct outlet *outlet)
{
    (void)value;
    int code = input->parameters[0][0], shifted = input->parameters[0][1];
    int sent = input->parameters[1][0];
    bool shift = sent > 0 && ((sent - 1) & 1), ctrl = sent > 0 && ((sent - 1) & 4);
    if (is_release(input))
        return;
    if (shifted && shift && !ctrl)
        send_code(shifted, sent - 1, outlet);
    else
        send_code(code, sent, outlet);
}

/* CSI number ~; rxvt ends it with another byte for Ctrl. */
static void act_number(struct input *input, uint32_t value, const struct outlet *outlet)
{
    static const uint32_t keys[] = {
        [1] = KEYS_HOME,     [2] = KEYS_INSERT,    [3] = KEYS_DEL,      [4] = KEYS_END,
        [5] = KEYS_PAGE_UP,  [6] = KEYS_PAGE_DOWN, [7] = KEYS_HOME,     [8] = KEYS_END,
        [11] = KEYS_F1,      [12] = KEYS_F1 + 1,   [13] = KEYS_F1 + 2,  [14] = KEYS_F1 + 3,
        [15] = KEYS_F1 + 4,  [17] = KEYS_F1 + 5,   [18] = KEYS_F1 + 6,  [19] = KEYS_F1 + 7,
        [20] = KEYS_F1 + 8,  [21] = KEYS_F1 + 9,   [23] = KEYS_F1 + 10, [24] = KEYS_F1 + 11,
        [25] = KEYS_F1 + 12, [26] = KEYS_F1 + 13,  [28] = KEYS_F1 + 14, [29] = KEYS_F1 + 15,
        [31] = KEYS_F1 + 16, [32] = KEYS_F1 + 17,  [33] = KEYS_F1 + 18, [34] = KEYS_F1 + 19,
    };
    enum { OTHER_KEY = 27, PASTE_BEGINS = 200 };
    int number = input->parameters[0][0];
    uint32_t modifiers = value;
    if (number == PASTE_BEGINS && !value)
        input->state = PASTE;
    else if (number == OTHER_KEY && !value)
        send_code(input->parameters[2][0], input->parameters[1][0], outlet);
    else if ((size_t)number < ARRAY_LENGTH(keys) && keys[number] && !is_release(input) &&
             read_modifiers(input->parameters[1][0], &modifiers))
        send_key(keys[number], modifiers, outlet);
}

/* CSI < button ; column ; row M, or m when released. What is not in the table is no matter to us:
 * other buttons, moving with none held, the wheel to the side. */
static void act_mouse(struct input *input, uint32_t released, const struct outlet *outlet)
{
    static const struct {
        int button;
        bool released;
        enum session_mouse mouse;
    } kinds[] = {{0, false, MOUSE_PRESS},
                 {0, true, MOUSE_RELEASE},
                 {32, false, MOUSE_DRAG},
                 {64, false, MOUSE_WHEEL_UP},
                 {65, false, MOUSE_WHEEL_DOWN}};
    enum { MODIFIERS = 4 | 8 | 16 };
    int button = input->parameters[0][0] & ~MODIFIERS;
    struct input_event event = {.kind = INPUT_MOUSE,
                                .row = input->parameters[2][0] - 1,
                                .column = input->parameters[1][0] - 1};
    if (event.row < 0 || event.column < 0)
        return;
    for (size_t at = 0; at < ARRAY_LENGTH(kinds); at++) {
        if (kinds[at].button != button || kinds[at].released != released)
            continue;
        event.mouse = kinds[at].mouse;
        outlet->event(&event, outlet->data);
    }
}

static void act_focus(struct input *input, uint32_t focused, const struct outlet *outlet)
{
    struct input_event event = {.kind = INPUT_FOCUS, .focused = focused};
    if (input->length == 1)
        outlet->event(&event, outlet->data);
}

static void act_reply(struct input *input, uint32_t reply, const struct outlet *outlet)
{
    struct input_event event = {.kind = INPUT_REPLY,
                                .reply = reply,
                                .numbers = {input->parameters[0][0], input->parameters[1][0]}};
    outlet->event(&event, outlet->data);
}

static void swallow(struct input *input, unsigned bytes, enum state state)
{
    input->held_count = 0;
    input->held_wanted = bytes;
    input->state = (int)state;
}

/* The mouse as of old: three bytes that may be anything follow. */
static void act_old_mouse(struct input *input, uint32_t value, const struct outlet *outlet)
{
    (void)value;
    (void)outlet;
    if (input->length == 1)
        swallow(input, 3, SWALLOW);
}

/* Final bytes `first` to `last` stand for `value` and what follows it. */
static const struct meaning {
    unsigned char introducer; /* '[', 'O', or 0: both */
    unsigned char private, intermediate, first, last;
    void (*act)(struct input *input, uint32_t value, const struct outlet *outlet);
    uint32_t value;
} meanings[] = {
    {0, 0, 0, 'A', 'B', act_key, KEYS_UP},
    {0, 0, 0, 'C', 'C', act_key, KEYS_RIGHT},
    {0, 0, 0, 'D', 'D', act_key, KEYS_LEFT},
    {0, 0, 0, 'F', 'F', act_key, KEYS_END},
    {0, 0, 0, 'H', 'H', act_key, KEYS_HOME},
    {0, 0, 0, 'P', 'S', act_key, KEYS_F1},
    {0, 0, 0, 'Z', 'Z', act_key, KEYS_TAB | KEYS_SHIFT},
    /* rxvt: arrows with Shift and with Ctrl, other keys with Ctrl and with both */
    {'[', 0, 0, 'a', 'b', act_key, KEYS_UP | KEYS_SHIFT},
    {'[', 0, 0, 'c', 'c', act_key, KEYS_RIGHT | KEYS_SHIFT},
    {'[', 0, 0, 'd', 'd', act_key, KEYS_LEFT | KEYS_SHIFT},
    {'O', 0, 0, 'a', 'b', act_key, KEYS_UP | KEYS_CTRL},
    {'O', 0, 0, 'c', 'c', act_key, KEYS_RIGHT | KEYS_CTRL},
    {'O', 0, 0, 'd', 'd', act_key, KEYS_LEFT | KEYS_CTRL},
    {'[', 0, 0, '^', '^', act_number, KEYS_CTRL},
    {'[', 0, 0, '@', '@', act_number, KEYS_CTRL | KEYS_SHIFT},
    /* the keypad */
    {'O', 0, 0, 'M', 'M', act_key, KEYS_ENTER},
    {'O', 0, 0, 'X', 'X', act_key, '='},
    {'O', 0, 0, 'j', 'y', act_key, '*'},
    {'[', 0, 0, '~', '~', act_number, 0},
    {'[', 0, 0, 'u', 'u', act_code, 0},
    {'[', 0, 0, 'I', 'I', act_focus, true},
    {'[', 0, 0, 'O', 'O', act_focus, false},
    {'[', 0, 0, 'M', 'M', act_old_mouse, 0},
    {'[', '<', 0, 'M', 'M', act_mouse, false},
    {'[', '<', 0, 'm', 'm', act_mouse, true},
    {'[', '?', 0, 'u', 'u', act_reply, INPUT_REPLY_KITTY},
    {'[', '?', '$', 'y', 'y', act_reply, INPUT_REPLY_MODE},
    {'[', '?', 0, 'c', 'c', act_reply, INPUT_REPLY_ATTRIBUTES},
};

static void act(struct input *input, unsigned char final, const struct outlet *outlet)
{
    for (size_t at = 0; at < ARRAY_LENGTH(meanings); at++) {
        const struct meaning *row = &meanings[at];
        if (final < row->first || final > row->last || row->private != input->private ||
            row->intermediate != input->intermediate)
            continue;
        if (!row->introducer || row->introducer == input->introducer) {
            row->act(input, row->value + (final - row->first), outlet);
            return;
        }
    }
}

/* ---- the states --------------------------------------------------------------------- */

/* Begins a character of more than one byte; a byte that cannot begin one is dropped. */
static void begin_character(struct input *input, unsigned char byte)
{
    unsigned wanted = byte < 0xC2 ? 0 : byte < 0xE0 ? 2 : byte < 0xF0 ? 3 : byte < 0xF5 ? 4 : 0;
    input->state = wanted ? CHARACTER : GROUND;
    input->held[0] = byte;
    input->held_count = 1;
    input->held_wanted = wanted;
}

static bool step_ground(struct input *input, unsigned char byte, const struct outlet *outlet)
{
    input->alt = false;
    if (byte == ESC)
        input->state = ESCAPE;
    else if (byte < 0x80)
        send_key(byte, 0, outlet);
    else
        begin_character(input, byte);
    return true;
}

static bool step_character(struct input *input, unsigned char byte, const struct outlet *outlet)
{
    if ((byte & 0xC0) != 0x80) {
        input->state = GROUND;
        return false;
    }
    input->held[input->held_count++] = byte;
    if (input->held_count < input->held_wanted)
        return true;
    uint32_t code;
    const char *text = (const char *)input->held;
    if (utf8_is_valid(text, input->held_count)) {
        utf8_decode(text, input->held_count, &code);
        send_character(code, input->alt ? KEYS_ALT : 0, outlet);
    }
    input->state = GROUND;
    return true;
}

static void begin_sequence(struct input *input, unsigned char introducer, enum state state)
{
    memset(input->parameters, 0, sizeof input->parameters);
    input->parameter = input->part = 0;
    input->private = input->intermediate = 0;
    input->introducer = introducer;
    input->length = 0;
    input->state = (int)state;
}

static bool step_escape(struct input *input, unsigned char byte, const struct outlet *outlet)
{
    input->state = GROUND;
    if (byte == ESC) {
        input->state = ESCAPE;
        send_key(KEYS_ESC, 0, outlet);
    } else if (byte == '[' || byte == 'O') {
        begin_sequence(input, byte, SEQUENCE);
    } else if (byte && strchr("]PX^_", byte)) {
        begin_sequence(input, byte, STRING);
    } else if (byte < 0x80) {
        send_key(byte, KEYS_ALT, outlet);
    } else {
        input->alt = true;
        begin_character(input, byte);
    }
    return true;
}

static void add_digit(struct input *input, unsigned char byte)
{
    if (input->parameter >= INPUT_PARAMETERS || input->part >= INPUT_PARTS)
        return;
    int *number = &input->parameters[input->parameter][input->part];
    int digit = byte - '0';
    *number = *number > (NUMBER_MOST - digit) / 10 ? NUMBER_MOST : *number * 10 + digit;
}

/* One of the bytes before the final one, 0x20 to 0x3F. */
static void add_parameter_byte(struct input *input, unsigned char byte)
{
    if (byte >= '0' && byte <= '9') {
        add_digit(input, byte);
    } else if (byte == ';') {
        input->parameter++;
        input->part = 0;
    } else if (byte == ':') {
        input->part++;
    } else if (byte >= '<' && input->length == 1) {
        input->private = byte;
    } else { /* a second one, or in a place where none should be, is nothing we know */
        input->intermediate = input->intermediate || byte >= '<' ? 0xFF : byte;
    }
}

static bool step_sequence(struct input *input, unsigned char byte, const struct outlet *outlet)
{
    if (byte < 0x20 || byte > 0x7E) {
        input->state = GROUND;
        return false;
    }
    input->length++;
    if (byte == '[' && input->introducer == '[' && input->length == 1) {
        input->state = LINUX;
    } else if (byte >= 0x40) {
        input->state = GROUND;
        act(input, byte, outlet);
    } else if (input->length >= SEQUENCE_MOST) {
        input->state = GROUND;
    } else {
        add_parameter_byte(input, byte);
    }
    return true;
}

/* The Linux console's first five function keys: CSI [ A to E. */
static bool step_linux(struct input *input, unsigned char byte, const struct outlet *outlet)
{
    input->state = GROUND;
    if (byte < 0x20 || byte > 0x7E)
        return false;
    if (byte >= 'A' && byte <= 'E')
        send_key(KEYS_F1 + (uint32_t)(byte - 'A'), 0, outlet);
    return true;
}

static bool step_swallow(struct input *input, unsigned char byte, const struct outlet *outlet)
{
    (void)byte;
    (void)outlet;
    if (++input->held_count == input->held_wanted)
        input->state = GROUND;
    return true;
}

static bool step_string(struct input *input, unsigned char byte, const struct outlet *outlet)
{
    (void)outlet;
    if (byte == ESC)
        input->state = STRING_ESC;
    else if (byte == BEL || byte == CAN || byte == SUB || ++input->length >= STRING_MOST)
        input->state = GROUND;
    return true;
}

/* ESC \ ends a string; ESC with anything else cuts it, and is something new. */
static bool step_string_esc(struct input *input, unsigned char byte, const struct outlet *outlet)
{
    (void)outlet;
    input->state = byte == '\\' ? GROUND : ESCAPE;
    return byte == '\\';
}

static void add_to_paste(struct input *input, const char *bytes, size_t length)
{
    size_t room = INPUT_PASTE_MOST - input->paste.length;
    if (length > room)
        length = room;
    if (length)
        buffer_add(&input->paste, bytes, length);
}

static bool step_paste(struct input *input, unsigned char byte, const struct outlet *outlet)
{
    if (byte == (unsigned char)paste_end[input->end_matched]) {
        if (paste_end[++input->end_matched])
            return true;
        struct input_event event = {.kind = INPUT_PASTE,
                                    .text = buffer_string(&input->paste),
                                    .length = input->paste.length};
        input->state = GROUND;
        input->end_matched = 0;
        outlet->event(&event, outlet->data);
        buffer_release(&input->paste);
        return true;
    }
    /* Only the first byte of the mark is an ESC, so what matched so far holds no other start. */
    add_to_paste(input, paste_end, input->end_matched);
    input->end_matched = byte == ESC;
    if (byte != ESC)
        add_to_paste(input, (const char *)&byte, 1);
    return true;
}

static bool (*const steps[STATES])(struct input *input, unsigned char byte,
                                   const struct outlet *outlet) = {
    [GROUND] = step_ground,     [CHARACTER] = step_character,   [ESCAPE] = step_escape,
    [SEQUENCE] = step_sequence, [LINUX] = step_linux,           [SWALLOW] = step_swallow,
    [STRING] = step_string,     [STRING_ESC] = step_string_esc, [PASTE] = step_paste,
};

/* ---- from outside ------------------------------------------------------------------- */

void input_init(struct input *input)
{
    memset(input, 0, sizeof *input);
}

void input_release(struct input *input)
{
    buffer_release(&input->paste);
    input_init(input);
}

void input_feed(struct input *input, const char *bytes, size_t length, input_handler *event,
                void *data)
{
    struct outlet outlet = {event, data};
    for (size_t at = 0; at < length; at++) {
        unsigned char byte = (unsigned char)bytes[at];
        while (!steps[input->state](input, byte, &outlet))
            ;
    }
}

bool input_pending(const struct input *input)
{
    return input->state != GROUND && input->state != PASTE;
}

int input_wait(const struct input *input, int escape_ms)
{
    bool begun = (input->state == SEQUENCE || input->state == STRING) && input->length == 0;
    if (!input_pending(input))
        return -1;
    if (input->state == ESCAPE || begun || escape_ms > PATIENCE_MS)
        return escape_ms;
    return PATIENCE_MS;
}

void input_timeout(struct input *input, input_handler *event, void *data)
{
    struct outlet outlet = {event, data};
    enum state state = (enum state)input->state;
    if (!input_pending(input))
        return;
    input->state = GROUND;
    if (state == ESCAPE)
        send_key(KEYS_ESC, 0, &outlet);
    else if ((state == SEQUENCE || state == STRING) && !input->length)
        send_key(input->introducer, KEYS_ALT, &outlet);
}
