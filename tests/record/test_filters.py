"""The query string: every parameter chooses what it says, and refuses what it does not understand."""

import pytest
from django.http import QueryDict

from events.record.selection import Selection
from tests.record import rows


def chosen(query):
    selection = Selection.parse(QueryDict(query))
    assert selection.errors == {}, selection.errors
    return set(selection.queryset())


def refusal(query, name, extra=()):
    """The sentences of a refused query string, which must select nothing."""
    selection = Selection.parse(QueryDict(query), extra=extra)
    assert list(selection.errors) == [name]
    assert not selection.queryset().exists()
    return " ".join(selection.errors[name])


@pytest.fixture
def two(db):
    """An incident in March in Pakistan and one in May in Afghanistan."""
    pakistan = rows.place("Pakistan", level="country", iso="PK")
    province = rows.place("Khyber Pakhtunkhwa", level="province", parent=pakistan, iso="PK-KP")
    district = rows.place("Khyber", level="district", parent=province)
    torkham = rows.place("Torkham", level="settlement", parent=district)
    gate = rows.place("Torkham gate", level="site", parent=torkham)
    afghanistan = rows.place("Afghanistan", level="country", iso="AF")
    return {
        "march": rows.incident(
            "Shelling near Torkham",
            at=gate,
            kind="shelling",
            contested_aspects="|casualties|",
            attribution="suspected",
            escalation=6,
        ),
        "may": rows.incident(
            "Talks in Kabul", day="2024-05-02", at=afghanistan, kind="talks", counts_incident=False, escalation=0
        ),
    }


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", {"march", "may"}),
        ("q=&kind=&actor=", {"march", "may"}),
        ("q=torkham", {"march"}),
        ("q=TORKHÁM+shelling", {"march"}),
        ("q=torkham+kabul", set()),
        ("q=100%25", set()),
        ("date_from=2024-03-19", {"may"}),
        ("date_from=2024-03-18&date_to=2024-03-18", {"march"}),
        ("date_to=2024-03-17", set()),
        ("country=PK", {"march"}),
        ("country=pakistan", {"march"}),
        ("province=PK-KP", {"march"}),
        ("province=Khyber+Pakhtunkhwa&country=Pakistan", {"march"}),
        ("district=khyber", {"march"}),
        ("location=torkham", {"march"}),
        ("location=torkham-gate", {"march"}),
        ("location=pakistan", {"march"}),
        ("location=AFGHANISTAN", {"may"}),
        ("kind=talks", {"may"}),
        ("kind=talks&kind=shelling", {"march", "may"}),
        ("category=violent", {"march"}),
        ("category=measure&kind=talks", {"may"}),
        ("contested=yes", {"march"}),
        ("contested=no", {"may"}),
        ("contested_aspect=casualties&contested_aspect=date", {"march"}),
        ("contested_aspect=date", set()),
        ("attribution=suspected", {"march"}),
        ("counted=yes", {"march"}),
        ("harm_grade=none_reported", {"march", "may"}),
        ("harm_grade=fair&harm_grade=weak", set()),
        ("killed=not_reported", {"march", "may"}),
        ("killed=reported", set()),
        ("escalation_min=1", {"march"}),
        ("escalation_min=0", {"march", "may"}),
    ],
)
def test_each_parameter_chooses_what_it_says(two, query, found):
    assert chosen(query) == {two[name] for name in found}


