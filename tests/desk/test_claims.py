"""Adding and judging claims: what is refused, four eyes, supersession, retraction."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from events.desk import claims, registers
from events.desk.stale import Stale
from events.models.claim import Claim
from events.rules.dates import VagueDate
from tests import builders


def _add(incident, by, aspect="occurrence", **fields):
    return claims.add(incident, by=by, **builders.claim(aspect, **fields))


@pytest.mark.parametrize(
    ("aspect", "fields"),
    [
        ("perpetrator", {"part": "perpetrator"}),
        ("date", {}),
        ("location", {}),
        ("kind", {"value_code": "bombing"}),
        ("target_nature", {"value_code": ""}),
        ("motive", {"value_text": ""}),
        ("occurrence", {"value_code": "ied"}),
        ("occurrence", {"part": "target"}),
        ("relation", {}),
        ("casualties", {}),
        ("occurrence", {"claimant_text": ""}),
    ],
)
def test_a_value_that_does_not_fit_the_aspect_is_refused(analyst, aspect, fields):
    incident = builders.draft(analyst, claims=[])

    with pytest.raises(ValidationError):
        _add(incident, analyst, aspect, **fields)

    assert not Claim.objects.exists()


def test_every_aspect_can_be_claimed(analyst):
    incident, place, group = builders.draft(analyst, claims=[]), builders.location(), builders.actor()
    day = VagueDate(date(2024, 3, 18), date(2024, 3, 18), "day")

    for aspect, fields in {
        "occurrence": {},
        "kind": {"value_code": "shelling"},
        "date": {"value_date": day},
        "location": {"value_location": place},
        "origin": {"value_location": place},
        "perpetrator": {"value_actor": group, "part": "perpetrator"},
        "target": {"value_actor": group, "part": "target"},
        "target_nature": {"value_code": "market"},
        "weapon": {"value_text": "mortar"},
        "damage": {"value_text": "a shop"},
        "motive": {"value_text": "made up"},
        "position": {"value_text": "made up"},
        "trend": {"value_text": "made up"},
    }.items():
        _add(incident, analyst, aspect, **fields)
    _add(incident, analyst, "casualties", lines=[builders.toll(8), builders.toll(5, demographic="women", subset_of=0)])

    assert incident.claims.count() == 14


def test_a_subset_is_not_larger_than_its_line(analyst):
    incident = builders.draft(analyst, claims=[])

    with pytest.raises(ValidationError) as refused:
        _add(incident, analyst, "casualties", lines=[builders.toll(8), builders.toll(9, subset_of=0)])

    assert "lines.1.subset_of" in refused.value.message_dict


def test_nobody_decides_their_own_claim(editor):
    incident = builders.submitted(editor)

    with pytest.raises(PermissionDenied):
        claims.decide(incident.claims.get(), by=editor, verdict="accepted")


def test_the_database_refuses_a_decision_by_the_author(analyst):
    claim = builders.draft(analyst).claims.get()

    for decided_by, decided_at in ((analyst, timezone.now()), (None, None)):
        with pytest.raises(IntegrityError), transaction.atomic():
            Claim.objects.filter(pk=claim.pk).update(verdict="accepted", decided_by=decided_by, decided_at=decided_at)


def test_analysts_decide_nothing(analyst, other_analyst):
    incident = builders.submitted(analyst)

    with pytest.raises(PermissionDenied):
        claims.decide(incident.claims.get(), by=other_analyst, verdict="accepted")


def test_an_accepted_claim_rests_on_an_excerpt(analyst, editor):
    incident = builders.submitted(analyst, claims=[builders.claim(excerpt="")])

    with pytest.raises(ValidationError):
        claims.decide(incident.claims.get(), by=editor, verdict="accepted")


def test_the_excerpt_is_found_in_the_captured_text(analyst, editor):
    paper = builders.document(captured_text="They said “seven men\n were  killed” there.")
    good = builders.claim(document_row=paper, excerpt='"seven men were killed"')
    bad = builders.claim(document_row=paper, excerpt="eight men", claimant_text="Another witness")
    incident = builders.submitted(analyst, claims=[good, bad])
    first, second = incident.claims.all()

    claims.decide(first, by=editor, verdict="accepted")
    with pytest.raises(ValidationError):
        claims.decide(second, by=editor, verdict="accepted")


@pytest.mark.parametrize("verdict", ["rejected", "needs_changes"])
def test_rejecting_and_asking_for_changes_need_a_reason(analyst, editor, verdict):
    incident = builders.submitted(analyst)

    with pytest.raises(ValidationError) as refused:
        claims.decide(incident.claims.get(), by=editor, verdict=verdict, rationale="  ")

    assert "rationale" in refused.value.message_dict


def test_the_reliability_of_the_source_is_kept_as_it_was_at_the_decision(analyst, editor):
    paper = builders.document(source_row=builders.source(reliability="B"))
    incident = builders.submitted(analyst, claims=[builders.claim(document_row=paper)])
    builders.accept_all(incident, editor)

    registers.edit_source(
        paper.source, by=editor, version=paper.source.version, reliability="D", reliability_note="It erred twice."
    )

    assert incident.claims.get().citations.get().reliability_at_review == "B"


def test_one_claimant_cannot_be_accepted_with_two_values(analyst, editor):
    iran = builders.actor("Testland ministry", kind="office", side="third")
    seven = builders.claim("casualties", claimant=iran, lines=[builders.toll(7)])
    nine = builders.claim("casualties", claimant=iran, lines=[builders.toll(9)])
    incident = builders.submitted(analyst, claims=[seven, nine])
    first, second = incident.claims.all()
    claims.decide(first, by=editor, verdict="accepted")

    with pytest.raises(ValidationError, match="claimant_conflict"):
        claims.decide(second, by=editor, verdict="accepted")


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
def test_a_claim_that_supersedes_the_older_one_is_accepted_in_any_order(analyst, editor, order):
    iran = builders.actor("Testland ministry", kind="office", side="third")
    seven = builders.claim("casualties", claimant=iran, lines=[builders.toll(7)])
    incident = builders.submitted(analyst, claims=[seven])
    older = incident.claims.get()
    newer = claims.add(
        incident,
        by=editor,
        **builders.claim("casualties", claimant=iran, lines=[builders.toll(9)], supersedes=older),
    )
    other = builders.person("editor", "second-editor")

    for index in order:
        claims.decide((older, newer)[index], by=other, verdict="accepted")

    assert incident.claims.accepted().count() == 2


def test_a_claim_that_came_back_waits_again_after_it_is_changed(analyst, editor):
    incident = builders.published()
    claim = _add(incident, analyst, claimant_text="Another witness")
    claims.decide(claim, by=editor, verdict="needs_changes", rationale="Quote the words.")
    claim.refresh_from_db()

    changed = claims.edit(
        claim, by=analyst, version=claim.version, **builders.claim(claimant_text="Another witness, named")
    )

    assert (changed.verdict, changed.decided_by) == ("pending", None)


def test_editing_an_old_version_of_a_claim_changes_nothing(analyst):
    claim = builders.draft(analyst).claims.get()
    claims.edit(claim, by=analyst, version=1, **builders.claim(claimant_text="First"))

    with pytest.raises(Stale):
        claims.edit(claim, by=analyst, version=1, **builders.claim(claimant_text="Second"))

    claim.refresh_from_db()
    assert claim.claimant_text == "First"


def test_an_accepted_claim_is_not_rewritten(analyst, editor):
    incident = builders.published(by=analyst, editor=editor)
    claim = incident.claims.get()

    with pytest.raises(PermissionDenied):
        claims.edit(claim, by=editor, version=claim.version, **builders.claim(claimant_text="Somebody else"))
    with pytest.raises(PermissionDenied):
        claims.remove(claim, by=analyst)


def test_claims_of_a_draft_are_not_decided(analyst, editor):
    incident = builders.draft(analyst)

    with pytest.raises(ValidationError):
        claims.decide(incident.claims.get(), by=editor, verdict="accepted")


def test_the_author_mends_a_claim_that_came_back_while_the_incident_is_with_the_editors(analyst, other_analyst, editor):
    incident = builders.submitted(analyst)
    claim = claims.decide(incident.claims.get(), by=editor, verdict="needs_changes", rationale="Quote the words.")

    with pytest.raises(PermissionDenied):
        claims.edit(claim, by=other_analyst, version=claim.version, **builders.claim())

    assert claims.edit(claim, by=analyst, version=claim.version, **builders.claim()).verdict == "pending"


def test_an_editor_who_rewrote_a_claim_cannot_decide_it(analyst, editor, other_editor):
    incident = builders.submitted(analyst)
    claim = claims.edit(
        incident.claims.get(), by=editor, version=1, **builders.claim(claimant_text="As the editor has it")
    )

    with pytest.raises(PermissionDenied):
        claims.decide(claim, by=editor, verdict="accepted")
    with pytest.raises(IntegrityError), transaction.atomic():
        Claim.objects.filter(pk=claim.pk).update(verdict="accepted", decided_by=editor, decided_at=timezone.now())

    assert claims.decide(claim, by=other_editor, verdict="accepted").verdict == "accepted"


def test_nobody_reopens_or_retracts_their_own_claim(editor, other_editor):
    incident = builders.submitted(editor)
    claim = claims.decide(incident.claims.get(), by=other_editor, verdict="accepted")

    with pytest.raises(PermissionDenied):
        claims.reopen(claim, by=editor, rationale="Mine after all")
    with pytest.raises(PermissionDenied):
        claims.retract(claim, by=editor, on=date(2024, 3, 20), rationale="Mine after all")


def test_the_outlet_itself_is_never_the_default_claimant(analyst):
    assert Claim._meta.get_field("attribution").default != "document_author"
    assert builders.draft(analyst).claims.get().attribution == "named"


def test_nobody_supersedes_what_somebody_else_said(analyst, editor):
    incident = builders.submitted(analyst, claims=[builders.claim("casualties", lines=[builders.toll(50)])])
    theirs = incident.claims.get()

    with pytest.raises(ValidationError, match="stands beside"):
        claims.add(
            incident,
            by=editor,
            **builders.claim("casualties", claimant_text="A rival", lines=[builders.toll(2)], supersedes=theirs),
        )


def test_taking_back_the_middle_of_a_chain_does_not_let_the_first_stand_again(analyst, editor):
    incident = builders.submitted(analyst, claims=[builders.claim("casualties", lines=[builders.toll(5)])])
    chain = [incident.claims.get()]
    for number in (9, 11):
        told = builders.claim("casualties", lines=[builders.toll(number)], supersedes=chain[-1])
        chain.append(claims.add(incident, by=builders.keeper(), **told))
    for claim in chain:
        claims.decide(claim, by=editor, verdict="accepted")

    with pytest.raises(ValidationError, match="claimant_conflict"):
        claims.retract(chain[1], by=editor, on=date(2024, 3, 20), rationale="Taken back")

    claims.decide(chain[0], by=editor, verdict="rejected", rationale="Overtaken twice")
    assert claims.retract(chain[1], by=editor, on=date(2024, 3, 20), rationale="Taken back").retracted_at


def test_two_editors_cannot_take_turns_to_judge_what_they_rewrote(analyst, editor, other_editor):
    claim = builders.submitted(analyst).claims.get()
    for person in (editor, other_editor):
        claim = claims.edit(claim, by=person, version=claim.version, **builders.claim(claimant_text=f"By {person}"))

    for person in (editor, other_editor):
        with pytest.raises(PermissionDenied):
            claims.decide(claim, by=person, verdict="accepted")


def test_a_superseded_claim_is_not_removed(analyst):
    incident = builders.draft(analyst)
    older = incident.claims.get()
    claims.add(incident, by=analyst, **builders.claim(supersedes=older))

    with pytest.raises(ValidationError, match="supersedes this one"):
        claims.remove(older, by=analyst)
