"""Whether an excerpt is in a captured text: the words count, not the kind of quotation marks or white space."""

_MARKS = str.maketrans("“”„«»‘’‚`", '"""""\'\'\'\'')


def is_in(excerpt, text):
    """True also when no text was captured: then there is nothing to compare with."""
    return not text or _plain(excerpt) in _plain(text)


def _plain(text):
    return " ".join(text.translate(_MARKS).split())
