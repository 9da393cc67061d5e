"""Thousands of rows from draft to public: the claims of an import accepted and its incidents published by the worker."""

import re

import pytest
from django.contrib.auth import get_user_model
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from events.desk import claims, importing, incidents, team
from events.desk.importing import accepting, jobs, publishing, together
from events.models.batch import ImportBatch
from events.models.claim import Claim, Review
from events.models.edition import Edition
from events.models.incident import Incident
from events.press import editions
from tests.desk import keyboard
from tests.desk.importing_world import committed, known, planned

ROWS = [{"id": str(900001 + number), "relid": f"made-up-{number}"} for number in range(3)]
WORDS = {"credibility": "3", "rationale": "Rows agree with the file."}


@pytest.fixture
def batch(tmp_path, analyst, editor):
    known()
    made = committed(planned(tmp_path, analyst, *ROWS), editor)
    importing.submit(made, by=analyst)
    return made


def pressed(client, address, **words):
    """Sent as the page shows it, and done by the worker."""
    answer = client.post(address, keyboard.as_shown(client.get(address)) | words)
    for row in ImportBatch.objects.all():
        jobs.run_now(row)
    return answer


@pytest.mark.django_db
def test_all_of_an_import_is_accepted_and_published_from_two_pages(client, batch, editor, other_editor):
    client.force_login(editor)
    address = f"/desk/batches/{batch.pk}/accept/all/"
    assert re.search(r"<strong>\s*18 claims of 3 incidents", client.get(address).text)

    assert pressed(client, address, **WORDS).headers["Location"] == f"/desk/imports/{batch.pk}/"

    assert set(Claim.objects.values_list("verdict", "credibility", "decided_by__username")) == {
        ("accepted", 3, "editor")
    }
    assert set(Review.objects.values_list("rationale", flat=True)) == {WORDS["rationale"]}
    assert "18 claims were accepted together, last by" in client.get(f"/desk/imports/{batch.pk}/").text

    client.force_login(other_editor)
    assert pressed(client, f"/desk/batches/{batch.pk}/publish/", note="Made up.").status_code == 302

    assert set(Incident.objects.values_list("status", flat=True)) == {"published"}
    editions = Edition.objects.filter(subject="incident")
    assert set(editions.values_list("reason", "note", "published_by__username")) == {
        ("new_incident", "Made up.", "other-editor")
    }
    assert "3 incidents were published together, last by" in client.get(f"/desk/imports/{batch.pk}/").text
    assert "Nothing of this import waits" in client.get(f"/desk/batches/{batch.pk}/publish/").text


@pytest.mark.django_db
def test_what_changed_since_the_page_was_looked_at_is_not_accepted_unseen(client, batch, editor, other_editor):
    client.force_login(editor)
    address = f"/desk/batches/{batch.pk}/accept/all/"
    shown = keyboard.as_shown(client.get(address))
    claims.remove(Claim.objects.first(), by=other_editor)

    answer = client.post(address, shown | WORDS)

    assert answer.status_code == 422
    assert "Something changed since you looked" in answer.text and WORDS["rationale"] in answer.text
    assert not Review.objects.exists()


def rewritten(by):
    """The last claim on what happened, as somebody else has it now."""
    last = Claim.objects.filter(aspect="occurrence").order_by("pk").last()
    claims.edit(
        last,
        by=by,
        version=last.version,
        fields={"hedge": "suspected"},
        lines=[],
        citations=[{"document": last.citations.get().document, "excerpt": last.citations.get().excerpt}],
    )
    return last


def accepting_of(batch, by, **words):
    """What the press of the button begins, of what waits now."""
    seen = together.mark(accepting.ACT.found(batch, by))
    return importing.accept_all(batch, by=by, seen=seen, **{"credibility": 3, "rationale": "Seen."} | words)


@pytest.mark.django_db
def test_what_is_rewritten_while_the_button_is_pressed_waits_on(batch, editor, other_editor, monkeypatch):
    mark, changed = together.mark, []

    def marked(rows):
        found = mark(rows)
        changed.append(rewritten(other_editor))
        return found

    seen = mark(accepting.ACT.found(batch, editor))
    monkeypatch.setattr(together, "mark", marked)
    jobs.run_now(importing.accept_all(batch, by=editor, seen=seen, credibility=3, rationale="Seen."))

    assert list(Claim.objects.undecided()) == changed


