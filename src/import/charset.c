/*
 * charset: bytes in any charset -> UTF-8.
 *
 * What the bytes say themselves goes before what is said about them: a byte order mark, zero bytes
 * where ASCII in UTF-16 or UTF-32 has them, being valid UTF-8. Only then the label counts, and
 * after it windows-1252, which takes everything. Labels are the web's: "iso-8859-1" means
 * windows-1252.
 */
#include <errno.h>
#include <iconv.h>
#include <string.h>
#include <strings.h>

#include "hearsay/import.h"

struct label {
    const char *label; /* lower case, without "-", "_" and blanks */
    const char *charset;
};

/* Labels that iconv does not know, or that mean something else in practice. */
static const struct label labels[] = {
    {"iso88591", "windows-1252"},
    {"latin1", "windows-1252"},
    {"l1", "windows-1252"},
    {"usascii", "windows-1252"},
    {"ascii", "windows-1252"},
    {"ansix3.41968", "windows-1252"},
    {"cp819", "windows-1252"},
    {"ibm819", "windows-1252"},
    {"xcp1252", "windows-1252"},
    {"cp1252", "windows-1252"},
    {"windows1252", "windows-1252"},
    {"ansi", "windows-1252"},
    {"iso88599", "CP1254"},
    {"latin5", "CP1254"},
    {"iso885911", "CP874"},
    {"tis620", "CP874"},
    {"windows874", "CP874"},
    {"gb2312", "GB18030"},
    {"gb231280", "GB18030"},
    {"xgbk", "GB18030"},
    {"gbk", "GB18030"},
    {"chinese", "GB18030"},
    {"euccn", "GB18030"},
    {"hzgb2312", "HZ"},
    {"ksc56011987", "CP949"},
    {"ksc5601", "CP949"},
    {"ksc56011989", "CP949"},
    {"euckr", "CP949"},
    {"korean", "CP949"},
    {"windows949", "CP949"},
    {"xsjis", "CP932"},
    {"shiftjis", "CP932"},
    {"sjis", "CP932"},
    {"mskanji", "CP932"},
    {"windows31j", "CP932"},
    {"big5", "BIG5-HKSCS"},
    {"xxbig5", "BIG5-HKSCS"},
    {"cnbig5", "BIG5-HKSCS"},
    {"xeucjp", "EUC-JP"},
    {"xmacroman", "MACINTOSH"},
    {"macroman", "MACINTOSH"},
    {"mac", "MACINTOSH"},
    {"xmaccyrillic", "MAC-CYRILLIC"},
    {"iso88598i", "ISO-8859-8"},
    {"logical", "ISO-8859-8"},
    {"iso88598e", "ISO-8859-8"},
    {"visual", "ISO-8859-8"},
    {"koi8", "KOI8-R"},
    {"koi", "KOI8-R"},
    {"xcp1251", "CP1251"},
    {"xcp1250", "CP1250"},
    {"utf16", "UTF-16LE"},
    {"u16", "UTF-16LE"},
    {"unicode", "UTF-16LE"},
    {"ucs2", "UTF-16LE"},
    {"utf32", "UTF-32LE"},
    {"u32", "UTF-32LE"},
    {"ucs4", "UTF-32LE"},
    {"utf8", "UTF-8"},
    {"u8", "UTF-8"},
    {"unicode11utf8", "UTF-8"},
    {"xunicode20utf8", "UTF-8"},
    {"dos866", "CP866"},
    {"cp866", "CP866"},
    {"iso10646ucs2", "UTF-16LE"},
};

static const uint16_t high_1252[32] = {
    0x20AC, 0xFFFD, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160,
    0x2039, 0x0152, 0xFFFD, 0x017D, 0xFFFD, 0xFFFD, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
    0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0xFFFD, 0x017E, 0x0178,
};

static void decode_1252(struct buffer *out, const char *bytes, size_t length)
{
    size_t at = 0;
    while (at < length) {
        size_t ascii = at;
        while (ascii < length && !(bytes[ascii] & 0x80)) {
            ascii++;
        }
        buffer_add(out, bytes + at, ascii - at);
        at = ascii;
        if (at < length) {
            unsigned char byte = (unsigned char)bytes[at++];
            buffer_add_code_point(out, byte < 0xA0 ? high_1252[byte - 0x80] : byte);
        }
    }
}

/* What is not valid becomes U+FFFD, one for each bad sequence. */
static void decode_utf8(struct buffer *out, const char *bytes, size_t length)
{
    if (utf8_is_valid(bytes, length)) {
        buffer_add(out, bytes, length);
        return;
    }
    while (length > 0) {
        uint32_t code_point;
        size_t used = utf8_decode(bytes, length, &code_point);
        buffer_add_code_point(out, code_point);
        bytes += used;
        length -= used;
    }
}

