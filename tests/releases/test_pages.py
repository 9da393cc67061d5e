"""The public pages and the API of releases: what they show, what they refuse, that files are checked and cached by hash."""

import hashlib
import json
import shutil

import pytest
from django.test import Client
from django.utils import timezone

from events.desk import registers
from events.freezing import jobs
from events.press import editions, releases
from events.record import columns
from events.record.releases import comparing, contents
from tests import builders
from tests.releases.conftest import SITE

pytestmark = pytest.mark.django_db
YEAR = timezone.now().year


@pytest.fixture
def two(record, freeze, correct, editor):
    """Two releases: between them one incident changed, one was withdrawn, one came."""
    first = freeze()
    correct(record["struck"])
    editions.withdraw(record["silent"], by=editor, reason="retraction", note="Its source took it back")
    record["newcomer"] = builders.published(title="Made-up newcomer")
    return first, freeze()


def body(answer):
    return b"".join(answer.streaming_content) if answer.streaming else answer.content


def test_the_list_and_the_page_show_counts_files_and_how_to_cite(client, two):
    page = client.get(f"/releases/{YEAR}.2/")

    assert f"/releases/{YEAR}.1/" in client.get("/releases/").text
    manifest = body(client.get(f"/releases/{YEAR}.2/files/manifest.json"))
    assert f"SHA-256 of the manifest {hashlib.sha256(manifest).hexdigest()}" in page.text
    assert "sha256sum --check SHA256SUMS" in page.text
    for form, start in (("txt", "Frontier Ledger:"), ("bib", "@misc{"), ("ris", "TY  - DATA"), ("json", "[")):
        cited = client.get(f"/releases/{YEAR}.2/cite.{form}").text
        assert cited.startswith(start)
        assert f"{SITE}/releases/{YEAR}.2/" in cited


def test_a_release_without_files_is_nowhere(client, record, editor):
    releases.freeze(f"{YEAR}.1", by=editor, site=SITE)

    assert client.get(f"/releases/{YEAR}.1/").status_code == 404
    assert client.get(f"/api/v1/releases/{YEAR}.1/").status_code == 404
    assert client.get("/api/v1/releases/").json()["results"] == []


@pytest.mark.parametrize("at", ["/releases", "/api/v1/releases"])
def test_a_file_is_known_by_its_hash_and_kept_by_nobody_between(client, two, at):
    for line in body(client.get(f"{at}/{YEAR}.1/files/SHA256SUMS")).decode().splitlines():
        sha256, name = line.split("  ")
        answer = client.get(f"{at}/{YEAR}.1/files/{name}")
        assert hashlib.sha256(body(answer)).hexdigest() == sha256
        assert answer.headers["ETag"] == f'"{sha256}"'
        assert answer.headers["Cache-Control"] == "private, max-age=31536000, immutable"
        assert f'filename="{name}"' in answer.headers["Content-Disposition"]
        again = client.get(f"{at}/{YEAR}.1/files/{name}", headers={"if-none-match": f'"{sha256}"'})
        assert (again.status_code, body(again)) == (304, b"")
    for absent in ("secret_key", "..%2Fsecret_key", "whole", "incidents.xlsx"):
        assert client.get(f"{at}/{YEAR}.1/files/{absent}").status_code == 404


def test_what_is_withheld_is_said_and_no_longer_kept_for_good(client, two, record, editor):
    before = client.get(f"/releases/{YEAR}.1/files/incidents.csv")
    assert b"Made-up strike" in body(before)
    editions.withdraw(record["struck"], by=editor, reason="privacy", note="Somebody asked for it")

    after = client.get(f"/releases/{YEAR}.1/files/incidents.csv", headers={"if-none-match": before.headers["ETag"]})
    page = client.get(f"/releases/{YEAR}.1/").text
    manifest = client.get(f"/api/v1/releases/{YEAR}.1/").json()

    assert (after.status_code, after.headers["Cache-Control"]) == (200, "private, no-cache")
    assert b"Made-up strike" not in body(after)
    assert "Withheld since" in page
    assert before.headers["ETag"].strip('"') in page
    assert manifest["redacted"]["editions"][0]["uid"] == record["struck"].shown_uid
    assert "Made-up strike" not in client.get(f"/releases/{YEAR}.2/differences/").text


def test_a_file_that_cannot_be_made_again_alike_is_not_given(client, two, settings, monkeypatch):
    shutil.rmtree(settings.DATA_DIR / "releases")
    monkeypatch.setattr(columns, "COLUMNS", columns.COLUMNS[:-1])

    assert client.get(f"/releases/{YEAR}.1/files/incidents.csv").status_code == 410
    assert client.get(f"/api/v1/releases/{YEAR}.1/files/incidents.csv").status_code == 410
    assert client.get(f"/releases/{YEAR}.1/files/claims.csv").status_code == 200


