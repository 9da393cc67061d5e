"""Publishing, withdrawing, merging: what the public gets, and that it never changes behind its back."""

import hashlib

import orjson
import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from events.desk import claims, incidents, registers
from events.models.claim import Citation
from events.models.edition import Edition, PublishedClaim, PublishedIncident
from events.models.words import IncidentWords
from events.press import editions, index
from tests import builders


def _document(uid):
    return orjson.loads(Edition.objects.of("incident", uid).first().document.body)


def test_an_edition_holds_the_accepted_claims_and_nothing_else(analyst, editor):
    rival = builders.claim("casualties", claimant_text="A rival", lines=[builders.toll(9)], excerpt="nine rivals")
    told = builders.claim("casualties", lines=[builders.toll(8)], excerpt="eight people")
    incident = builders.submitted(analyst, claims=[told, rival])
    first, second = incident.claims.all()
    claims.decide(first, by=editor, verdict="accepted", credibility=2)
    claims.decide(second, by=editor, verdict="needs_changes", rationale="Which hospital?")

    editions.publish(incident, by=editor, reason="new_incident")

    row = PublishedIncident.objects.get(uid=incident.uid)
    assert (row.killed_low, row.killed_best, row.killed_high, row.claims_count) == (8, 8, 8, 1)
    body = Edition.objects.findings().get().document.body
    assert "eight people" in body
    assert "nine rivals" not in body and "Which hospital?" not in body and analyst.username not in body


def test_the_hash_is_over_the_bytes_that_are_sent(analyst):
    builders.published()

    edition = Edition.objects.findings().get()

    assert hashlib.sha256(edition.document.body.encode()).hexdigest() == edition.sha256


def test_editing_at_the_desk_changes_nothing_public_until_the_next_edition(analyst, editor):
    incident = builders.published(by=analyst, editor=editor, title="As published")

    incidents.edit(incident, by=analyst, version=incident.version, fields=builders.facts(title="As edited"))

    assert PublishedIncident.objects.get().title == "As published"
    incident.refresh_from_db()
    editions.publish(incident, by=editor, reason="correction", note="Clearer title")
    assert PublishedIncident.objects.get().title == "As edited"
    assert list(Edition.objects.findings().order_by("number").values_list("number", "reason")) == [
        (1, "new_incident"),
        (2, "correction"),
    ]


def test_analysts_do_not_publish(analyst):
    incident = builders.submitted(analyst)

    with pytest.raises(PermissionDenied):
        editions.publish(incident, by=analyst, reason="new_incident")


def test_undecided_claims_stand_against_publishing(analyst, editor):
    incident = builders.submitted(analyst)

    with pytest.raises(ValidationError, match="decision"):
        editions.publish(incident, by=editor, reason="new_incident")

    assert not Edition.objects.exists()


def test_nobody_publishes_an_incident_whose_every_claim_they_wrote(editor, other_editor):
    incident = builders.submitted(editor)
    builders.accept_all(incident, other_editor)

    with pytest.raises(ValidationError, match="another editor"):
        editions.publish(incident, by=editor, reason="new_incident")

    assert editions.publish(incident, by=other_editor, reason="new_incident").number == 1


def test_a_document_that_may_not_be_redistributed_stays_out(analyst, editor):
    closed = builders.document(redistributable=False)
    incident = builders.submitted(analyst, claims=[builders.claim(document_row=closed)])
    builders.accept_all(incident, editor)

    with pytest.raises(ValidationError, match="licence"):
        editions.publish(incident, by=editor, reason="new_incident")


def test_withdrawing_leaves_a_tombstone_with_the_reason(editor):
    incident = builders.published()

    with pytest.raises(ValidationError):
        editions.withdraw(incident, by=editor, reason="privacy", note="")
    editions.withdraw(incident, by=editor, reason="privacy", note="Asked by the family.")

    assert not PublishedIncident.objects.exists()
    edition = Edition.objects.of("incident", incident.uid).first()
    assert (edition.kind, edition.number, edition.note) == ("withdrawn", 2, "Asked by the family.")