@pytest.mark.django_db
def test_what_comes_after_the_press_waits_on(batch, editor, other_editor):
    row = accepting_of(batch, editor)
    last = rewritten(other_editor)

    jobs.run_now(row)

    assert list(Claim.objects.undecided()) == [last]
    row.refresh_from_db()
    (problem,) = row.problems
    assert problem["value"] == last.shown_uid and "changed after the button was pressed" in problem["sentence"]
    assert (row.status, row.report["accepted"]) == ("committed", 17)


@pytest.mark.django_db
def test_what_cannot_be_accepted_is_left_and_listed_and_the_rest_is_done(client, batch, editor):
    bare = Claim.objects.first()
    bare.citations.update(excerpt="")
    client.force_login(editor)

    pressed(client, f"/desk/batches/{batch.pk}/accept/all/", **WORDS)

    assert list(Claim.objects.undecided()) == [bare]
    page = client.get(f"/desk/imports/{batch.pk}/").text
    assert bare.shown_uid in page and "excerpt" in page
    assert "2 incidents are ready" in client.get(f"/desk/batches/{batch.pk}/publish/").text


@pytest.mark.django_db
def test_the_work_goes_on_where_it_was_killed_and_can_be_stopped(batch, editor, monkeypatch):
    monkeypatch.setattr(accepting, "ACT", together.Act(**vars(accepting.ACT) | {"piece": 5}))
    seen = together.mark(accepting.ACT.found(batch, editor))
    row = importing.accept_all(batch, by=editor, seen=seen, credibility=3, rationale="Seen.")

    def killed(_row):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        jobs.run_now(row, killed)
    ImportBatch.objects.update(beat_at=None)
    row = ImportBatch.objects.get()
    jobs.run_now(row, lambda one: importing.cancel(one, by=editor))

    row.refresh_from_db()
    assert (row.status, row.report["accepted"], Claim.objects.accepted().count()) == ("committed", 10, 10)
    assert row.done == 10
    seen = together.mark(accepting.ACT.found(row, editor))
    jobs.run_now(importing.accept_all(row, by=editor, seen=seen, credibility=3, rationale="The rest."))
    assert not Claim.objects.undecided().exists()
    row.refresh_from_db()
    assert (row.report["accepted"], row.done, row.total) == (18, 8, 8)


@pytest.mark.django_db
def test_what_was_refused_before_the_work_was_killed_is_listed_and_counted_once(batch, editor, monkeypatch):
    monkeypatch.setattr(accepting, "ACT", together.Act(**vars(accepting.ACT) | {"piece": 5}))
    bare = Claim.objects.order_by("pk").first()
    bare.citations.update(excerpt="")
    row = accepting_of(batch, editor)

    def killed(_row):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        jobs.run_now(row, killed)
    ImportBatch.objects.update(beat_at=None)
    row = ImportBatch.objects.get()
    jobs.run_now(row)

    assert [problem["value"] for problem in row.problems] == [bare.shown_uid]
    assert (row.done, row.total, row.report["accepted"]) == (18, 18, 17)


@pytest.mark.django_db
def test_what_the_work_itself_touched_is_left_and_listed(client, batch, editor, other_editor, monkeypatch):
    monkeypatch.setattr(publishing, "ACT", together.Act(**vars(publishing.ACT) | {"piece": 1}))
    whole, part, _other = Incident.objects.order_by("pk")
    jobs.run_now(accepting_of(batch, editor))
    editions.publish(part, by=other_editor, reason="new_incident")
    incidents.link(part, whole, by=editor, type="part_of")
    part.refresh_from_db()
    incidents.edit(part, by=editor, fields={"title": "Mended"}, version=part.version)
    for claim in Claim.objects.filter(link__isnull=False):
        claims.decide(claim, by=other_editor, verdict="accepted", credibility=3, rationale="Seen.")
    client.force_login(other_editor)

    pressed(client, f"/desk/batches/{batch.pk}/publish/", reason="correction")

    row = ImportBatch.objects.get()
    assert Edition.objects.filter(subject="incident").count() == 3
    assert [problem["value"] for problem in row.problems] == [part.shown_uid]
    assert row.report["published"] == 2
    assert part.shown_uid in client.get(f"/desk/imports/{batch.pk}/").text
    pressed(client, f"/desk/batches/{batch.pk}/publish/", reason="correction")
    row.refresh_from_db()
    assert (row.problems, row.report["published"]) == ([], 3)