@pytest.mark.parametrize(
    ("query", "name", "words"),
    [
        ("kind=bombing", "kind", "“bombing” is not a kind. Use one of: suicide_bombing"),
        ("kind=shelling&kind=nonsense", "kind", "not a kind"),
        ("category=peace", "category", "violent, measure, political, series"),
        ("contested=maybe", "contested", "yes, no"),
        ("contested_aspect=toll", "contested_aspect", "not an aspect"),
        ("attribution=guessed", "attribution", "not an attribution"),
        ("counted=no", "counted", "yes"),
        ("escalation_min=10", "escalation_min", "0 to 9"),
        ("escalation_min=-1", "escalation_min", "0 to 9"),
        ("escalation_min=٣", "escalation_min", "0 to 9"),
        ("date_from=18.03.2024", "date_from", "such as 2024-03-18"),
        ("date_from=20240318", "date_from", "such as 2024-03-18"),
        ("date_to=2024-02-30", "date_to", "such as 2024-03-18"),
        ("date_from=2024-03-02&date_to=2024-03-01", "date_to", "lies before date_from, 2024-03-02"),
        ("date_from=2024-03-02&date_from=2024-03-02", "date_from", "given 2 times"),
        ("q=%21%21", "q", "no letter or digit"),
        ("q=" + "a" * 201, "q", "201 characters are too many; use at most 200"),
        ("q=a%00b", "q", "U+0000"),
        ("q=%FF", "q", "UTF-8"),
        ("actor=a%0Ab", "actor", "U+000A"),
        ("actor=nobody", "actor", "no actor of the record"),
        ("actor=50%25+off", "actor", "“50% off” is no actor"),
        ("role=target", "role", "add actor"),
        ("country=Torkham", "country", "no country of the record"),
        ("location=atlantis", "location", "no place of the record"),
        ("location=Torkam", "location", "Did you mean Torkham"),
        ("province=khyber-pakhtunkhwa&country=afghanistan", "province", "does not lie in Afghanistan"),
        ("category=measure&kind=shelling", "kind", "category violent"),
        ("contested=no&contested_aspect=casualties", "contested_aspect", "drop one"),
        ("date_by=first_day", "date_by", "add date_from or date_to"),
        ("date_from=2024-01-01&date_by=last_day", "date_by", "first_day, overlap"),
        ("acting_side=iran", "acting_side", "not_named"),
        ("target_side=nobody", "target_side", "not_named"),
        ("harm_grade=some", "harm_grade", "none_reported"),
        ("killed=0", "killed", "reported, not_reported"),
        ("colour=red", "colour", "is not a parameter here"),
        ("kinds=talks", "kinds", "Did you mean kind?"),
        ("page=2", "page", "is not a parameter here"),
    ],
)
def test_each_parameter_refuses_what_it_does_not_understand(two, query, name, words):
    assert words in refusal(query, name)


def test_a_door_may_take_parameters_of_its_own(two):
    selection = Selection.parse(QueryDict("cursor=x&kind=talks"), extra=("cursor",))

    assert selection.errors == {}
    assert selection.normalised == {"kind": ["talks"]}
    assert "given 2 times" in refusal("cursor=x&cursor=y", "cursor", extra=("cursor",))


def test_an_actor_is_found_by_slug_uid_and_every_name_with_its_factions(db):
    ttp = rows.actor("Tehrik-i-Taliban Pakistan", slug="ttp", short_name="TTP", aliases=["تحریک طالبان پاکستان"])
    faction = rows.actor("Jamaat-ul-Ahrar")
    attack = rows.incident(parts=[(faction, "perpetrator"), (ttp, "perpetrator", False)])
    rows.incident("Unrelated")

    for spelling in ("ttp", ttp.uid, ttp.shown_uid.lower(), "tehrik i taliban pakistan", "تحريك طالبان پاكستان", "TTP"):
        assert chosen(f"actor={spelling}") == {attack}
    assert chosen("actor=ttp&role=perpetrator") == {attack}
    assert chosen("actor=ttp&role=target") == set()


def test_an_ambiguous_name_is_refused_with_its_candidates(db):
    afghan = rows.actor("Afghan Taliban", aliases=["Taliban"])
    pakistani = rows.actor("Pakistani Taliban", aliases=["Taliban"])
    rows.incident(parts=[(afghan, "target"), (pakistani, "perpetrator")])

    sentence = refusal("actor=taliban", "actor")
    suggestions = Selection.parse(QueryDict("actor=taliban&kind=shelling")).suggestions

    assert "Afghan Taliban (afghan-taliban); Pakistani Taliban (pakistani-taliban)" in sentence
    assert [one.row for one in suggestions] == [afghan, pakistani]
    assert "actor=afghan-taliban" in suggestions[0].address
    assert "kind=shelling" in suggestions[0].address


