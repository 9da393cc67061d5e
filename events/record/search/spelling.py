"""Words that no public text has, and the words of the record that were likely meant."""

from bisect import bisect_left
from dataclasses import dataclass, field
from itertools import pairwise

from django.db import connection
from rapidfuzz import process
from rapidfuzz.distance import OSA
from rapidfuzz.fuzz import ratio

from events import names, spellings
from events.models.actor import ActorAlias
from events.models.edition import Edition
from events.models.location import LocationAlias
from events.models.words import IncidentWords, Term, token
from events.record import registers
from events.record.search.question import singular

FEWEST_LETTERS = 4  # a shorter word is near too many others
LONG = 7  # letters of a word of which two may be wrong, of a shorter one only one; two that changed places are one
COMPARED = 40


@dataclass(frozen=True)
class Vocabulary:
    """The words of the record and the tokens of its entries, sorted.

    `apart` holds names of several words as they are misspelt in one: “miranshah” → “miran shah”.
    """

    words: list = field(default_factory=list)
    apart: dict = field(default_factory=dict)

    def has(self, term):
        """Whether some text has the first word of the term."""
        at = bisect_left(self.words, term.words[0])
        return at < len(self.words) and Term(term.words[:1], term.is_exact).is_in([self.words[at]])

    def holds(self, word):
        at = bisect_left(self.words, word)
        return at < len(self.words) and self.words[at] == word


@dataclass(frozen=True)
class Mended:
    """A question in other words: `text` is what to ask, `pairs` are (as it was typed, as the record has it)."""

    text: str
    pairs: list


# That of one state of the record, which changes with every edition and with nothing else.
_held = {"key": (), "vocabulary": Vocabulary()}


def vocabulary():
    """The Vocabulary of the record. One query when it is at hand; after an edition three, which read every word."""
    key = tuple(Edition.objects.order_by("-pk").values_list("pk", "sha256")[:1])
    if _held["key"] != key:
        _held["vocabulary"] = _read()
        _held["key"] = key
    return _held["vocabulary"]


def mended(question):
    """The Mended question in which each word that the record lacks is the nearest it has; None where one has none near.

    Two that it writes as one are joined first.
    """
    known = vocabulary()
    if joined := _joined(question, known):
        return joined
    near = {word: nearest(word, known) for word in absent(question)}
    return _replaced(question.text, near) if near and all(near.values()) else None


def absent(question):
    """The words of which the record has none, in the order typed; the names of entries in it count, and no others."""
    known = vocabulary()
    unnamed = [term for term in question.terms if not any(known.holds(token(uid)) for uid in term.entries)]
    found = [(term, word) for term in unnamed for word in term.words]
    return [word for term, word in found if not known.has(Term((word,), term.is_exact))]


def nearest(word, known):
    """The word, or words, of the Vocabulary that differ least from this one; "" where none is likely the same."""
    if word in known.apart:
        return known.apart[word]
    if len(word) < FEWEST_LETTERS or not word.isalpha():
        return ""
    first = tuple(spellings.initials(word))
    comparable = [
        one
        for one in (*known.words, *known.apart)
        if abs(len(one) - len(word)) <= 3 and len(one) >= FEWEST_LETTERS and one.startswith(first) and one.isalpha()
    ]
    ranked = process.extract(word, comparable, scorer=ratio, limit=COMPARED)
    likely = [
        (-score, distance, one)
        for one, score, _ in ranked
        if (distance := OSA.distance(word, one)) <= (1 if len(word) < LONG else 2)
    ]
    found = min(likely)[2] if likely else ""
    return known.apart.get(found, found)


def _read():
    words = set(_words_of_texts())
    called = [names.words(text) for text in _names()]
    words.update(word for name in called for word in name)
    apart = {"".join(name): " ".join(name) for name in called if 2 <= len(name) <= 3}
    return Vocabulary(sorted(words), {word: name for word, name in apart.items() if word not in words})


def _names():
    """Every name of the actors and places of the record. One query."""
    actors, places = registers.actors(), registers.locations()
    arms = [
        places.values_list("name"),
        ActorAlias.objects.filter(actor__in=actors, scheme="").values_list("text"),
        LocationAlias.objects.filter(location__in=places, scheme="").values_list("text"),
    ]
    return [text for (text,) in actors.order_by().values_list("name").union(*(arm.order_by() for arm in arms))]


def _words_of_texts():
    table = IncidentWords._meta.db_table
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SELECT word FROM ts_stat(%s)", [f"SELECT words FROM {table}"])  # noqa: S608 (a constant)
        else:
            cursor.execute(f"SELECT term FROM {table}_vocabulary")  # noqa: S608 (a constant)
        return [word for (word,) in cursor.fetchall()]


def _joined(question, known):
    """The question with two neighbours as one word, if a text has that: “Miran Shah” may stand there as “Miranshah”."""
    spans = names.spans(question.text)
    for (start, _, one), (_, end, other) in pairwise(spans):
        together = "".join([*one, *other])
        if len(together) > FEWEST_LETTERS and known.holds(together):
            typed = question.text[start:end]
            new = _in_the_case_of(typed, together)
            return Mended(f"{question.text[:start]}{new}{question.text[end:]}", [(typed, new)])
    return None


def _replaced(text, near):
    """The text with these folded words replaced, however they were set."""
    found, pairs, here = [], [], 0
    for start, end, words in names.spans(text):
        new = " ".join(near.get(word) or near.get(singular(word)) or word for word in words)
        if new != " ".join(words):
            new = _in_the_case_of(text[start:end], new)
            pairs.append((text[start:end], new))
            found += [text[here:start], new]
            here = end
    return Mended("".join([*found, text[here:]]), pairs)


def _in_the_case_of(typed, word):
    return word.title() if typed[:1].isupper() else word
