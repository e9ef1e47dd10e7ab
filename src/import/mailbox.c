/*
 * Messages -> items. Their order and their threads are thread.c's; what is mail's own is here: the
 * ">" that mbox puts before "From ", subjects that say what is an answer.
 */
#include "mailbox.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

void mailbox_begin(struct mailbox *mailbox)
{
    *mailbox = (struct mailbox){.thread = {.stated = -1, .copies = true, .mail = true},
                                .mime = mime_new()};
}

void mailbox_end(struct mailbox *mailbox)
{
    mime_free(mailbox->mime);
    vector_release(&mailbox->subjects);
    thread_release(&mailbox->thread);
}

/* ---- one message ----------------------------------------------------------------------------- */

static struct text_ref keep(struct thread *thread, const struct buffer *text)
{
    return thread_keep(thread, buffer_string(text), text->length);
}

static void add_item(struct mailbox *mailbox, const struct mail *mail)
{
    struct thread *thread = &mailbox->thread;
    uint32_t index = thread_add(thread, DOCUMENT_NONE);
    struct thread_item *item = &thread->items.items[index];
    struct buffer body = {0};
    const char mark = MAIL_HTML;
    buffer_add(&body, &mark, mail->html);
    buffer_add(&body, mail->text.data, mail->text.length);
    item->kind = ITEM_COMMENT;
    item->id = keep(thread, &mail->id);
    item->parent = keep(thread, &mail->parents);
    item->root = keep(thread, &mail->root);
    item->name = keep(thread, &mail->name);
    item->time = mail->time;
    item->zone_unknown = mail->zone_unknown;
    item->body = keep(thread, &body);
    vector_push(&mailbox->subjects, keep(thread, &mail->subject));
    mailbox->encoded += mail->encoded;
    buffer_release(&body);
}

uint32_t mailbox_add(struct mailbox *mailbox, const char *bytes, size_t length)
{
    struct mail mail;
    mail_read(&mail, mailbox->mime, bytes, length);
    bool shown = !mail.control && (mail.name.length || mail.subject.length || mail.text.length);
    if (shown) {
        add_item(mailbox, &mail);
    }
    mail_release(&mail);
    return shown ? (uint32_t)mailbox->thread.items.count - 1 : DOCUMENT_NONE;
}

/* ---- subjects -------------------------------------------------------------------------------- */

static struct text_ref skip(struct text_ref text, uint32_t count)
{
    return (struct text_ref){text.text + count, text.length - count};
}

/* "Re:", "Aw:", "Re[2]:", in any case; how long it is, 0 if none is there. */
static uint32_t answer_mark(struct text_ref text)
{
    static const char *const marks[] = {"re", "aw", "sv", "vs", "antw", "odp", "res", "rif", "ynt"};
    for (size_t i = 0; i < ARRAY_LENGTH(marks); i++) {
        uint32_t at = (uint32_t)strlen(marks[i]);
        if (text.length <= at || strncasecmp(text.text, marks[i], at) != 0) {
            continue;
        }
        if (text.text[at] == '[' || text.text[at] == '^' || text.text[at] == '(') {
            at++;
            while (at < text.length && strchr("0123456789])", text.text[at])) {
                at++;
            }
        }
        while (at < text.length && text.text[at] == ' ') {
            at++;
        }
        if (at < text.length && text.text[at] == ':') {
            return at + 1;
        }
    }
    return 0;
}

/* What a subject is about, without marks of answers and names of lists. */
static struct text_ref base_subject(struct text_ref text, bool *answer)
{
    *answer = false;
    for (;;) {
        uint32_t mark = answer_mark(text);
        const char *close = text.length && *text.text == '[' && text.length < UINT32_MAX
                                ? memchr(text.text, ']', text.length < 40 ? text.length : 40)
                                : NULL;
        if (mark) {
            *answer = true;
            text = skip(text, mark);
        } else if (close && (uint32_t)(close - text.text) + 1 < text.length) {
            text = skip(text, (uint32_t)(close - text.text) + 1);
        } else if (text.length && *text.text == ' ') {
            text = skip(text, 1);
        } else {
            return text;
        }
    }
}

