"""An excerpt is found in a captured text by its words, however they were set."""

import pytest

from events.desk import quotes
from tests.desk.quote_cases import CASES


@pytest.mark.parametrize(("excerpt", "text", "is_there"), CASES)
def test_an_excerpt_is_found_by_its_words(excerpt, text, is_there):
    assert quotes.is_in(excerpt, text) is is_there


def test_without_a_captured_text_there_is_nothing_to_compare_with():
    assert quotes.check("seven were hurt", "") == quotes.NO_TEXT
    assert quotes.is_in("seven were hurt", "")