def test_a_merge_loses_no_citation_and_leads_to_the_survivor(editor):
    one, two = builders.published(title="One"), builders.published(title="Two")
    citations = Citation.objects.count()

    editions.merge(one, two, by=editor, note="The same attack")

    assert Citation.objects.count() == citations
    assert len(_document(two.uid)["claims"]) == 2
    assert Edition.objects.of("incident", one.uid).first().merged_into_uid == two.uid
    assert list(PublishedIncident.objects.values_list("uid", flat=True)) == [two.uid]


def test_merging_is_refused_where_a_claimant_would_contradict_themselves(editor):
    office = builders.actor("Testland ministry", kind="office", side="third")
    one, two = (
        builders.published(claims=[builders.claim("casualties", claimant=office, lines=[builders.toll(number)])])
        for number in (7, 9)
    )

    with pytest.raises(ValidationError, match="supersede"):
        editions.merge(one, two, by=editor, note="The same attack")

    assert PublishedIncident.objects.count() == 2


def test_a_retracted_toll_is_unknown_and_not_zero(editor):
    incident = builders.published(claims=[builders.claim("casualties", lines=[builders.toll(7)]), builders.claim()])
    claims.retract(incident.claims.first(), by=editor, on=incident.date_start, rationale="Taken back by the source")

    editions.publish(incident, by=editor, reason="retraction", note="The source took it back")

    row = PublishedIncident.objects.get()
    assert (row.killed_low, row.killed_best, row.killed_high) == (None, None, None)


def test_parts_are_counted_and_their_operation_is_not(analyst, editor):
    toll = lambda number: builders.claim("casualties", lines=[builders.toll(number)])  # noqa: E731 (reads best here)
    whole, first, second = (builders.submitted(analyst, claims=[toll(number)]) for number in (8, 6, 2))
    for part in (first, second):
        incidents.link(part, whole, by=editor, type="part_of")
    for incident in (whole, first, second):
        builders.accept_all(incident, editor)

    editions.publish_all([whole, first, second], by=editor, reason="new_incident")

    counted = PublishedIncident.objects.counted()
    assert {row.uid for row in counted} == {first.uid, second.uid}
    assert sum(row.killed_best for row in PublishedIncident.objects.filter(counts_killed=True)) == 8
    assert set(_document(whole.uid)["parts"]) == {first.shown_uid, second.shown_uid}


def test_a_link_to_a_draft_tells_nothing_of_it(analyst, editor):
    secret = builders.draft(analyst)
    incident = builders.published()
    incidents.link(incident, secret, by=editor, type="follows")

    editions.publish(incident, by=editor, reason="ruleset", note="Linked")

    assert secret.shown_uid not in Edition.objects.of("incident", incident.uid).first().document.body


def test_coordinates_are_never_finer_than_the_place_is_known(analyst, editor):
    town = builders.places()["town"]

    builders.published(location=town, location_precision="district")

    row = PublishedIncident.objects.get()
    assert (row.latitude, row.longitude) == (None, None)


def test_a_settlement_that_nobody_located_is_shown_as_the_district_around_it(analyst, editor):
    seat = {"latitude": 33.1, "longitude": 70.1, "uncertainty_km": 25, "coordinate_basis": "seat"}
    country = builders.location("Testland", level="country", iso="PK")
    district = builders.location("Test District", level="district", parent=country, **seat)
    hamlet = builders.location("Testhamlet", parent=district)

    builders.published(location=hamlet, location_precision="near_settlement")

    row = PublishedIncident.objects.get()
    assert (row.latitude, row.longitude, row.mapped) == (33.1, 70.1, "area")


def test_reindex_changes_nothing(analyst, editor):
    town = builders.places()["town"]
    group = builders.actor()
    builders.published(
        location=town,
        location_precision="settlement",
        claims=[
            builders.claim("perpetrator", value_actor=group, part="perpetrator", claimant=group),
            builders.claim("casualties", lines=[builders.toll(3)]),
        ],
    )
    before = index.contents()

    index.rebuild()

    assert index.contents() == before
    assert PublishedClaim.objects.count() == 2


