"""The founding timeline, loaded by the commands, says in public what its sources say: the reader's traps come out right."""

import io

import orjson
import pytest
from django.core.management import call_command
from django.db import transaction

from events.models.change import Change
from events.models.edition import Edition, PublishedClaim, PublishedIncident, PublishedParticipant, PublishedRelation
from events.press import index
from tests.record.test_frozen import from_documents, from_index

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module", autouse=True)
def timeline(django_db_setup, django_db_blocker):
    """Loaded once for all tests of this file, and rolled back."""
    with django_db_blocker.unblock(), transaction.atomic():
        call_command("load_gazetteer", stdout=io.StringIO())
        call_command("load_founding_timeline", stdout=io.StringIO())
        yield
        transaction.set_rollback(True)


def _row(words):
    return PublishedIncident.objects.get(title__startswith=_TITLES[words])


_TITLES = {"mir ali": "Attack on a security post at Mir Ali", "paktika": "Pakistani strikes in Paktika and Khost"}


def _document(row):
    return orjson.loads(row.edition.document.body)


def test_mir_ali_is_claimed_by_a_faction_and_ttp_is_nowhere_in_the_headline():
    row = _row("mir ali")
    headline = _document(row)["headline"]

    assert (row.killed_low, row.killed_best, row.killed_high) == (13, 13, 13)
    assert row.killed_excluding_perpetrators_best == 7
    assert row.injured_best == 17
    assert (row.perpetrator.slug, row.attribution) == ("jaish-e-fursan-e-muhammad", "self_claimed")
    assert "ttp" not in {entry["actor"] for entry in headline["attribution"]["candidates"]}
    assert not PublishedParticipant.objects.filter(incident=row, actor__slug="ttp").exists()
    assert "casualties" not in row.contested


def test_the_18_march_strikes_show_three_sides_and_one_contested_aspect():
    row = _row("paktika")
    document = _document(row)
    sides = {document["actors"][claim["claimant"]]["side"] for claim in document["claims"] if claim["claimant"]}

    assert (row.killed_civilian_low, row.killed_civilian_best, row.killed_civilian_high) == (8, 8, 8)
    assert row.contested == ["target_nature"]
    assert {"pakistan", "afghanistan_de_facto", "third"} <= sides
    assert "united-states" in document["actors"]
    assert (row.occurrence, row.harm_grade, row.escalation, row.is_cross_border) == ("acknowledged", "fair", 8, True)


def test_women_and_children_are_subsets_of_the_eight():
    subsets = _document(_row("paktika"))["headline"]["casualties"]["killed"]["subsets"]

    assert (subsets["women"]["best"], subsets["children"]["best"]) == (5, 3)


def test_the_leaves_of_the_operation_are_not_counted_twice():
    row = _row("paktika")
    leaves = PublishedIncident.objects.filter(parent_uid=row.uid)

    assert sorted(leaf.killed_best for leaf in leaves) == [2, 6]
    assert [leaf.escalation for leaf in leaves] == [7, 7]
    assert not row.counts_incident and not row.counts_killed
    assert sum(leaf.killed_best for leaf in leaves if leaf.counts_killed) == 8


def test_monday_and_weekend_both_stand_as_date_claims():
    dates = {
        (claim["date"]["start"], claim["date"]["end"])
        for claim in _document(_row("paktika"))["claims"]
        if claim["aspect"] == "date"
    }

    assert ("2024-03-18", "2024-03-18") in dates
    assert any(end <= "2024-03-17" for _, end in dates)


def test_the_strike_at_three_in_kabul_is_still_sunday_in_utc():
    date = _document(_row("paktika"))["date"]

    assert (date["start"], date["utc"]) == ("2024-03-18", "2024-03-17T22:30Z")


def test_forecasts_are_no_incidents_and_stand_behind_nothing():
    assert not PublishedClaim.objects.filter(speech_act="forecast", is_eligible=True).exists()
    assert not PublishedIncident.objects.filter(title__icontains="calm").exists()


def test_what_is_only_said_of_a_group_is_not_shown_as_a_fact():
    """Officials believe that the claimants of Mir Ali belong to TTP; no eligible claim says so."""
    held = PublishedRelation.objects.filter(subject__slug="jaish-e-fursan-e-muhammad")

    assert {row.object.slug: row.stands for row in held} == {"hafiz-gul-bahadur-group": True, "ttp": False}


def test_every_figure_of_every_headline_names_the_claims_behind_it():
    for row in PublishedIncident.objects.select_related("edition__document"):
        document = _document(row)
        known = {claim["uid"] for claim in document["claims"] if claim["is_eligible"]}
        for toll in document["headline"]["casualties"].values():
            for figure in (toll["total"], *toll["by_category"].values()):
                stated = any(figure[bound] is not None for bound in ("low", "best", "high"))
                assert bool(figure["claims"]) == stated, row.title
                assert set(figure["claims"]) <= known, row.title


def test_every_public_claim_rests_on_an_excerpt():
    for claim in PublishedClaim.objects.all():
        assert any(citation["excerpt"] for citation in orjson.loads(claim.body)["citations"])


def test_the_timeline_shows_january_to_march_2024():
    months = {
        row.sort_date.month for row in PublishedIncident.objects.filter(sort_date__year=2024, sort_date__month__lte=3)
    }

    assert months == {1, 2, 3}


def test_loading_again_changes_nothing():
    before = (Edition.objects.count(), Change.objects.count(), index.contents())

    call_command("load_gazetteer", stdout=io.StringIO())
    call_command("load_founding_timeline", stdout=io.StringIO())

    assert (Edition.objects.count(), Change.objects.count(), index.contents()) == before


def test_reindexing_would_change_nothing():
    out = io.StringIO()
    call_command("reindex", "--check", stdout=out)

    assert "nothing would change" in out.getvalue()


def test_every_incident_has_the_same_cells_from_its_document_as_from_the_index():
    rows = from_documents()

    assert len(rows) > 10
    assert rows == from_index()
