"""A public document in ACLED's 31 columns, or the reason why it has no row."""

from datetime import date

import pytest

from events import uids
from events.choices import Kind
from events.exchange import acled, acled_words
from tests.exchange import acled_documents as made

ARMY, TALIBAN, GROUP, POST = "army", "taliban", "group", "post"
ACTORS = {
    ARMY: made.actor("Pakistan Army"),
    TALIBAN: made.actor("Taliban", "de_facto_authority", "afghanistan_de_facto", "AF"),
    GROUP: made.actor("Made-up Group", "armed_group", "non_state", ""),
    POST: made.actor("Frontier Corps"),
}


def row(**changes):
    return acled.row(made.document(actors=ACTORS, **changes), made.FACTS)


def concluded(**changes):
    return row(conclude=changes)


def test_the_strike_on_barmal_is_the_worked_row():
    names = {
        ARMY: [
            acled.Name("Military Forces of Pakistan (2018-2022)", date(2018, 8, 18), date(2022, 4, 10)),
            acled.Name("Military Forces of Pakistan (2022-)", date(2022, 4, 11)),
        ]
    }
    facts = acled.Facts(actors=names, countries=made.FACTS.countries)
    found = acled.row(
        made.document(
            actors=ACTORS,
            precision="part_of_day",
            time="03:00",
            participants=[{"actor": ARMY, "part": "perpetrator"}],
            claims=[
                made.claim(TALIBAN, "target_nature", code="civilian_home"),
                made.claim(ARMY, "target_nature", code="militant_hideout", citations=[{"document": "D-2"}]),
                made.claim(ARMY, "perpetrator", speech_act="acknowledgement", citations=[{"document": "D-3"}]),
            ],
            documents=[
                made.source("D-1", "RFE/RL", "international", "broadcaster"),
                made.source("D-2", "Dawn"),
                made.source("D-3", "AFP", "international", "wire"),
            ],
            conclude={
                "attribution": made.done_by(ARMY),
                "target_natures": made.natures("civilian_home", "militant_hideout"),
                "contested": made.contested("target_nature"),
                "casualties": made.killed(made.figure(6, 6, 6), civilian=made.figure(6, 6, 6)),
                "escalation": 7,
            },
        ),
        facts,
    )

    notes = found.pop("notes")
    assert tuple(found.values()) == (
        *("AFGX124", "2024-03-18", 2024, 1, "Political violence", "Explosions/Remote violence", "Air/drone strike"),
        *("Military Forces of Pakistan (2022-)", "", 8, "Civilians (Afghanistan)", "", 7, 78, ""),
        *(4, "Caucasus and Central Asia", "Afghanistan", "Paktika", "Barmal", "", "Barmal", "32.7043", "69.2574", 2),
        *("AFP; Dawn; RFE/RL", "International-National", 6),
        *("contested=target_nature; attribution=self_claimed; level=E7", 1710936000),
    )
    assert notes.startswith("On 18 March 2024 about 03:00, ")
    assert "Claimed: Pakistan Army." in notes
    assert "Killed: 6 (range of the accounts)." in notes
    assert acled.in_words(found)["interaction"] == "External/Other forces-Civilians"


def test_a_row_has_the_31_columns_in_their_order():
    assert tuple(row()) == acled.COLUMNS
    assert len(acled.COLUMNS) == 31


@pytest.mark.parametrize(
    ("reason", "changes"),
    [
        ("has_parts", {"parts": ["AAAA-AAAA"]}),
        ("series", {"category": "series", "kind": "series"}),
        ("kind_not_exported", {"category": "measure", "kind": "statement"}),
        ("kind_not_exported", {"kind": "other_violent"}),
        ("kind_not_exported", {"category": "political", "kind": "election"}),
        ("date_too_coarse", {"precision": "year"}),
        ("date_too_coarse", {"precision": "day_range", "until": "2024-03-25"}),
        ("date_too_coarse", {"date": {"start": None, "end": None, "precision": "unknown", "time_local": None}}),
        ("place_too_coarse", {"location_precision": "country"}),
        ("place_too_coarse", {"location": None, "location_precision": ""}),
        ("no_country", {"location": made.place(country=None), "location_precision": "border_segment"}),
        ("country_outside", {"location": made.place(country={"slug": "india", "name": "India"})}),
        ("no_coordinates", {"location": made.place(latitude=None, longitude=None)}),
        ("no_actor", {"category": "measure", "kind": "expulsion"}),
    ],
)
def test_what_cannot_be_expressed_is_skipped_with_the_reason(reason, changes):
    assert row(**changes) == acled.Skip("0000-003W", reason)
    assert reason in acled_words.SKIPPED


