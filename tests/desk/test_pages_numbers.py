"""Numbers of people as analysts type them, without a database."""

import pytest

from events.desk.forms import numbers


@pytest.mark.parametrize(
    ("text", "qualifier", "bounds"),
    [
        ("7", "exact", (7, 7, 7, False)),
        ("at least 7", "at_least", (7, None, None, True)),
        ("7+", "at_least", (7, None, None, True)),
        ("more than 7", "at_least", (8, None, None, True)),
        ("up to 7", "at_most", (0, None, 7, False)),
        ("fewer than 7", "at_most", (0, None, 6, False)),
        ("about 7", "about", (None, 7, None, False)),
        ("some 7", "about", (None, 7, None, False)),
        ("7-9", "range", (7, None, 9, False)),
        ("between 7 and 9", "range", (7, None, 9, False)),
        ("7–9, best 8", "range", (7, 8, 9, False)),
        ("7-7", "exact", (7, 7, 7, False)),
        ("Dozens", "dozens", (24, None, None, True)),
        ("several", "several", (3, None, None, True)),
        ("seven", "exact", (7, 7, 7, False)),
        ("1,200", "exact", (1200, 1200, 1200, False)),
        ("۷", "exact", (7, 7, 7, False)),
        ("none", "none", (0, 0, 0, False)),
        ("0", "none", (0, 0, 0, False)),
        ("", "unknown", (None, None, None, False)),
        ("not reported", "unknown", (None, None, None, False)),
    ],
)
def test_a_worded_number_becomes_its_bounds(text, qualifier, bounds):
    columns = numbers.columns(numbers.parse(text))

    assert columns["qualifier"] == qualifier
    assert (columns["low"], columns["best"], columns["high"], columns["open_upper"]) == bounds


@pytest.mark.parametrize(
    "text", ["lots", "-7", "7 or so people", "9-7", "7.5", "99999999999", "at least", "7-9-11", "+"]
)
def test_what_is_no_number_of_people_is_refused_with_a_sentence(text):
    with pytest.raises(ValueError) as refusal:
        numbers.parse(text)

    assert str(refusal.value).endswith(".")


@pytest.mark.parametrize(
    "text", ["7", "at least 7", "at most 7", "about 7", "7-9", "7-9, best 8", "dozens", "none", ""]
)
def test_what_is_written_back_reads_the_same(text):
    class Line:
        def __init__(self, columns):
            vars(self).update(columns)

    columns = numbers.columns(numbers.parse(text))

    assert numbers.columns(numbers.parse(numbers.written(Line(columns)))) == columns
