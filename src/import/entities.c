/*
 * The names in use in comments and feeds; the two thousand others of the standard are for formulas.
 */
#include "entities.h"

#include <string.h>

struct entity {
    const char *name;
    uint32_t code_point;
};

/* In order of their bytes. */
static const struct entity entities[] = {
    {"AElig", 0xC6},    {"Aacute", 0xC1},   {"Acirc", 0xC2},   {"Agrave", 0xC0},
    {"Alpha", 0x391},   {"Aring", 0xC5},    {"Atilde", 0xC3},  {"Auml", 0xC4},
    {"Ccedil", 0xC7},   {"Dagger", 0x2021}, {"Delta", 0x394},  {"ETH", 0xD0},
    {"Eacute", 0xC9},   {"Ecirc", 0xCA},    {"Egrave", 0xC8},  {"Euml", 0xCB},
    {"Iacute", 0xCD},   {"Icirc", 0xCE},    {"Igrave", 0xCC},  {"Iuml", 0xCF},
    {"Ntilde", 0xD1},   {"OElig", 0x152},   {"Oacute", 0xD3},  {"Ocirc", 0xD4},
    {"Ograve", 0xD2},   {"Omega", 0x3A9},   {"Oslash", 0xD8},  {"Otilde", 0xD5},
    {"Ouml", 0xD6},     {"Prime", 0x2033},  {"Scaron", 0x160}, {"Sigma", 0x3A3},
    {"THORN", 0xDE},    {"Uacute", 0xDA},   {"Ucirc", 0xDB},   {"Ugrave", 0xD9},
    {"Uuml", 0xDC},     {"Yacute", 0xDD},   {"Yuml", 0x178},   {"aacute", 0xE1},
    {"acirc", 0xE2},    {"acute", 0xB4},    {"aelig", 0xE6},   {"agrave", 0xE0},
    {"alpha", 0x3B1},   {"amp", '&'},       {"apos", '\''},    {"aring", 0xE5},
    {"asymp", 0x2248},  {"atilde", 0xE3},   {"auml", 0xE4},    {"bdquo", 0x201E},
    {"beta", 0x3B2},    {"brvbar", 0xA6},   {"bull", 0x2022},  {"ccedil", 0xE7},
    {"cedil", 0xB8},    {"cent", 0xA2},     {"check", 0x2713}, {"circ", 0x2C6},
    {"colon", ':'},     {"comma", ','},     {"commat", '@'},   {"copy", 0xA9},
    {"curren", 0xA4},   {"dagger", 0x2020}, {"darr", 0x2193},  {"deg", 0xB0},
    {"delta", 0x3B4},   {"divide", 0xF7},   {"dollar", '$'},   {"eacute", 0xE9},
    {"ecirc", 0xEA},    {"egrave", 0xE8},   {"emsp", 0x2003},  {"ensp", 0x2002},
    {"epsilon", 0x3B5}, {"equiv", 0x2261},  {"eth", 0xF0},     {"euml", 0xEB},
    {"euro", 0x20AC},   {"excl", '!'},      {"fnof", 0x192},   {"frac12", 0xBD},
    {"frac14", 0xBC},   {"frac34", 0xBE},   {"frasl", 0x2044}, {"gamma", 0x3B3},
    {"ge", 0x2265},     {"gt", '>'},        {"hArr", 0x21D4},  {"harr", 0x2194},
    {"hearts", 0x2665}, {"hellip", 0x2026}, {"iacute", 0xED},  {"icirc", 0xEE},
    {"iexcl", 0xA1},    {"igrave", 0xEC},   {"infin", 0x221E}, {"iquest", 0xBF},
    {"iuml", 0xEF},     {"lambda", 0x3BB},  {"laquo", 0xAB},   {"larr", 0x2190},
    {"lbrack", '['},    {"lcub", '{'},      {"ldquo", 0x201C}, {"le", 0x2264},
    {"lowast", 0x2217}, {"lpar", '('},      {"lrm", 0x200E},   {"lsaquo", 0x2039},
    {"lsquo", 0x2018},  {"lt", '<'},        {"macr", 0xAF},    {"mdash", 0x2014},
    {"micro", 0xB5},    {"middot", 0xB7},   {"minus", 0x2212}, {"mu", 0x3BC},
    {"nbsp", 0xA0},     {"ndash", 0x2013},  {"ne", 0x2260},    {"not", 0xAC},
    {"ntilde", 0xF1},   {"num", '#'},       {"oacute", 0xF3},  {"ocirc", 0xF4},
    {"oelig", 0x153},   {"ograve", 0xF2},   {"omega", 0x3C9},  {"ordf", 0xAA},
    {"ordm", 0xBA},     {"oslash", 0xF8},   {"otilde", 0xF5},  {"ouml", 0xF6},
    {"para", 0xB6},     {"percnt", '%'},    {"period", '.'},   {"permil", 0x2030},
    {"pi", 0x3C0},      {"plus", '+'},      {"plusmn", 0xB1},  {"pound", 0xA3},
    {"prime", 0x2032},  {"quest", '?'},     {"quot", '"'},     {"rArr", 0x21D2},
    {"raquo", 0xBB},    {"rarr", 0x2192},   {"rbrack", ']'},   {"rcub", '}'},
    {"rdquo", 0x201D},  {"reg", 0xAE},      {"rlm", 0x200F},   {"rpar", ')'},
    {"rsaquo", 0x203A}, {"rsquo", 0x2019},  {"sbquo", 0x201A}, {"scaron", 0x161},
    {"sect", 0xA7},     {"semi", ';'},      {"shy", 0xAD},     {"sigma", 0x3C3},
    {"sol", '/'},       {"sup1", 0xB9},     {"sup2", 0xB2},    {"sup3", 0xB3},
    {"szlig", 0xDF},    {"tau", 0x3C4},     {"theta", 0x3B8},  {"thinsp", 0x2009},
    {"thorn", 0xFE},    {"tilde", 0x2DC},   {"times", 0xD7},   {"trade", 0x2122},
    {"uacute", 0xFA},   {"uarr", 0x2191},   {"ucirc", 0xFB},   {"ugrave", 0xF9},
    {"uml", 0xA8},      {"uuml", 0xFC},     {"verbar", '|'},   {"yacute", 0xFD},
    {"yen", 0xA5},      {"yuml", 0xFF},     {"zwj", 0x200D},   {"zwnj", 0x200C},
};

