"""Splitting an operation into its sites, publishing them together, and merging them back."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from events.desk import claims, splitting
from events.models.claim import Citation, Claim
from events.models.edition import Edition, PublishedIncident
from events.models.incident import Incident
from events.press import editions
from tests import builders
from tests.desk import keyboard
from tests.press import consistency

pytestmark = pytest.mark.django_db


def whole(**changes):
    """A public operation with an account of eight people killed and one of five."""
    told = [
        builders.claim("casualties", claimant_text="A witness of the whole", lines=[builders.toll(8)]),
        builders.claim("casualties", claimant_text="A witness of one site", lines=[builders.toll(5)]),
    ]
    return builders.published(title="Made-up strikes", claims=told, **changes)


def site(place, *, moved=(), copied=(), title=""):
    where = {"location": place, "location_precision": "settlement"}
    return where | {"title": title, "moved": list(moved), "copied": list(copied)}


def test_parts_inherit_kind_and_date_and_are_named_after_their_places(editor):
    incident, town = whole(), builders.places()["town"]
    of_site = incident.claims.last()

    made = splitting.split(incident, by=editor, parts=[site(town, moved=[of_site])])

    part = made.parts[0]
    part.refresh_from_db()
    assert (part.title, part.kind, part.date, part.status) == (
        "Made-up strikes: Testtown",
        incident.kind,
        incident.date,
        "submitted",
    )
    assert part.links_out.get().to_incident == incident
    of_site.refresh_from_db()
    assert (of_site.incident, of_site.verdict) == (part, "accepted")


def test_a_copy_is_a_new_claim_of_the_same_words_for_somebody_else_to_decide(editor, other_editor):
    incident, town = whole(), builders.places()["town"]
    told = incident.claims.first()

    part = splitting.split(incident, by=editor, parts=[site(town, copied=[told])]).parts[0]

    copy = part.claims.get()
    assert (copy.verdict, copy.created_by, copy.who) == ("pending", editor, told.who)
    assert [line.best for line in copy.lines.all()] == [8]
    assert copy.citations.get().excerpt == told.citations.get().excerpt
    with pytest.raises(PermissionDenied):
        claims.decide(copy, by=editor, verdict="accepted")
    claims.decide(copy, by=other_editor, verdict="accepted")


def test_the_whole_and_its_parts_are_published_together(client, editor):
    incident, town = whole(), builders.places()["town"]
    of_site = incident.claims.last()
    part = splitting.split(incident, by=editor, parts=[site(town, moved=[of_site])]).parts[0]

    with pytest.raises(ValidationError, match="publish the two together"):
        editions.publish(part, by=editor, reason="split")
    editions.publish_all([part, incident], by=editor, reason="split", note="Two sites")

    assert PublishedIncident.objects.counted().get().uid == part.uid
    tolls = {row.uid: row.killed_best for row in PublishedIncident.objects.filter(counts_killed=True)}
    assert tolls == {part.uid: 5}
    assert client.get(f"/claims/{of_site.shown_uid}/").status_code == 200
    consistency.check()


def test_merging_a_part_back_undoes_a_split(client, editor):
    incident, town = whole(), builders.places()["town"]
    citations = Citation.objects.count()
    part = splitting.split(incident, by=editor, parts=[site(town, moved=[incident.claims.last()])]).parts[0]
    editions.publish_all([incident, part], by=editor, reason="split", note="Two sites")

    editions.merge(part, incident, by=editor, note="One after all")

    assert incident.claims.count() == 2
    assert Citation.objects.count() == citations
    assert client.get(f"/incidents/{part.shown_uid}/").status_code == 301
    assert PublishedIncident.objects.counted().get().uid == incident.uid
    consistency.check()


def test_a_part_that_was_never_public_is_merged_back_too(editor):
    incident, town = whole(), builders.places()["town"]
    part = splitting.split(incident, by=editor, parts=[site(town, moved=[incident.claims.last()])]).parts[0]

    editions.merge(part, incident, by=editor, note="One after all")

    assert incident.claims.count() == 2
    assert Edition.objects.findings().count() == 1, "Readers saw nothing of it all."
    consistency.check()


def test_one_accepted_claim_stays_with_a_public_whole(editor):
    incident, town = whole(), builders.places()["town"]

    with pytest.raises(ValidationError, match="Copy a claim"):
        splitting.split(incident, by=editor, parts=[site(town, moved=incident.claims.all())])

    assert Incident.objects.count() == 1


def test_a_claim_moves_once_and_with_what_it_supersedes(analyst, editor):
    incident, tree = whole(), builders.places()
    older = incident.claims.first()
    lines = [builders.toll(9)]
    newer = claims.add(
        incident, by=analyst, **builders.claim("casualties", claimant_text=older.who, lines=lines, supersedes=older)
    )
    here, there = tree["town"], builders.location("Other town")

    with pytest.raises(ValidationError, match="supersedes"):
        splitting.split(incident, by=editor, parts=[site(here, moved=[newer])])
    with pytest.raises(ValidationError, match="one site only"):
        splitting.split(incident, by=editor, parts=[site(here, moved=[newer]), site(there, moved=[newer])])
    assert Incident.objects.count() == 1


def test_a_claim_of_another_incident_does_not_move(editor):
    incident, other, town = whole(), builders.published(), builders.places()["town"]

    with pytest.raises(ValidationError, match="not one of this incident"):
        splitting.split(incident, by=editor, parts=[site(town, moved=other.claims.all())])


def test_analysts_do_not_split_and_closed_incidents_are_not_split(analyst, editor):
    incident, town = whole(), builders.places()["town"]

    with pytest.raises(PermissionDenied):
        splitting.split(incident, by=analyst, parts=[site(town)])
    editions.withdraw(incident, by=editor, reason="retraction", note="Mistaken")
    with pytest.raises(PermissionDenied):
        splitting.split(incident, by=editor, parts=[site(town)])


def sites(*rows):
    sent = {"sites-TOTAL_FORMS": str(len(rows)), "sites-INITIAL_FORMS": "0"}
    for number, row in enumerate(rows):
        sent |= {f"sites-{number}-{name}": value for name, value in row.items()}
    return sent


def test_the_page_shows_the_parts_before_it_makes_them(client, editor):
    incident = whole()
    builders.places()
    stays, goes = incident.claims.all()
    typed = sites({"place": "testtown"}, {}) | {f"claim_{goes.uid}": "move-1", f"claim_{stays.uid}": "copy-1"}
    client.force_login(editor)
    address = f"/desk/incidents/{incident.uid}/split/"

    shown = client.post(address, typed)
    assert shown.status_code == 200
    assert "Made-up strikes: Testtown" in shown.text
    assert Incident.objects.count() == 1
    answer = client.post(address, typed | keyboard.marks(shown))

    assert answer.url == f"/desk/incidents/{incident.shown_uid}/publish/?reason=split", keyboard.sentences(answer)
    assert Incident.objects.count() == 2
    assert Claim.objects.count() == 3


def test_a_refused_split_keeps_what_was_typed(client, editor):
    incident = whole()
    claim = incident.claims.first()
    typed = sites({"place": "Nowhere at all", "title": "My title"}) | {f"claim_{claim.uid}": "move-1"}
    client.force_login(editor)

    answer = client.post(f"/desk/incidents/{incident.uid}/split/", typed)

    assert answer.status_code == 422
    sent = keyboard.as_shown(answer)
    assert (sent["sites-0-title"], sent[f"claim_{claim.uid}"]) == ("My title", "move-1")


def test_a_claim_cannot_go_to_a_site_without_a_place(client, editor):
    incident = whole()
    builders.places()
    claim = incident.claims.first()
    client.force_login(editor)

    answer = client.post(
        f"/desk/incidents/{incident.uid}/split/",
        sites({"place": "testtown"}, {}) | {f"claim_{claim.uid}": "move-2"},
    )

    assert answer.status_code == 422
    assert "Site 2 has no place" in keyboard.sentences(answer)


def test_one_more_site_keeps_what_was_typed(client, editor):
    incident = whole()
    client.force_login(editor)

    typed = sites({"place": "testtown"}) | {"more-sites": "yes"}
    answer = client.post(f"/desk/incidents/{incident.uid}/split/", typed)

    assert answer.status_code == 200
    sent = keyboard.as_shown(answer)
    assert (sent["sites-TOTAL_FORMS"], sent["sites-0-place"]) == ("2", "testtown")


def test_the_parts_that_are_ready_are_offered_with_the_whole(client, editor):
    incident, tree = whole(), builders.places()
    other = builders.location("Other town")
    of_site, of_whole = incident.claims.last(), incident.claims.first()
    parts = [site(tree["town"], moved=[of_site]), site(other, copied=[of_whole])]
    ready, waiting = splitting.split(incident, by=editor, parts=parts).parts
    client.force_login(editor)

    page = client.get(f"/desk/incidents/{incident.uid}/publish/?reason=split")

    assert f'name="together" value="{ready.uid}"' in page.text
    assert f'name="together" value="{waiting.uid}"' not in page.text
    assert "1 claim undecided" in page.text
    answer = client.post(f"/desk/incidents/{incident.uid}/publish/", keyboard.as_shown(page) | {"note": "Two sites"})
    assert answer.status_code == 302, keyboard.sentences(answer)
    ready.refresh_from_db()
    assert ready.status == "published"
    assert list(Edition.objects.findings().filter(reason="split").values_list("note", flat=True)) == ["Two sites"] * 2


def test_an_analyst_finds_no_door_to_splitting(client, analyst):
    incident = whole()
    client.force_login(analyst)

    assert client.get(f"/desk/incidents/{incident.uid}/split/").status_code == 403
    assert "Split into sites" not in client.get(f"/desk/incidents/{incident.uid}/").text


def test_a_part_offers_its_whole_for_merging_back(client, editor):
    incident, town = whole(), builders.places()["town"]
    part = splitting.split(incident, by=editor, parts=[site(town, moved=[incident.claims.last()])]).parts[0]
    client.force_login(editor)

    page = client.get(f"/desk/incidents/{part.uid}/merge/")

    assert f'value="{incident.uid}"' in page.text
