/*
 * feed: RSS 0.9x, 1.0 and 2.0, Atom, and WordPress exports. The items are the document's comments,
 * each with its title as a heading; replies that say what they reply to hang below it. Of an export
 * the comments are the comments, and the posts that have some are the article.
 */
#include <libxml/parser.h>
#include <libxml/tree.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "body_html.h"
#include "dates.h"
#include "formats.h"
#include "xml.h"
#include "xml_mend.h"

/* ---- items ----------------------------------------------------------------------------------- */

struct draft {
    struct thread *thread;
    struct thread_item *item;
    unsigned body_rank, id_rank, time_rank;
    bool skip; /* a template, a setting, an attachment */
    bool comment, post;
};

static void take_body(struct draft *draft, xmlNode *node, unsigned rank)
{
    const char *type = xml_attribute(node, "type");
    if (rank <= draft->body_rank) {
        return;
    }
    struct text_ref body = type && !strcmp(type, "xhtml") ? xml_keep_markup(draft->thread, node)
                                                          : xml_keep(draft->thread, node);
    if (body.length) {
        draft->item->body = body;
        draft->body_rank = rank;
    }
}

static void take_time(struct draft *draft, xmlNode *node, unsigned rank)
{
    struct text_ref text = xml_keep(draft->thread, node);
    bool unknown;
    int64_t time = text.length < 100 ? date_parse(text.text, text.length, &unknown) : TIME_NONE;
    if (rank > draft->time_rank && time != TIME_NONE) {
        draft->item->time = time;
        draft->item->zone_unknown = unknown;
        draft->time_rank = rank;
    }
}

static void take_author(struct draft *draft, xmlNode *node)
{
    xmlNode *name = node;
    for (xmlNode *child = node->children; child; child = child->next) {
        name = xml_is(child, "name") ? child : name;
    }
    if (draft->item->name.length == 0 || xml_has_prefix(node, "dc")) {
        draft->item->name = xml_name_of(xml_keep(draft->thread, name));
    }
}

static void take_id(struct draft *draft, xmlNode *node, unsigned rank)
{
    struct text_ref id = xml_keep(draft->thread, node);
    if (rank > draft->id_rank && id.length) {
        draft->item->id = id;
        draft->id_rank = rank;
    }
}

/* Blogger says what an entry is by a category. */
static void take_category(struct draft *draft, const xmlNode *node)
{
    const char *scheme = xml_attribute(node, "scheme"), *term = xml_attribute(node, "term");
    size_t length = scheme ? strlen(scheme) : 0;
    if (!term || length < 5 || strcmp(scheme + length - 5, "#kind") != 0) {
        return;
    }
    draft->comment = strstr(term, "#comment") != NULL;
    draft->post = strstr(term, "#post") != NULL;
    draft->skip = !draft->comment && !draft->post;
}

struct rule {
    const char *name, *prefix; /* prefix NULL: any */
    uint8_t what;
    uint8_t rank;
};

enum what { TITLE, BODY, AUTHOR, ID, TIME, REPLY, CATEGORY, LINK };

static const struct rule rules[] = {
    {"title", NULL, TITLE, 1},       {"encoded", "content", BODY, 4}, {"content", NULL, BODY, 3},
    {"description", NULL, BODY, 2},  {"summary", NULL, BODY, 1},      {"author", NULL, AUTHOR, 1},
    {"creator", NULL, AUTHOR, 2},    {"guid", NULL, ID, 2},           {"id", NULL, ID, 2},
    {"link", NULL, LINK, 1},         {"pubDate", NULL, TIME, 3},      {"published", NULL, TIME, 3},
    {"date", "dc", TIME, 2},         {"updated", NULL, TIME, 1},      {"issued", NULL, TIME, 2},
    {"in-reply-to", NULL, REPLY, 1}, {"category", NULL, CATEGORY, 1},
};

