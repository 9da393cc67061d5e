"""The page of an incident: how its values were derived, and claims that open over the table. Everything here is made up."""

import re

import pytest
from django.test import Client

from events import uids
from events.record import sheet
from tests.record import rows

pytestmark = pytest.mark.django_db


def account(letter, number, **more):
    return rows.claim_body(
        letter * 8, aspect="casualties", claimant_text=f"Witness {letter}", lines=[rows.killed(number)], **more
    )


def made(*claims, **headline):
    document = rows.documents(claims=claims, headline={"claims_behind": {}} | headline)
    return rows.incident(document=document)


def page_of(row):
    return Client().get(f"/incidents/{uids.shown(row.uid)}/").text


def toll(total):
    empty = rows.figure()
    return {
        "killed": {"total": total, "by_category": {}, "by_party": {}, "subsets": {}, "excluding_perpetrators": empty}
    }


def test_a_range_says_who_gives_its_ends_and_leads_to_the_rule():
    one, other = account("A", 8), account("B", 12)
    row = made(one, other, casualties=toll(rows.figure(8, None, 12, claims=[one["uid"], other["uid"]])))

    page = page_of(row)

    assert "Lowest, 8, from Witness A (claim 1). Highest, 12, from Witness B (claim 2)." in page
    assert 'href="/methodology/#R7"' in page and 'id="R7"' in Client().get("/methodology/").text


def test_every_concluded_value_is_explained_apart_from_the_toll():
    one = account("A", 8)
    document = rows.documents(claims=[one], headline={"casualties": toll(rows.figure(8, 8, 8, claims=[one["uid"]]))})
    document["uid"] = "AAAA-AAAA"

    derived = sheet.build(document).derived

    assert {one.reason.rule for one in derived["tolls"]} == {"R7"}
    assert [one.reason.rule for one in derived["facts"]] == ["R3", "R6", "R10", "R11"]
    assert derived["tolls"][0].refs == ((1, one["uid"]),)


def test_each_claim_of_the_table_opens_once_and_each_value_names_it():
    both = account("A", 8)
    both["lines"].append(rows.killed(3, category="militant"))
    page = page_of(made(both, account("B", 9)))

    opened = re.findall(r'popovertarget="(card-[^"]+)">', page)
    cards = re.findall(r'<div class="claim-card" id="([^"]+)" popover', page)

    assert opened == ["card-AAAA-AAAA", "card-BBBB-BBBB", "card-AAAA-AAAA"]
    assert cards == ["card-AAAA-AAAA", "card-BBBB-BBBB"]
    assert page.count('href="#claim-AAAA-AAAA"') >= 2 and 'id="claim-AAAA-AAAA"' in page


def test_what_was_retracted_is_struck_through_with_its_day_and_what_was_replaced_names_what_replaced_it():
    gone = account("A", 8, retracted_at="2024-04-01", is_eligible=False)
    old = account("B", 9, superseded_by="CCCC-CCCC", is_eligible=False)
    page = page_of(made(gone, old, account("C", 10)))

    assert "<del>8</del>" in page and "retracted 1 April 2024" in page
    assert "<del>9</del>" in page and re.search(r'replaced by <a href="#claim-CCCC-CCCC">', page)
    assert "<del>10</del>" not in page


def test_an_earlier_edition_shows_no_chain_of_today():
    document = rows.documents()
    document["uid"] = "AAAA-AAAA"

    assert sheet.build(document, with_incoming=False).chain is None


def test_words_of_claims_are_escaped_in_their_cards():
    said = rows.claim_body("AAAAAAAA", aspect="motive", text="<script>alert(1)</script>", claimant_text='"><b>x')

    assert "<script>alert(1)" not in page_of(made(said)) and '"><b>x' not in page_of(made(said))
