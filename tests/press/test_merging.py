"""Merging field by field, and parting two incidents again."""

from datetime import date

import orjson
import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from events.desk import claims, incidents
from events.models.change import Change
from events.models.claim import Citation, Claim
from events.models.edition import Edition, PublishedIncident
from events.models.incident import IncidentLink
from events.press import editions
from events.rules.dates import VagueDate
from tests import builders
from tests.press import consistency


def two(**changes):
    return builders.published(title="Goes", **changes), builders.published(title="Stays", summary="As it was")


def document(incident):
    return orjson.loads(Edition.objects.of("incident", incident.uid).first().document.body)


def as_now(*rows):
    for row in rows:
        row.refresh_from_db()


def test_the_survivor_takes_the_facts_that_were_chosen(editor):
    loser, survivor = two(summary="Told better", date=VagueDate(date(2024, 3, 1), date(2024, 3, 2), "day_range"))

    editions.merge(loser, survivor, by=editor, note="The same", fields=["summary", "date"])

    as_now(survivor)
    assert (survivor.title, survivor.summary, survivor.date_end) == ("Stays", "Told better", date(2024, 3, 2))
    assert document(survivor)["summary"] == "Told better"
    traced = Change.objects.get(object_uid=survivor.uid, field="summary", before="As it was")
    assert traced.after == "Told better"
    consistency.check()


def test_a_fact_that_is_none_is_refused(editor):
    loser, survivor = two()

    with pytest.raises(ValidationError, match="choose among"):
        editions.merge(loser, survivor, by=editor, note="The same", fields=["status"])


def test_a_place_comes_with_how_exactly_it_is_known(editor):
    tree = builders.places()
    loser, survivor = two(location=tree["district"], location_precision="district")

    editions.merge(loser, survivor, by=editor, note="The same", fields=["location"])

    as_now(survivor)
    assert (survivor.location, survivor.location_precision) == (tree["district"], "district")


def test_undoing_a_merge_brings_both_back_as_they_were(client, editor):
    loser, survivor = two(summary="Told better")
    theirs, ours = (document(one) for one in (loser, survivor))
    citations = Citation.objects.count()
    editions.merge(loser, survivor, by=editor, note="The same", fields=["summary"])
    assert client.get(f"/incidents/{loser.shown_uid}/").status_code == 301

    editions.unmerge(loser, by=editor, note="Two attacks after all")

    for incident, before in ((loser, theirs), (survivor, ours)):
        now = document(incident)
        assert now.pop("edition")["number"] == 3
        before.pop("edition")
        assert now == before
        assert client.get(f"/incidents/{incident.shown_uid}/").status_code == 200
        assert client.get(f"/api/v1/incidents/{incident.shown_uid}/").status_code == 200
    assert Citation.objects.count() == citations
    for claim in Claim.objects.all():
        assert client.get(f"/claims/{claim.shown_uid}/").status_code == 200
    consistency.check()


def test_a_redirect_that_can_be_undone_is_asked_for_anew(client, editor):
    loser, survivor = two()
    editions.merge(loser, survivor, by=editor, note="The same")

    assert client.get(f"/incidents/{loser.shown_uid}/")["Cache-Control"] == "no-cache"


def test_what_somebody_changed_since_the_merge_stays(editor):
    loser, survivor = two(summary="Told better")
    editions.merge(loser, survivor, by=editor, note="The same", fields=["title", "summary"])
    as_now(survivor)
    incidents.edit(survivor, by=editor, version=survivor.version, fields={"summary": "Written since"})

    editions.unmerge(loser, by=editor, note="Two")

    as_now(survivor)
    assert (survivor.title, survivor.summary) == ("Stays", "Written since")