static const uint16_t high_1252[32] = {
    0x20AC, 0x81,   0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160,
    0x2039, 0x0152, 0x8D,   0x017D, 0x8F,   0x90,   0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
    0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0x9D,   0x017E, 0x0178,
};

static bool is_alnum(char byte)
{
    return (byte >= '0' && byte <= '9') || (byte >= 'a' && byte <= 'z') ||
           (byte >= 'A' && byte <= 'Z');
}

static int digit_value(char byte)
{
    if (byte >= '0' && byte <= '9') {
        return byte - '0';
    }
    byte |= 32;
    return byte >= 'a' && byte <= 'f' ? byte - 'a' + 10 : 99;
}

/* "#233;" or "#xE9;" at `text`. */
static size_t decode_number(const char *text, size_t length, uint32_t *code_point)
{
    size_t at = 1;
    int base = 10;
    if (at < length && (text[at] | 32) == 'x') {
        base = 16;
        at++;
    }
    size_t first = at;
    uint32_t value = 0;
    while (at < length && digit_value(text[at]) < base) {
        value = value > 0x110000 ? value : value * (uint32_t)base + (uint32_t)digit_value(text[at]);
        at++;
    }
    if (at == first) {
        return 0;
    }
    *code_point = value >= 128 && value < 160 ? high_1252[value - 128] : value ? value : 0xFFFD;
    return at + (at < length && text[at] == ';');
}

