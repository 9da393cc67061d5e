"""R12 over several days, by worked examples: the rolling maximum and level 9. Everything here is made up."""

from datetime import date, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from events.rules.escalation import DAYS, Level, Stretch, rolling


def march(day, level, state=""):
    return Level(date(2024, 3, day), level, state)


def levels_of(levels, first, last):
    """The level of each day, and nothing left out between two stretches."""
    found = rolling(levels, date(2024, 3, first), date(2024, 3, last))
    assert all(one.last + timedelta(1) == next_.first for one, next_ in pairwise(found))
    assert all(one.level != next_.level for one, next_ in pairwise(found))
    return [one.level for one in found for _ in range((one.last - one.first).days + 1)]


def test_a_level_stands_for_seven_days_from_its_own():
    assert levels_of([march(10, 3)], 9, 18) == [None, 3, 3, 3, 3, 3, 3, 3, None, None]


def test_the_highest_of_seven_days_counts_and_lower_ones_come_back_after_it():
    found = levels_of([march(10, 7), march(12, 3), march(14, 0)], 10, 21)

    assert found == [7] * 7 + [3] * 2 + [0] * 2 + [None]


def test_what_happened_in_the_six_days_before_the_first_counts():
    assert levels_of([march(4, 5), march(3, 8)], 10, 11) == [5, None]


def test_strikes_of_two_states_on_three_days_of_seven_are_level_9():
    strikes = [march(10, 7, "PK"), march(12, 7, "AF"), march(16, 8, "PK")]

    assert levels_of(strikes, 10, 17) == [7, 7, 7, 7, 7, 7, 9, 8]


def test_level_9_needs_three_days_two_states_and_level_7():
    two_days = [march(10, 8, "PK"), march(10, 7, "AF"), march(11, 7, "PK")]
    one_state = [march(10, 7, "PK"), march(11, 7, "PK"), march(12, 7, "PK")]
    nobody_named = [march(10, 7, "PK"), march(11, 7), march(12, 7)]
    only_shelling_back = [march(10, 7, "PK"), march(11, 6, "AF"), march(12, 7, "PK"), march(13, 7, "PK")]
    eight_days = [march(10, 7, "PK"), march(13, 7, "AF"), march(17, 7, "PK")]

    for levels in (two_days, one_state, nobody_named, only_shelling_back, eight_days):
        assert 9 not in levels_of(levels, 10, 25)


def test_the_first_days_of_the_calendar_have_no_days_before_them():
    assert rolling([Level(date.min, 4)], date.min, date.min) == [Stretch(date.min, date.min, 4)]


def test_a_century_without_anything_is_one_stretch():
    found = rolling([Level(date(1893, 11, 12), 0), march(1, 3)], date(1893, 11, 12), date(2024, 3, 7))

    assert [one.level for one in found] == [0, None, 3]
    assert found[1] == Stretch(date(1893, 11, 19), date(2024, 2, 29), None)


@given(
    st.lists(st.builds(march, st.integers(1, 31), st.integers(0, 8), st.sampled_from(["", "PK", "AF"])), max_size=12)
)
def test_no_day_is_lower_than_what_began_in_its_seven_days_and_none_is_made_up(levels):
    for day, found in enumerate(levels_of(levels, 1, 31), start=1):
        near = [level.level for level in levels if 0 <= day - level.day.day < DAYS]
        assert found in ({None} if not near else {max(near), 9})
