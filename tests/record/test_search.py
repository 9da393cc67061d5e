"""The page of search: what is found, in which order, in which words, and what is refused."""

import html
import re
from urllib.parse import parse_qs, urlsplit

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from events.desk import incidents, registers
from events.press import editions
from tests import builders
from tests.record import rows

pytestmark = pytest.mark.django_db


def titles(answer):
    """Titles of the incidents in the order of the page."""
    found = re.findall(r'incident-row__title"><a[^>]*>(.*?)</a>', answer.text)
    return [html.unescape(re.sub(r"<[^>]*>", "", title)) for title in found]


def cards(answer):
    return [html.unescape(name) for name in re.findall(r'entry-card__name"><a[^>]*>([^<]*)', answer.text)]


def counts(answer):
    """Numbers in the tabs: all, incidents, claims, actors, places, sources."""
    return [int(number) for number in re.findall(r'search__count">(\d+)<', answer.text)]


@pytest.fixture
def ask(client):
    def asked(text, **more):
        return client.get("/search/", {"q": text, **more})

    return asked


@pytest.fixture
def ttp(db):
    return rows.actor(
        "Tehreek-e-Taliban Pakistan", slug="ttp", short_name="TTP", aliases=["تحریک طالبان پاکستان", "ٹی ٹی پی"]
    )


@pytest.mark.parametrize(
    "asked", ["TTP", "ttp", "تحریک طالبان", "تحريك طالبان", "ٹی ٹی پی", "Tehrik-i-Taliban Pakistan", "tehreek"]
)
def test_an_actor_is_found_by_every_name_and_so_are_its_incidents(ask, ttp, asked):
    rows.incident("Made-up ambush", parts=[(ttp, "perpetrator")])
    rows.incident("Somebody else")

    answer = ask(asked)

    assert cards(answer) == ["Tehreek-e-Taliban Pakistan"]
    assert titles(answer) == ["Made-up ambush"]


def test_a_text_that_only_has_the_urdu_name_is_found_and_marked(ask, ttp):
    rows.incident("Made-up ambush", summary="ذمہ داری تحریک طالبان پاکستان نے قبول کی", parts=[(ttp, "perpetrator")])

    answer = ask("TTP")

    assert "<mark>تحریک طالبان پاکستان</mark>" in answer.text


def test_the_whole_incident_counts_and_the_better_place_comes_first(ask, ttp):
    army = rows.actor("Khost guards")
    told = rows.documents(claims=[rows.claim_body("CCCCCCCC", citations=[rows.citation(excerpt="Fire in Khost.")])])
    rows.incident("Told", day="2024-09-09", document=told)
    rows.incident("Summed up", day="2024-08-08", summary="Near Khost.")
    rows.incident("Named", day="2024-07-07", parts=[(army, "target")])
    rows.incident("Strike in Khost, older", day="2024-01-01", uid="AAAAAAA1")
    rows.incident("Strike in Khost, one", day="2024-02-02", uid="AAAAAAA2")
    rows.incident("Strike in Khost, two", day="2024-02-02", uid="AAAAAAA3")

    assert titles(ask("khost")) == [
        "Strike in Khost, two",
        "Strike in Khost, one",
        "Strike in Khost, older",
        "Named",
        "Summed up",
        "Told",
    ]


def test_pages_neither_repeat_nor_skip_though_something_is_published_meanwhile(client):
    for number in range(45):
        rows.incident(f"Strike {number}", day=f"2024-01-{1 + number % 28:02}", summary="Khost" if number % 2 else "")
    rows.incident("In Khost", day="2024-05-05")
    found, address = [], "/search/?q=strike"
    while address:
        answer = client.get(address)
        found += titles(answer)
        rows.incident(f"Strike of {len(found)} others", day="2025-01-01")
        onward = re.search(r'rel="next" href="([^"]+)"', answer.text)
        address = "/search/" + html.unescape(onward[1]) if onward else None

    assert sorted(found) == sorted(f"Strike {number}" for number in range(45))


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ('"air strike"', {"An air strike"}),
        ("air strike", {"An air strike", "A strike by air force"}),
        ("strike -force", {"An air strike"}),
        ("strikes", {"An air strike", "A strike by air force"}),
        ("str", {"An air strike", "A strike by air force"}),
        ("st", set()),
        ("ÀIR", {"An air strike", "A strike by air force"}),
        ('"strike air"', set()),
        ("18 march 2024 air", {"An air strike"}),
        ("air -2024", set()),
    ],
)
def test_words_phrases_and_exclusions_choose(ask, asked, found):
    rows.incident("An air strike", document=rows.documents(date={"shown": "18 March 2024"}))
    rows.incident("A strike by air force", document=rows.documents(date={"shown": "5 May 2024"}))

    assert set(titles(ask(asked))) == found


