"""How figures and claims read: null is never zero, and every qualification is said."""

import pytest

from events.rules import wording
from tests.record import rows


@pytest.mark.parametrize(
    ("low", "best", "high", "is_open", "words"),
    [
        (None, None, None, False, "not reported"),
        (0, 0, 0, False, "0"),
        (8, 8, 8, False, "8"),
        (67, None, 223, True, "67–223+"),
        (41, 49, 276, False, "49 (41–276)"),
        (200, None, None, True, "200+"),
        (2, None, None, False, "2+"),
        (0, None, 9, False, "0–9"),
        (None, None, 9, False, "up to 9"),
        (None, 20, 20, False, "about 20"),
        (None, 20, None, False, "about 20"),
        (None, 20, 30, False, "20 (up to 30)"),
        (8, None, 8, False, "8"),
        (8, 8, 8, True, "8+"),
        (1204, None, 2310, True, "1,204–2,310+"),
    ],
)
def test_a_range_reads_as_it_is_known(low, best, high, is_open, words):
    assert wording.figure(low, best, high, is_open) == words


def test_a_toll_says_who_and_of_whom():
    lines = [
        rows.killed(8),
        rows.killed(5, demographic="women", subset_of=0),
        rows.killed(3, demographic="children", subset_of=0),
        rows.killed(None, category="militant", shown="number not said"),
        rows.killed(2, category="security_forces", party="army", directness="indirect"),
    ]

    words = wording.toll(lines, {"army": {"name": "Testland army", "short_name": ""}})

    assert words == (
        "8 civilians killed, of whom 5 women, 3 children; militants killed, number not said; "
        "2 security forces killed (Testland army), as an indirect consequence"
    )


@pytest.mark.parametrize(
    ("category", "words"),
    [
        ("civilian", "1 civilian killed"),
        ("security_forces", "1 member of the security forces killed"),
        ("militant", "1 militant killed"),
        ("unknown", "1 person (not known who) killed"),
        ("all", "1 person killed"),
    ],
)
def test_one_of_them_is_told_as_one(category, words):
    assert wording.toll([rows.killed(1, category=category)], {}) == words


@pytest.mark.parametrize(
    ("claim", "words"),
    [
        ({"aspect": "occurrence"}, "that it happened"),
        ({"aspect": "occurrence", "stance": "denies", "text": "see note"}, "denies: that it happened"),
        ({"aspect": "perpetrator", "actor": "ttp", "stance": "denies"}, "denies: TTP"),
        ({"aspect": "target_nature", "code": "civilian_home", "text": "in Laman"}, "Civilian home"),
        ({"aspect": "location", "location": {"slug": "barmal", "name": "Barmal"}}, "Barmal"),
        ({"aspect": "motive", "text": "revenge", "stance": "doubts"}, "doubts: revenge"),
    ],
)
def test_a_claim_reads_as_one_phrase(claim, words):
    actors = {"ttp": {"name": "Tehreek-e-Taliban Pakistan", "short_name": "TTP"}}

    assert wording.said(rows.claim_body("AAAAAAAA", **claim), actors) == words


def test_a_remark_stands_beside_a_value_and_is_not_said_twice():
    beside = rows.claim_body("AAAAAAAA", aspect="target_nature", code="civilian_home", text="in Laman")
    alone = rows.claim_body("AAAAAAAA", aspect="motive", text="revenge")

    assert (wording.remark(beside), wording.remark(alone)) == ("in Laman", "")
