"""Looking names up: any spelling in four scripts, the nearest first, few questions to the database, no silent pick."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from events import spellings
from events.desk import lookup, registers
from tests import builders

pytestmark = pytest.mark.django_db


def named(kind, text):
    return [one.name for one in lookup.look_up(kind, text)]


@pytest.fixture
def miran_shah():
    spellings = [
        {"text": "میران شاہ", "language": "ur", "kind": "transliteration"},
        {"text": "مېرانشاه", "language": "ps", "kind": "transliteration"},
        {"text": "ميرانشاه ولسوالی", "language": "prs", "kind": "transliteration"},
    ]
    builders.location("Mirpur Test")
    return builders.location("Miran Shah", aliases=spellings)


@pytest.mark.parametrize(
    "typed",
    [
        "Miran Shah",
        "Miranshah",
        "miran-shah",
        "Mirān Shāh",
        "MĪRĀN SHĀH",
        "میران شاہ",
        "ميران شاه",
        "میرانشاہ",
        "مېرانشاه",
        "ميرانشاه ولسوالي",
    ],
)
def test_one_place_in_every_spelling_and_script(miran_shah, typed):
    found = lookup.look_up("places", typed)

    assert found[0].uid == miran_shah.uid
    assert [one.uid for one in lookup.named(found)] == [miran_shah.uid]


def test_the_spelling_that_matched_is_told_with_its_language(miran_shah):
    (found,) = lookup.look_up("places", "میران شاہ")

    assert (found.name, found.spelling, found.language) == ("Miran Shah", "میران شاہ", "ur")
    assert lookup.look_up("places", "miran sh")[0].spelling == ""


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("angor ad", "Angoor Adda"),
        ("Torkam", "Torkham"),
        ("turkhum", "Torkham"),
        ("Waziristn", "North Waziristan"),
        ("Qandhar", "Kandahar"),
        ("spin boldk", "Spin Boldak"),
    ],
)
def test_misspelt_places_are_found(typed, name):
    for place in ("Angoor Adda", "Torkham", "North Waziristan", "Kandahar", "Spin Boldak", "Quetta", "Testtown"):
        builders.location(place)

    assert named("places", typed) == [name]
    assert lookup.named(lookup.look_up("places", typed)) == []


def test_the_nearest_come_first_exact_then_beginning_then_word_then_within_then_alike():
    for name in ("Testkholm", "Old Testkhost", "Newtestkhost", "Testkhost Bazaar", "Testkhost"):
        builders.location(name)

    expected = ["Testkhost", "Testkhost Bazaar", "Old Testkhost", "Newtestkhost", "Testkholm"]
    assert named("places", "testkhost") == expected


def test_among_equals_coarse_levels_and_large_populations_come_first():
    province = builders.location("Testkhost", level="province")
    small = builders.location("Testkhost", population=5)
    large = builders.location("Testkhost", population=5000)

    found = lookup.look_up("places", "testkhost")

    assert [one.uid for one in found] == [province.uid, large.uid, small.uid]
    assert len(lookup.named(found)) == 3


def test_the_hint_says_what_a_place_is_and_what_it_lies_in():
    places = builders.places()

    (found,) = lookup.look_up("places", places["town"].name)

    assert found.hint == "Settlement, Test District, Test Province, Testland"
    assert lookup.look_up("places", "test district")[0].hint == "District, Test Province, Testland"


def test_a_name_of_several_actors_is_ambiguous():
    alias = [{"text": "Testiban", "language": "en", "kind": "metonym"}]
    one, other = builders.actor("Test authorities", aliases=alias), builders.actor("Test group", aliases=alias)
    builders.actor("Testiban ministry")

    found = lookup.look_up("actors", "TESTIBAN")

    assert {entry.uid for entry in lookup.named(found)} == {one.uid, other.uid}
    assert found[2].name == "Testiban ministry"


def test_actors_by_short_name_and_sources_by_domain():
    builders.actor("Test Front of the Made-up", short_name="TFM")
    builders.source("Test Gazette", domain="gazette.example")

    assert named("actors", "tfm") == ["Test Front of the Made-up"]
    assert named("sources", "gazette.example") == ["Test Gazette"]
    assert named("sources", "test gazete") == ["Test Gazette"]


def test_entries_folded_into_another_are_not_offered(editor):
    gone, stays = builders.location("Oldtown"), builders.location("Newtown")
    registers.merge_location(gone, stays, by=editor)

    assert [one.uid for one in lookup.look_up("places", "oldtown")] == [stays.uid]


@pytest.mark.parametrize("typed", ["", "   ", "…", "%", "\u200d", "x" * 200, "'; --", "_" * 5])
def test_what_is_no_name_finds_nothing(typed):
    builders.location("Testtown")

    assert lookup.look_up("places", typed) == []


def test_one_letter_finds_names_and_words_that_begin_with_it():
    for name in ("Zedtown", "Old Zedtown", "Gazetown"):
        builders.location(name)

    assert named("places", "z") == ["Zedtown", "Old Zedtown"]


@pytest.mark.parametrize("count", [5, 300])
def test_at_most_twenty_entries_and_two_queries(count):
    for number in range(count):
        builders.location(f"Testtown {number}", aliases=[{"text": f"Testville {number}", "kind": "former"}])

    for typed in ("testtown", "testtown 3", "testown", "tesville", "nothing of the kind", "t"):
        with CaptureQueriesContext(connection) as asked:
            found = lookup.look_up("places", typed)

        assert len(found) <= 20
        assert len({one.uid for one in found}) == len(found)
        assert len(asked) <= 2


def test_the_order_is_the_same_every_time():
    for number in range(30):
        builders.location(f"Testtown {number % 3}")

    assert lookup.look_up("places", "testtown") == lookup.look_up("places", "testtown")


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [
        ("miran shah", "miranshah", True),
        ("test gazette", "the test gazette", True),
        ("dawn", "dawm", True),
        ("torkham", "turkhum", False),
        ("torkham", "torkhum", True),
        ("tehreek e testiban", "tehrik i testiban", True),
        ("brigade 12", "brigade 21", False),
        ("north waziristan", "south waziristan", False),
        ("dir", "dar", False),
        ("khost", "kunduz", False),
    ],
)
def test_which_names_are_nearly_one(one, other, alike):
    assert spellings.are_nearly_one(one, other) is alike
    assert spellings.are_nearly_one(other, one) is alike


def test_entries_that_are_nearly_one_are_found_by_their_other_names_too():
    known = builders.actor("Test Front", aliases=[{"text": "Made-up Brigade", "kind": "former"}])
    builders.actor("Quite another")

    assert [one.uid for one in lookup.nearly_one("actors", "Madeup brigad")] == [known.uid]
    assert lookup.nearly_one("actors", "Something new") == []
