/*
 * json_threads: what the fields of each site's JSON mean. A site is a table of fields, a function
 * that says what an object with these fields is, and the kind of text its bodies hold.
 */
#include <string.h>

#include "body_html.h"
#include "formats.h"
#include "json.h"

#define FIELDS(fields) fields, ARRAY_LENGTH(fields)

static bool is_text(struct text_ref ref, const char *text)
{
    size_t length = strlen(text);
    return ref.length == length && !memcmp(ref.text, text, length);
}

static void html_body(struct builder *builder, struct text_ref body)
{
    body_html(builder, body.text, body.length, 0);
}

/* Whether the first bytes hold one of the words; where a format is looked for. */
static bool mentions(const struct import_input *input, const char *word)
{
    size_t look = input->length < 65536 ? input->length : 65536;
    return memmem(input->bytes, look, word, strlen(word)) != NULL;
}

static bool is_json(const struct import_input *input)
{
    size_t at = 0;
    while (at < input->length && strchr(" \t\r\n", input->bytes[at]) && input->bytes[at]) {
        at++;
    }
    return at < input->length && (input->bytes[at] == '{' || input->bytes[at] == '[');
}

static unsigned sniff_all(const struct import_input *input, const char *const *words, size_t count)
{
    if (!is_json(input)) {
        return 0;
    }
    for (size_t i = 0; i < count; i++) {
        if (!mentions(input, words[i])) {
            return 0;
        }
    }
    return 90;
}

/* ---- Hacker News ----------------------------------------------------------------------------- */

static const struct json_field hn_fields[] = {
    {"id", NULL, JSON_ID},
    {"objectID", NULL, JSON_ID},
    {"parent", NULL, JSON_PARENT},
    {"parent_id", NULL, JSON_PARENT},
    {"by", NULL, JSON_NAME},
    {"user", NULL, JSON_NAME},
    {"content", NULL, JSON_BODY},
    {"story_title", NULL, JSON_THREAD_TITLE},
    {"author", NULL, JSON_NAME},
    {"text", NULL, JSON_BODY},
    {"story_text", NULL, JSON_BODY},
    {"comment_text", NULL, JSON_BODY},
    {"title", NULL, JSON_TITLE},
    {"url", NULL, JSON_URL},
    {"time", NULL, JSON_TIME},
    {"created_at_i", NULL, JSON_TIME},
    {"created_at", NULL, JSON_TIME},
    {"points", NULL, JSON_SCORE},
    {"score", NULL, JSON_SCORE},
    {"descendants", NULL, JSON_COUNT},
    {"num_comments", NULL, JSON_COUNT},
    {"deleted", NULL, JSON_DELETED},
    {"dead", NULL, JSON_DEAD},
    {"type", NULL, JSON_PATH},
    {"kids", NULL, JSON_ORDER},
};

static void hn_finish(struct thread *thread, struct thread_item *item)
{
    (void)thread;
    bool story = item->title.length > 0;
    bool pollopt = is_text(item->path, "pollopt");
    item->path.length = 0; /* it held the type */
    if (pollopt || item->id.length == 0) {
        return;
    }
    if (story) {
        item->kind = ITEM_ARTICLE;
    } else {
        item->kind = ITEM_COMMENT;
        if (item->name.length == 0 && item->body.length == 0 && item->state == COMMENT_NORMAL) {
            item->state = COMMENT_DELETED;
        }
    }
}

static void hn_body(struct builder *builder, struct text_ref body)
{
    body_html(builder, body.text, body.length, BODY_QUOTES);
}

bool hn_import(const struct import_input *input, struct builder *builder, struct error *error)
{
    static const struct json_format format = {FIELDS(hn_fields), hn_finish, hn_body};
    return json_import(input, &format, builder, error);
}