def test_every_door_gives_the_same_incidents(client, ask, ttp):
    rows.incident("Made-up ambush", parts=[(ttp, "perpetrator")])
    rows.incident("Made-up talks")

    for asked in ("ٹی ٹی پی", "made-up -talks", '"made up"', "ambushes", "talk"):
        listed = client.get("/api/v1/incidents/", {"q": asked}).json()
        assert listed["count"] == counts(ask(asked))[1] == len(titles(client.get("/", {"q": asked})))


@pytest.mark.parametrize(
    ("asked", "meant"),
    [
        ("Wazirstan", "Waziristan"),
        ("wazirstan", "waziristan"),
        ("Birmal", "Barmal"),
        ("Pakhtunkwa", "Pakhtunkhwa"),
        ("Miranshah", "Miran Shah"),
    ],
)
def test_a_misspelt_word_is_answered_with_the_nearest_of_the_record(ask, asked, meant):
    place = rows.place("Miran Shah", level="settlement")
    rows.incident("Waziristan, Barmal and Khyber Pakhtunkhwa", at=place)

    answer = ask(asked)

    assert f"No incident has “<bdi>{asked}</bdi>”; showing “<bdi>{meant}</bdi>”." in answer.text
    assert len(titles(answer)) == 1
    literal = re.search(r'href="(\?[^"]+)">Search for what you typed', answer.text)[1]
    assert parse_qs(urlsplit(html.unescape(literal)).query) == {"q": [asked], "as_typed": ["yes"]}
    assert counts(ask(asked, as_typed="yes")) == [0] * 6


def test_two_words_are_answered_with_one_where_the_record_writes_them_so(ask):
    rows.incident("Quiet in Miranshah")

    assert "showing “<bdi>Miranshah</bdi>”" in ask("Miran Shah").text


def test_a_word_that_is_near_nothing_is_named_with_ways_to_widen(ask):
    rows.incident("Strike in Khost")

    answer = ask("khost zeppelin")

    assert titles(answer) == []
    assert "No text and no name has “<bdi>zeppelin</bdi>”" in answer.text
    assert 'href="?q=khost">without “zeppelin”' in answer.text


def test_a_name_that_stands_in_the_register_only_counts_as_absent(ask):
    rows.incident("Strike in Khost")
    rows.actor("Zeppelin Front", aliases=["Luftschiff"])
    rows.place("Zeppelinville", level="settlement")

    for asked in ("zeppelin", "luftschiff", "zeppelinville", "zepelinville"):
        answer = ask(asked)
        assert f"No text and no name has “<bdi>{asked}</bdi>”" in answer.text
        assert cards(answer) == []


def test_the_vocabulary_follows_what_is_published(ask):
    rows.incident("Strike in Khost")
    assert "showing" not in ask("Barmel").text

    rows.incident("Strike in Barmal")

    assert "showing “<bdi>Barmal</bdi>”" in ask("Barmel").text


@pytest.mark.parametrize(
    "asked", ["!!!", "_", "-strike", '""', "%%%", "\u200d", "؟", "'--", "x" * 201, "a\0b", "a\nb", "\ud800"[:0] + "…"]
)
def test_what_cannot_be_searched_for_gets_a_sentence_and_no_rows(ask, asked):
    rows.incident("Strike")

    answer = ask(asked)

    assert answer.status_code == 400
    assert titles(answer) == []
    assert re.search(r"<li>[^<]+[.]</li>", answer.text)


