"""Claims in one line at the desk, in the words of the record."""

import pytest

from events.desk import wording
from events.models.claim import Claim
from tests import builders

pytestmark = pytest.mark.django_db


def said(claim):
    builders.draft(builders.person("analyst"), claims=[claim])
    return wording.said(Claim.objects.with_everything().latest("pk"))


def test_a_toll_tells_who_and_of_whom():
    everybody = builders.toll(13, category="all")
    parts = [builders.toll(7, category="security_forces"), builders.toll(6, category="militant")]
    parts = [part | {"subset_of": 0} for part in parts]
    women = builders.toll(5, demographic="women", subset_of=0)

    assert said(builders.claim("casualties", lines=[everybody, *parts])) == (
        "13 people killed, of whom 7 security forces, 6 militants"
    )
    assert said(builders.claim("casualties", lines=[builders.toll(8), women])) == "8 civilians killed, of whom 5 women"


def test_a_toll_names_the_party_by_its_short_name_and_says_what_it_covers():
    army = builders.actor("Testland army", short_name="TA")
    line = builders.toll(7, category="security_forces", party=army)

    words = said(builders.claim("casualties", lines=[line], scope="own_side_only", exhaustive=True))

    assert words.startswith("7 security forces killed (TA); ")
    assert words.endswith("; nobody beyond these")


def test_other_values_say_what_they_are_the_value_of():
    town, army = builders.location("Testtown"), builders.actor("Testland army")

    assert said(builders.claim("occurrence")) == "that it happened"
    assert said(builders.claim("location", value_location=town)) == "Testtown"
    assert said(builders.claim("origin", value_location=town)) == "from Testtown"
    assert said(builders.claim("perpetrator", value_actor=army, part="perpetrator")) == "perpetrator: Testland army"
    assert said(builders.claim("target_nature", value_code="school")) == "School"
    assert said(builders.claim("weapon", value_text="A made-up device")) == "A made-up device"