def test_a_claim_that_left_the_record_says_so_at_its_old_address(client, editor, other_editor):
    incident = builders.published(
        claims=[builders.claim("motive", value_text="Made up", excerpt="words now gone"), builders.claim()]
    )
    gone = incident.claims.first()
    claims.reopen(gone, by=editor, rationale="Misread")
    gone.refresh_from_db()
    claims.decide(gone, by=other_editor, verdict="rejected", rationale="secret rationale")
    assert client.get(f"/claims/{gone.shown_uid}/").status_code == 200

    editions.publish(incident, by=editor, reason="correction", note="One claim was misread.")

    page, answer = client.get(f"/claims/{gone.shown_uid}/"), client.get(f"/api/v1/claims/{gone.shown_uid}/")
    assert page.status_code == answer.status_code == 410
    assert "One claim was misread." in page.text and "One claim was misread." in answer.json()["detail"]
    assert "words now gone" not in page.text and "secret rationale" not in page.text
    before = index.contents()
    index.rebuild()
    assert index.contents() == before


def test_a_claim_that_moved_with_a_merge_stays_at_its_address(client, editor):
    one, two = builders.published(title="One"), builders.published(title="Two")
    moved = one.claims.get()

    editions.merge(one, two, by=editor, note="The same attack")

    assert client.get(f"/claims/{moved.shown_uid}/").status_code == 200
    before = index.contents()
    index.rebuild()
    assert index.contents() == before


@pytest.mark.parametrize("subject", ["link", "relation"])
def test_a_closed_document_stays_out_of_links_and_relations_too(analyst, editor, subject):
    closed = builders.claim(subject, document_row=builders.document(redistributable=False))
    if subject == "link":
        incident = builders.published()
        about = incidents.link(incident, builders.published(), by=editor, type="response_to")
        publish = lambda: editions.publish(incident, by=editor, reason="new_source")  # noqa: E731 (reads best here)
    else:
        about = registers.relate(builders.actor("One"), "fights", builders.actor("Two"), by=editor)
        publish = lambda: editions.publish_relation(about, by=editor, reason="new_incident")  # noqa: E731
    claims.decide(claims.add(about, by=analyst, **closed), by=editor, verdict="accepted")

    with pytest.raises(ValidationError, match="licence"):
        publish()


def test_undecided_claims_about_a_link_stand_against_publishing(analyst, editor):
    incident = builders.published()
    link = incidents.link(incident, builders.published(), by=editor, type="response_to")
    claims.add(link, by=analyst, **builders.claim("link"))

    with pytest.raises(ValidationError, match="decision"):
        editions.publish(incident, by=editor, reason="new_source")


def test_a_link_to_a_draft_that_was_put_away_tells_nothing_of_it(analyst, editor):
    secret, incident = builders.draft(analyst), builders.published()
    incidents.link(incident, secret, by=editor, type="follows")
    incidents.discard(secret, by=analyst)

    editions.publish(incident, by=editor, reason="ruleset", note="Linked")

    assert secret.shown_uid not in Edition.objects.of("incident", incident.uid).first().document.body


def test_a_merge_cannot_make_a_part_contain_its_whole(editor):
    survivor, middle, loser = (builders.published(title=title) for title in ("S", "X", "L"))
    incidents.link(survivor, middle, by=editor, type="part_of")
    incidents.link(middle, loser, by=editor, type="part_of")

    with pytest.raises(ValidationError, match="part of"):
        editions.merge(loser, survivor, by=editor, note="The same")

    assert PublishedIncident.objects.count() == 3


def test_an_account_is_superseded_in_public_and_its_first_number_stays_visible(analyst, editor):
    told = builders.claim("casualties", claimant_text="A ministry", lines=[builders.toll(7)])
    incident = builders.submitted(analyst, claims=[told])
    older = incident.claims.get()
    newer = builders.claim("casualties", claimant_text="A ministry", lines=[builders.toll(9)], supersedes=older)
    claims.decide(older, by=editor, verdict="accepted")
    editions.publish(incident, by=editor, reason="new_incident")
    added = claims.add(incident, by=analyst, **newer)
    claims.decide(added, by=editor, verdict="accepted")

    editions.publish(incident, by=editor, reason="new_source", note="Two more")

    row, document = PublishedIncident.objects.get(), _document(incident.uid)
    assert (row.killed_low, row.killed_best, row.killed_high) == (9, 9, 9)
    first = next(claim for claim in document["claims"] if claim["uid"] == older.shown_uid)
    assert (first["superseded_by"], first["is_eligible"]) == (added.shown_uid, False)