unsigned hn_sniff(const struct import_input *input)
{
    static const char *const algolia[] = {"\"author\"", "\"created_at"},
                             *const firebase[] = {"\"by\"", "\"type\"", "\"id\""},
                             *const copies[] = {"\"time_ago\"", "\"user\"", "\"comments\""},
                             *const bodies[] = {"\"id\"", "\"author\"", "\"text\""};
    static const char *const others[] = {"\"t1\"",          "\"short_id\"", "\"cooked\"",
                                         "\"rendered\"",    "\"account\"",  "\"Listing\"",
                                         "\"attributedTo\""};
    for (size_t i = 0; i < ARRAY_LENGTH(others); i++) {
        if (mentions(input, others[i])) {
            return 0;
        }
    }
    unsigned sure = sniff_all(input, algolia, 2);
    sure = sure ? sure : sniff_all(input, firebase, 3);
    sure = sure ? sure : sniff_all(input, copies, 3);
    return sure ? sure : sniff_all(input, bodies, 3) / 2;
}

/* ---- Reddit ---------------------------------------------------------------------------------- */

static const struct json_field reddit_fields[] = {
    {"id", NULL, JSON_ID},
    {"name", NULL, JSON_ID},
    {"parent_id", NULL, JSON_PARENT},
    {"author", NULL, JSON_NAME},
    {"body_html", NULL, JSON_BODY},
    {"body", NULL, JSON_PATH},
    {"selftext_html", NULL, JSON_BODY},
    {"title", NULL, JSON_TITLE},
    {"url", NULL, JSON_URL},
    {"created_utc", NULL, JSON_TIME},
    {"score", NULL, JSON_SCORE},
    {"num_comments", NULL, JSON_COUNT},
    {"count", NULL, JSON_COUNT},
    {"collapsed", NULL, JSON_COLLAPSED},
    {"link_id", NULL, JSON_FLAG},
};

/* "t1_x" and "x" are the same comment; "t3_x" is the post. */
static struct text_ref short_id(struct text_ref id)
{
    bool full = id.length > 3 && !memcmp(id.text, "t1_", 3);
    return full ? (struct text_ref){id.text + 3, id.length - 3} : id;
}

static void reddit_finish(struct thread *thread, struct thread_item *item)
{
    (void)thread;
    struct text_ref raw = item->path; /* it held the Markdown */
    item->path.length = 0;
    if (item->id.length == 0) {
        return;
    }
    item->id = short_id(item->id);
    item->parent = short_id(item->parent);
    if (item->title.length && !item->flag) {
        item->kind = ITEM_ARTICLE;
        return;
    }
    if (item->name.length == 0 && raw.length == 0 && item->body.length == 0) {
        if (item->number != DOCUMENT_NONE && item->parent.length) {
            item->kind = ITEM_COMMENT;
            item->state = COMMENT_STUB;
        }
        return;
    }
    item->kind = ITEM_COMMENT;
    item->number = DOCUMENT_NONE;
    if (item->body.length == 0) {
        item->body = raw;
    }
    if (is_text(raw, "[removed]")) {
        item->state = COMMENT_REMOVED;
        item->body.length = 0;
    } else if (is_text(raw, "[deleted]")) {
        item->state = COMMENT_DELETED;
        item->body.length = 0;
    }
}

/* Without raw_json=1 the HTML is escaped: it begins with "&lt;div". */
static void reddit_body(struct builder *builder, struct text_ref body)
{
    bool escaped = body.length > 4 && !memcmp(body.text, "&lt;", 4);
    body_html(builder, body.text, body.length, escaped ? BODY_ESCAPED : 0);
}

bool reddit_import(const struct import_input *input, struct builder *builder, struct error *error)
{
    static const struct json_format format = {FIELDS(reddit_fields), reddit_finish, reddit_body};
    return json_import(input, &format, builder, error);
}

unsigned reddit_sniff(const struct import_input *input)
{
    static const char *const words[] = {"\"kind\"", "\"data\"", "\"subreddit\""};
    static const char *const archive[] = {"\"link_id\"", "\"parent_id\"", "\"created_utc\""};
    unsigned sure = sniff_all(input, words, 3);
    return sure ? sure : sniff_all(input, archive, 3);
}

/* ---- Lobsters -------------------------------------------------------------------------------- */