@pytest.mark.parametrize(
    "asked",
    [
        "' OR 1=1 --",
        "x*",
        "NEAR(a b)",
        "title:strike",
        'a" OR "b',
        "strike & !x",
        "<script>alert(1)</script>",
        "(",
        "^a",
    ],
)
def test_the_languages_of_databases_are_words_like_others(ask, asked):
    rows.incident("Strike")

    answer = ask(asked)

    assert answer.status_code in (200, 400)
    assert titles(answer) == []
    assert "<script>alert" not in answer.text


def test_a_question_of_many_words_is_answered(ask):
    rows.incident("Strike")

    assert ask(" ".join("abcdefghijklmnopqrstuvwxyz" * 4)[:200]).status_code == 200
    assert ask("x" * 200).status_code == 200


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ("q=strike&type=people", "is not a kind of result"),
        ("q=strike&as_typed=no", "is not an answer"),
        ("q=strike&after=xyz", "not a position"),
        ("q=strike&after=NDIwMjQtMDEtMDFVVVVVVVVV", "not a position"),
        ("q=strike&page=2", "not a parameter here"),
        ("q=strike&q=khost", "given 2 times"),
        ("type=claims", "add q"),
        ("q=%FF", "UTF-8"),
    ],
)
def test_wrong_parameters_are_refused(client, query, sentence):
    rows.incident("Strike")

    answer = client.get(f"/search/?{query}")

    assert answer.status_code == 400
    assert sentence in answer.text
    assert titles(answer) == []


def test_without_words_there_is_the_box_and_no_rows(client):
    rows.incident("Strike")

    answer = client.get("/search/")

    assert answer.status_code == 200
    assert titles(answer) == [] and "One box for the whole record" in answer.text
    assert client.get("/search/?q=%20").headers["Location"] == "/search/"


def test_every_page_has_the_box(client):
    for address in ("/", "/about/", "/no-such-page/"):
        assert 'action="/search/"' in client.get(address).text


def test_a_uid_leads_straight_to_what_it_names(ask):
    place = builders.places()["town"]
    front = builders.actor("Test Front", kind="armed_group", side="non_state", home_country="")
    incident = builders.published(
        location=place, location_precision="settlement", claims=[builders.claim(claimant=front)]
    )
    claim = incident.claims.get()
    hidden = builders.actor("Named nowhere")

    for row, address in (
        (incident, f"/incidents/{incident.shown_uid}/"),
        (claim, f"/claims/{claim.shown_uid}/"),
        (front, "/actors/test-front/"),
        (place, "/locations/testtown/"),
        (claim.citations.get().document.source, f"/sources/{claim.citations.get().document.source.slug}/"),
    ):
        for spelt in (row.shown_uid, row.uid.lower(), f" {row.shown_uid} "):
            assert ask(spelt).headers["Location"] == address
    assert ask(hidden.shown_uid).status_code == 200


def test_a_withdrawn_incident_is_not_found_but_its_uid_leads_to_the_reason(ask, editor):
    incident = builders.published(title="Made-up ambush")
    editions.withdraw(incident, by=editor, reason="privacy", note="For a reason")

    assert counts(ask("ambush")) == [0] * 6
    assert ask(incident.shown_uid).headers["Location"] == f"/incidents/{incident.shown_uid}/"


def test_a_snippet_stands_in_its_language_and_leads_to_its_claim(ask):
    urdu = {
        "document": builders.document(language="ur"),
        "excerpt": "یہ فرضی الفاظ ہیں",
        "excerpt_language": "ur",
        "translation": "These are made-up words",
    }
    incident = builders.published(title="Ambush", claims=[builders.claim(citations=[urdu])])
    claim = incident.claims.get()

    answer = ask("فرضی")

    assert '<p class="snippet__text" dir="auto" lang="ur">یہ <mark>فرضی</mark> الفاظ ہیں</p>' in answer.text
    assert f'href="/claims/{claim.shown_uid}/"' in answer.text
    assert "<mark>made</mark>" in ask("made").text