static size_t decode_name(const char *text, size_t length, uint32_t *code_point)
{
    size_t size = 0;
    while (size < length && size < 10 && is_alnum(text[size])) {
        size++;
    }
    char name[12];
    memcpy(name, text, size);
    name[size] = '\0';
    size_t low = 0, high = ARRAY_LENGTH(entities);
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        int order = strcmp(entities[middle].name, name);
        if (order == 0) {
            *code_point = entities[middle].code_point;
            return size + (size < length && text[size] == ';');
        }
        low = order < 0 ? middle + 1 : low;
        high = order < 0 ? high : middle;
    }
    return 0;
}

/* Those that everybody has to write. */
static const struct {
    char text[7];
    uint8_t length;
    char byte;
} common[] = {
    {"&#x27;", 6, '\''}, {"&quot;", 6, '"'}, {"&amp;", 5, '&'},  {"&gt;", 4, '>'},
    {"&lt;", 4, '<'},    {"&#39;", 5, '\''}, {"&#x2F;", 6, '/'},
};

static size_t decode_common(const char *text, size_t length, char *byte)
{
    for (size_t i = 0; i < ARRAY_LENGTH(common); i++) {
        if (length >= common[i].length && text[1] == common[i].text[1] &&
            !memcmp(text, common[i].text, common[i].length)) {
            *byte = common[i].byte;
            return common[i].length;
        }
    }
    return 0;
}

size_t entity_decode(const char *text, size_t length, char out[8], size_t *written)
{
    uint32_t code_point = 0;
    if (length < 3) {
        return 0;
    }
    size_t used = decode_common(text, length, out);
    if (used) {
        *written = 1;
        return used;
    }
    used = text[1] == '#' ? decode_number(text + 1, length - 1, &code_point)
                          : decode_name(text + 1, length - 1, &code_point);
    if (used == 0) {
        return 0;
    }
    *written = utf8_encode(code_point, out);
    return used + 1;
}

void entities_decode(struct buffer *out, const char *text, size_t length)
{
    const char *at = text, *end = text + length;
    while (at < end) {
        const char *mark = memchr(at, '&', (size_t)(end - at));
        buffer_add(out, at, (size_t)((mark ? mark : end) - at));
        if (!mark) {
            return;
        }
        char bytes[8];
        size_t written = 0, used = entity_decode(mark, (size_t)(end - mark), bytes, &written);
        buffer_add(out, used ? bytes : mark, used ? written : 1);
        at = mark + (used ? used : 1);
    }
}

/* Blanks and line breaks become one blank. */
static void add_words(struct buffer *out, const char *text, size_t length)
{
    bool blank = true;
    for (size_t i = 0; i < length; i++) {
        bool here = text[i] == ' ' || (text[i] >= '\t' && text[i] <= '\r');
        if (!here || !blank) {
            buffer_addc(out, here ? ' ' : text[i]);
        }
        blank = here;
    }
}

void entities_strip(struct buffer *out, const char *text, size_t length)
{
    const char *at = text, *end = text + length;
    struct buffer plain = {0};
    while (at < end) {
        const char *open = memchr(at, '<', (size_t)(end - at));
        bool tag = open && open + 1 < end && (is_alnum(open[1]) || open[1] == '/');
        const char *close = tag ? memchr(open, '>', (size_t)(end - open)) : NULL;
        const char *stop = !open ? end : close ? open : open + 1;
        buffer_add(&plain, at, (size_t)(stop - at));
        at = close ? close + 1 : stop;
        if (open && !close && tag) { /* no tag closes any more */
            buffer_add(&plain, at, (size_t)(end - at));
            break;
        }
    }
    struct buffer decoded = {0};
    entities_decode(&decoded, buffer_string(&plain), plain.length);
    add_words(out, buffer_string(&decoded), decoded.length);
    buffer_release(&decoded);
    buffer_release(&plain);
}