static const struct json_field lobsters_fields[] = {
    {"short_id", NULL, JSON_ID},          {"parent_comment", NULL, JSON_PARENT},
    {"commenting_user", NULL, JSON_NAME}, {"username", "commenting_user", JSON_NAME},
    {"submitter_user", NULL, JSON_NAME},  {"username", "submitter_user", JSON_NAME},
    {"comment", NULL, JSON_BODY},         {"description", NULL, JSON_BODY},
    {"title", NULL, JSON_TITLE},          {"url", NULL, JSON_URL},
    {"created_at", NULL, JSON_TIME},      {"score", NULL, JSON_SCORE},
    {"comment_count", NULL, JSON_COUNT},  {"depth", NULL, JSON_LEVEL},
    {"indent_level", NULL, JSON_LEVEL},   {"is_deleted", NULL, JSON_DELETED},
    {"is_moderated", NULL, JSON_REMOVED},
};

static void lobsters_finish(struct thread *thread, struct thread_item *item)
{
    (void)thread;
    if (item->id.length == 0) {
        return;
    }
    item->kind = item->title.length ? ITEM_ARTICLE : ITEM_COMMENT;
}

bool lobsters_import(const struct import_input *input, struct builder *builder, struct error *error)
{
    static const struct json_format format = {FIELDS(lobsters_fields), lobsters_finish, html_body};
    return json_import(input, &format, builder, error);
}

unsigned lobsters_sniff(const struct import_input *input)
{
    static const char *const words[] = {"\"short_id\"", "\"comment"};
    return sniff_all(input, words, 2);
}

/* ---- Discourse ------------------------------------------------------------------------------- */

static const struct json_field discourse_fields[] = {
    {"post_number", NULL, JSON_ID},       {"reply_to_post_number", NULL, JSON_PARENT},
    {"username", NULL, JSON_NAME},        {"cooked", NULL, JSON_BODY},
    {"created_at", NULL, JSON_TIME},      {"fancy_title", NULL, JSON_TITLE},
    {"title", NULL, JSON_TITLE},          {"posts_count", NULL, JSON_COUNT},
    {"action_code", NULL, JSON_FLAG},     {"hidden", NULL, JSON_COLLAPSED},
    {"user_deleted", NULL, JSON_DELETED}, {"deleted_at", NULL, JSON_DELETED},
};

static void discourse_finish(struct thread *thread, struct thread_item *item)
{
    if (item->id.length == 0) {
        if (item->title.length && item->number != DOCUMENT_NONE && item->number > 0) {
            thread->title = item->title; /* the topic ends last and wins over suggested ones */
            thread->stated = (int64_t)item->number - 1;
        }
        return;
    }
    if (item->body.length == 0 && item->flag) {
        return;
    }
    item->title.length = 0;
    item->number = DOCUMENT_NONE;
    item->kind = is_text(item->id, "1") ? ITEM_ARTICLE : ITEM_COMMENT;
}

bool discourse_import(const struct import_input *input, struct builder *builder,
                      struct error *error)
{
    static const struct json_format format = {FIELDS(discourse_fields), discourse_finish,
                                              html_body};
    return json_import(input, &format, builder, error);
}

unsigned discourse_sniff(const struct import_input *input)
{
    static const char *const words[] = {"\"cooked\"", "\"post_number\""};
    return sniff_all(input, words, 2);
}

/* ---- WordPress, REST ------------------------------------------------------------------------- */

static const struct json_field wordpress_fields[] = {
    {"id", NULL, JSON_ID},
    {"parent", NULL, JSON_PARENT},
    {"author_name", NULL, JSON_NAME},
    {"rendered", "content", JSON_BODY},
    {"rendered", "title", JSON_TITLE},
    {"link", NULL, JSON_URL},
    {"date_gmt", NULL, JSON_TIME},
    {"ID", NULL, JSON_ID}, /* the same from wordpress.com */
    {"ID", "parent", JSON_PARENT},
    {"name", "author", JSON_NAME},
    {"content", NULL, JSON_BODY},
    {"title", "post", JSON_THREAD_TITLE},
    {"date", NULL, JSON_TIME_WEAK},
    {"post", NULL, JSON_FLAG},
    {"type", NULL, JSON_PATH},
};

static void wordpress_finish(struct thread *thread, struct thread_item *item)
{
    (void)thread;
    bool post = is_text(item->path, "post") || is_text(item->path, "page");
    item->path.length = 0;
    item->zone_unknown = false; /* date_gmt carries no mark and is UTC */
    if (item->id.length == 0) {
        return;
    }
    if (post && item->title.length && item->body.length) {
        item->kind = ITEM_ARTICLE;
    } else if (item->name.length && item->body.length) {
        item->kind = ITEM_COMMENT;
        item->title.length = 0;
    }
}

