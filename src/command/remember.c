/*
 * What is remembered. Earlier visits are recalled once the whole document is there, at the earliest
 * behind the first frame; from then on what has changed is handed to the store less than a second
 * after it did, and a last time when the session is left. The store writes in a thread of its own.
 *
 * What has been read is found out here too: a comment whose last line stays on the screen for a
 * moment. It is told by frames that were drawn, for only those have been seen.
 */
#include "internal.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define TELL_MS 300 /* from its being handed over to a look whether that has gone well */
#define SAVE_MS 500 /* from a change to its being written: a second after it, it is */

/* ---- what is known from earlier ----------------------------------------------------- */

static void add_count(struct buffer *out, uint32_t count, const char *word)
{
    if (count)
        buffer_printf(out, "%s%u %s", out->length ? ", " : "", count, word);
}

/* "3 new, 1 edited, 2 vanished since 3 May", to be told. */
static void note_news(struct session *session, const struct store_memory *memory)
{
    struct buffer *text = &session->remember.news;
    char day[32] = "the last visit";
    struct tm parts;
    time_t visited = (time_t)memory->visited;
    add_count(text, bitset_rank(&memory->fresh, 0, memory->fresh.count), "new");
    add_count(text, bitset_rank(&memory->edited, 0, memory->edited.count), "edited");
    add_count(text, memory->vanished, "vanished");
    if (gmtime_r(&visited, &parts))
        snprintf(day, sizeof day, "%d %.3s", parts.tm_mday,
                 &"JanFebMarAprMayJunJulAugSepOctNovDec"[3 * parts.tm_mon]);
    if (text->length)
        buffer_printf(text, " since %s", day);
}

void remember_tell_dropped(struct session *session)
{
    const char *notice = reader_notice(session->reader);
    if (notice[0])
        session_complain(session, "%s", notice);
}

static bool tell_news(struct session *session)
{
    struct buffer *news = &session->remember.news;
    if (!news->length)
        return false;
    session_say(session, "%s", buffer_string(news));
    buffer_clear(news);
    return true;
}

static bool tell_trouble(struct session *session)
{
    struct error error;
    if (!session->setup.store || !store_trouble(session->setup.store, &error))
        return false;
    session_complain(session, "%s", error.message);
    return true;
}

/* What there is to tell, where it can be seen: each is told once. */
static bool tell(struct session *session)
{
    bool is_free = session->prompt.kind == PROMPT_NONE && !session->message.length;
    return is_free && (tell_news(session) || tell_trouble(session));
}

static void save(struct session *session, bool leaving)
{
    struct store_memory memory = {0};
    reader_memorize(session->reader, &memory);
    store_save(session->setup.store, &memory, leaving);
    session->remember.changed = false;
    session->remember.tell_at = session->clock + TELL_MS;
}

void remember_begin(struct session *session)
{
    const struct session_setup *setup = &session->setup;
    struct store_memory memory = {0};
    struct buffer key = {0};
    if (setup->tracks_reading)
        reader_track_reading(session->reader);
    if (!setup->store)
        return;
    store_keep(setup->store, (unsigned)config_int(session->config, SETTING_KEEP),
               (unsigned)config_int(session->config, SETTING_HISTORY));
    store_key(setup->document, setup->path, setup->item, &key);
    if (store_recall(setup->store, setup->document, buffer_string(&key), &memory)) {
        reader_recall(session->reader, &memory, !session->remember.typed);
        remember_tell_dropped(session);
        if (config_bool(session->config, SETTING_FOLD_READ))
            reader_fold_read(session->reader);
        note_news(session, &memory);
    }
    prompt_recall(session);
    tell(session);
    store_memory_release(&memory);
    buffer_release(&key);
    session->remember.recalled = true;
    save(session, false); /* the dear one of a visit */
}

/* ---- writing it down ---------------------------------------------------------------- */

void remember_change(struct session *session)
{
    struct remember *remember = &session->remember;
    if (remember->recalled && !remember->changed) {
        remember->changed = true;
        remember->save_at = session->clock + SAVE_MS;
    }
}

void remember_key(struct session *session)
{
    session->remember.typed = true;
    session->remember.wheeled = false;
    remember_change(session);
    tell(session);
}

bool session_leave(struct session *session, struct error *error)
{
    if (session->remember.recalled)
        save(session, true);
    session->remember.recalled = false;
    bool kept = store_close(session->setup.store, error);
    session->setup.store = NULL;
    return kept;
}

/* ---- reading ------------------------------------------------------------------------ */

void remember_wheel(struct session *session)
{
    session->remember.wheeled = true;
    vector_clear(&session->remember.seen);
}

static int64_t seen_since(const struct session *session, uint32_t comment)
{
    const struct remember *remember = &session->remember;
    for (size_t at = 0; at < remember->seen.count; at++)
        if (remember->seen.items[at].comment == comment)
            return remember->seen.items[at].since;
    return session->clock;
}

#define SEEN_MOST 256 /* comments that end on one screen */

void remember_seen(struct session *session)
{
    struct remember *remember = &session->remember;
    uint32_t comments[SEEN_MOST];
    struct sighting now[SEEN_MOST];
    size_t count = 0;
    if (reader_tracks_reading(session->reader) && !session->listing.open && !remember->wheeled &&
        config_int(session->config, SETTING_READ_MS) >= 0)
        count = reader_seen(session->reader, session->panel.covered, comments, SEEN_MOST);
    for (size_t at = 0; at < count; at++)
        now[at] = (struct sighting){comments[at], seen_since(session, comments[at])};
    vector_clear(&remember->seen);
    for (size_t at = 0; at < count; at++)
        vector_push(&remember->seen, now[at]);
}

/* ---- time --------------------------------------------------------------------------- */

static int64_t earlier(int64_t one, int64_t other)
{
    return one < 0 || (other >= 0 && other < one) ? other : one;
}

int64_t remember_due(const struct session *session)
{
    const struct remember *remember = &session->remember;
    int64_t due = remember->changed ? remember->save_at : -1;
    due = remember->tell_at ? earlier(due, remember->tell_at) : due;
    int64_t moment = config_int(session->config, SETTING_READ_MS);
    for (size_t at = 0; at < remember->seen.count; at++)
        due = earlier(due, remember->seen.items[at].since + moment);
    return due;
}

unsigned remember_timeout(struct session *session)
{
    struct remember *remember = &session->remember;
    int moment = config_int(session->config, SETTING_READ_MS);
    size_t left = 0;
    unsigned wishes = 0;
    for (size_t at = 0; at < remember->seen.count; at++) {
        struct sighting seen = remember->seen.items[at];
        if (seen.since + moment > session->clock) {
            remember->seen.items[left++] = seen;
            continue;
        }
        reader_mark_read(session->reader, seen.comment, true);
        remember_change(session);
        wishes = WISH_DRAW;
    }
    remember->seen.count = left;
    if (remember->tell_at && remember->tell_at <= session->clock) {
        remember->tell_at = 0;
        wishes |= tell(session) ? WISH_DRAW : 0;
    }
    if (remember->changed && remember->save_at <= session->clock)
        save(session, false);
    return wishes;
}
