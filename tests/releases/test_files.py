"""The files: what they hold, that they come back byte for byte, and that nothing withheld is in them."""

import csv
import hashlib
import io
import json
import shutil

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from events.desk import registers
from events.models.edition import Edition, PublishedIncident
from events.press import editions
from events.record import columns, flat
from events.record.releases import contents, shelf

pytestmark = pytest.mark.django_db


def everything(release):
    """Name → bytes of all that is served."""
    shelved = shelf.served(release)
    return {one.name: shelf.path(release, shelved, one.name).read_bytes() for one in shelved.files}


def table(body):
    return list(csv.DictReader(io.StringIO(body.decode(), newline="")))


def test_the_manifest_lists_every_file_with_its_hash_its_size_and_its_rows(record, freeze):
    release = freeze()

    files = everything(release)
    manifest = json.loads(files["manifest.json"])
    assert {one["name"] for one in manifest["files"]} | {"manifest.json"} == set(files)
    for one in manifest["files"]:
        body = files[one["name"]]
        assert (one["sha256"], one["bytes"]) == (hashlib.sha256(body).hexdigest(), len(body)), one["name"]
    rows = {one["name"]: one["rows"] for one in manifest["files"]}
    assert (rows["incidents.csv"], rows["incidents.geojson"], rows["incidents.ndjson"]) == (2, 2, 2)
    assert (rows["claims.csv"], rows["tolls.csv"], rows["relations.csv"]) == (4, 2, 1)
    assert (manifest["ruleset"], manifest["product"], manifest["previous"]) == (1, release.product, None)
    assert "No licence for the record as a whole" in manifest["licence"]


def test_documents_are_the_bytes_that_were_published(record, freeze):
    release = freeze()

    lines = everything(release)["incidents.ndjson"].splitlines()
    held = {row["sha256"] for row in table(everything(release)["incidents.csv"])}
    assert {hashlib.sha256(line).hexdigest() for line in lines} == held
    assert held == set(Edition.objects.filter(subject="incident").values_list("sha256", flat=True))


def test_rows_of_incidents_are_those_of_the_live_files(record, freeze, client):
    release = freeze()

    live = flat.read(PublishedIncident.objects.all(), release.site)
    names = [column.name for column in columns.COLUMNS]
    for row, cells in zip(table(everything(release)["incidents.csv"]), map(columns.cells, live.rows), strict=True):
        held = dict(zip(names, cells, strict=True))
        assert (row["uid"], row["address"]) == (held["uid"], held["address"])
        assert row["killed_high"] == ("" if held["killed_high"] is None else str(held["killed_high"]))


def test_totals_count_what_counts_once_and_null_is_not_zero(record, freeze):
    totals = shelf.served(freeze()).manifest["totals"]

    assert (totals["incidents"], totals["counted"], totals["relations"], totals["claims"]) == (2, 2, 1, 4)
    assert (totals["killed"]["low"], totals["killed"]["high"]) == (3, 8)
    assert (totals["killed"]["incidents"], totals["killed"]["without_figure"]) == (1, 1)
    assert totals["injured"] == {
        "low": None,
        "best": None,
        "high": None,
        "open_upper": False,
        "incidents": 0,
        "without_figure": 2,
    }


def test_files_that_are_gone_come_back_byte_for_byte(record, freeze, correct, settings, editor):
    release = freeze()
    before = everything(release)
    army = record["army"]
    army.refresh_from_db()
    registers.edit_actor(army, by=editor, version=army.version, name="Renamed army", side="third")
    correct(record["silent"])
    call_command("reindex", stdout=io.StringIO())
    (settings.DATA_DIR / "releases" / release.name / "whole" / "claims.csv").unlink()

    assert everything(release) == before

    shutil.rmtree(settings.DATA_DIR / "releases")
    assert everything(release) == before
    assert b"Renamed army" not in before["incidents.csv"]


def test_a_file_that_this_version_makes_otherwise_is_not_served_in_its_place(record, freeze, settings, monkeypatch):
    release = freeze()
    shutil.rmtree(settings.DATA_DIR / "releases")
    monkeypatch.setattr(columns, "COLUMNS", columns.COLUMNS[:-1])
    shelved = shelf.served(release)

    with pytest.raises(shelf.Unlike):
        shelf.path(release, shelved, "incidents.csv")
    assert shelf.path(release, shelved, "claims.csv").exists()
    with pytest.raises(CommandError, match="incidents.csv"):
        call_command("release", release.name, verify=True, stdout=io.StringIO())


def test_verify_says_of_each_file_whether_it_is_equal(record, freeze, settings):
    release = freeze()
    call_command("release", release.name, verify=True, stdout=(said := io.StringIO()))

    assert said.getvalue().count("made again equal, stored copy equal") == len(everything(release))

    spoilt = settings.DATA_DIR / "releases" / release.name / "whole" / "tolls.csv"
    spoilt.write_bytes(spoilt.read_bytes().replace(b"8", b"9"))
    with pytest.raises(CommandError, match="tolls.csv"):
        call_command("release", release.name, verify=True, stdout=io.StringIO())


def test_what_is_withheld_later_is_in_no_file_that_is_served(record, freeze, settings, editor):
    release = freeze()
    whole = everything(release)
    editions.withdraw(record["struck"], by=editor, reason="privacy", note="Somebody asked for it")

    served = shelf.served(release)
    now = everything(release)

    assert contents.hidden(release) == {Edition.objects.of("incident", record["struck"].uid).last().pk}
    assert all(b"Made-up strike" not in body for body in now.values())
    assert b"Made-up strike" in whole["incidents.csv"]
    assert b"Made-up raid" in now["incidents.csv"]
    assert not (settings.DATA_DIR / "releases" / release.name / "whole").exists()
    told = served.manifest["redacted"]
    assert [(one["uid"], one["edition"]) for one in told["editions"]] == [(record["struck"].shown_uid, 1)]
    assert told["sha256_as_frozen"]["incidents.csv"] == hashlib.sha256(whole["incidents.csv"]).hexdigest()
    assert served.manifest["totals"]["incidents"] == 1
    for one in served.files:
        assert one.sha256 == hashlib.sha256(now[one.name]).hexdigest()


def test_what_a_merged_incident_said_is_withheld_with_its_survivor(record, freeze, editor):
    release = freeze()
    editions.merge(record["silent"], record["struck"], by=editor, note="The same")
    assert contents.hidden(release) == frozenset()
    record["struck"].refresh_from_db()
    editions.publish(record["struck"], by=editor, reason="privacy", note="Somebody asked for it")

    assert len(contents.hidden(release)) == 2
    assert everything(release)["incidents.ndjson"] == b""


def test_the_command_freezes_lists_and_appends(record, editor, settings):
    name = f"{timezone.now().year}.1"
    call_command("release", name, by=editor.username, stdout=(said := io.StringIO()))
    assert f"{name} is frozen: 2 incidents." in said.getvalue()
    call_command("release", name, by=editor.username, note="Made-up erratum", stdout=io.StringIO())
    call_command("release", list=True, stdout=(listed := io.StringIO()))

    assert contents.named(name).errata.get().text == "Made-up erratum"
    assert listed.getvalue().startswith(f"{name}  ")
    for wrong in ({"name": None}, {"name": "2026.9", "by": "nobody"}, {"name": "1.1", "by": editor.username}):
        with pytest.raises(CommandError):
            call_command("release", *([wrong["name"]] if wrong["name"] else []), by=wrong.get("by"), stdout=said)
