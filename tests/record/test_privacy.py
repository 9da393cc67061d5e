"""What an edition made for somebody's privacy takes off the pages: its forerunners, and those of what was merged."""

import pytest

from events import uids
from tests.record import rows


def text(response):
    return response.content.decode()


def test_editions_before_one_made_for_privacy_are_listed_but_not_shown(client, db):
    row = rows.incident("Named witness")
    rows.edition(row.uid, rows.documents(title="A witness"), number=2, reason="privacy", note="Name taken out.")

    old = client.get(f"/incidents/{row.shown_uid}/editions/1/")
    history = client.get(f"/incidents/{row.shown_uid}/history/")

    assert old.status_code == 410
    assert "Named witness" not in text(old) + text(history)
    assert "No longer shown" in text(history)


def test_a_withdrawal_for_privacy_takes_the_title_off_the_history_too(client, db):
    uid = uids.new()
    rows.edition(uid, rows.documents(title="Named witness"))
    rows.edition(uid, number=2, kind="withdrawn", reason="privacy", note="Asked for by the person.")

    history = client.get(f"/incidents/{uids.shown(uid)}/history/")

    assert history.status_code == 200
    assert "Named witness" not in text(history)


@pytest.mark.parametrize("steps", [1, 2])
def test_what_was_merged_is_withheld_once_its_survivor_gets_an_edition_for_privacy(client, db, steps):
    survivor, between, uid = rows.incident("Survivor"), uids.new(), uids.new()
    rows.edition(uid, rows.documents(title="Named witness"))
    rows.edition(uid, number=2, kind="merged", reason="merge", into=survivor.uid if steps == 1 else between)
    rows.edition(between, kind="merged", reason="merge", into=survivor.uid)
    base = f"/incidents/{uids.shown(uid)}"
    api = f"/api/v1/incidents/{uids.shown(uid)}/editions/1/"
    assert "Named witness" in text(client.get(f"{base}/history/"))
    assert [client.get(f"{base}/editions/1/").status_code, client.get(api).status_code] == [200, 200]

    rows.edition(survivor.uid, rows.documents(title="A witness"), number=2, reason="privacy")

    assert "Named witness" not in text(client.get(f"{base}/history/"))
    assert [client.get(f"{base}/editions/1/").status_code, client.get(api).status_code] == [410, 410]


def test_an_edition_for_privacy_before_the_merge_withholds_nothing_of_the_merged(client, db):
    survivor, uid = rows.incident("Survivor"), uids.new()
    rows.edition(survivor.uid, rows.documents(title="A witness"), number=2, reason="privacy")
    rows.edition(uid, rows.documents(title="Something else"))
    rows.edition(uid, number=2, kind="merged", reason="merge", into=survivor.uid)

    assert client.get(f"/incidents/{uids.shown(uid)}/editions/1/").status_code == 200