bool wordpress_rest_import(const struct import_input *input, struct builder *builder,
                           struct error *error)
{
    static const struct json_format format = {FIELDS(wordpress_fields), wordpress_finish,
                                              html_body};
    return json_import(input, &format, builder, error);
}

unsigned wordpress_rest_sniff(const struct import_input *input)
{
    static const char *const words[] = {"\"rendered\"", "\"content\""};
    static const char *const hosted[] = {"\"ID\"", "\"content\"", "\"parent\"", "\"author\""};
    unsigned sure = sniff_all(input, words, 2);
    return sure ? sure : sniff_all(input, hosted, 4) / 2;
}

/* ---- Lemmy ----------------------------------------------------------------------------------- */

static const struct json_field lemmy_fields[] = {
    {"id", "comment", JSON_ID},
    {"path", "comment", JSON_PATH},
    {"content", "comment", JSON_BODY},
    {"published", "comment", JSON_TIME},
    {"removed", "comment", JSON_REMOVED},
    {"deleted", "comment", JSON_DELETED},
    {"name", "creator", JSON_NAME},
    {"name", "post", JSON_TITLE},
    {"body", "post", JSON_PARENT},
    {"url", "post", JSON_URL},
    {"published", "post", JSON_TIME_WEAK},
    {"score", "counts", JSON_SCORE},
    {"comments", "counts", JSON_COUNT},
};

static void lemmy_finish(struct thread *thread, struct thread_item *item)
{
    struct text_ref post = item->parent; /* it held the post's text */
    item->parent.length = 0;
    if (item->path.length && item->id.length) {
        item->kind = ITEM_COMMENT;
        if (thread->title.length == 0) {
            thread->title = item->title;
        }
        item->title.length = item->url.length = 0;
        return;
    }
    if (item->title.length && item->number != DOCUMENT_NONE) {
        item->kind = ITEM_ARTICLE;
        item->body = post;
        item->id.length = 0;
    }
}

static void markdown_body(struct builder *builder, struct text_ref body)
{
    body_markdown(builder, body.text, body.length);
}

bool lemmy_import(const struct import_input *input, struct builder *builder, struct error *error)
{
    static const struct json_format format = {FIELDS(lemmy_fields), lemmy_finish, markdown_body};
    return json_import(input, &format, builder, error);
}

unsigned lemmy_sniff(const struct import_input *input)
{
    static const char *const words[] = {"\"creator\"", "\"counts\"", "\"ap_id\""};
    return sniff_all(input, words, 3);
}

/* ---- Mastodon -------------------------------------------------------------------------------- */

static const struct json_field mastodon_fields[] = {
    {"id", NULL, JSON_ID},
    {"in_reply_to_id", NULL, JSON_PARENT},
    {"acct", "account", JSON_NAME},
    {"content", NULL, JSON_BODY},
    {"created_at", NULL, JSON_TIME},
    {"url", NULL, JSON_URL},
    {"spoiler_text", NULL, JSON_TITLE},
    {"favourites_count", NULL, JSON_SCORE},
    {"uri", NULL, JSON_FLAG},
    {"id", "reblog", JSON_PATH},
};

static void mastodon_finish(struct thread *thread, struct thread_item *item)
{
    (void)thread;
    bool boost = item->path.length && item->body.length == 0; /* what it boosts is there itself */
    item->path.length = 0;
    if (boost) {
        return;
    }
    if (item->id.length && item->name.length && item->flag) {
        item->kind = ITEM_COMMENT;
        item->state = item->title.length ? COMMENT_COLLAPSED : COMMENT_NORMAL;
        item->title.length = 0;
    }
}

/* The same network's own language: a note, a page, or a collection of them. */
static const struct json_field activity_fields[] = {
    {"id", NULL, JSON_ID},
    {"inReplyTo", NULL, JSON_PARENT},
    {"attributedTo", NULL, JSON_NAME},
    {"content", NULL, JSON_BODY},
    {"name", NULL, JSON_TITLE},
    {"published", NULL, JSON_TIME},
    {"type", NULL, JSON_PATH},
    {"url", NULL, JSON_URL},
};

