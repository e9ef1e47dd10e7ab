/*
 * Threads to measure with, made here: an article and a discussion of any size, shape and script,
 * the same every time. The title begins with THREAD_TITLE, the very last word is THREAD_LAST.
 */
#ifndef TESTS_BENCH_THREAD_H
#define TESTS_BENCH_THREAD_H

#include "hearsay/base.h"

#define THREAD_TITLE "Towns 900 metres apart"
#define THREAD_LAST  "Vesperholm"

enum thread_script { SCRIPT_ASCII, SCRIPT_MIXED, SCRIPT_CJK, SCRIPT_EMOJI, SCRIPTS };
enum thread_shape { SHAPE_TREE, SHAPE_CHAIN, SHAPE_FLAT };

struct thread_plan {
    unsigned comments;
    enum thread_script script;
    enum thread_shape shape;
};

static const char *const thread_words[SCRIPTS][16] = {
    [SCRIPT_ASCII] = {"harbour", "ferry", "tide", "mayor", "timetable", "foghorn", "mud", "channel",
                      "neighbour", "letter", "boat", "quay", "winter", "answer", "and/or", "lamp"},
    [SCRIPT_MIXED] = {"harbour", "café", "tide", "“naïve”", "порт", "foghorn", "港湾", "channel",
                      "Müller’s", "letter", "– at last –", "quay", "winter", "σήμερα", "lamp",
                      "bun"},
    [SCRIPT_CJK] = {"港湾", "谈判", "十一年", "后重新", "开始，", "双方", "周一", "会面", "渡轮",
                    "时刻表", "和", "邻居", "的", "信。", "冬天", "码头"},
    [SCRIPT_EMOJI] = {"😀", "👍🏽", "boat", "👩‍🚀", "❤️", "🇳🇴", "🎉🎉", "tide",
                      "👨‍👩‍👧", "☕", "quay", "🦀", "🐟", "mud", "✌🏿", "🌊"},
};

/* Words that follow from `seed`, until there are `bytes` of them. */
static inline void thread_words_add(struct buffer *out, enum thread_script script, uint32_t seed,
                                    size_t bytes)
{
    size_t end = out->length + bytes;
    bool blanks = script != SCRIPT_CJK;
    while (out->length < end) {
        seed = seed * 1664525u + 1013904223u;
        buffer_adds(out, thread_words[script][seed >> 28]);
        buffer_adds(out, blanks ? (seed >> 20 & 15) == 0 ? ". The " : " " : "");
    }
    buffer_adds(out, script == SCRIPT_CJK ? "。" : "end.");
}

static inline void thread_article(struct buffer *out, enum thread_script script)
{
    buffer_adds(out, THREAD_TITLE " talk for a very long time\n\n");
    for (uint32_t at = 0; at < 40; at++) {
        buffer_adds(out, "“We will be back,” Halloran said. ");
        thread_words_add(out, script, at * 7919u, 400);
        buffer_adds(out, "\n\n");
    }
}

static inline const char *thread_name(uint32_t comment)
{
    static const char *const names[] = {"Dot Pell",    "Constance Pell", "Gannet",   "R. Askew",
                                        "Tam Ruddock", "lowwater",       "old horn", "Milk Lorry"};
    return names[comment * 5 % 8];
}

/* Depth wanders between 0 and 8 without a random number. */
static inline uint32_t thread_depth(const struct thread_plan *plan, uint32_t comment, uint32_t last)
{
    if (plan->shape == SHAPE_FLAT || comment == 0)
        return 0;
    if (plan->shape == SHAPE_CHAIN)
        return last + 1;
    uint32_t depth = (comment * 7 + comment / 5 * 3) % 9;
    return depth < last + 1 ? depth : last + 1;
}

static inline void thread_body(const struct thread_plan *plan, uint32_t comment, struct buffer *out)
{
    thread_words_add(out, plan->script, comment * 2654435761u, 120 + comment % 7 * 110);
    if (comment + 1 == plan->comments)
        buffer_adds(out, " " THREAD_LAST);
}

/* As plain text: numbered names, replies set in. Of no use for chains: nobody sets in that far. */
static inline void thread_text(const struct thread_plan *plan, struct buffer *out)
{
    uint32_t last = 0, numbers[16] = {0};
    thread_article(out, plan->script);
    buffer_addc(out, '\n'); /* two blank lines before a thread tell it from a list */
    for (uint32_t at = 0; at < plan->comments; at++) {
        uint32_t depth = thread_depth(plan, at, last);
        numbers[depth]++;
        for (uint32_t deeper = depth + 1; deeper < ARRAY_LENGTH(numbers); deeper++)
            numbers[deeper] = 0;
        buffer_printf(out, "%*s%u. %s\n\n%*s", (int)(2 + 4 * depth), "", numbers[depth],
                      thread_name(at), (int)(4 + 4 * depth), "");
        thread_body(plan, at, out);
        buffer_adds(out, "\n\n");
        last = depth;
    }
}

/* As a mailbox: the article is the first message. */
static inline void thread_mbox(const struct thread_plan *plan, struct buffer *out)
{
    uint32_t last = 0, path[16] = {0};
    static const char head[] = "From bench@localhost Mon Jan  1 00:00:00 2024\nFrom: %s "
                               "<bench@localhost>\nDate: Mon, 1 Jan 2024 00:00:00 +0000\n"
                               "Content-Type: text/plain; charset=utf-8\nSubject: %s" THREAD_TITLE
                               "\nMessage-ID: <%u@bench>\n";
    buffer_printf(out, head, "Halloran", "", 0u);
    buffer_addc(out, '\n');
    thread_article(out, plan->script);
    for (uint32_t at = 0; at < plan->comments; at++) {
        uint32_t depth = thread_depth(plan, at, last) % ARRAY_LENGTH(path);
        path[depth] = at + 1;
        buffer_printf(out, head, thread_name(at), "Re: ", at + 1);
        buffer_printf(out, "In-Reply-To: <%u@bench>\n\n", depth ? path[depth - 1] : 0);
        thread_body(plan, at, out);
        buffer_adds(out, "\n\n");
        last = depth;
    }
}

#endif
