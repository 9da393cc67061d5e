"""What is read from a search box, and what each database is asked."""

import pytest
from django.core.exceptions import ValidationError

from events.models.words import LONGEST, Term, Wanted, as_fts5, as_tsquery, written
from events.record.search import question


def terms(text):
    return [" ".join(term.words) + ("!" if term.is_exact else "") for term in question.read(text).terms]


def without(text):
    return [" ".join(term.words) for term in question.read(text).without]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Shelling near Torkham", ["shelling", "near", "torkham"]),
        ('"air strike" paktika', ["air strike!", "paktika"]),
        ("“air strike”", ["air strike!"]),
        ('strike "paktika', ["strike", "paktika"]),
        ("made-up", ["made", "up"]),
        ("drone strikes", ["drone", "strike"]),
        ("ambushes churches boxes", ["ambush", "church", "box"]),
        ("Abbas crisis class", ["abbas", "crisis", "class"]),
        ("attack in the north", ["attack", "north"]),
        ("in the", ["in", "the"]),
        ("Tehreek-i-Taliban", ["tehreek", "taliban"]),
        ("twice Twice TWICE", ["twice"]),
        ("--x y", ["y"]),
        ("- y", ["y"]),
        ("۱۸ مارچ", ["18", "مارچ"]),
        ("a" * 200, ["a" * LONGEST]),
    ],
)
def test_words_and_phrases_are_read(text, found):
    assert terms(text) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("strike -drone", ["drone"]),
        ("strike -made-up", ["made up"]),
        ('strike -"air base"', ["air base"]),
        ("made-up strike", []),
        ("strike - drone", []),
    ],
)
def test_words_to_leave_out_are_read(text, found):
    assert without(text) == found


@pytest.mark.parametrize("text", ["!!!", "_", "';--", '""', "-shelling", "%%%"])
def test_what_asks_for_nothing_is_refused_in_a_sentence(text):
    with pytest.raises(ValidationError) as refusal:
        question.asked(text)

    assert "at least one word" in refusal.value.messages[0]


def test_short_words_and_numbers_are_asked_for_as_they_stand():
    assert [Term((word,)).is_beginning for word in ("up", "12", "2024", "ak47", "strike")] == [
        False,
        False,
        False,
        True,
        True,
    ]
    assert Term(("strike",)).is_in(["air", "strikes"])
    assert not Term(("strike",), is_exact=True).is_in(["air", "strikes"])
    assert not Term(("12",)).is_in(["1234"])
    assert Term(("air", "strike")).is_in(["an", "air", "strikes"])
    assert not Term(("air", "strike")).is_in(["strike", "air"])


def test_both_databases_are_asked_the_same():
    wanted = Wanted(
        (Term(("strike",)), Term(("ttp",), entries=("7K3M9QX2",))), (Term(("air", "base"), is_exact=True),)
    ).within(("title", "names"))

    assert as_fts5(wanted) == '({title names} : (("strike" *) AND ("ttp" * OR "_7k3m9qx2"))) NOT (("air base"))'
    assert as_tsquery(wanted) == (
        "(('strike':*AB)) & (('ttp':*AB) | '_7k3m9qx2':B)"
        " & !(('air':A <-> 'base':A) | ('air':B <-> 'base':B) | ('air':C <-> 'base':C) | ('air':D <-> 'base':D))"
    )


def test_no_phrase_runs_from_one_text_into_the_next():
    assert written("Air", "", "strike!", "…") == "air _ strike"