/* Bytes to leave out where iconv finds no character. */
static size_t unit_of(const char *charset)
{
    return !strncmp(charset, "UTF-16", 6) ? 2 : !strncmp(charset, "UTF-32", 6) ? 4 : 1;
}

static bool decode_iconv(struct buffer *out, const char *bytes, size_t length, const char *charset)
{
    iconv_t converter = iconv_open("UTF-8", charset);
    if (converter == (iconv_t)-1) {
        return false;
    }
    char *in = (char *)(uintptr_t)bytes; /* iconv() does not write there */
    size_t left = length, unit = unit_of(charset);
    char part[16384];
    while (left > 0) {
        char *to = part;
        size_t room = sizeof part;
        size_t result = iconv(converter, &in, &left, &to, &room);
        int failure = result == (size_t)-1 ? errno : 0;
        buffer_add(out, part, (size_t)(to - part));
        if (failure == EILSEQ || failure == EINVAL) {
            size_t skip = failure == EINVAL || left < unit ? left : unit;
            buffer_add_code_point(out, UTF8_REPLACEMENT);
            in += skip;
            left -= skip;
            iconv(converter, NULL, NULL, NULL, NULL);
        }
    }
    iconv_close(converter);
    return true;
}

/* ---- what is it? ----------------------------------------------------------------------------- */

static const char *sniff_mark(const char *bytes, size_t length, size_t *skip)
{
    static const struct {
        const char *mark;
        size_t length;
        const char *charset;
    } marks[] = {
        {"\xFF\xFE\0\0", 4, "UTF-32LE"}, {"\0\0\xFE\xFF", 4, "UTF-32BE"},
        {"\xEF\xBB\xBF", 3, "UTF-8"},    {"\xFF\xFE", 2, "UTF-16LE"},
        {"\xFE\xFF", 2, "UTF-16BE"},
    };
    for (size_t i = 0; i < ARRAY_LENGTH(marks); i++) {
        if (length >= marks[i].length && !memcmp(bytes, marks[i].mark, marks[i].length)) {
            *skip = marks[i].length;
            return marks[i].charset;
        }
    }
    return NULL;
}

/* The first four bytes as bits, 1 = not zero. */
static const char *sniff_zeros(const char *bytes, size_t length)
{
    static const char *const charsets[16] = {
        [0x1] = "UTF-32BE",
        [0x8] = "UTF-32LE",
        [0x5] = "UTF-16BE",
        [0xA] = "UTF-16LE",
    };
    unsigned bits = 0;
    for (size_t i = 0; i < 4 && length >= 4; i++) {
        bits = bits << 1 | (bytes[i] != 0);
    }
    return charsets[bits];
}

static const char *charset_of(const char *label, char *plain, size_t size)
{
    size_t used = 0;
    for (const char *at = label; *at && used + 1 < size; at++) {
        if (*at > ' ' && *at < 0x7F && !strchr("-_\"'", *at)) {
            plain[used++] = (char)(*at >= 'A' && *at <= 'Z' ? *at + 32 : *at);
        }
    }
    plain[used] = '\0';
    for (size_t i = 0; i < ARRAY_LENGTH(labels); i++) {
        if (!strcmp(labels[i].label, plain)) {
            return labels[i].charset;
        }
    }
    return label;
}

/* A label of 16 or 32 bits for bytes that are plainly not: no zero byte among the first ones. */
static bool contradicts(const char *charset, const char *bytes, size_t length)
{
    return unit_of(charset) > 1 && !memchr(bytes, 0, length < 64 ? length : 64);
}

static bool decode_declared(struct buffer *out, const char *bytes, size_t length,
                            const char *declared, const char **label)
{
    char plain[64];
    const char *charset = charset_of(declared, plain, sizeof plain);
    if (strpbrk(charset, "/,") || contradicts(charset, bytes, length)) {
        return false; /* "//TRANSLIT" is iconv's own syntax */
    }
    *label = charset == declared ? declared : charset;
    if (!strcmp(charset, "windows-1252")) {
        decode_1252(out, bytes, length);
        return true;
    }
    if (!strcmp(charset, "UTF-8")) {
        return false; /* it was tried: it is not valid */
    }
    return decode_iconv(out, bytes, length, charset);
}

/* ---- what it says itself --------------------------------------------------------------------- */

/* The value after `key` within [at, end), quoted or not. */
static bool read_value(const char *at, const char *end, const char *key, char label[64])
{
    const char *found = memmem(at, (size_t)(end - at), key, strlen(key));
    if (!found) {
        return false;
    }
    found += strlen(key);
    while (found < end && (*found == ' ' || *found == '=' || *found == '"' || *found == '\'')) {
        found++;
    }
    size_t length = 0;
    while (found < end && length < 63 && *found > ' ' && *found != '"' && *found != '\'' &&
           *found != ';' && *found != '/' && *found != '>' && *found != '?') {
        label[length++] = *found++;
    }
    label[length] = '\0';
    return length > 0;
}

