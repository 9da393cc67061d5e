"""Where an excerpt is in a captured text: the words count, not the kind of quotation marks or white space."""

import re
from dataclasses import dataclass

_MARKS = str.maketrans("“”„«»‘’‚`", '"""""\'\'\'\'')


def is_in(excerpt, text):
    """True also when no text was captured: then there is nothing to compare with."""
    return not text or _plain(excerpt) in _plain(text)


@dataclass(frozen=True)
class Context:
    """An excerpt with what stands around it; `is_cut_…` where the text goes on beyond."""

    before: str
    words: str
    after: str
    is_cut_before: bool
    is_cut_after: bool


def in_context(excerpt, text, margin=600):
    """The Context of the first place where the excerpt stands in the text, None where it does not.

    Up to `margin` characters on each side, from a whole word on.
    """
    wanted = [re.escape(word) for word in excerpt.translate(_MARKS).split()]
    found = re.search(r"\s+".join(wanted), text.translate(_MARKS)) if wanted else None
    if found is None:
        return None
    start, end = found.span()  # of the original as well: a mark is replaced by one mark
    first, last = max(start - margin, 0), min(end + margin, len(text))
    before, after = text[first:start], text[end:last]
    if first and not text[first - 1].isspace():
        before = _from_next_word(before)
    if last < len(text) and not text[last].isspace():
        after = _to_last_word(after)
    return Context(before, text[start:end], after, first > 0, last < len(text))


def _from_next_word(text):
    """Without the word that was cut in two; a text without spaces stays as it is."""
    cut = re.search(r"\s", text)
    return text[cut.end() :] if cut else text


def _to_last_word(text):
    whole = re.match(r".*\s", text, re.DOTALL)
    return whole[0] if whole else text


def _plain(text):
    return " ".join(text.translate(_MARKS).split())