static void take_child(struct draft *draft, xmlNode *node, const struct rule *rule)
{
    const char *ref;
    switch ((enum what)rule->what) {
    case TITLE:
        if (!xml_has_prefix(node, "media") && draft->item->title.length == 0) {
            draft->item->title = xml_keep(draft->thread, node);
        }
        break;
    case BODY:
        if (!xml_has_prefix(node, "media") && !xml_has_prefix(node, "excerpt")) {
            take_body(draft, node, rule->rank);
        }
        break;
    case AUTHOR:
        take_author(draft, node);
        break;
    case ID:
        take_id(draft, node, rule->rank);
        break;
    case TIME:
        take_time(draft, node, rule->rank);
        break;
    case REPLY:
        ref = xml_attribute(node, "ref");
        if (ref) {
            draft->item->parent = thread_keep(draft->thread, ref, strlen(ref));
        }
        break;
    case CATEGORY:
        take_category(draft, node);
        break;
    default:
        if (!draft->item->id.length && !xml_attribute(node, "href")) {
            take_id(draft, node, rule->rank);
        }
        break;
    }
}

static void read_item(struct thread *thread, xmlNode *item)
{
    uint32_t index = thread_add(thread, DOCUMENT_NONE);
    struct draft draft = {.thread = thread, .item = &thread->items.items[index]};
    for (xmlNode *node = item->children; node; node = node->next) {
        for (size_t i = 0; node->type == XML_ELEMENT_NODE && i < ARRAY_LENGTH(rules); i++) {
            if (!strcmp(xml_local_name(node), rules[i].name) &&
                (!rules[i].prefix || xml_has_prefix(node, rules[i].prefix))) {
                take_child(&draft, node, &rules[i]);
            }
        }
    }
    draft.item->kind = draft.skip ? ITEM_NONE : ITEM_COMMENT;
    if (draft.comment) {
        draft.item->title.length = 0;
    }
}

/* ---- all together ---------------------------------------------------------------------------- */

static void add_body(struct builder *builder, struct text_ref body)
{
    body_html(builder, body.text, body.length, 0);
}

static void add_export(struct builder *builder, struct text_ref body)
{
    body_html(builder, body.text, body.length, BODY_BREAKS);
}

static void read_channel(struct thread *thread, xmlNode *root, struct thread_item *head)
{
    xmlNode *channel = xml_child(root, "channel");
    channel = channel ? channel : root;
    head->title = xml_child_text(thread, channel, "title");
    xmlNode *author = xml_child(channel, "author");
    if (author && xml_child(author, "name")) {
        head->name = xml_child_text(thread, author, "name");
    }
    struct text_ref about = xml_child_text(thread, channel, "description");
    head->body = about.length ? about : xml_child_text(thread, channel, "subtitle");
}

/* An Atom entry without an author has the feed's. */
static void inherit_author(struct thread *thread, struct text_ref name)
{
    for (size_t i = 0; i < thread->items.count; i++) {
        struct thread_item *item = &thread->items.items[i];
        if (item->kind == ITEM_COMMENT && item->name.length == 0) {
            item->name = name;
        }
    }
}

static bool begins(struct text_ref ref, const char *text)
{
    return ref.length > strlen(text) && !memcmp(ref.text, text, strlen(text));
}

/* Reddit gives a thread as a feed: the post, and then comments. */
static bool is_one_thread(const struct thread *thread)
{
    return thread->items.count > 2 && begins(thread->items.items[0].id, "t3_") &&
           begins(thread->items.items[1].id, "t1_");
}

/* Even one without anything in it. */
static bool is_feed(const xmlNode *root)
{
    return xml_is(root, "rss") || xml_is(root, "feed") || xml_is(root, "RDF");
}

static bool build(xmlDoc *tree, struct builder *builder)
{
    struct thread thread = {.stated = -1, .copies = true};
    struct thread_item head = {.kind = ITEM_ARTICLE,
                               .time = TIME_NONE,
                               .number = DOCUMENT_NONE,
                               .inside = DOCUMENT_NONE,
                               .up = DOCUMENT_NONE,
                               .first = DOCUMENT_NONE,
                               .last = DOCUMENT_NONE,
                               .next = DOCUMENT_NONE,
                               .level = DOCUMENT_NONE};
    struct buffer article = {0};
    xmlNode *root = xmlDocGetRootElement(tree);
    bool export = false;
    bool disqus = root && xml_is(root, "disqus");
    for (xmlNode *node = disqus ? NULL : root; node; node = xml_next(node, root, true)) {
        bool item = xml_is(node, "item") || xml_is(node, "entry");
        if (item && xml_child(node, "post_type")) {
            wxr_read_post(&thread, node, builder_wants_items(builder), &article);
            export = true;
        } else if (item) {
            read_item(&thread, node);
        }
    }
    if (disqus) {
        disqus_read(&thread, root, &head);
    } else if (root) {
        read_channel(&thread, root, &head);
        inherit_author(&thread, head.name);
    }
    if (export) {
        head.body = thread_keep(&thread, buffer_string(&article), article.length);
    }
    vector_push(&thread.items, head);
    bool many = thread.items.count > 1 && !disqus && !is_one_thread(&thread);
    if (builder_wants_items(builder) && many) {
        builder_has_items(builder);
    }
    bool built = root && (thread.items.count > 1 || head.title.length || is_feed(root)) &&
                 thread_build(&thread, builder, export ? add_export : add_body);
    buffer_release(&article);
    thread_release(&thread);
    return built;
}

