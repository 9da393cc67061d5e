"""Profiles of actors, places and sources: what they count is what their links lead to, and they ask a few questions only."""

import re
from datetime import date
from html import unescape

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from events.desk import claims, registers
from events.models.edition import PublishedClaim, PublishedIncident
from events.press import editions, index
from events.record import actor_profile, place_profile, relation_lanes, small_map, source_profile, speech
from events.record.relation_lanes import Axis, Lane
from events.record.selection import Selection
from tests import builders
from tests.record import rows

pytestmark = pytest.mark.django_db


def text(response):
    return response.content.decode()


def counted(client, address):
    """How many incidents the timeline lists at an address of a page."""
    page = text(client.get(unescape(address)))
    return int(re.search(r"<strong>([\d,]+) incidents?</strong>", page).group(1))


def queries(client, address):
    with CaptureQueriesContext(connection) as asked:
        assert client.get(address).status_code == 200
    return len(asked)


def profile(actor, on=None):
    return actor_profile.of(actor, on=on, claims_shown=10)


# --- actors ---------------------------------------------------------------------------------------------------------


@pytest.fixture
def front():
    """An armed group with a faction; incidents of every tier, one with a rival, one of a faction, one as a target."""
    group, faction, army = rows.actor("Front"), rows.actor("Faction"), rows.actor("Army", side="pakistan")
    for tier in ("self_claimed", "attributed", "attributed"):
        rows.incident(tier, parts=[(group, "perpetrator")], attribution=tier, perpetrator=group)
    rows.incident(
        "of the faction",
        parts=[(faction, "perpetrator"), (group, "perpetrator", False)],
        attribution="self_claimed",
        perpetrator=faction,
    )
    rows.incident(
        "of one or the other", parts=[(group, "perpetrator"), (army, "perpetrator")], attribution="attributed"
    )
    rows.incident("against it", parts=[(group, "target")], attribution="self_claimed", perpetrator=army)
    return group


def test_tiers_tell_on_whose_word_an_actor_did_it(front):
    tiers = {share.code: (share.incidents, share.own, share.one_of_several) for share in profile(front)["tiers"]}

    assert tiers == {"self_claimed": (2, 1, 0), "attributed": (3, 3, 1)}


def test_every_number_of_an_actor_leads_to_as_many_incidents(client, front):
    found = profile(front)

    for share in [*found["tiers"], *found["parts"]]:
        assert counted(client, f"/?{share.query}") == share.incidents, share
    assert counted(client, f"/?{found['selection'].querystring}") == found["incidents_total"] == 6
    assert found["held_total"] == 5


def test_speech_counts_responsibility_denials_and_who_names_an_actor(client):
    group, ministry = rows.actor("Front"), rows.actor("Ministry")
    row = rows.incident("Attack", parts=[(group, "perpetrator")])
    rows.claim(row, by=group, speech_act="claim_of_responsibility", aspect="perpetrator", actor="front")
    rows.claim(row, by=group, speech_act="denial", stance="denies")
    rows.claim(row, by=group, speech_act="statement")
    for stance, by in (("asserts", ministry), ("denies", ministry), ("asserts", None)):
        made = rows.claim(row, by=by, aspect="perpetrator", actor="front", stance=stance)
        PublishedClaim.objects.filter(pk=made.pk).update(actor=group)

    found = speech.of(group)

    assert (found.claims, found.owning, found.denying) == (3, 1, 1)
    assert [(act.label, act.claims, act.denying) for act in found.acts] == [
        ("Claim of responsibility", 1, 0),
        ("Denial", 1, 1),
        ("Statement", 1, 0),
    ]
    assert [(one.name, one.asserting, one.denying) for one in found.namings] == [("Ministry", 1, 1), ("", 1, 0)]
    page = text(client.get("/actors/front/"))
    assert 'href="/api/v1/claims/?claimant=front"' in page
    assert "People named only in words" in page
    assert counted(client, "/?claimant=front") == 1


def test_a_relation_is_told_as_of_a_day(client):
    group, state = rows.actor("Front"), rows.actor("State")
    rows.relation(state, "hosts", group, valid_from=date(2001, 1, 1), valid_until=date(2021, 8, 15))
    rows.relation(group, "part_of", state)

    within, after = text(client.get("/actors/front/?on=2021-08-15")), text(client.get("/actors/front/?on=2021-08-16"))

    assert "not on" not in within
    assert after.count("not on 16 August 2021") == 1
    assert "from 1 January 2001 until 15 August 2021" in after and "no dates known" in after