def test_a_claim_added_to_the_survivor_since_stays_there(analyst, editor):
    loser, survivor = two()
    editions.merge(loser, survivor, by=editor, note="The same")
    added = claims.add(survivor, by=analyst, **builders.claim("motive", value_text="Made up"))
    claims.decide(added, by=editor, verdict="accepted")

    editions.unmerge(loser, by=editor, note="Two")

    added.refresh_from_db()
    assert added.incident_id == survivor.pk
    assert loser.claims.count() == 1
    consistency.check()


def test_what_supersedes_a_claim_that_goes_back_goes_along(analyst, editor):
    told = builders.claim("casualties", claimant_text="A ministry", lines=[builders.toll(7)])
    loser, survivor = two(claims=[told])
    editions.merge(loser, survivor, by=editor, note="The same")
    older = survivor.claims.get(aspect="casualties")
    newer = builders.claim("casualties", claimant_text="A ministry", lines=[builders.toll(9)], supersedes=older)
    added = claims.add(survivor, by=analyst, **newer)
    claims.decide(added, by=editor, verdict="accepted")

    editions.unmerge(loser, by=editor, note="Two")

    added.refresh_from_db()
    assert added.incident_id == loser.pk
    assert PublishedIncident.objects.get(uid=loser.uid).killed_best == 9
    consistency.check()


def test_links_go_back_to_where_they_were(editor):
    loser, survivor = two()
    other = builders.published(title="Other")
    moved = incidents.link(loser, other, by=editor, type="follows")
    between = incidents.link(survivor, loser, by=editor, type="follows")
    for incident in (loser, survivor):
        editions.publish(incident, by=editor, reason="correction", note="Linked")
    editions.merge(loser, survivor, by=editor, note="The same")
    assert set(IncidentLink.objects.values_list("from_incident", "to_incident")) == {(survivor.pk, other.pk)}

    editions.unmerge(loser, by=editor, note="Two")

    assert set(IncidentLink.objects.values_list("uid", "from_incident", "to_incident")) == {
        (moved.uid, loser.pk, other.pk),
        (between.uid, survivor.pk, loser.pk),
    }
    consistency.check()


def test_claims_about_a_link_that_was_doubled_go_back_to_their_own(analyst, editor):
    loser, survivor = two()
    other = builders.published(title="Other")
    mine, double = (incidents.link(one, other, by=editor, type="response_to") for one in (loser, survivor))
    about = claims.add(mine, by=analyst, **builders.claim("link"))
    claims.decide(about, by=editor, verdict="accepted")
    editions.merge(loser, survivor, by=editor, note="The same")
    about.refresh_from_db()
    assert about.link_id == double.pk

    editions.unmerge(loser, by=editor, note="Two")

    about.refresh_from_db()
    assert (about.link.uid, about.link.from_incident_id) == (mine.uid, loser.pk)
    consistency.check()


def test_merging_and_parting_can_be_repeated(editor):
    loser, survivor = two()
    for _ in range(2):
        editions.merge(loser, survivor, by=editor, note="The same")
        editions.unmerge(loser, by=editor, note="Two")

    assert [loser.claims.count(), survivor.claims.count()] == [1, 1]
    kinds = list(Edition.objects.of("incident", loser.uid).values_list("kind", flat=True))
    assert kinds == ["published", "merged", "published", "merged", "published"]
    consistency.check()


def test_a_draft_comes_back_as_a_draft_without_an_edition(analyst, editor):
    loser, survivor = builders.draft(analyst, title="Draft"), builders.draft(analyst, title="Stays")
    editions.merge(loser, survivor, by=editor, note="The same")

    editions.unmerge(loser, by=editor, note="Two")

    as_now(loser)
    assert (loser.status, loser.merged_into, loser.claims.count()) == ("draft", None, 1)
    assert not Edition.objects.exists()


