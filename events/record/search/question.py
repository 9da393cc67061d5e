"""Reading what somebody types into a search box: words, “phrases”, -words to leave out."""

import re
from dataclasses import dataclass, replace

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from events import names, uids
from events.models.words import LONGEST, Term, Wanted, cut_words
from events.record.parameters import quoted
from events.record.search import entries

_QUOTES = str.maketrans(dict.fromkeys("“”„‟«»″＂", '"'))
_PARTS = re.compile(r'(?P<minus>(?<!\S)-)?(?:"(?P<phrase>[^"]*)"|(?P<word>[^\s"]+|"))')
_PLURAL = re.compile(r"([a-z]+(?:ch|sh|ss|x|z))es|([a-z]{3,}[b-hj-rtv-z])s")


@dataclass(frozen=True)
class Question:
    """What was asked. `terms` must all occur, with the entries that go by them; nothing of `without` may."""

    text: str
    terms: tuple[Term, ...]
    without: tuple[Term, ...] = ()
    candidates: tuple = ()  # entries.Candidate: every entry one of whose names has all the terms

    @property
    def wanted(self):
        return Wanted(self.terms, self.without)

    @property
    def uid(self):
        """The stored uid, if what was typed can be read as one."""
        return uids.parse(self.text)

    @property
    def words(self):
        """The folded words that must occur, in the order typed."""
        return [word for term in self.terms for word in term.words]


class QuestionField(forms.CharField):
    """Cleaned to a Question, whose names were looked up in the registers with one query; None when nothing is asked."""

    def clean(self, value):
        text = names.clean(super().clean(value))
        return asked(text) if text else None


def asked(text):
    """The Question in a text, with the entries it names; ValidationError with a sentence when there is none."""
    question = read(text)
    found = entries.going_by([*question.terms, *question.without])
    candidates = entries.candidates(found, question.terms, question.without)
    # An entry whose whole name was typed, misspelt perhaps, is meant by each of its words.
    meant = {one.name.uid for one in candidates if one.is_exact and one.name.leads_to_incidents}
    return replace(
        question,
        terms=tuple(_with_entries(term, found, meant) for term in question.terms),
        without=tuple(_with_entries(term, found, set()) for term in question.without),
        candidates=tuple(candidates),
    )


def read(text):
    """The Question in a text, without a look at the registers."""
    terms, without = [], []
    for part in _PARTS.finditer(text.translate(_QUOTES)):
        found = _terms(part)
        if found and part["minus"]:
            # “-miran-shah” leaves out the two together, not each of them.
            without.append(Term(tuple(word for term in found for word in term.words), found[0].is_exact))
        else:
            terms += found
    if not terms:
        raise ValidationError(_refusal(text, without))
    large = [term for term in terms if term.is_exact or term.words[0] not in entries.SMALL]
    return Question(text, tuple(dict.fromkeys(large or terms)), tuple(dict.fromkeys(without)))


def _terms(part):
    if part["phrase"] is not None:
        words = cut_words(part["phrase"])
        return [Term(tuple(words), is_exact=True)] if words else []
    return [Term((singular(word),)) for word in cut_words(part["word"])]


def singular(word):
    """Without the ending of an English plural: as a beginning it finds both."""
    found = _PLURAL.fullmatch(word) if len(word) < LONGEST else None
    return found[1] or found[2] if found else word


def _refusal(text, without):
    # Django fills `params` into a message with %, so a percent sign that somebody typed must be doubled.
    shown = quoted(text).replace("%", "%%")
    if without:
        sentence = _("%(text)s only says what to leave out; give at least one word to look for as well.")
    else:
        sentence = _("%(text)s has no letter or digit to search for; give at least one word.")
    return sentence % {"text": shown}


def _with_entries(term, found, meant):
    going_by = {name.uid for name in found if name.leads_to_incidents and term.is_in(name.words)}
    return replace(term, entries=tuple(sorted(going_by | meant)))