@pytest.mark.django_db
@pytest.mark.parametrize("reason", ["privacy", "merge", "split"])
def test_reasons_of_one_incident_are_none_for_all_of_an_import(client, batch, editor, reason):
    jobs.run_now(accepting_of(batch, editor))
    client.force_login(editor)
    address = f"/desk/batches/{batch.pk}/publish/"

    assert f'value="{reason}"' not in client.get(address).text
    assert pressed(client, address, reason=reason).status_code == 422
    with pytest.raises(ValidationError, match="for one incident"):
        importing.publish_all(batch, by=editor, seen="", reason=reason)
    assert not Edition.objects.filter(subject="incident").exists()


def demoted(person, by):
    team.change_role(person, by=by, role="analyst")


@pytest.mark.django_db
@pytest.mark.parametrize("left", [demoted, team.deactivate])
def test_who_is_no_editor_any_more_judges_nothing_further(client, batch, editor, admin_person, monkeypatch, left):
    monkeypatch.setattr(accepting, "ACT", together.Act(**vars(accepting.ACT) | {"piece": 5}))
    row = accepting_of(batch, editor)

    jobs.run_now(row, lambda _row: left(get_user_model().objects.get(pk=editor.pk), by=admin_person))

    row.refresh_from_db()
    assert (row.status, row.report["accepted"], Claim.objects.accepted().count()) == ("committed", 5, 5)
    client.force_login(admin_person)
    assert "no editor any more, so the work stopped" in client.get(f"/desk/imports/{batch.pk}/").text
    jobs.run_now(accepting_of(batch, admin_person))
    assert not Claim.objects.undecided().exists()


@pytest.mark.django_db
def test_who_is_no_editor_any_more_begins_nothing_when_the_worker_comes(batch, editor, admin_person):
    row = accepting_of(batch, editor)
    team.change_role(editor, by=admin_person, role="analyst")

    jobs.run_now(ImportBatch.objects.get())

    row.refresh_from_db()
    assert (row.status, Claim.objects.accepted().count()) == ("committed", 0)
    assert "no editor any more" in row.problems[-1]["sentence"]


@pytest.mark.django_db
def test_a_newer_edition_has_the_reason_that_was_chosen(client, batch, editor):
    client.force_login(editor)
    pressed(client, f"/desk/batches/{batch.pk}/accept/all/", **WORDS)
    pressed(client, f"/desk/batches/{batch.pk}/publish/")
    public = Incident.objects.first()
    incidents.edit(public, by=editor, fields={"title": "Mended"}, version=public.version)

    pressed(client, f"/desk/batches/{batch.pk}/publish/", reason="correction")

    assert Edition.objects.filter(subject_uid=public.uid, number=2).values_list("reason", flat=True)[0] == "correction"
    assert Edition.objects.filter(subject="incident").count() == 4


@pytest.mark.django_db
def test_who_may_not_judge_begins_nothing_and_words_are_needed(batch, analyst, editor):
    seen = together.mark(accepting.ACT.found(batch, editor))
    with pytest.raises(PermissionDenied):
        importing.accept_all(batch, by=analyst, seen=seen, credibility=3, rationale="Mine.")
    for words, sentence in (
        ({"credibility": 7, "rationale": "Seen."}, "one grade"),
        ({"credibility": 3, "rationale": " "}, "Say why"),
    ):
        with pytest.raises(ValidationError, match=sentence):
            importing.accept_all(batch, by=editor, seen=seen, **words)
    with pytest.raises(ValidationError, match="Nothing of this import"):
        importing.publish_all(batch, by=editor, seen="", reason="correction")
    ImportBatch.objects.update(is_redistributable=False)
    batch.refresh_from_db()
    with pytest.raises(ValidationError, match="licence"):
        importing.publish_all(batch, by=editor, seen="", reason="correction")
    assert publishing.ready(batch, editor).count() == 0
    assert timezone.now() > batch.imported_at


@pytest.mark.django_db
@pytest.mark.parametrize("page", ["accept/all", "publish"])
def test_the_pages_ask_as_often_for_many_rows_as_for_few(client, batch, editor, django_assert_max_num_queries, page):
    client.force_login(editor)

    with django_assert_max_num_queries(16):
        assert client.get(f"/desk/batches/{batch.pk}/{page}/").status_code == 200
