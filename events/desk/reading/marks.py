"""What a reader of text finds: a span with what it offers, and the sentence around it as an excerpt."""

import bisect
import re
from collections.abc import Mapping
from dataclasses import dataclass

LONGEST_EXCERPT = 500
_LONGEST_SENTENCE = 1500  # what runs on longer is cut, so that no reader's work grows with a text without full stops
_ENDS = re.compile(r"[.!?؟۔…]+[\"'”’»)\]]*(?=\s)|\n[ \t]*\n|\n(?![ \t]*[a-z])")
# A full stop after these, or after a single letter, ends no sentence.
_ABBREVIATED = re.compile(
    r"(?:\b(?:jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec|mr|mrs|ms|dr|prof|gen|lt|col|maj|capt|sgt|brig|sen|rep|gov"
    r"|st|no|vs|u\.s|u\.n|approx|e\.g|i\.e)|\b[a-z])\.$",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Mark:
    """`start` and `end` are positions in the text that was read; `offer` holds the values for the form's fields."""

    kind: str  # date, place, actor or casualties
    start: int
    end: int
    words: str
    sentence: str
    offer: Mapping
    why: str


@dataclass(frozen=True)
class Sentences:
    """The text cut into sentences, each as (start, end)."""

    text: str
    spans: tuple

    def around(self, position):
        """(start, end) of the sentence that holds the position."""
        at = bisect.bisect_right(self.spans, (position, len(self.text))) - 1
        return self.spans[max(at, 0)]

    def excerpt(self, start, end):
        """At most 500 characters of the text, verbatim: the sentence around the span, or what is nearest to it."""
        first, last = self.around(start)
        last = max(last, min(end, len(self.text)))
        if last - first > LONGEST_EXCERPT:
            first = max(first, start - (LONGEST_EXCERPT - (end - start)) // 2)
            last = min(last, first + LONGEST_EXCERPT)
            first, last = self._at_words(first, last, start, end)
        return self.text[first:last].strip()

    def _at_words(self, first, last, start, end):
        """The bounds moved inwards to white space, as far as the span itself allows."""
        while first < start and first > 0 and not self.text[first - 1].isspace():
            first += 1
        while last > end and last < len(self.text) and not self.text[last].isspace():
            last -= 1
        return first, last


def sentences(text):
    spans, start = [], 0
    for found in _ENDS.finditer(text):
        if found[0][0] == "." and _ABBREVIATED.search(text, max(0, found.start() - 8), found.start() + 1):
            continue
        spans += _cut(start, found.end())
        start = found.end()
    spans += _cut(start, len(text))
    return Sentences(text, tuple(spans) or ((0, len(text)),))


def _cut(start, end):
    return [
        (first, min(first + _LONGEST_SENTENCE, end)) for first in range(start, end, _LONGEST_SENTENCE) if first < end
    ]