def test_every_reason_is_tried_above():
    mark = next(mark for mark in test_what_cannot_be_expressed_is_skipped_with_the_reason.pytestmark)

    assert {case[0] for case in mark.args[1]} == set(acled_words.SKIPPED)


def test_what_the_index_counts_as_a_whole_is_no_leaf():
    document = made.document()

    assert [type(found) for found in acled.rows([(document, False), (document, True)], made.FACTS)] == [
        acled.Skip,
        dict,
    ]


@pytest.mark.parametrize(
    ("precision", "until", "expected"),
    [
        ("minute", None, ("2024-03-18", 1)),
        ("day_range", "2024-03-24", ("2024-03-18", 2)),
        ("week", "2024-03-24", ("2024-03-18", 2)),
        ("month", "2024-03-31", ("2024-03-15", 3)),
    ],
)
def test_the_date_becomes_one_day_with_a_precision(precision, until, expected):
    day = "2024-03-01" if precision == "month" else "2024-03-18"
    found = row(precision=precision, day=day, until=until)

    assert (found["event_date"], found["time_precision"]) == expected


@pytest.mark.parametrize("status", ["attributed", "suspected", "unattributed"])
def test_nobody_is_named_on_an_adversarys_word(status):
    found = row(
        conclude={"attribution": made.done_by(ARMY, status)}, participants=[{"actor": ARMY, "part": "perpetrator"}]
    )

    assert (found["actor1"], found["assoc_actor_1"], found["inter1"]) == (
        "Unidentified Armed Group (Afghanistan)",
        "",
        3,
    )
    assert f"attribution={status}" in found["tags"]


@pytest.mark.parametrize(
    ("slug", "where", "code"),
    [(ARMY, made.place(), 8), (ARMY, made.in_pakistan(), 1), (TALIBAN, made.place(), 1), (GROUP, made.place(), 2)],
)
def test_the_type_of_an_actor_depends_on_where_it_acts(slug, where, code):
    found = row(location=where, conclude={"attribution": made.done_by(slug, "corroborated")})

    assert (found["actor1"], found["inter1"]) == (ACTORS[slug]["name"], code)


@pytest.mark.parametrize(
    ("kind", "side", "body", "code"),
    [
        ("person", "non_state", None, 2),
        ("person", "pakistan", ARMY, 1),
        ("person", "third", None, 7),
        ("office", "pakistan", None, 1),
        ("intergovernmental", "third", None, 8),
        ("media", "third", None, 7),
        ("population_group", "third", None, 7),
        ("unidentified", "non_state", None, 3),
        ("faction", "non_state", None, 2),
    ],
)
def test_people_and_offices_count_as_what_they_belong_to(kind, side, body, code):
    one = {"one": made.actor("One", kind, side, "")}
    found = acled.row(
        made.document(
            actors=ACTORS | one,
            location=made.in_pakistan(),
            bodies={"one": [body]} if body else {},
            conclude={"attribution": made.done_by("one")},
        ),
        made.FACTS,
    )

    assert found["inter1"] == code