@pytest.mark.parametrize("query", ["on=yesterday", "on=2021-02-30", "on=2021-01-01&on=2022-01-01", "at=2021-01-01"])
def test_a_wrong_day_is_refused(client, query):
    rows.incident(parts=[(rows.actor("Front"), "target")])

    assert client.get(f"/actors/front/?{query}").status_code == 400


def test_the_day_stays_while_one_pages_on(client):
    group = rows.actor("Front")
    for _ in range(30):
        rows.incident(parts=[(group, "target")])

    page = text(client.get("/actors/front/?on=2024-01-01"))

    assert re.search(r'href="\?on=2024-01-01&amp;after=[\w=-]+#incidents"', page)


def lane(**more):
    return Lane(
        **{"label": "fights", "since": None, "until": None, "is_contested": False, "is_held": True, "address": "/"}
        | more
    )


def test_lanes_show_open_ends_contest_and_what_is_only_said():
    drawn = relation_lanes.drawn(
        [
            lane(since=date(2001, 1, 1), until=date(2021, 12, 31)),
            lane(until=date(2010, 1, 1), is_contested=True),
            lane(is_held=False),
        ]
    )

    wide = drawn[: drawn.index("</svg>")]
    assert wide.count('class="spans__open"') == 3
    assert wide.count("spans__bar--contested") == wide.count("spans__bar--said") == 1
    assert drawn.count("<svg") == 2


def test_lanes_without_any_date_are_not_drawn():
    assert relation_lanes.drawn([lane(), lane()]) == ""


def test_lanes_mark_a_day_only_where_the_axis_has_it():
    dated = [lane(since=date(2001, 1, 1), until=date(2021, 12, 31))]

    assert "spans__on" in relation_lanes.drawn(dated, on=date(2010, 5, 5))
    assert "spans__on" not in relation_lanes.drawn(dated, on=date(9999, 12, 31))
    assert relation_lanes.drawn(dated, on=date(9999, 12, 31)) == relation_lanes.drawn(dated)


def test_names_in_lanes_are_escaped():
    assert "<script>" not in relation_lanes.drawn([lane(label="fights <script>", since=date(2001, 1, 1))])


@pytest.mark.parametrize("last", [date(2024, 12, 31), date(2099, 12, 31), date(9999, 12, 31)])
def test_years_on_the_axis_never_touch(last):
    axis = Axis(date(2023, 1, 1), last, 350)
    places = [axis.at(day) for day in axis.ticks]

    assert all(after - before >= 40 for before, after in zip(places, places[1:], strict=False))


# --- places ---------------------------------------------------------------------------------------------------------


@pytest.fixture
def country():
    """A country with two provinces, one of them with a district, a town in it and a post in the town."""
    country = rows.place("Testland", level="country", iso="PK")
    north, south = (rows.place(name, level="province", parent=country) for name in ("North", "South"))
    district = rows.place("District", level="district", parent=north)
    town = rows.place("Town", level="settlement", parent=district)
    post = rows.place("Post", level="site", parent=town)
    for at, number in ((country, 1), (north, 2), (district, 1), (town, 1), (post, 2), (south, 1)):
        for _ in range(number):
            rows.incident("Somewhere", at=at)
    return country


def of_place(slug):
    return place_profile.of(place_profile.found(slug))


def test_places_within_add_up_to_the_whole(country):
    for slug, inside, here in (
        ("testland", {"North": 6, "South": 1}, 1),
        ("north", {"District": 4}, 2),
        ("district", {"Town": 3}, 1),
        ("town", {"Post": 2}, 1),
        ("post", {}, 2),
    ):
        found = of_place(slug)

        assert {row.entry.name: row.incidents for row in found["inside"]} == inside, slug
        assert found["here"] == here
        assert sum(inside.values()) + here == found["incidents_total"]


def test_a_place_says_what_lies_above_and_beside_it(client, country):
    found = of_place("post")

    assert [place.name for place in found["above"]] == ["Testland", "North", "District", "Town"]
    assert [(row.entry.name, row.incidents) for row in of_place("south")["beside"]] == [("North", 6)]
    assert "Elsewhere in Testland" in text(client.get("/locations/south/"))


def test_every_kind_of_a_place_leads_to_as_many_incidents(client, country):
    rows.incident("Talks", at=country, kind="talks")

    for row in of_place("testland")["kinds"]:
        assert counted(client, f"/?{row.query}") == row.incidents


# --- the small map --------------------------------------------------------------------------------------------------