/* What could not be understood is left out by the parser, and told. */
static void note_damage(const xmlDoc *tree, struct builder *builder)
{
    if (tree->properties & XML_DOC_WELLFORMED) {
        return;
    }
    __typeof__(xmlGetLastError()) last = xmlGetLastError();
    struct buffer note = {0};
    buffer_printf(&note, "damaged at line %d: some of it may be missing", last ? last->line : 0);
    builder_meta(builder, STRING_NOTE, note.data, note.length);
    buffer_release(&note);
}

static bool xml_import(const struct import_input *input, struct builder *builder,
                       struct error *error)
{
    struct buffer mended = {0};
    xml_mend(&mended, input->bytes, input->length);
    bool built = false;
    if (mended.length < INT32_MAX) {
        xmlDoc *tree =
            xmlReadMemory(buffer_string(&mended), (int)mended.length, "feed.xml", "UTF-8",
                          XML_PARSE_RECOVER | XML_PARSE_NONET | XML_PARSE_NOERROR |
                              XML_PARSE_NOWARNING | XML_PARSE_NOCDATA);
        if (tree) {
            built = build(tree, builder);
            note_damage(tree, builder);
            xmlFreeDoc(tree);
        }
    }
    buffer_release(&mended);
    return built || error_set(error, "'%s' holds no feed that could be read", input->name);
}

static unsigned xml_sniff(const struct import_input *input)
{
    static const char *const marks[] = {
        "<rss", "<feed", "<rdf:RDF", "<RDF", "<channel", "<disqus", "http://www.w3.org/2005/Atom"};
    size_t at = 0, look = input->length < 8192 ? input->length : 8192;
    while (at < look && strchr(" \t\r\n", input->bytes[at]) && input->bytes[at]) {
        at++;
    }
    if (at >= look || input->bytes[at] != '<') {
        return 0;
    }
    for (size_t i = 0; i < ARRAY_LENGTH(marks); i++) {
        if (memmem(input->bytes, look, marks[i], strlen(marks[i]))) {
            return memmem(input->bytes, look, "<html", 5) ? 30 : 95;
        }
    }
    return 0;
}

static bool begins_with(const struct import_input *input, char wanted)
{
    size_t at = 0;
    while (at < input->length && strchr(" \t\r\n", input->bytes[at]) && input->bytes[at]) {
        at++;
    }
    return at < input->length && input->bytes[at] == wanted;
}

bool feed_import(const struct import_input *input, struct builder *builder, struct error *error)
{
    if (disqus_answers(input)) {
        return disqus_import(input, builder, error);
    }
    return begins_with(input, '{') ? jsonfeed_import(input, builder, error)
                                   : xml_import(input, builder, error);
}

static bool is_export(const struct import_input *input)
{
    static const char mark[] = "wordpress.org/export/";
    size_t look = input->length < 8192 ? input->length : 8192;
    return begins_with(input, '<') && memmem(input->bytes, look, mark, sizeof mark - 1);
}

unsigned feed_sniff(const struct import_input *input)
{
    unsigned xml = is_export(input) ? 0 : xml_sniff(input);
    unsigned json = disqus_answers(input) ? 95 : jsonfeed_sniff(input);
    return xml > json ? xml : json;
}

bool wordpress_import(const struct import_input *input, struct builder *builder,
                      struct error *error)
{
    return begins_with(input, '<') ? xml_import(input, builder, error)
                                   : wordpress_rest_import(input, builder, error);
}

unsigned wordpress_sniff(const struct import_input *input)
{
    return is_export(input) ? xml_sniff(input) : wordpress_rest_sniff(input);
}
