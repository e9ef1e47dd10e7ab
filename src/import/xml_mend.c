/*
 * References that are HTML's or none at all, control characters, blanks before the declaration; the
 * document type goes, and with it all entities. In one pass.
 */
#include "xml_mend.h"

#include <string.h>
#include <strings.h>

#include "entities.h"

static bool is_xml_reference(const char *at, size_t length)
{
    static const char *const names[] = {"&amp;", "&lt;", "&gt;", "&quot;", "&apos;"};
    for (size_t i = 0; i < ARRAY_LENGTH(names); i++) {
        size_t size = strlen(names[i]);
        if (length >= size && !memcmp(at, names[i], size)) {
            return true;
        }
    }
    return false;
}

/* A reference: XML's own stays, HTML's becomes its character, anything else is a plain "&". */
static size_t mend_reference(struct buffer *out, const char *at, size_t length)
{
    char bytes[8];
    size_t written = 0, used = entity_decode(at, length, bytes, &written);
    if (is_xml_reference(at, length) || used == 0) {
        buffer_adds(out, is_xml_reference(at, length) ? "&" : "&amp;");
        return 1;
    }
    if (written == 1 && (*bytes == '<' || *bytes == '&' || *bytes == '>')) {
        buffer_printf(out, "&#%d;", *bytes);
    } else if (written > 1 || (unsigned char)*bytes >= ' ' || strchr("\t\n\r", *bytes)) {
        buffer_add(out, bytes, written);
    }
    return used;
}

static size_t skip_doctype(const char *at, size_t length)
{
    size_t i = 0, depth = 0;
    for (; i < length; i++) {
        depth += at[i] == '[';
        depth -= at[i] == ']' && depth > 0;
        if (at[i] == '>' && depth == 0) {
            return i + 1;
        }
    }
    return length;
}

/* The declaration speaks of a charset that is undone by now. */
static size_t skip_declaration(const char *text, size_t length)
{
    size_t at = 0;
    while (at < length && strchr(" \t\r\n", text[at]) && text[at]) {
        at++;
    }
    const char *end = length - at > 5 && !memcmp(text + at, "<?xml", 5)
                          ? memmem(text + at, length - at, "?>", 2)
                          : NULL;
    return end ? (size_t)(end + 2 - text) : at;
}

void xml_mend(struct buffer *out, const char *text, size_t length)
{
    size_t at = skip_declaration(text, length);
    bool literal = false; /* inside CDATA */
    while (at < length) {
        size_t first = at;
        while (at < length && text[at] != '&' && text[at] != '<' && text[at] != ']' &&
               ((unsigned char)text[at] >= ' ' || text[at] == '\n' || text[at] == '\t')) {
            at++;
        }
        buffer_add(out, text + first, at - first);
        if (at >= length) {
            break;
        }
        size_t left = length - at;
        if (!literal && text[at] == '&') {
            at += mend_reference(out, text + at, left);
        } else if (!literal && left > 9 && !strncasecmp(text + at, "<!doctype", 9)) {
            at += skip_doctype(text + at, left);
        } else {
            literal = left > 9 && !memcmp(text + at, "<![CDATA[", 9) ? true : literal;
            literal = left > 3 && !memcmp(text + at, "]]>", 3) ? false : literal;
            if ((unsigned char)text[at] >= ' ' || text[at] == '\r') {
                buffer_addc(out, text[at]);
            }
            at++;
        }
    }
}