def test_the_small_map_counts_what_it_shows_and_what_it_does_not(client):
    town = rows.place("Onetown", level="settlement")
    common = {"at": town, "latitude": 33.0, "uncertainty_km": 20.0}
    rows.incident("A", longitude=70.0, location_precision="settlement", **common)
    rows.incident("B", longitude=70.0, location_precision="settlement", **common)
    rows.incident("C", longitude=74.0, location_precision="district", **common)
    rows.incident("D", at=town)

    found = small_map.of(Selection.about(location=town))

    assert (found.mapped, found.unmapped) == (3, 1)
    assert (found.picture.count('class="map__cell"'), found.picture.count('class="map__area"')) == (1, 1)
    assert counted(client, found.unmapped_address) == 1
    links = {link: counted(client, link) for link in re.findall(r'href="(/\?[^"]+)"', found.picture)}
    assert sorted(links.values()) == [2]


def test_a_profile_without_places_says_so_instead_of_an_empty_map(client):
    rows.incident(parts=[(rows.actor("Front"), "target")])

    page = text(client.get("/actors/front/"))

    assert "None of these incidents is known to a place that a map may show." in page
    assert "map__picture" not in page


# --- sources --------------------------------------------------------------------------------------------------------


def test_a_source_says_what_became_of_its_reports(client):
    wire, other = rows.source("Wire"), rows.source("Other")
    speaker = rows.actor("Speaker")
    shared, single = rows.incident("Shared", sources_count=2), rows.incident("Single", sources_count=1)
    made = [rows.claim(row, by=speaker, cites=wire) for row in (shared, shared, shared, single)]
    rows.PublishedCitation.objects.create(
        claim=made[0], source=other, document_uid="FFFFFFFF", document_title="Elsewhere", position=1, relay="relays"
    )
    for column, claim in zip(("is_contested", "is_superseded", "is_retracted"), made, strict=False):
        PublishedClaim.objects.filter(pk=claim.pk).update(**{column: True})

    found = source_profile.of(source_profile.found("wire"), [])

    fate = found["fate"]
    assert (fate.accepted, fate.contested, fate.superseded, fate.retracted, fate.alone) == (4, 1, 1, 1, 3)
    assert (found["incidents_total"], found["incidents_alone"]) == (2, 1)
    assert [(row.actor, row.claims) for row in found["carried"]] == [(speaker, 4)]
    assert counted(client, f"/?{found['selection'].querystring}") == 2
    assert counted(client, f"/?{found['alone_query']}") == 1
    assert "This is no score of truth." in text(client.get("/sources/wire/"))


def test_many_claims_of_one_document_are_folded(client):
    wire, row = rows.source("Wire"), rows.incident()
    for _ in range(11):
        rows.claim(row, cites=wire)

    page = text(client.get("/sources/wire/"))

    assert "3 more claims" in page
    assert page.count('class="claim-line"') == 11


def test_the_index_notes_how_claims_fared(analyst, editor):
    front = builders.actor("Test Front")
    paper = builders.document()
    quote = {"document": paper, "excerpt": "made-up words", "excerpt_language": "ur", "relay": "reprints"}
    incident = builders.published(
        claims=[
            builders.claim("casualties", lines=[builders.toll(3)], citations=[quote]),
            builders.claim("casualties", claimant_text="A rival", lines=[builders.toll(50)]),
            builders.claim("perpetrator", value_actor=front, part="perpetrator", claimant=front),
        ]
    )
    owned = incident.claims.get(aspect="perpetrator")
    claims.retract(
        owned, by=builders.person("editor", name="third"), on=date(2024, 4, 1), rationale="Made-up retraction"
    )
    editions.publish(incident, by=editor, reason="retraction", note="Made-up")

    public = {row.uid: row for row in PublishedClaim.objects.all()}
    rivals = incident.claims.filter(aspect="casualties")
    assert all(public[claim.uid].is_contested for claim in rivals)
    assert (public[owned.uid].actor, public[owned.uid].is_retracted, public[owned.uid].is_contested) == (
        front,
        True,
        False,
    )
    citation = public[rivals.get(claimant_text="A test witness").uid].citations.get()
    assert (citation.relay, citation.language) == ("reprints", "ur")
    before = index.contents()
    index.rebuild()
    assert index.contents() == before


def test_an_actor_that_a_claim_names_follows_a_fold():
    front, other = builders.actor("Test Front"), builders.actor("Test Front of old")
    builders.published(claims=[builders.claim("perpetrator", value_actor=other, part="perpetrator")])

    registers.merge_actor(other, front, by=builders.person("editor"))

    assert PublishedClaim.objects.get().actor == front


