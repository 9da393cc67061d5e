"""Citing an edition, following a selection, and the pages that are made of the lists and rules."""

import json
import xml.etree.ElementTree as ET
from html import unescape

import icalendar
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from events import choices
from events.desk import incidents
from events.press import editions
from events.record import codebook
from events.rules.codex import RULES
from tests import builders
from tests.record import rows

pytestmark = pytest.mark.django_db
ATOM = {"atom": "http://www.w3.org/2005/Atom"}


def corrected(title="Made-up & <b>attack</b>"):
    """An incident with two editions, the second a correction."""
    incident = builders.published(title=title)
    judge = incident.claims.get().decided_by
    incidents.edit(incident, by=judge, version=incident.version, fields={"title": f"{title}, corrected"})
    editions.publish(incident, by=judge, reason="correction", note="The title was wrong")
    return incident


def questions(client, address):
    with CaptureQueriesContext(connection) as asked:
        assert client.get(address).status_code == 200
    return len(asked)


def parsed(answer):
    return ET.fromstring(answer.content)  # noqa: S314 (our own answer, not a stranger's file)


# --- citing ------------------------------------------------------------------------------------------------------


def test_an_edition_is_cited_in_four_formats(client):
    incident = corrected()
    base = f"/incidents/{incident.shown_uid}/editions/1"
    address = f"http://testserver{base}/"

    plain, bibtex, ris = (client.get(f"{base}/cite.{form}").text for form in ("txt", "bib", "ris"))
    [item] = json.loads(client.get(f"{base}/cite.json").content)

    assert plain.startswith("Frontier Ledger: “Made-up & <b>attack</b>”. ")
    assert f"Incident {incident.shown_uid}, edition 1," in plain
    assert all(address in words for words in (plain, bibtex, ris))
    assert r"{{Made-up \& <b>attack</b>}}" in bibtex
    assert ris.startswith("TY  - DATA\r\n")
    assert ris.endswith("ER  - \r\n")
    assert (item["title"], item["URL"], item["version"]) == ("Made-up & <b>attack</b>", address, "1")


def test_the_incident_is_cited_by_the_address_that_leads_to_its_latest_edition(client):
    incident = corrected()
    base = f"/incidents/{incident.shown_uid}"

    plain, bibtex, ris = (client.get(f"{base}/cite.{form}").text for form in ("txt", "bib", "ris"))
    [item] = json.loads(client.get(f"{base}/cite.json").content)

    assert "latest edition (2), " in plain
    assert all(f"http://testserver{base}/" in words and "editions/" not in words for words in (plain, bibtex, ris))
    assert "edition = " not in bibtex and "SHA-256" not in bibtex + ris
    assert "Edition 2 was the latest when this was made" in ris
    assert item["URL"] == f"http://testserver{base}/" and "version" not in item
    assert plain.strip() in unescape(client.get(f"{base}/").text)


def test_an_incident_that_left_is_not_cited(client):
    incident = corrected("A made-up name")
    editions.withdraw(incident, by=incident.claims.get().decided_by, reason="privacy", note="Taken back")

    assert client.get(f"/incidents/{incident.shown_uid}/cite.bib").status_code == 410
    assert client.get("/incidents/ZZZZ-ZZZZ/cite.bib").status_code == 404


def test_the_page_of_an_edition_cites_that_edition(client):
    incident = corrected()

    assert "edition 2," in client.get(f"/incidents/{incident.shown_uid}/").text
    assert "/editions/1/cite.bib" in client.get(f"/incidents/{incident.shown_uid}/editions/1/").text


@pytest.mark.parametrize("end", ["editions/3/cite.bib", "editions/1/cite.doc", "editions/1/cite."])
def test_what_does_not_exist_is_not_cited(client, end):
    incident = corrected()

    assert client.get(f"/incidents/{incident.shown_uid}/{end}").status_code == 404


def test_what_was_withheld_is_not_cited(client):
    incident = corrected("A made-up name")
    editions.publish(incident, by=incident.claims.get().decided_by, reason="privacy", note="A name was taken out")

    answer = client.get(f"/incidents/{incident.shown_uid}/editions/1/cite.json")

    assert answer.status_code == 410
    assert "A made-up name" not in answer.text


# --- following ---------------------------------------------------------------------------------------------------


def test_corrections_are_listed_with_what_they_changed(client):
    corrected()
    builders.published(title="Never corrected")

    page = client.get("/corrections/").text

    assert "Made-up &amp; &lt;b&gt;attack&lt;/b&gt;, corrected" in page
    assert "The title was wrong" in page
    assert '<del dir="auto">Made-up &amp; &lt;b&gt;attack&lt;/b&gt;</del>' in page
    assert "Never corrected" not in page


