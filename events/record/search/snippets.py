"""Showing where the words stand: texts cut into pieces, of which some are marked, and the best stretch of many."""

from dataclasses import dataclass

from events import names
from events.models.words import LONGEST, Term

LONGEST_SNIPPET = 260  # characters
BEFORE = 60  # characters that stand before the first marked word, at least where there are so many


@dataclass(frozen=True)
class Piece:
    """A stretch of a text as it was written."""

    text: str
    is_hit: bool


@dataclass(frozen=True)
class Text:
    """Something to find words in: the text, its language ("" where it is English or not known), and what it is."""

    text: str
    language: str = ""
    what: str = ""
    claim: str = ""  # the stored uid of the claim that it belongs to


@dataclass(frozen=True)
class Snippet:
    """A stretch of a Text in pieces; cut where `is_cut_…`."""

    source: Text
    pieces: list
    is_cut_before: bool
    is_cut_after: bool


@dataclass(frozen=True)
class Hit:
    """A marked stretch of a text, in characters, and which of the terms stands there."""

    start: int
    end: int
    term: Term


def marked(text, terms):
    """The whole text as a list of Piece."""
    return _pieces(text, hits(text, terms), 0, len(text))


def best(texts, terms):
    """The Snippet of the Text that has the most of the terms, of several the first; None where none has any."""
    found = [(text, at) for text in texts if (at := hits(text.text, terms))]
    if not found:
        return None
    text, at = max(found, key=lambda pair: len({hit.term for hit in pair[1]}))
    start, end = _window(text.text, at)
    pieces = _pieces(text.text, at, start, end)
    return Snippet(text, pieces, is_cut_before=start > 0, is_cut_after=end < len(text.text))


def hits(text, terms):
    """List of Hit in the order of the text. The words of a phrase are marked as one stretch, words as a whole."""
    spans = names.spans(text)
    words = [(word[:LONGEST], start, end) for start, end, folded in spans for word in folded]
    folded = [word for word, _, _ in words]
    found, at = [], 0
    while at < len(words):
        here = [term for term in terms if term.is_at(folded, at)]
        if not here:
            at += 1
            continue
        term = max(here, key=lambda one: len(one.words))
        last = at + len(term.words) - 1
        found.append(Hit(words[at][1], words[last][2], term))
        at = last + 1
    return found


def _window(text, at):
    """(start, end) of the stretch to show: around the place where the most different terms are near each other."""
    if len(text) <= LONGEST_SNIPPET:
        return 0, len(text)
    room = LONGEST_SNIPPET - BEFORE
    first = max(
        at, key=lambda hit: len({one.term for one in at if hit.start <= one.start and one.end <= hit.start + room})
    )
    start = max(first.start - BEFORE, 0)
    end = min(start + LONGEST_SNIPPET, len(text))
    start = max(min(start, end - LONGEST_SNIPPET), 0)
    return _to_space(text, start, first.start, step=1), _to_space(text, end, first.end, step=-1)


def _to_space(text, position, limit, step):
    """The next place between two words, not beyond the limit; a text without spaces is cut where it is."""
    if position in (0, len(text)):
        return position
    at = position
    while (limit - at) * step > 0:
        if text[at - 1 if step > 0 else at].isspace():
            return at
        at += step
    return position if (limit - position) * step >= 0 else limit


def _pieces(text, at, start, end):
    found, here = [], start
    for hit in at:
        if hit.start < here or hit.end > end:
            continue
        if hit.start > here:
            found.append(Piece(text[here : hit.start], False))
        found.append(Piece(text[hit.start : hit.end], True))
        here = hit.end
    if here < end:
        found.append(Piece(text[here:end], False))
    return found