# --- lists ----------------------------------------------------------------------------------------------------------


@pytest.fixture
def three():
    for name, days in (("Alpha", ["2024-01-01"]), ("Beta", ["2023-01-01"] * 3), ("Gamma", [None, None])):
        actor, place, source = rows.actor(name), rows.place(name, level="country"), rows.source(name)
        for day in days:
            rows.claim(rows.incident(day=day, at=place, parts=[(actor, "target")]), cites=source)


@pytest.mark.parametrize("path", ["/actors/", "/locations/", "/sources/"])
@pytest.mark.parametrize(
    ("order", "expected"),
    [
        ("", ["Alpha", "Beta", "Gamma"]),
        ("?order=name", ["Alpha", "Beta", "Gamma"]),
        ("?order=count", ["Beta", "Gamma", "Alpha"]),
        ("?order=recent", ["Alpha", "Beta", "Gamma"]),
    ],
)
def test_lists_stand_in_the_order_asked_for(client, three, path, order, expected):
    page = text(client.get(path + order))

    found = re.findall(r'href="/(?:actors|locations|sources)/\w+/"[^>]*>(\w+)<', page)
    assert [name for name in dict.fromkeys(found) if name in expected] == expected


def test_a_list_leaves_out_a_day_that_is_unknown(client, three):
    page = text(client.get("/actors/"))

    assert "1 Jan 2024" in page
    assert "Jan 1<" not in page and "0001" not in page


@pytest.mark.parametrize("query", ["order=size", "order=Name", "order=name&order=count", "sort=name"])
def test_lists_refuse_an_order_they_do_not_know(client, three, query):
    for path in ("/actors/", "/locations/", "/sources/"):
        answer = client.get(f"{path}?{query}")

        assert answer.status_code == 400
        assert "Alpha" not in text(answer)


@pytest.mark.parametrize("path", ["/actors/", "/locations/", "/sources/"])
def test_lists_ask_the_same_whatever_they_hold(client, three, path):
    few = queries(client, path)
    for number in range(20):
        actor, source = rows.actor(f"More {number}"), rows.source(f"More {number}")
        place = rows.place(f"More {number}", level="country")
        rows.claim(rows.incident(at=place, parts=[(actor, "target")]), cites=source)

    assert queries(client, path) == few <= 8


# --- what holds for all ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", ["/actors/front/", "/locations/onetown/", "/sources/wire/"])
def test_profiles_ask_the_same_whatever_they_hold_also_deep_in_the_list(client, path):
    actor, source, place = rows.actor("Front"), rows.source("Wire"), rows.place("Onetown", level="settlement")
    state = rows.actor("State")

    def more(number):
        for step in range(number):
            row = rows.incident(
                at=place,
                parts=[(actor, "perpetrator")],
                latitude=30 + len(PublishedIncident.objects.all()) % 9,
                longitude=70.0,
                location_precision="settlement",
            )
            claim = rows.claim(row, by=actor)
            rows.PublishedCitation.objects.create(
                claim=claim, source=source, document_uid=f"{row.uid}", document_title="T", position=0, relay="original"
            )
            rows.relation(state, "fights", actor, valid_from=date(2000 + step % 20, 1, 1))

    more(30)
    page = text(client.get(path))
    deep = path + unescape(re.search(r'href="(\?after=[^"#]+)', page).group(1))
    few = queries(client, path), queries(client, deep)
    more(25)

    assert (queries(client, path), queries(client, deep)) == few
    assert max(few) <= 12


@pytest.mark.parametrize("query", ["source=wire", "claimant=front", "actor=front", "location=onetown"])
def test_every_profile_has_a_feed_and_files(client, query):
    actor, source, place = rows.actor("Front"), rows.source("Wire"), rows.place("Onetown", level="settlement")
    rows.claim(rows.incident("Told of", at=place, parts=[(actor, "target")]), by=actor, cites=source)
    rows.incident("Not told of")

    feed = text(client.get(f"/feed.atom?{query}"))

    assert feed.count("<entry>") == 1
    assert client.get(f"/incidents.csv?{query}").headers["X-Row-Count"] == "1"
    name, slug = query.split("=")
    page = text(client.get(f"/{ {'source': 'sources', 'location': 'locations'}.get(name, 'actors') }/{slug}/"))
    if name != "claimant":
        assert f'href="/feed.atom?{query}"' in page and f'href="/incidents.csv?{query}"' in page
