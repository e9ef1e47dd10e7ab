#!/usr/bin/env python3
"""How often the speakers are right that are shown as sure, and as likely.

usage: sure.py KIT GOLD.jsonl < what --annotate prints

KIT is the folder with the scorer, whose measure of what is right is used. Printed: sure ones that
are right, of how many, likely ones that are right, of how many.
"""
import json
import sys

sys.path.insert(0, sys.argv[1])
from common import load_jsonl                    # noqa: E402
from score import canon, greedy, iou, speaker_right  # noqa: E402

SURE, LIKELY = 0.88, 0.5  # as in src/analyse/result.c


def asked(doc):
    """The gold quotations that are required, each with its piece."""
    for quote in doc.get("quotes") or []:
        for start, end in canon(doc["text"], quote["start"], quote["end"]):
            if quote.get("kind") in ("direct", "partial") and quote.get("words", 99) >= 4:
                yield (start, end), quote


def given(doc, found):
    names = {e["id"]: e["name"] for e in found["entities"]}
    for quote in found["quotes"]:
        if quote["kind"] != "direct":
            continue
        name = names.get(quote["speaker"]) if quote["speaker"] is not None else quote.get("speaker_text")
        mention = quote.get("speaker_span") or [None, None]
        for span in quote["spans"]:
            for piece in canon(doc["text"], *span):
                yield piece, {"speaker": name, "speaker_start": mention[0], "speaker_end": mention[1],
                              "confidence": quote["confidence"]}


gold = {doc["id"]: doc for doc in load_jsonl(sys.argv[2])}
counts = {True: [0, 0], False: [0, 0]}
for line in sys.stdin:
    found = json.loads(line)
    doc = gold[found["id"]]
    want, have = list(asked(doc)), list(given(doc, found))
    for i, j, _ in greedy([w[0] for w in want], [h[0] for h in have], lambda g, s: iou(g, s) if iou(g, s) >= 0.5 else 0):
        quote, answer = want[i][1], have[j][1]
        right = speaker_right(quote, answer)
        if right is None or answer["confidence"] < LIKELY or not answer["speaker"]:
            continue
        count = counts[answer["confidence"] >= SURE]
        count[0] += bool(right)
        count[1] += 1
print(*counts[True], *counts[False])
