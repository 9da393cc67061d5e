"""What changed between two editions, in words."""

from events.rules.differences import between
from tests.record import rows


def document(number=1, **more):
    return rows.documents(**more) | {"edition": {"number": number, "kind": "published"}}


def changes(old, new):
    return {change.field: (change.before, change.after) for change in between(old, new)}


def headline(total):
    toll = {
        "total": total,
        "by_category": {"civilian": total},
        "by_party": {},
        "subsets": {},
        "excluding_perpetrators": total,
    }
    return {"casualties": {"killed": toll}}


def test_the_same_document_has_no_differences():
    assert between(document(), document(2)) == []


def test_plain_fields_show_before_and_after():
    old = document(title="Shelling", kind="shelling", day="2024-03-18")
    new = document(2, title="Strike", kind="shelling", day="2024-03-19")

    assert changes(old, new) == {"title": ("Shelling", "Strike"), "date": ("2024-03-18", "2024-03-19")}


def test_figures_keep_not_reported_apart_from_zero():
    none = document(headline=headline(rows.figure(0, 0, 0)))
    unknown = document(headline=headline(rows.figure()))

    assert changes(none, unknown)["killed"] == ("0", "not reported")
    assert changes(document(), none)["killed.civilian"] == ("", "0")


def test_claims_added_dropped_and_changed_are_named():
    kept = rows.claim_body("AAAAAAAA", claimant_text="A witness")
    gone = rows.claim_body("BBBBBBBB", claimant_text="Residents", aspect="motive", text="revenge")
    come = rows.claim_body("CCCCCCCC", claimant_text="Police", aspect="casualties", lines=[rows.killed(8)])
    retracted = kept | {"retracted_at": "2024-04-01", "is_eligible": False}

    found = changes(document(claims=[kept, gone]), document(2, claims=[retracted, come]))

    assert found["claims.AAAA-AAAA"] == ("stands behind headlines", "retracted 2024-04-01, shown, not used")
    assert found["claims.BBBB-BBBB"] == ("revenge", "")
    assert found["claims.CCCC-CCCC"] == ("", "8 civilians killed")


def test_a_first_edition_is_all_new():
    found = changes(None, document(claims=[rows.claim_body("AAAAAAAA")]))

    assert found["title"] == ("", "Shelling near Torkham")
    assert found["claims.AAAA-AAAA"] == ("", "that it happened")
    assert found["documents.DDDD-DDDD"][1].startswith("Dawn: Statement on Torkham, 19 March 2024")


def test_leaving_the_public_is_the_one_difference():
    tombstone = {"uid": "AAAA-AAAA", "edition": {"number": 2, "kind": "withdrawn"}}

    assert changes(document(), tombstone) == {"edition.kind": ("Published", "Withdrawn")}
    assert changes(tombstone, document(3)) == {"edition.kind": ("Withdrawn", "Published")}