def test_the_others_stand_beside_the_two_who_met():
    targets = [{"actor": POST, "part": "target"}, {"actor": ARMY, "part": "affected"}]
    found = row(
        kind="complex_attack",
        location=made.in_pakistan(),
        conclude={"attribution": made.done_by(GROUP), "targets": targets},
        participants=[{"actor": GROUP, "part": "perpetrator"}, *targets],
    )

    assert (found["actor1"], found["actor2"], found["assoc_actor_2"]) == (
        "Made-up Group",
        "Frontier Corps",
        "Pakistan Army",
    )
    assert (found["interaction"], found["sub_event_type"]) == (12, "Armed clash")


@pytest.mark.parametrize(
    ("conclude", "actor2", "civilian"),
    [
        ({"target_natures": made.natures("market")}, "Civilians (Afghanistan)", "Civilian targeting"),
        (
            {"casualties": made.killed(made.figure(3, 3, 3), civilian=made.figure(3, 3, 3))},
            "Civilians (Afghanistan)",
            "",
        ),
        ({"casualties": made.killed(made.figure(3, 3, 3))}, "", ""),
        ({"target_natures": made.natures("military_post")}, "", ""),
        ({}, "", ""),
        ({"target_natures": made.natures("market", "police"), "contested": made.contested("target_nature")}, "", ""),
    ],
)
def test_actor_two_is_civilian_only_where_nothing_else_is_said(conclude, actor2, civilian):
    found = concluded(**conclude)

    assert (found["actor2"], found["civilian_targeting"]) == (actor2, civilian)
    assert found["inter2"] == (7 if actor2 else 0)


def test_one_actor_alone_is_the_only_one_in_the_interaction():
    found = row(conclude={"attribution": made.done_by(GROUP)})

    assert (found["interaction"], acled.in_words(found)["interaction"]) == (20, "Rebel group only")
    assert acled.in_words(found)["inter2"] == ""


@pytest.mark.parametrize(
    ("total", "contested", "expected"),
    [
        (made.figure(6, 6, 6), (), 6),
        (made.figure(8, 9, 13), (), 8),
        (made.figure(3, 5, 5), ("casualties",), 3),
        (made.figure(4, None, None, True), (), 4),
        (made.figure(None, 7, None), (), 7),
        (made.figure(0, 0, 0), (), 0),
        (made.NO_FIGURE, (), 0),
    ],
)
def test_deaths_are_the_low_of_a_range(total, contested, expected):
    found = concluded(casualties=made.killed(total), contested=made.contested(*contested))

    assert found["fatalities"] == expected
    assert ("killed=not_reported" in found["tags"]) == (total is made.NO_FIGURE)


@pytest.mark.parametrize(
    ("kind", "conclude", "expected"),
    [
        ("infiltration_attempt", {}, ("Strategic developments", "Other")),
        (
            "infiltration_attempt",
            {"casualties": {"injured": {"total": made.figure(1, 1, 1)}}},
            ("Battles", "Armed clash"),
        ),
        ("targeted_killing", {"target_natures": made.natures("police")}, ("Battles", "Armed clash")),
        ("targeted_killing", {}, ("Violence against civilians", "Attack")),
        (
            "post_seizure",
            {"attribution": made.done_by(GROUP), "targets": [{"actor": TALIBAN, "part": "target"}]},
            ("Battles", "Non-state actor overtakes territory"),
        ),
        (
            "post_seizure",
            {"attribution": made.done_by(TALIBAN), "targets": [{"actor": GROUP, "part": "target"}]},
            ("Battles", "Government regains territory"),
        ),
        (
            "post_seizure",
            {"attribution": made.done_by(TALIBAN), "targets": [{"actor": ARMY, "part": "target"}]},
            ("Battles", "Armed clash"),
        ),
    ],
)
def test_the_type_follows_from_who_met_whom_where_the_kind_leaves_it_open(kind, conclude, expected):
    found = row(kind=kind, conclude=conclude)

    assert (found["event_type"], found["sub_event_type"]) == expected