def test_differences_name_what_came_changed_and_left(client, two, record):
    page = client.get(f"/releases/{YEAR}.2/differences/?since={YEAR}.1").text

    for words in ("Made-up newcomer", "Made-up strike", "Its source took it back", "edition 1 → 2", "Killed"):
        assert words in page
    assert f"{YEAR}.2 compared with {YEAR}.1</h1>" in client.get(f"/releases/{YEAR}.2/differences/").text
    compared = comparing.compare(*two)
    assert dict(compared.counts) == {"new": 1, "changed": 1, "withdrawn": 1}
    changed = next(row for row in compared.rows if row.what == "changed")
    assert "killed" in {change.field for change in changed.changes}


def test_differences_lead_from_a_merged_incident_to_its_survivor(client, record, freeze, editor):
    freeze()
    editions.merge(record["silent"], record["struck"], by=editor, note="The same")
    freeze()

    page = client.get(f"/releases/{YEAR}.2/differences/").text
    assert f"/incidents/{record['struck'].shown_uid}/" in page
    assert "Merged into" in page


def test_wrong_questions_get_a_sentence(client, two):
    at = f"/releases/{YEAR}.2/differences/"

    for query, words in (
        ("since=1999.1", "is no release before"),
        (f"since={YEAR}.2", "is no release before"),
        ("page=0", "is no page of this list"),
        ("page=9", "is no page of this list"),
        ("page=%D9%A1", "is no page of this list"),
        ("until=1", "until"),
    ):
        answer = client.get(f"{at}?{query}")
        assert answer.status_code == 400, query
        assert words in answer.text
    assert client.get(f"/releases/{YEAR}.1/differences/").status_code == 404
    assert client.get("/releases/?page=2").status_code == 400
    assert client.get(f"/api/v1/releases/{YEAR}.1/?x=1").status_code == 400


def test_the_api_lists_releases_and_gives_the_manifest(client, two, editor):
    releases.note_erratum(two[1], "A made-up mistake", by=editor)

    listed = client.get("/api/v1/releases/").json()
    manifest = client.get(f"/api/v1/releases/{YEAR}.2/").json()

    assert [one["name"] for one in listed["results"]] == [f"{YEAR}.2", f"{YEAR}.1"]
    assert listed["results"][0]["manifest_sha256_as_frozen"] == manifest["manifest"]["sha256"]
    assert (manifest["previous"], manifest["errata"][0]["text"]) == (f"{YEAR}.1", "A made-up mistake")
    frozen = json.loads(body(client.get(f"/releases/{YEAR}.2/files/manifest.json")))
    assert frozen["totals"] == manifest["totals"]
    assert editor.username not in json.dumps([listed, manifest])


def test_the_number_of_queries_does_not_grow(client, two, django_assert_max_num_queries, editor):
    for address, most in (("/releases/", 6), (f"/releases/{YEAR}.2/", 8), (f"/releases/{YEAR}.2/differences/", 22)):
        with django_assert_max_num_queries(most):
            client.get(address)


def test_an_editor_freezes_from_the_page(record, editor, monkeypatch):
    queued = []
    monkeypatch.setattr("events.work.async_task", lambda *job: queued.append(job))
    desk = Client()
    desk.force_login(editor)

    assert f"Freeze {YEAR}.1" in desk.get("/desk/releases/").text
    refused = desk.post("/desk/releases/freeze/", {"name": f"{YEAR}.7", "errata_note": ""})
    assert refused.status_code == 422
    assert f"take {YEAR}.1" in refused.text
    desk.post("/desk/releases/freeze/", {"name": f"{YEAR}.1", "errata_note": "Known to be wrong"})
    waiting = desk.get("/desk/releases/").text
    assert "Its files are being written" in waiting
    assert f"Freeze {YEAR}.2" not in waiting
    jobs.every_minute()
    jobs.every_minute()
    release = contents.named(f"{YEAR}.1")
    assert release.errata.get().text == "Known to be wrong"
    assert "Nothing was published since" in desk.get("/desk/releases/").text
    desk.post(f"/desk/releases/{YEAR}.1/errata/", {"text": "Found later"})
    assert "Found later" in desk.get(f"/releases/{YEAR}.1/").text


def test_register_changes_reach_the_next_release_only(client, two, record, freeze, editor):
    army = record["army"]
    army.refresh_from_db()
    registers.edit_actor(army, by=editor, version=army.version, name="Renamed army")
    freeze()

    assert b"Renamed army" not in body(client.get(f"/releases/{YEAR}.2/files/incidents.csv"))
    assert b"Renamed army" in body(client.get(f"/releases/{YEAR}.3/files/incidents.csv"))