def test_a_chain_of_merges_is_undone_from_its_end(editor):
    loser, survivor = two()
    last = builders.published(title="Last")
    editions.merge(loser, survivor, by=editor, note="The same")
    editions.merge(survivor, last, by=editor, note="The same again")

    with pytest.raises(ValidationError, match="Undo that merge first"):
        editions.unmerge(loser, by=editor, note="Two")
    editions.unmerge(survivor, by=editor, note="Two")
    editions.unmerge(loser, by=editor, note="Two")

    assert PublishedIncident.objects.count() == 3
    consistency.check()


def test_a_merge_into_what_was_withdrawn_since_is_not_undone(editor):
    loser, survivor = two()
    editions.merge(loser, survivor, by=editor, note="The same")
    editions.withdraw(survivor, by=editor, reason="retraction", note="Mistaken")

    with pytest.raises(ValidationError, match="Bring it back first"):
        editions.unmerge(loser, by=editor, note="Two")


def test_an_undecided_claim_of_the_survivor_stands_against_parting(analyst, editor):
    loser, survivor = two()
    editions.merge(loser, survivor, by=editor, note="The same")
    claims.add(survivor, by=analyst, **builders.claim("motive", value_text="Made up"))

    with pytest.raises(ValidationError, match="decision"):
        editions.unmerge(loser, by=editor, note="Two")

    as_now(loser)
    assert loser.status == "merged"


@pytest.mark.parametrize("act", ["unmerge", "restore"])
def test_analysts_undo_nothing_public(analyst, editor, act):
    loser, survivor = two()
    editions.merge(loser, survivor, by=editor, note="The same")
    given = {"reason": "correction"} if act == "restore" else {}

    with pytest.raises(PermissionDenied):
        getattr(editions, act)(loser, by=analyst, note="Two", **given)


def test_undoing_a_merge_says_why_and_happens_once(editor):
    loser, survivor = two()
    editions.merge(loser, survivor, by=editor, note="The same")

    with pytest.raises(ValidationError, match="Say why"):
        editions.unmerge(loser, by=editor, note=" ")
    editions.unmerge(loser, by=editor, note="Two")
    with pytest.raises(ValidationError, match="nothing to part"):
        editions.unmerge(loser, by=editor, note="Two")


def test_the_toll_of_an_operation_is_counted_once_after_merging_and_parting(analyst, editor):
    toll = [builders.claim("casualties", lines=[builders.toll(8)])]
    whole, part, other = (builders.submitted(analyst, title=title, claims=toll) for title in ("W", "P", "O"))
    incidents.link(part, whole, by=editor, type="part_of")
    for incident in (whole, part, other):
        builders.accept_all(incident, editor)
    editions.publish_all([whole, part, other], by=editor, reason="new_incident")
    counted = lambda: sum(row.killed_best for row in PublishedIncident.objects.filter(counts_killed=True))  # noqa: E731

    assert counted() == 16
    editions.merge(other, whole, by=editor, note="The same operation")
    assert counted() == 8
    editions.unmerge(other, by=editor, note="Another one")
    assert counted() == 16
    consistency.check()


def test_what_went_out_of_sight_for_privacy_stays_so_when_the_two_are_parted(client, editor):
    loser, survivor = two()
    editions.merge(loser, survivor, by=editor, note="The same")
    editions.publish(survivor, by=editor, reason="privacy", note="Asked by the family")
    assert client.get(f"/incidents/{loser.shown_uid}/editions/1/").status_code == 410

    editions.unmerge(loser, by=editor, note="Two")

    assert client.get(f"/incidents/{loser.shown_uid}/").status_code == 200
    assert client.get(f"/incidents/{loser.shown_uid}/editions/1/").status_code == 410


def test_the_page_of_a_merged_incident_shows_its_trace(client, editor):
    loser, survivor = two(summary="Told better")
    incidents.link(loser, survivor, by=editor, type="follows")
    editions.merge(loser, survivor, by=editor, note="The same", fields=["summary"])
    client.force_login(editor)

    page = client.get(f"/desk/incidents/{loser.uid}/")

    assert page.status_code == 200
    assert "Undo the merge" in page.text and "dropped links" not in page.text