def test_claims_have_a_list_of_their_own(ask):
    told = [
        builders.claim("casualties", claimant_text="A shepherd", lines=[builders.toll(8)], excerpt="Eight fell."),
        builders.claim("casualties", claimant_text="A rival", lines=[builders.toll(3)], excerpt="Three fell."),
    ]
    incident = builders.published(title="Ambush", claims=told)
    claim = next(row for row in incident.claims.all() if row.claimant_text == "A shepherd")

    answer = ask("shepherd", type="claims")

    assert counts(answer) == [2, 1, 1, 0, 0, 0]
    assert f'href="/claims/{claim.shown_uid}/"' in answer.text
    assert "<mark>shepherd</mark>: 8 civilians killed" in answer.text
    assert "A rival" not in answer.text


def test_entries_have_lists_of_their_own_and_only_those_of_the_record(ask):
    for name in ("Khost guards", "Khost", "Guards of Khost and Paktika"):
        rows.incident("Made-up", parts=[(rows.actor(name), "target")])
    rows.actor("Khost ghosts")
    rows.incident("Made-up", at=rows.place("Khost", level="province", slug="khost-province"))

    answer = ask("khost", type="actors")

    assert cards(answer) == ["Khost", "Khost guards", "Guards of Khost and Paktika"]
    assert counts(answer)[3:] == [3, 1, 0]
    assert cards(ask("khost", type="places")) == ["Khost"]
    assert "Nothing of this kind" in ask("khost", type="sources").text


def test_a_metonym_shows_the_actor_without_all_its_incidents(ask):
    authority = rows.actor("Test authority")
    authority.aliases.create(text="Kabul", folded="kabul", kind="metonym")
    rows.incident("Made-up ambush", parts=[(authority, "perpetrator")])

    answer = ask("kabul")

    assert cards(answer) == ["Test authority"]
    assert titles(answer) == []


def test_a_change_at_the_desk_is_not_found_before_it_is_published(ask, editor):
    incident = builders.published(title="Made-up ambush", summary="Plain words")

    incidents.edit(incident, by=editor, version=incident.version, fields={"summary": "Zebra words"})
    assert counts(ask("zebra")) == [0] * 6
    assert "zebra" not in ask("zebro").text

    incident.refresh_from_db()
    editions.publish(incident, by=editor, reason="correction", note="Clearer")
    assert titles(ask("zebra")) == ["Made-up ambush"]
    assert titles(ask("plain")) == []


def test_a_name_that_was_folded_into_another_leads_to_the_incidents_of_the_one_that_stays(ask):
    old, new = builders.actor("Quondam army"), builders.actor("Present army")
    builders.published(title="Made-up ambush", claims=[builders.claim(claimant=old)])

    registers.merge_actor(old, new, by=builders.keeper())

    assert cards(ask("quondam")) == ["Present army"]
    assert titles(ask("quondam")) == ["Made-up ambush"]


@pytest.mark.parametrize("kind", ["all", "claims", "actors"])
def test_the_number_of_queries_does_not_grow(ask, kind):
    army, place, asked = rows.actor("Khost guards"), rows.place("Khost", level="province"), []
    for number in (3, 16):
        for day in range(number):
            told = rows.claim_body(rows.uids.new(), claimant=army.slug, text="Khost", citations=[])
            made = rows.incident(
                f"Strike {day}", at=place, parts=[(army, "target")], document=rows.documents(claims=[told])
            )
            rows.claim(made, uid=rows.uids.parse(told["uid"]), by=army, text="Khost", citations=[])
        with CaptureQueriesContext(connection) as queries:
            assert ask("khost", type=kind).status_code == 200
        asked.append(len(queries))

    assert asked[0] == asked[1] <= 8


def test_dates_that_nobody_knows_stand_last(ask):
    rows.incident("Strike, undated", day=None)
    rows.incident("Strike, dated", day="2024-01-01")

    assert titles(ask("strike")) == ["Strike, dated", "Strike, undated"]
