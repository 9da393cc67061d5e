"""Where an excerpt stands in a captured text."""

import pytest

from events.desk import quotes

TEXT = "Made-up words before. A spokesman said:\n“eight   people” were killed there. Made-up words after."


def test_an_excerpt_is_shown_as_the_text_has_it():
    found = quotes.in_context('"eight people" were killed', TEXT)

    assert found.words == "“eight   people” were killed"
    assert found.before + found.words + found.after == TEXT
    assert not (found.is_cut_before or found.is_cut_after)


def test_a_long_text_is_cut_between_words():
    found = quotes.in_context("spokesman", TEXT, margin=10)

    assert (found.before, found.after) == ("before. A ", " said:\n")
    assert found.is_cut_before
    assert found.is_cut_after


def test_a_text_without_spaces_is_cut_where_it_must_be():
    found = quotes.in_context("字", "一" * 50 + "字" + "一" * 50, margin=10)

    assert (len(found.before), len(found.after)) == (10, 10)


@pytest.mark.parametrize(("excerpt", "text"), [("absent words", TEXT), ("", TEXT), ("words", ""), ("(", "no bracket")])
def test_what_is_not_there_has_no_context(excerpt, text):
    assert quotes.in_context(excerpt, text) is None


@pytest.mark.parametrize("excerpt", ["eight people", "«eight people»", "killed", "ght peo", "made-up"])
def test_context_is_found_exactly_where_the_words_count_as_quoted(excerpt):
    assert (quotes.in_context(excerpt, TEXT) is not None) == quotes.is_in(excerpt, TEXT)