/* "https://host/users/rosa" is rosa@host. */
static struct text_ref account_of(struct thread *thread, struct text_ref address)
{
    const char *host = address.length ? memmem(address.text, address.length, "://", 3) : NULL;
    if (!host) {
        return address;
    }
    const char *end = address.text + address.length, *tail = end;
    while (tail > address.text && tail[-1] != '/') {
        tail--;
    }
    if (tail <= host + 3 || tail == end) {
        return address;
    }
    host += 3;
    const char *slash = memchr(host, '/', (size_t)(end - host));
    struct buffer name = {0};
    tail += *tail == '@';
    buffer_add(&name, tail, (size_t)(end - tail));
    buffer_addc(&name, '@');
    buffer_add(&name, host, (size_t)((slash ? slash : end) - host));
    struct text_ref kept = thread_keep(thread, name.data, name.length);
    buffer_release(&name);
    return kept;
}

static void activity_finish(struct thread *thread, struct thread_item *item)
{
    bool tombstone = is_text(item->path, "Tombstone");
    item->path.length = 0;
    if (item->id.length == 0 || (item->body.length == 0 && !tombstone)) {
        return;
    }
    item->name = account_of(thread, item->name);
    item->state = tombstone ? COMMENT_DELETED : COMMENT_NORMAL;
    item->kind = item->parent.length || !item->title.length ? ITEM_COMMENT : ITEM_ARTICLE;
}

static bool is_activity(const struct import_input *input)
{
    return mentions(input, "\"attributedTo\"");
}

bool mastodon_import(const struct import_input *input, struct builder *builder, struct error *error)
{
    static const struct json_format context = {FIELDS(mastodon_fields), mastodon_finish, html_body};
    static const struct json_format activity = {FIELDS(activity_fields), activity_finish,
                                                html_body};
    return json_import(input, is_activity(input) ? &activity : &context, builder, error);
}

unsigned mastodon_sniff(const struct import_input *input)
{
    static const char *const words[] = {"\"in_reply_to_id\"", "\"account\""};
    static const char *const activity[] = {"\"attributedTo\"", "\"content\""};
    unsigned sure = sniff_all(input, words, 2);
    return sure ? sure : sniff_all(input, activity, 2);
}

/* ---- JSON Feed ------------------------------------------------------------------------------- */

static const struct json_field jsonfeed_fields[] = {
    {"id", NULL, JSON_ID},
    {"title", NULL, JSON_TITLE},
    {"content_html", NULL, JSON_BODY},
    {"content_text", NULL, JSON_BODY},
    {"summary", NULL, JSON_BODY},
    {"name", "author", JSON_NAME},
    {"name", "authors", JSON_NAME},
    {"url", NULL, JSON_URL},
    {"date_published", NULL, JSON_TIME},
    {"feed_url", NULL, JSON_FLAG},
    {"home_page_url", NULL, JSON_FLAG},
    {"version", NULL, JSON_FLAG},
};

static void jsonfeed_finish(struct thread *thread, struct thread_item *item)
{
    thread->copies = true;
    if (item->flag) { /* the feed ends last: its author is that of items without one */
        thread->title = item->title;
        thread->byline = item->name;
        for (size_t i = 0; i < thread->items.count; i++) {
            struct text_ref *name = &thread->items.items[i].name;
            *name = name->length ? *name : item->name;
        }
    } else if (item->id.length && (item->body.length || item->title.length)) {
        item->kind = ITEM_COMMENT;
    }
}

bool jsonfeed_import(const struct import_input *input, struct builder *builder, struct error *error)
{
    static const struct json_format format = {FIELDS(jsonfeed_fields), jsonfeed_finish, html_body};
    if (builder_wants_items(builder)) {
        builder_has_items(builder);
    }
    return json_import(input, &format, builder, error);
}

unsigned jsonfeed_sniff(const struct import_input *input)
{
    static const char *const words[] = {"jsonfeed.org/version", "\"items\""};
    static const char *const escaped[] = {"jsonfeed.org\\/version", "\"items\""};
    unsigned sure = sniff_all(input, words, 2);
    return sure ? 95 : sniff_all(input, escaped, 2);
}