struct topic {
    struct text_ref base;
    uint32_t item;
    bool answer;
};

static int compare_topics(const void *left, const void *right)
{
    const struct topic *a = left, *b = right;
    uint32_t shorter = a->base.length < b->base.length ? a->base.length : b->base.length;
    int order = shorter ? strncasecmp(a->base.text, b->base.text, shorter) : 0;
    order = order ? order : (a->base.length > b->base.length) - (a->base.length < b->base.length);
    return order ? order : (a->item > b->item) - (a->item < b->item);
}

static bool same_topic(const struct topic *a, const struct topic *b)
{
    return a->base.length == b->base.length &&
           !strncasecmp(a->base.text, b->base.text, a->base.length);
}

/* An answer that names no message answers the oldest one about the same. */
static void link_subjects(struct mailbox *mailbox)
{
    struct thread_item *items = mailbox->thread.items.items;
    size_t count = mailbox->subjects.count;
    struct topic *topics = xcalloc(count + 1, sizeof *topics);
    for (uint32_t i = 0; i < count; i++) {
        topics[i].base = base_subject(mailbox->subjects.items[i], &topics[i].answer);
        topics[i].item = i;
    }
    qsort(topics, count, sizeof *topics, compare_topics);
    for (size_t i = 0, first = 0; i < count; i++) {
        first = i > 0 && same_topic(&topics[first], &topics[i]) ? first : i;
        struct thread_item *item = &items[topics[i].item];
        if (i > first && topics[i].answer && item->parent.length == 0 && topics[i].base.length) {
            item->parent = items[topics[first].item].id;
        }
    }
    free(topics);
}

/* ---- all of them ----------------------------------------------------------------------------- */

struct place {
    int64_t time;
    uint32_t item;
};

static int compare_places(const void *left, const void *right)
{
    const struct place *a = left, *b = right;
    int order = (a->time > b->time) - (a->time < b->time);
    return order ? order : (a->item > b->item) - (a->item < b->item);
}

/* Those without a time keep to the one before them. */
static void sort_by_time(struct mailbox *mailbox)
{
    size_t count = mailbox->subjects.count;
    struct thread_item *items = mailbox->thread.items.items;
    struct place *places = xcalloc(count + 1, sizeof *places);
    struct thread_item *sorted = xcalloc(count + 1, sizeof *sorted);
    struct text_ref *subjects = xcalloc(count + 1, sizeof *subjects);
    for (uint32_t i = 0; i < count; i++) {
        int64_t before = i > 0 ? places[i - 1].time : TIME_NONE;
        places[i] = (struct place){items[i].time == TIME_NONE ? before : items[i].time, i};
    }
    qsort(places, count, sizeof *places, compare_places);
    for (size_t i = 0; i < count; i++) {
        sorted[i] = items[places[i].item];
        subjects[i] = mailbox->subjects.items[places[i].item];
    }
    if (count > 0) {
        memcpy(items, sorted, count * sizeof *items);
        memcpy(mailbox->subjects.items, subjects, count * sizeof *subjects);
    }
    free(places);
    free(sorted);
    free(subjects);
}

/* A message without an id gets one, so that others can hang below it. */
static void name_all(struct thread *thread)
{
    for (size_t i = 0; i < thread->items.count; i++) {
        if (thread->items.items[i].id.length == 0) {
            struct buffer id = {0};
            buffer_printf(&id, "message-%zu", i + 1);
            thread->items.items[i].id = keep(thread, &id);
            buffer_release(&id);
        }
    }
}

void mailbox_settle(struct mailbox *mailbox, bool by_time)
{
    struct thread *thread = &mailbox->thread;
    if (by_time) {
        sort_by_time(mailbox);
    }
    name_all(thread);
    link_subjects(mailbox);
    for (size_t i = 0; i < thread->items.count; i++) {
        thread->items.items[i].title = i > 0 ? mailbox->subjects.items[i] : (struct text_ref){0};
    }
    thread->title = thread->items.count ? mailbox->subjects.items[0] : thread->title;
}
