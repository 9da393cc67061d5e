"""The same editions give the same bytes, whatever database holds them: hashes that hold on SQLite and on PostgreSQL."""

import csv
import hashlib

import pytest

from events.models.release import Release
from events.record.releases import making
from tests.record import rows
from tests.releases.conftest import SITE

pytestmark = pytest.mark.django_db

ACTORS = {
    slug: {
        "uid": "AAAA-AAAA",
        "name": name,
        "short_name": "",
        "kind": "armed_group",
        "side": "third",
        "home_country": "",
    }
    for slug, name in (("one", "Ämade-up one"), ("two", "Zmade-up two"), ("three", "“Made-up” three"))
}
HASHES = {
    "incidents.ndjson": "4325b0b1102b3a0fc9b2bb4d69643402e954010e520133f0f15b2e028f805dda",
    "claims.csv": "cecf825080dd86adaeb80da431ca2b68cc80df5aabe1701a78525194b075424a",
    "tolls.csv": "5fd7e28926617be6c30b4e0d4114b398e11b902b41c875762779121fe7532c21",
    "documents.csv": "7af4840ca111dd2b9b057c09fbd9d31b3090ec218af0253b5e1d1be6156ecb68",
    "relations.ndjson": "b25b5c696d01e3b627c07e95bc78e122c27ae4139cf9e5d2e0ab5dd926ed889a",
    "relations.csv": "dae04a5cab9ec6918d3f4c0b55ec179cffc5d0672d4d8d14b7a206540bcd3ac4",
}


@pytest.fixture
def release(db):
    """Four incidents, two of them on one day, and a relation, all with fixed uids and moments."""
    release = Release.objects.create(
        name="2026.1", frozen_at=rows.NOW, frozen_by=rows.staff(), ruleset=1, site=SITE, product="made-up"
    )
    for uid, day in (
        ("ZZZZZZZ1", "2024-03-18"),
        ("00000001", "2024-03-18"),
        ("AAAAAAA1", None),
        ("BBBBBBB1", "1999-01-02"),
    ):
        taking_part = [{"actor": slug, "part": "target", "claims": []} for slug in ACTORS]
        told = rows.claim_body(uid[::-1], aspect="casualties", lines=[rows.killed(8)], claimant="one")
        told["uid"] = f"{uid[4:]}-{uid[:4]}"
        content = rows.documents(
            title=f"=Made-up “{uid}”", day=day, claims=[told], actors=ACTORS, participants=taking_part
        )
        release.editions.add(rows.edition(uid, content))
    related = {
        **dict.fromkeys(("valid_from", "valid_until"), None),
        **{"subject": "one", "object": "two", "type": "fights", "basis": "claimed", "note": "", "stands": True},
        **{"is_contested": False, "actors": ACTORS, "claims": [], "documents": []},
    }
    release.editions.add(rows.edition("RRRRRRR1", related, subject="relation"))
    return release


def test_the_bytes_do_not_depend_on_the_database(release, tmp_path):
    made, totals = making.write(release, tmp_path)

    assert {one.name: one.sha256 for one in made if one.name in HASHES} == HASHES
    assert totals.claims == 4
    for one in made:
        assert hashlib.sha256((tmp_path / one.name).read_bytes()).hexdigest() == one.sha256
    with (tmp_path / "incidents.csv").open(encoding="utf-8", newline="") as file:
        table = list(csv.DictReader(file))
    assert [row["uid"] for row in table] == ["ZZZZ-ZZZ1", "0000-0001", "BBBB-BBB1", "AAAA-AAA1"]
    assert {row["targets"] for row in table} == {"Zmade-up two; Ämade-up one; “Made-up” three"}