def test_corrections_go_on_below_the_last_one(client):
    for number in range(23):
        rows.edition(f"{number:0>8}", {"title": f"Incident {number}"}, kind="published", reason="correction")

    first = client.get("/corrections/")
    second = client.get(f"/corrections/?below={first.context['page'].older}")

    assert (len(first.context["page"].rows), len(second.context["page"].rows)) == (20, 3)
    assert not {told.uid for told in first.context["page"].rows} & {told.uid for told in second.context["page"].rows}
    assert second.context["page"].older is None


@pytest.mark.parametrize("below", ["0", "-1", "x", "9" * 30, "１"])
def test_a_wrong_place_in_the_corrections_is_refused(client, below):
    assert client.get("/corrections/", {"below": below}).status_code == 400


def test_the_corrections_cost_the_same_for_few_and_for_many(client):
    corrected()
    few = questions(client, "/corrections/")
    for number in range(5):
        corrected(f"Made-up {number}")

    assert questions(client, "/corrections/") == few


def test_a_feed_tells_the_editions_of_its_selection(client):
    incident = corrected()
    builders.published(title="Made-up shelling", kind="shelling")

    answer = client.get("/feed.atom?kind=armed_assault")
    entries = parsed(answer).findall("atom:entry", ATOM)

    assert answer["Content-Type"].startswith("application/atom+xml")
    assert [entry.find("atom:title", ATOM).text for entry in entries] == [
        "Made-up & <b>attack</b>, corrected – edition 2: Correction",
        "Made-up & <b>attack</b>, corrected – edition 1: New incident",
    ]
    assert "The title was wrong" in entries[0].find("atom:summary", ATOM).text
    assert "<b>" not in entries[0].find("atom:summary", ATOM).text
    assert entries[0].find("atom:link", ATOM).get("href").endswith(f"/incidents/{incident.shown_uid}/")


def test_the_feed_of_everything_tells_what_was_withdrawn(client):
    incident = builders.published(title="Made-up and withdrawn")
    editions.withdraw(incident, by=incident.claims.get().decided_by, reason="retraction", note="Not so")

    assert "Not so" in client.get("/feed.atom").text
    assert "Not so" not in client.get("/feed.atom?kind=armed_assault").text


@pytest.mark.parametrize("address", ["/feed.atom", "/calendar.ics"])
@pytest.mark.parametrize("query", ["kind=bombing", "colour=red", "date_from=2024-02-30", "q=%00"])
def test_a_wrong_selection_is_followed_by_nobody(client, address, query):
    builders.published(title="Made-up and public")

    answer = client.get(f"{address}?{query}")

    assert answer.status_code == 400
    assert "Made-up and public" not in answer.text


def test_a_calendar_holds_the_days_of_its_selection(client):
    rows.incident("Shots, and <more>", day="2024-03-18", killed_low=2, killed_best=2, killed_high=2)
    rows.incident("Talks", kind="talks", day="2024-03-19")
    rows.incident("Nobody knows when", day=None)

    found = icalendar.Calendar.from_ical(client.get("/calendar.ics?category=violent").content)

    events = {str(event["summary"]): event for event in found.walk("VEVENT")}
    assert set(events) == {"Shots, and <more>"}
    event = events["Shots, and <more>"]
    assert (event.decoded("dtstart").isoformat(), event.decoded("dtend").isoformat()) == ("2024-03-18", "2024-03-19")
    assert "Killed: 2" in event["description"]
    assert "1 without a date cannot stand in a calendar" in found["x-wr-caldesc"]


def test_the_sitemap_names_what_is_public_and_nothing_else(client):
    public, draft = builders.published(), builders.draft(builders.person("analyst"), title="A made-up draft")

    index = client.get("/sitemap.xml")
    sections = [node.text for node in parsed(index).iter() if node.tag.endswith("loc")]
    text = "".join(client.get(address.removeprefix("http://testserver")).text for address in sections)

    assert f"/incidents/{public.shown_uid}/" in text
    assert draft.shown_uid not in text
    assert "/methodology/" in text
    assert "Sitemap: http://testserver/sitemap.xml" in client.get("/robots.txt").text


# --- rules and words ---------------------------------------------------------------------------------------------


def test_every_public_list_of_words_stands_in_the_codebook(client):
    inner = {choices.Role, choices.IncidentStatus, choices.Verdict, choices.ReviewDecision, choices.BatchStatus}
    inner |= {
        choices.QueueMark,
        choices.Kind,
        choices.Telling,
        choices.DeliveryState,
        choices.RowVerdict,
        choices.RowDecision,
        choices.NameKind,
        choices.KeyScope,
    }
    every = set(choices.Words.__subclasses__())

    page = client.get("/codebook/").text

    assert every - inner == set(codebook.HEADINGS)
    assert all(f">{kind.value}</th>" in page for kind in choices.Kind)
    assert all(word.label in page for word in choices.HarmGrade)


def test_every_rule_stands_in_the_methodology(client):
    page = client.get("/methodology/").text

    assert "Ruleset 1" in page
    assert all(f'id="{rule.code}"' in page and rule.name in page for rule in RULES)
