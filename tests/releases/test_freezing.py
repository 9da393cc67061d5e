"""Freezing: who may, under which name, and that nothing of it changes afterwards."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import DatabaseError, transaction
from django.utils import timezone

from events.models.change import Change
from events.models.edition import Edition
from events.models.release import Release, ReleaseErratum, ReleaseFile
from events.press import releases
from tests.releases.conftest import SITE

pytestmark = pytest.mark.django_db
YEAR = timezone.now().year


def _refusal(**more):
    with pytest.raises(ValidationError) as refused:
        releases.freeze(**more)
    return " ".join(refused.value.messages)


@pytest.mark.parametrize("who", ["analyst", "researcher"])
def test_only_editors_and_admins_freeze(record, request, who, admin_person):
    with pytest.raises(PermissionDenied):
        releases.freeze(f"{YEAR}.1", by=request.getfixturevalue(who), site=SITE)

    assert not Release.objects.exists()
    assert releases.freeze(f"{YEAR}.1", by=admin_person, site=SITE).name == f"{YEAR}.1"


def test_it_holds_the_latest_public_editions_and_leaves_its_trace(record, freeze, correct, editor):
    last = correct(record["struck"])
    release = freeze()

    held = set(release.editions.values_list("subject_uid", "number"))
    assert held == {(last.subject_uid, 2), (record["silent"].uid, 1), (record["relation"].uid, 1)}
    trace = Change.objects.get(model="release")
    assert (trace.by, trace.field, trace.after["name"], trace.after["editions"]) == (editor, "created", f"{YEAR}.1", 3)


def test_names_are_numbered_without_a_gap_and_never_taken_twice(record, freeze, correct, editor):
    for wrong in ("", "2026", "2026.0", "2026.01", "next", f"{YEAR}.1 ", "٢٠٢٦.1"):
        assert f"a number, now {YEAR}.1" in _refusal(name=wrong, by=editor, site=SITE)
    assert f"take {YEAR}.1" in _refusal(name=f"{YEAR}.2", by=editor, site=SITE)
    assert f"take {YEAR}.1" in _refusal(name=f"{YEAR - 1}.1", by=editor, site=SITE)

    freeze()
    correct(record["struck"])

    assert "never changes" in _refusal(name=f"{YEAR}.1", by=editor, site=SITE)
    assert freeze().name == f"{YEAR}.2"


def test_a_release_that_would_say_nothing_new_is_refused(record, freeze, editor):
    freeze()

    assert f"Nothing was published since {YEAR}.1" in _refusal(name=f"{YEAR}.2", by=editor, site=SITE)


def test_an_empty_record_and_a_site_without_an_address_are_refused(editor):
    assert "Nothing is public" in _refusal(name=f"{YEAR}.1", by=editor, site=SITE)
    assert "SITE_URL" in _refusal(name=f"{YEAR}.1", by=editor, site="")
    assert "SITE_URL" in _refusal(name=f"{YEAR}.1", by=editor, site="ledger.example/path")


def test_it_is_public_only_when_its_files_are_listed(record, editor):
    release = releases.freeze(f"{YEAR}.1", by=editor, site=SITE)

    assert not Release.objects.complete().exists()
    assert list(Release.objects.unfinished()) == [release]


def test_errata_are_appended(record, freeze, editor, analyst):
    release = freeze(errata_note="Known to be wrong")
    releases.note_erratum(release, "And this", by=editor)

    assert list(release.errata.values_list("text", flat=True)) == ["Known to be wrong", "And this"]
    with pytest.raises(PermissionDenied):
        releases.note_erratum(release, "Not mine to say", by=analyst)
    with pytest.raises(ValidationError):
        releases.note_erratum(release, " \n", by=editor)
    with pytest.raises(ValidationError):
        releases.note_erratum(release, "x" * 4001, by=editor)


@pytest.mark.parametrize(
    ("model", "change"), [(Release, {"ruleset": 9}), (ReleaseFile, {"bytes": 0}), (ReleaseErratum, {"text": "!"})]
)
def test_the_database_refuses_to_change_or_delete(record, freeze, model, change):
    freeze(errata_note="Made-up")

    with pytest.raises(DatabaseError), transaction.atomic():
        model.objects.update(**change)
    with pytest.raises(DatabaseError), transaction.atomic():
        model.objects.all()._raw_delete(model.objects.db)


def test_its_list_of_editions_cannot_be_changed(record, freeze):
    release = freeze()

    with pytest.raises(DatabaseError), transaction.atomic():
        release.editions.remove(Edition.objects.first())
