"""How figures are explained: in sums within one account, in ranges across accounts. Everything here is made up."""

from events.rules import arithmetic
from events.rules.arithmetic import CATEGORY, NOBODY_SAYS
from tests.record import rows


def account(letter, *lines, **more):
    return rows.claim_body(
        letter * 8, aspect="casualties", claimant_text=f"Witness {letter}", lines=list(lines), **more
    )


def told(*claims, casualties=None, numbers=None):
    """The Accounts of those killed in a made-up document; claims are numbered as they stand."""
    known = {claim["uid"]: number for number, claim in enumerate(claims, 1)} if numbers is None else numbers
    headline = {"casualties": {"killed": casualties or {}}}
    document = rows.documents(claims=claims, headline=headline, actors={})
    return arithmetic.of(document, known)["killed"]


def figure(*numbers, of=(), **more):
    return rows.figure(*numbers, claims=[claim["uid"] for claim in of], **more)


def test_a_sum_within_one_account_is_written_out():
    one = account("A", rows.killed(7, category="security_forces"), rows.killed(6, category="militant"), credibility=2)

    why = told(one).why(figure(13, 13, 13, of=[one]))

    assert why == "13 = 7 security forces + 6 militants: Witness A (claim 1), accepted as 2."


def test_a_subset_is_no_part_of_the_sum():
    women = rows.killed(5, demographic="women", subset_of=0)
    one = account("A", rows.killed(8), women)

    assert told(one).why(figure(8, 8, 8, of=[one])) == "8: Witness A (claim 1), accepted as 3."


def test_the_ends_of_a_range_name_who_gives_them():
    one, other = account("A", rows.killed(8)), account("B", rows.killed(12))

    why = told(one, other).why(figure(8, None, 12, of=[one, other]))

    assert why.startswith("Lowest, 8, from Witness A (claim 1). Highest, 12, from Witness B (claim 2). No best figure")


def test_the_editors_own_assessment_is_called_so():
    one, other = account("A", rows.killed(8)), account("B", rows.killed(12))
    judged = account("C", rows.killed(9), speech_act="editorial_assessment")

    why = told(one, other, judged).why(figure(8, 9, 12, of=[one, other, judged]))

    assert why.endswith("Best, 9, from Witness C (claim 3): the editors’ own assessment.")


def test_accounts_that_agree_are_named_together():
    claims = [account(letter, rows.killed(4)) for letter in "ABC"]

    why = told(*claims, numbers={}).why(figure(4, 4, 4, of=claims), CATEGORY, "civilian")

    assert why == "The same from Witness A, Witness B and Witness C."


def test_a_composite_total_is_shown_as_the_sum_of_its_ranges():
    one, other = account("A", rows.killed(23)), account("B", rows.killed(9, category="militant"))
    cells = {"civilian": figure(23, None, 58, of=[one]), "militant": figure(9, None, 200, of=[other], open_upper=True)}
    total = figure(32, None, 258, of=[one, other], composite=True, open_upper=True)

    why = told(one, other, casualties={"by_party": {}, "by_category": cells}).why(total)

    assert why == "Nobody tells the whole, so the ranges of its parts are added: civilians 23–58 + militants 9–200+."


def test_the_perpetrators_who_are_left_out_are_named():
    one = account("A", rows.killed(7))

    assert "without militants and without people of front: Witness A" in told(one).without(
        figure(7, 7, 7, of=[one]), "front"
    )


def test_words_stay_general_where_the_accounts_do_not_add_up_to_the_figure():
    one, other = account("A", rows.killed(8)), account("B", rows.killed(12))

    why = told(one, other).why(figure(1, None, 99, of=[one, other]))

    assert why == "The range over 2 accounts, never their sum."


def test_no_account_is_unknown_and_not_zero():
    assert told().why(figure()) == NOBODY_SAYS
    assert told().without(figure(), None) == NOBODY_SAYS