def test_one_statement_in_five_outlets_is_one_claim_with_five_citations(analyst, editor):
    citations = [{"document": builders.document(f"Outlet {n}"), "excerpt": "eight were killed"} for n in range(5)]
    told = builders.claim("casualties", lines=[builders.toll(8)], citations=citations)
    incident = builders.published(claims=[told])

    document = _document(incident.uid)

    assert [len(claim["citations"]) for claim in document["claims"]] == [5]
    assert document["headline"]["occurrence"]["status"] == "single_source"
    assert PublishedIncident.objects.get().sources_count == 5


def test_a_relation_that_was_only_proposed_names_nobody_in_public(analyst):
    group = builders.actor("Test Front", kind="armed_group", side="non_state", home_country="")
    secret = registers.add_actor(by=analyst, name="Secret patron", kind="armed_group", side="non_state")
    registers.relate(group, "faction_of", secret, by=analyst)
    claim = builders.claim("perpetrator", claimant=group, value_actor=group, part="perpetrator")

    incident = builders.published(claims=[claim])

    assert "secret-patron" not in _document(incident.uid)["actors"]
    assert not IncidentWords.objects.filter(names__contains="secret patron").exists()


@pytest.mark.parametrize("first", ["part", "whole"])
def test_a_toll_is_counted_once_in_whatever_order_the_parts_become_public(analyst, editor, first):
    whole, part = (
        builders.submitted(analyst, claims=[builders.claim("casualties", lines=[builders.toll(8)])]) for _ in range(2)
    )
    incidents.link(part, whole, by=editor, type="part_of")
    for incident in (whole, part):
        builders.accept_all(incident, editor)

    for incident in (part, whole) if first == "part" else (whole, part):
        editions.publish(incident, by=editor, reason="new_incident")

    assert sum(row.killed_best for row in PublishedIncident.objects.filter(counts_killed=True)) == 8
    assert PublishedIncident.objects.counted().get().uid == part.uid
    before = index.contents()
    index.rebuild()
    assert index.contents() == before


def test_the_parts_of_a_merged_operation_are_still_its_parts(analyst, editor):
    whole, part, survivor = (
        builders.submitted(analyst, claims=[builders.claim("casualties", lines=[builders.toll(8)])]) for _ in range(3)
    )
    incidents.link(part, whole, by=editor, type="part_of")
    for incident in (whole, part, survivor):
        builders.accept_all(incident, editor)
    editions.publish_all([whole, part], by=editor, reason="new_incident")
    editions.publish(survivor, by=editor, reason="new_incident")

    editions.merge(whole, survivor, by=editor, note="The same operation")

    assert sum(row.killed_best for row in PublishedIncident.objects.filter(counts_killed=True)) == 8
    before = index.contents()
    index.rebuild()
    assert index.contents() == before


def test_what_changed_since_the_preview_is_not_published_unseen(analyst, editor):
    incident = builders.published(by=analyst, editor=editor)
    seen = editions.fingerprint(incident)
    incidents.edit(incident, by=analyst, version=incident.version, fields={"title": "Never looked at"})

    with pytest.raises(ValidationError, match="changed since"):
        editions.publish(incident, by=editor, reason="correction", seen=seen)

    assert Edition.objects.findings().count() == 1


def test_a_preview_that_was_published_already_is_not_published_twice(analyst, editor):
    incident = builders.submitted(analyst)
    builders.accept_all(incident, editor)
    seen = editions.fingerprint(incident)

    editions.publish(incident, by=editor, reason="new_incident", seen=seen)
    with pytest.raises(ValidationError, match="changed since"):
        editions.publish(incident, by=editor, reason="new_incident", seen=seen)


def test_who_rewrote_every_accepted_claim_does_not_publish(analyst, editor, other_editor):
    incident = builders.submitted(analyst)
    claims.edit(incident.claims.get(), by=editor, version=1, **builders.claim(claimant_text="As rewritten"))
    builders.accept_all(incident, other_editor)

    with pytest.raises(ValidationError, match="another editor"):
        editions.publish(incident, by=editor, reason="new_incident")
