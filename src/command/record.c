/*
 * Keys recorded under a letter, and played again.
 *
 * Played keys wait on a stack, the next one on top, and are taken as if they were typed. A macro
 * that plays another therefore puts its keys on top of its own rest, and no call nests in a call:
 *
 *      @a, a = "j@bk", b = "nn"      k          k n n       (taken from the right)
 *                                    @b j  ->   k      ...
 *
 * A key that fails ends it all, and so does playing too many keys: as many are played as may be.
 */
#include "internal.h"

#include <stdlib.h>
#include <string.h>

#define MOST_PLAYED 5000 /* keys that one key may set off */

static struct recorded *recorded_at(struct session *session, uint32_t letter)
{
    for (size_t at = 0; at < session->record.all.count; at++)
        if (session->record.all.items[at].letter == letter)
            return &session->record.all.items[at];
    return NULL;
}

void record_release(struct session *session)
{
    for (size_t at = 0; at < session->record.all.count; at++)
        vector_release(&session->record.all.items[at].keys);
    vector_release(&session->record.all);
    vector_release(&session->record.playing);
}

/* ---- recording ------------------------------------------------------------------------------ */

void record_key(struct session *session, uint32_t key)
{
    struct recorded *recorded = recorded_at(session, session->record.letter);
    bool between = session->keys.pending == 0 && session->keys.count == 0 &&
                   session->prompt.kind == PROMPT_NONE;
    if (!session->record.letter || !recorded)
        return;
    if (between)
        session->record.command = recorded->keys.count;
    vector_push(&recorded->keys, key);
}

static unsigned stop(struct session *session)
{
    struct recorded *recorded = recorded_at(session, session->record.letter);
    recorded->keys.count = session->record.command; /* without what stops it */
    session->record.letter = 0;
    session_say(session, "recorded %zu keys", recorded->keys.count);
    return WISH_DRAW;
}

unsigned run_record(struct session *session, const struct call *call)
{
    if (session->record.playing_left)
        return WISH_DRAW; /* what is played records nothing */
    if (session->record.letter)
        return stop(session);
    prompt_open(session, PROMPT_RECORD, false);
    return call->argument ? prompt_insert(session, call->argument, strlen(call->argument))
                          : WISH_DRAW;
}

unsigned record_begin(struct session *session, uint32_t letter)
{
    struct recorded *recorded = recorded_at(session, letter);
    if (!recorded) {
        vector_push(&session->record.all, (struct recorded){.letter = letter});
        recorded = recorded_at(session, letter);
    }
    vector_clear(&recorded->keys);
    session->record.letter = letter;
    session->record.command = 0;
    return WISH_DRAW;
}

/* ---- playing -------------------------------------------------------------------------------- */

unsigned run_play(struct session *session, const struct call *call)
{
    session->record.times = call->count > 0 ? call->count : 1;
    prompt_open(session, PROMPT_PLAY, false);
    return call->argument ? prompt_insert(session, call->argument, strlen(call->argument))
                          : WISH_DRAW;
}

static void give_up(struct session *session, const char *why)
{
    vector_clear(&session->record.playing);
    if (why)
        session_complain(session, "%s", why);
}

/* Puts the keys on the stack, as often as wanted; "@" is the letter played last. */
unsigned record_play(struct session *session, uint32_t letter)
{
    letter = letter == '@' ? session->record.last : letter;
    const struct recorded *recorded = recorded_at(session, letter);
    if (!recorded || letter == session->record.letter) {
        give_up(session, recorded ? "this macro is still being recorded"
                                  : "nothing is recorded under that letter");
        return WISH_DRAW;
    }
    session->record.last = letter;
    /* What is more than can be played need not be there for that to be told. */
    int left = recorded->keys.count ? session->record.times : 0;
    for (; left > 0 && session->record.playing.count <= MOST_PLAYED; left--)
        for (size_t at = recorded->keys.count; at > 0; at--)
            vector_push(&session->record.playing, recorded->keys.items[at - 1]);
    return WISH_DRAW;
}

unsigned record_play_all(struct session *session)
{
    unsigned wishes = 0;
    session->record.playing_left = MOST_PLAYED;
    while (session->record.playing.count > 0 && !(wishes & WISH_QUIT)) {
        uint32_t key = session->record.playing.items[--session->record.playing.count];
        wishes |= session_take_key(session, key);
        if (session->message_is_error && session->message.length)
            give_up(session, NULL);
        if (--session->record.playing_left == 0 && session->record.playing.count > 0) {
            give_up(session, NULL);
            session_complain(session, "stopped after %d keys", MOST_PLAYED);
            break;
        }
    }
    session->record.playing_left = 0;
    return wishes;
}
