"""The claims table: claimants by side, rows by point, and where two of them differ."""

from events.record import claims, contest, side_by_side
from tests.record import rows

ACTORS = {
    "ispr": {"name": "ISPR", "short_name": "", "kind": "office", "side": "pakistan", "home_country": "PK"},
    "kabul": {
        "name": "Ministry of Defence",
        "short_name": "MoD",
        "kind": "office",
        "side": "afghanistan_de_facto",
        "home_country": "AF",
    },
}


def toll(uid, claimant, soldiers, fighters):
    return rows.claim_body(
        uid,
        aspect="casualties",
        claimant=claimant,
        lines=[
            rows.killed(soldiers, category="security_forces"),
            rows.killed(fighters, category="militant"),
            rows.killed(4),
        ],
    )


def clash(*more, pairs=(("AAAA-AAAA", "BBBB-BBBB"),)):
    document = rows.documents(
        actors=ACTORS,
        claims=[toll("AAAAAAAA", "kabul", 58, 9), toll("BBBBBBBB", "ispr", 23, 200), *more],
        headline={"contested": [{"aspect": "casualties", "pairs": [list(pair) for pair in pairs]}]},
    )
    return document, claims.read(document)


def test_claimants_stand_by_side_and_those_without_an_entry_among_the_others():
    witness = rows.claim_body("CCCCCCCC", claimant_text="Hospital staff", attribution="residents")
    document, found = clash(witness)

    sides = side_by_side.table(found, document).sides

    assert [(side.side, [column.claimant.name for column in side.columns]) for side in sides] == [
        ("pakistan", ["ISPR"]),
        ("afghanistan_de_facto", ["MoD"]),
        ("third", ["Hospital staff"]),
    ]
    assert [side.columns[0].claimant.is_party for side in sides] == [True, True, False]


def test_casualties_have_a_row_per_line_and_only_those_that_part_differ():
    document, found = clash()

    table = side_by_side.table(found, document)

    assert [(row.label, [cell.differs for cell in row.cells]) for row in table.rows] == [
        ("Killed: civilians", [False, False]),
        ("Killed: security forces", [True, True]),
        ("Killed: militants", [True, True]),
    ]
    assert [[entry.words for cell in row.cells for entry in cell.entries] for row in table.rows] == [
        ["4", "4"],
        ["23", "58"],
        ["200", "9"],
    ]


def test_a_denial_and_what_is_not_used_are_said():
    denial = rows.claim_body("CCCCCCCC", claimant="ispr", stance="denies", speech_act="denial")
    inference = rows.claim_body("DDDDDDDD", claimant="kabul", speech_act="inference", aspect="motive", text="revenge")
    struck = rows.claim_body("EEEEEEEE", claimant="ispr", retracted_at="2024-04-01", hedge="suspected")
    document, found = clash(denial, inference, struck)

    said = {one.uid: one for one in found}

    assert said["CCCC-CCCC"].words == "denies: that it happened"
    assert said["DDDD-DDDD"].unused == "shown, not used: inference"
    assert (said["EEEE-EEEE"].unused, said["EEEE-EEEE"].is_struck) == ("retracted 1 April 2024", True)
    assert said["EEEE-EEEE"].marks == ("suspected",)
    assert side_by_side.table(found, document).rows[0].label == "Whether it happened"


def test_one_sentence_says_what_is_contested_and_what_is_not():
    agreed = rows.claim_body("CCCCCCCC", claimant="ispr", aspect="date")
    document, found = clash(agreed)

    said = contest.of(document, found)

    assert said.lead == "The claimants contradict each other on the toll."
    assert said.rest == "No independent claimant contradicts another on when it happened."


def test_what_rests_on_one_claimant_is_said_to():
    document = rows.documents(claims=[rows.claim_body("AAAAAAAA", claimant_text="A witness")])

    said = contest.of(document, claims.read(document))

    assert (said.is_contested, said.lead) == (False, "Everything here rests on one claimant, A witness.")