def test_an_actor_that_no_edition_mentions_is_not_known_to_exist(db):
    rows.actor("Secret draft front")

    sentence = refusal("actor=secret+draft+front", "actor")

    assert "no actor of the record" in sentence
    assert "Did you mean" not in sentence


def test_a_vague_date_is_found_by_every_day_it_may_mean(db):
    month = rows.incident(day="2024-03-01", until="2024-03-31", date_precision="month")
    rows.incident("Undated", day=None)

    assert chosen("date_from=2024-03-20&date_to=2024-03-21") == {month}
    assert chosen("date_to=2024-02-29") == set()


def test_a_uid_finds_its_incident(two):
    assert chosen(f"q={two['may'].shown_uid.lower()}") == {two["may"]}


def test_the_selection_has_one_spelling_and_says_what_it_understood(two):
    selection = Selection.parse(QueryDict("kind=talks&kind=shelling&location=PAKISTAN&q=+Torkham+&role="))

    assert selection.normalised == {"q": "Torkham", "location": "pakistan", "kind": ["shelling", "talks"]}
    assert selection.querystring == "q=Torkham&location=pakistan&kind=shelling&kind=talks"


def test_a_chip_removes_itself_and_nothing_else(db):
    ttp = rows.actor("TTP")
    rows.incident(parts=[(ttp, "target")])
    selection = Selection.parse(QueryDict("actor=ttp&role=target&kind=talks&kind=shelling&date_from=2024-03-01"))

    chips = {chip.label: chip.address for chip in selection.chips}

    assert chips["from 1 March 2024"] == "?actor=ttp&role=target&kind=shelling&kind=talks"
    assert chips["Kind: Talks"] == "?date_from=2024-03-01&actor=ttp&role=target&kind=shelling"
    assert chips["TTP and its factions"] == "?date_from=2024-03-01&kind=shelling&kind=talks"


def test_what_was_typed_is_kept_right_or_wrong(two):
    selection = Selection.parse(QueryDict("kind=bombing&q=%00&date_from=yesterday"))

    assert selection.typed["kind"] == ["bombing"]
    assert selection.typed["date_from"] == "yesterday"
    assert selection.typed["q"] == ""


@pytest.mark.parametrize(
    ("query", "is_found"),
    [
        ("date_from=2024-03-10", True),
        ("date_from=2024-03-10&date_by=overlap", True),
        ("date_from=2024-03-10&date_by=first_day", False),
        ("date_from=2024-03-01&date_to=2024-03-01&date_by=first_day", True),
        ("date_to=2024-02-29&date_by=first_day", False),
    ],
)
def test_a_vague_date_counts_where_it_overlaps_or_by_its_first_day(db, query, is_found):
    vague = rows.incident(day="2024-03-01", until="2024-03-31", date_precision="month")

    assert chosen(query) == ({vague} if is_found else set())


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("acting_side=pakistan", {"strike"}),
        ("acting_side=non_state", set()),  # the faction acts, not what it belongs to
        ("acting_side=not_named", {"attack"}),
        ("target_side=third", {"strike", "attack"}),
        ("target_side=pakistan", set()),
        ("acting_side=pakistan&target_side=third", {"strike"}),
        ("acting_side=pakistan&target_side=not_named", set()),
    ],
)
def test_sides_are_those_of_who_acts_and_whom_it_meets(db, query, found):
    army, people = rows.actor("Army", side="pakistan"), rows.actor("Residents", side="third")
    above = rows.actor("Umbrella", side="non_state")
    here = {
        "strike": rows.incident(parts=[(army, "perpetrator"), (above, "perpetrator", False), (people, "target")]),
        "attack": rows.incident(parts=[(people, "affected"), (army, "announcer")]),
    }

    assert chosen(query) == {here[name] for name in found}


def test_the_chip_of_the_last_day_takes_the_way_to_compare_with_it():
    selection = Selection.parse(QueryDict("date_from=2024-03-01&date_by=first_day&kind=talks"))

    assert [chip.address for chip in selection.chips if "from" in chip.label] == ["?kind=talks"]