bool charset_declared(const char *bytes, size_t length, char label[64])
{
    const char *end = bytes + (length < 65536 ? length : 65536);
    const char *close =
        length > 5 && !memcmp(bytes, "<?xml", 5) ? memchr(bytes, '>', (size_t)(end - bytes)) : NULL;
    if (close && read_value(bytes, close, "encoding", label)) {
        return true;
    }
    for (const char *at = bytes; (at = memchr(at, '<', (size_t)(end - at))) != NULL; at++) {
        if (end - at < 8 || strncasecmp(at, "<meta", 5) != 0) {
            continue;
        }
        const char *stop = memchr(at, '>', (size_t)(end - at));
        if (read_value(at, stop ? stop : end, "charset", label)) {
            return true;
        }
    }
    return false;
}

/* ---- before the door is shut ----------------------------------------------------------------- */

/* A converter that was opened once can be opened again without a look at files; it stays open. */
static void prepare(const char *label)
{
    char plain[64];
    const char *charset = charset_of(label, plain, sizeof plain);
    if (!strpbrk(charset, "/,")) {
        (void)iconv_open("UTF-8", charset);
        (void)iconv_open("UTF-8", label); /* as others would call it */
    }
}

static bool is_label_byte(char byte)
{
    return (byte >= '0' && byte <= '9') || (byte >= 'a' && byte <= 'z') ||
           (byte >= 'A' && byte <= 'Z') || strchr("-_.:+", byte);
}

/* Every label of a mail stands behind one of these. */
static void prepare_mail(const char *bytes, size_t length)
{
    enum { MOST = 64 };
    const char *end = bytes + length;
    char label[64], known[MOST][64];
    unsigned count = 0;
    for (const char *at = bytes; count < MOST && (at = memchr(at, '=', (size_t)(end - at))); at++) {
        bool parameter = at - bytes >= 7 && !strncasecmp(at - 7, "charset", 7);
        const char *start = at + 1;
        if (!parameter && !(start < end && *start == '?')) {
            continue;
        }
        start += start < end && (*start == '"' || *start == '?' || *start == '\'');
        size_t used = 0;
        while (start + used < end && used < sizeof label - 1 && *(start + used) &&
               is_label_byte(start[used])) {
            label[used] = start[used];
            used++;
        }
        label[used] = '\0';
        unsigned same = 0;
        while (same < count && strcmp(known[same], label) != 0) {
            same++;
        }
        if (used && same == count) {
            memcpy(known[count++], label, sizeof label);
            prepare(label);
        }
    }
}

static bool is_mail(const char *bytes, size_t length)
{
    static const char *const fields[] = {
        "\nContent-Type:", "\nMIME-Version:", "\nMessage-ID:", "\nMessage-Id:", "\nSubject:", "=?"};
    for (size_t i = 0; i < ARRAY_LENGTH(fields); i++) {
        if (memmem(bytes, length, fields[i], strlen(fields[i]))) {
            return true;
        }
    }
    return false;
}

void charset_prepare(const char *bytes, size_t length)
{
    enum { LOOK = 65536 };
    char declared[64];
    size_t skip, look = length < LOOK ? length : LOOK;
    const char *charset = sniff_mark(bytes, length, &skip);
    charset = charset ? charset : sniff_zeros(bytes, length);
    if (charset) {
        prepare(charset);
    }
    if (charset_declared(bytes, length, declared)) {
        prepare(declared);
    }
    if (length > 2 && !memcmp(bytes, "PK", 2)) { /* what XML in a zip may be in, besides UTF-8 */
        prepare("UTF-16LE");
        prepare("UTF-16BE");
    }
    if (is_mail(bytes, look)) {
        prepare("windows-1252");
        prepare("iso-8859-1");
        prepare_mail(bytes, length);
    }
}

/* ---- together -------------------------------------------------------------------------------- */

void charset_decode(struct buffer *out, const char *bytes, size_t length, const char *declared,
                    const char **label)
{
    size_t skip = 0;
    const char *charset = sniff_mark(bytes, length, &skip);
    charset = charset ? charset : sniff_zeros(bytes, length);
    if (charset && strcmp(charset, "UTF-8") != 0 &&
        decode_iconv(out, bytes + skip, length - skip, charset)) {
        *label = charset;
        return;
    }
    bool escapes = declared && memchr(bytes, '\033', length); /* ISO-2022 is ASCII to the eye */
    if (skip > 0) {
        *label = "UTF-8";
        decode_utf8(out, bytes + skip, length - skip);
        return;
    }
    if (!escapes && utf8_is_valid(bytes, length)) {
        *label = "UTF-8";
        buffer_add(out, bytes, length);
        return;
    }
    if (declared && decode_declared(out, bytes, length, declared, label)) {
        return;
    }
    *label = "windows-1252";
    decode_1252(out, bytes, length);
}
