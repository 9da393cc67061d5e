"""Marking words in the text as it was written, and choosing the stretch that shows most of them."""

import pytest

from events.models.words import Term
from events.record.search import question, snippets
from events.record.search.snippets import LONGEST_SNIPPET, Text, best, marked


def shown(pieces):
    return "".join(f"[{piece.text}]" if piece.is_hit else piece.text for piece in pieces)


@pytest.mark.parametrize(
    ("text", "asked", "found"),
    [
        ("Strikes near Mirān Shāh", "miran strike", "[Strikes] near [Mirān] Shāh"),
        ("The Jama’at-ul-Ahrar", "jamaat", "The [Jama’at]-ul-Ahrar"),
        ("‘Torkham’ closed", "torkham", "‘[Torkham]’ closed"),
        ("İstanbul, ISTANBUL", "istanbul", "[İstanbul], [ISTANBUL]"),
        ("An oﬃcer", "officer", "An [oﬃcer]"),
        ("تحریکِ طالبان پاکستان", "تحريك", "[تحریکِ] طالبان پاکستان"),
        ("آٹھ افراد ہلاک ہوئے", "هلاک", "آٹھ افراد [ہلاک] ہوئے"),
        ("۱۸ مارچ", "18", "[۱۸] مارچ"),
        ("an air strike, air force", '"air strike"', "an [air strike], air force"),
        ("half ½ way", "1", "half [½] way"),
        ("<b>Khost</b> & more", "khost", "<b>[Khost]</b> & more"),
        ("nothing here", "khost", "nothing here"),
        ("", "khost", ""),
    ],
)
def test_the_words_are_marked_as_they_were_written(text, asked, found):
    pieces = marked(text, question.read(asked).terms)

    assert shown(pieces) == found
    assert "".join(piece.text for piece in pieces) == text


def test_the_text_with_most_of_the_words_is_chosen_and_of_equals_the_first():
    texts = [Text("A strike."), Text("A strike in Khost.", claim="AAAAAAAA"), Text("Khost, a strike")]

    found = best(texts, question.read("khost strike").terms)

    assert found.source.claim == "AAAAAAAA"
    assert best(texts, question.read("kabul").terms) is None


@pytest.mark.parametrize("before", [0, 40, 500])
def test_a_long_text_is_cut_between_words_around_the_best_place(before):
    text = "word " * before + "Khost. " + "word " * 60 + "A strike in Khost. " + "word " * 500

    found = best([Text(text)], question.read("khost strike").terms)

    stretch = "".join(piece.text for piece in found.pieces)
    assert "[strike] in [Khost]" in shown(found.pieces)
    assert len(stretch) <= LONGEST_SNIPPET
    assert f" {stretch.strip()} " in f" {text} "
    assert found.is_cut_before and found.is_cut_after


def test_a_word_longer_than_a_snippet_is_cut_and_not_lost():
    text = "x" * 2000 + " khost " + "y" * 2000

    found = best([Text(text)], [Term(("khost",))])

    assert "[khost]" in shown(found.pieces)
    assert len("".join(piece.text for piece in found.pieces)) <= snippets.LONGEST_SNIPPET