@pytest.mark.parametrize(
    ("kind", "natures", "expected"),
    [
        ("deployment", ("border_post",), "Headquarters or base established"),
        ("deployment", (), "Other"),
        ("ceasefire", (), "Agreement"),
        ("arrests", (), "Arrests"),
        ("fence_removal", (), "Looting/property destruction"),
        ("border_closure", (), "Other"),
    ],
)
def test_measures_of_somebody_are_strategic_developments(kind, natures, expected):
    found = row(
        category="measure",
        kind=kind,
        conclude={"attribution": made.done_by(TALIBAN), "target_natures": made.natures(*natures)},
    )

    assert (found["disorder_type"], found["event_type"]) == ("Strategic developments", "Strategic developments")
    assert found["sub_event_type"] == expected
    assert found["civilian_targeting"] == ""


def test_every_kind_has_a_type_or_is_named_as_not_exported():
    left_out = {"other_violent", "statement", "demarche", "threat", "sanction", "series"}
    left_out |= {"election", "appointment", "change_of_government", "other_political"}

    assert set(Kind.codes()) - set(acled_words.TYPES) == left_out


@pytest.mark.parametrize(
    ("precision", "basis", "far", "expected"),
    [
        ("site", "site", 0.5, 1),
        ("settlement", "settlement", 2.0, 1),
        ("settlement", "centroid", 30.0, 2),
        ("site", "centroid", 120.0, 3),
        ("near_settlement", "settlement", 5.0, 2),
        ("province", "centroid", 90.0, 3),
    ],
)
def test_no_place_is_finer_than_its_coordinates(precision, basis, far, expected):
    found = row(location_precision=precision, location=made.place(coordinate_basis=basis, uncertainty_km=far))

    assert found["geo_precision"] == expected
    assert ("coded to Barmal" in found["notes"]) == (expected > 1)


def test_a_name_holds_for_its_time_only_and_the_newest_wins():
    names = [
        acled.Name("Then", date(2010, 1, 1), date(2020, 1, 1)),
        acled.Name("Since", date(2015, 1, 1)),
        acled.Name("Old"),
    ]
    facts = acled.Facts(actors={GROUP: names}, countries=made.FACTS.countries)

    def named(day):
        document = made.document(actors=ACTORS, day=day, conclude={"attribution": made.done_by(GROUP)})
        return acled.row(document, facts)["actor1"]

    assert [named(day) for day in ("2009-01-01", "2012-01-01", "2016-01-01")] == ["Old", "Then", "Since"]


def test_the_monadic_shape_shows_each_from_its_own_side():
    found = row(conclude={"attribution": made.done_by(GROUP), "targets": [{"actor": TALIBAN, "part": "target"}]})

    assert [one["actor1"] for one in acled.sides(found)] == ["Made-up Group", "Taliban"]
    assert len(list(acled.sides(row()))) == 1


def test_the_id_is_the_number_of_the_uid_behind_a_prefix_that_acled_never_uses():
    assert row(location=made.in_pakistan())["event_id_cnty"] == f"PAKX{uids.number('0000003W')}"


def test_notes_tell_claims_denials_and_silence_apart():
    found = row(
        summary="A made-up summary.",
        claims=[
            made.claim(GROUP, "perpetrator", speech_act="claim_of_responsibility"),
            made.claim(ARMY, "perpetrator", stance="denies", speech_act="denial"),
            made.claim(TALIBAN, "perpetrator", stance="denies", is_eligible=False),
            made.claim(TALIBAN, "casualties", stance="denies"),
        ],
        links=[{"type": "retaliation_for", "to": "7K3M-9QX2"}, {"type": "follows", "to": "AAAA-AAAA"}],
    )

    assert "A made-up summary. Claimed: Made-up Group. Denied: Pakistan Army. Killed: not reported." in found["notes"]
    assert "retaliation_for=7K3M-9QX2" in found["tags"]
    assert "AAAA" not in found["tags"]


def test_channels_and_accounts_are_new_media_and_a_source_without_scale_is_another():
    documents = [made.source("D-1", "A", "local", "social_account"), made.source("D-2", "B", "")]
    found = row(documents=documents, claims=[made.claim(citations=[{"document": "D-1"}, {"document": "D-2"}])])

    assert found["source_scale"] == "New media-Other"
