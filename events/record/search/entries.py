"""Actors, places and sources that go by what somebody looks for, under any of their names in any script."""

from dataclasses import dataclass

from django.db.models import F, Q, Value
from django.db.models.functions import Lower

from events import names, spellings
from events.choices import AliasKind
from events.models.actor import Actor, ActorAlias
from events.models.location import Location, LocationAlias
from events.models.source import Source
from events.record import registers

ACTOR, PLACE, SOURCE = "actor", "place", "source"
# They stand in nearly every text, or join a name that is also written with another: Tehrik-e, Tehreek-i.
SMALL = frozenset(
    ["a", "al", "an", "and", "at", "by", "e", "for", "from", "i", "in", "into", "of", "on", "or", "the", "to", "ul"]
    + ["with"]
)


@dataclass(frozen=True)
class Name:
    """One name of an entry of a register; its `words` are folded."""

    register: str
    uid: str
    text: str
    language: str
    words: list
    leads_to_incidents: bool


@dataclass(frozen=True)
class Candidate:
    """An entry one of whose names has all that was asked; `is_exact` where that is the whole name."""

    name: Name
    is_exact: bool


@dataclass(frozen=True)
class Entry:
    """An entry of the record that was found. `by` is the other Name under which it was, None where it is its own."""

    register: str
    row: object
    by: Name | None
    is_exact: bool

    @property
    def is_by_metonym(self):
        return self.by is not None and not self.by.leads_to_incidents


def going_by(terms):
    """List of Name: those that have one of the terms, in the registers as they are now. One query.

    What is not public is among them: callers ask `known` before they show one.
    """
    rows = _names(Actor.objects.current(), ACTOR, "folded", terms, text="name", uid="uid")
    for arm in (
        _names(Actor.objects.current(), ACTOR, Lower("short_name"), terms, text="short_name", uid="uid"),
        _names(ActorAlias.objects.filter(actor__merged_into=None, scheme=""), ACTOR, "folded", terms, uid="actor__uid"),
        _names(Location.objects.current(), PLACE, "folded", terms, text="name", uid="uid"),
        _names(
            LocationAlias.objects.filter(location__merged_into=None, scheme=""),
            PLACE,
            "folded",
            terms,
            uid="location__uid",
        ),
        _names(Source.objects.filter(merged_into=None), SOURCE, "folded", terms, text="name", uid="uid"),
        _names(Source.objects.filter(merged_into=None), SOURCE, "domain", terms, text="domain", uid="uid"),
    ):
        rows = rows.union(arm, all=True)
    found = (
        # A metonym names who governs there: whoever looks for Kabul does not mean every word of the Taliban.
        Name(register, uid, text, language, names.words(text), kind != AliasKind.METONYM and register != SOURCE)
        for register, uid, text, language, kind in rows
    )
    return [name for name in found if any(term.is_in(name.words) for term in terms)]


def candidates(found, terms, without):
    """One Candidate per entry, of the Names that have or nearly are all the terms: whole names first, then short ones."""
    asked = _weighty(word for term in terms for word in term.words)
    barred = {(name.register, name.uid) for name in found for term in without if term.is_in(name.words)}
    fitting = [
        Candidate(name, is_whole)
        for name in found
        if (name.register, name.uid) not in barred
        and ((is_whole := _is_nearly(asked, name)) or all(term.is_in(name.words) for term in terms))
    ]
    best = {}
    for candidate in sorted(fitting, key=_rank):
        best.setdefault((candidate.name.register, candidate.name.uid), candidate)
    return list(best.values())


def _rank(one):
    return not one.is_exact, len(one.name.words), one.name.words, one.name.register, one.name.uid, one.name.text


def known(found):
    """List of Entry: those of the candidates that the record knows, in their order. At most one query per register."""
    rows = {}
    for register, known_rows in (
        (ACTOR, registers.actors_with_counts),
        (PLACE, lambda: registers.locations().with_ancestors()),
        (SOURCE, registers.sources),
    ):
        wanted = [one.name.uid for one in found if one.name.register == register]
        if wanted:
            rows |= {(register, row.uid): row for row in known_rows().filter(uid__in=wanted)}
    return [
        Entry(one.name.register, row, None if one.name.text in row.name else one.name, one.is_exact)
        for one in found
        if (row := rows.get((one.name.register, one.name.uid)))
    ]


def of_uid(registers_of, uid):
    """The row of the record that has this uid, in one of these registers; None where it is not public."""
    found = known(
        [Candidate(Name(register, uid, "", "", [], leads_to_incidents=False), True) for register in registers_of]
    )
    return found[0].row if found else None


def other_names(found):
    """[(uid, folded words)] of every name of these entries: how else a text may call them. One query."""
    uids_of = {register: [one.row.uid for one in found if one.register == register] for register in (ACTOR, PLACE)}
    actors = ActorAlias.objects.filter(actor__uid__in=uids_of[ACTOR], scheme="").exclude(kind=AliasKind.METONYM)
    places = LocationAlias.objects.filter(location__uid__in=uids_of[PLACE], scheme="")
    rows = (
        actors.order_by()
        .values_list("actor__uid", "text")
        .union(places.order_by().values_list("location__uid", "text"))
    )
    own = [(one.row.uid, text) for one in found for text in (one.row.name, getattr(one.row, "short_name", ""))]
    return [(uid, words) for uid, text in [*rows, *own] if (words := names.words(text))]


def _names(rows, register, folded, terms, *, uid, text="text"):
    """Rows of names in which a word of the terms stands, as (register, uid, text, language, kind)."""
    has_kind = text == "text"
    holding = Q()
    for word in dict.fromkeys(word for term in terms for word in term.words):
        holding |= Q(looked_in__startswith=word) | Q(looked_in__contains=f" {word}")
        holding |= Q(looked_in__contains=f".{word}") | Q(looked_in__contains=f"-{word}")
    return (
        rows.annotate(looked_in=F(folded) if isinstance(folded, str) else folded)
        .filter(holding)
        .order_by()
        .values_list(
            Value(register),
            uid,
            text,
            F("language") if has_kind else Value(""),
            F("kind") if has_kind else Value(""),
        )
    )


def _is_nearly(asked, name):
    """Whether the words asked for are the whole name, misspelt perhaps: “Tehrik-e-Taliban” for “Tehreek-i-Taliban”."""
    own = _weighty(name.words)
    return own == asked or (len(asked) > 1 and spellings.are_nearly_one(" ".join(asked), " ".join(own)))


def _weighty(words):
    """The words by which two names are told apart, without the s of a plural."""
    return [word.removesuffix("s") for word in words if word not in SMALL]
