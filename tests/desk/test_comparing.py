"""A claim beside its rivals: where they differ, and where one of them says nothing."""

import pytest

from events.desk import comparing
from tests import builders

pytestmark = pytest.mark.django_db


def beside(analyst, *claims):
    """Heading → (value of the first claim, value of the second, whether that differs)."""
    at_hand, *rivals = builders.draft(analyst, claims=claims).claims.with_everything()
    found = comparing.beside(at_hand, rivals)
    first, second = (row.cells for row in found.rows)
    return {
        heading: (mine.shown, theirs.shown, theirs.differs)
        for heading, mine, theirs in zip(found.headings, first, second, strict=True)
    }


def test_numbers_of_the_same_people_differ(analyst):
    tolls = [builders.claim("casualties", claimant_text=f"Test {n}", lines=[builders.toll(n)]) for n in (8, 12)]

    assert beside(analyst, *tolls)["Killed: civilians"] == ("8", "12", True)


def test_what_one_does_not_state_differs_in_nothing(analyst):
    found = beside(
        analyst,
        builders.claim("casualties", claimant_text="Test one", lines=[builders.toll(0)]),
        builders.claim("casualties", claimant_text="Test two", lines=[builders.toll(4, category="militant")]),
    )

    assert found["Killed: civilians"] == ("0", "not stated", False)
    assert found["Killed: militants"] == ("not stated", "4", False)


def test_a_denial_of_the_same_differs_in_stance_alone(analyst):
    group = builders.actor("Test Front")
    who = {"value_actor": group, "part": "perpetrator"}
    found = beside(
        analyst,
        builders.claim("perpetrator", claimant_text="Test one", **who),
        builders.claim("perpetrator", claimant_text="Test two", stance="denies", **who),
    )

    assert found["Stance"][2]
    assert not found["What"][2]


def test_without_rivals_there_is_nothing_to_compare(analyst):
    claim = builders.draft(analyst).claims.with_everything().get()

    assert comparing.beside(claim, []) is None
