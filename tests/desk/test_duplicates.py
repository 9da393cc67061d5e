"""What makes two incidents likely the same, with which reasons, and for whose eyes."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from events.choices import KIND_FAMILIES, KINDS_ALIKE, Kind
from events.desk import claims, duplicates, incidents
from events.rules.dates import VagueDate
from tests import builders

pytestmark = pytest.mark.django_db


@pytest.fixture
def tree():
    return builders.places()


def day(number, last=None, precision="day"):
    return VagueDate(date(2024, 3, number), date(2024, 3, last or number), precision)


MARCH = VagueDate(date(2024, 3, 1), date(2024, 3, 31), "month")
YEAR = VagueDate(date(2024, 1, 1), date(2024, 12, 31), "year")


def logged(place=None, by=None, **fields):
    precision = {"location": place, "location_precision": place.level if place else ""}
    given = {"title": "Shots at a made-up post", "date": day(18), **precision} | fields
    return builders.draft(by or builders.person("analyst"), **({"claims": []} | given))


def sought(place=None, **fields):
    given = {
        "title": "Something else was made up",
        "kind": "armed_assault",
        "date": day(18),
        "location": place,
    } | fields
    return duplicates.Sought(**given)


def found(wanted, user=None):
    return duplicates.likely(wanted, user or builders.person("editor"))


def near(tree, kilometres):
    latitude = 33.0 + kilometres / 111.2
    return builders.location(
        f"Town {kilometres} km north", latitude=latitude, longitude=70, coordinate_basis="settlement"
    )


def test_every_kind_but_the_series_is_like_itself_and_likeness_is_mutual():
    assert set(KINDS_ALIKE) == set(Kind) - {Kind.SERIES}
    for kind, alike in KINDS_ALIKE.items():
        assert kind in alike
        assert all(kind in KINDS_ALIKE[other] for other in alike)
    assert all(len(family) > 1 for family in KIND_FAMILIES)
    assert Kind.TALKS not in KINDS_ALIKE[Kind.SHELLING]


def test_the_reasons_say_kind_days_and_kilometres(tree):
    logged(near(tree, 12), kind="ambush", date=day(19))

    (one,) = found(sought(tree["town"]))

    assert one.reasons == ("same kind family: armed assault / ambush", "one day apart", "12 km apart")
    assert one.is_strong


def test_a_like_title_is_a_reason_and_stands_in_for_a_place_that_is_not_known(tree):
    twin = logged(title="Attack on a made-up post near Testtown")

    assert found(sought(tree["town"])) == []
    (one,) = found(sought(tree["town"], title="Near Testtown: attack on made-up post"))

    assert one.incident == twin
    assert one.reasons == ("same kind: armed assault", "same day", "title much alike")
    assert not one.is_strong


def test_titles_of_one_or_two_words_are_like_no_other():
    logged(title="Attack")

    assert found(sought(title="Attack on a post near Testtown")) == []


def test_titles_in_urdu_are_compared_too():
    twin = logged(title="میران شاہ کے قریب چوکی پر حملہ")

    (one,) = found(sought(title="چوکی پر حملہ ميران شاه کے قریب"))

    assert one.incident == twin


def test_one_article_reports_several_attacks_so_a_shared_document_alone_is_nothing(tree):
    paper = builders.document("A made-up round-up")
    cites = [builders.claim(document_row=paper)]
    far = builders.location("Far", latitude=36, longitude=70, coordinate_basis="settlement")
    logged(far, claims=cites)
    logged(tree["town"], claims=cites, date=day(3))
    nowhere = logged(claims=cites, title="Told of in passing, made up")

    (one,) = found(sought(tree["town"], documents=frozenset([paper.pk])))

    assert one.incident == nowhere
    assert one.reasons[-1] == "same document: A made-up round-up"


def test_another_kind_needs_the_document_besides_day_and_place(tree):
    paper = builders.document()
    twin = logged(tree["town"], kind="shelling", claims=[builders.claim(document_row=paper)])

    assert found(sought(tree["town"])) == []
    assert [one.incident for one in found(sought(tree["town"], documents=frozenset([paper.pk])))] == [twin]


def test_a_shared_actor_is_named_but_decides_nothing(tree):
    group = builders.actor("Test Front of Somewhere", short_name="TFS")
    says = [builders.claim("perpetrator", value_actor=group, part="perpetrator")]
    logged(tree["town"], claims=says)
    logged(claims=says, title="Shots nobody placed, made up")

    (one,) = found(sought(tree["town"], actors=frozenset([group.pk])))

    assert one.reasons[-1] == "names the same actor: TFS"


def test_a_month_is_like_what_is_near_and_told_alike_and_a_year_is_like_nothing(tree):
    title = "Attack on a made-up post"
    twin = logged(tree["town"], title=title)
    logged(tree["town"], title="Altogether other words, made up")

    (one,) = found(sought(tree["town"], title=title, date=MARCH))

    assert one.incident == twin
    assert "the dates do not exclude each other" in one.reasons
    assert found(sought(tree["town"], title=title, date=YEAR)) == []
    assert found(sought(title=title, date=MARCH)) == []


def test_what_is_only_known_by_its_month_is_found_from_a_day(tree):
    twin = logged(tree["town"], date=MARCH)
    logged(tree["town"], date=YEAR)

    assert [one.incident for one in found(sought(tree["town"], title="Shots at a made-up post"))] == [twin]


def test_a_province_or_a_country_is_no_near_place(tree):
    logged(tree["province"])
    logged(tree["country"])

    assert found(sought(tree["town"])) == []
    assert len(found(sought(tree["town"], title="Shots at a made-up post"))) == 2


@pytest.mark.parametrize("missing", ["kind", "location"])
def test_while_it_is_typed_what_is_missing_narrows_nothing_down(tree, missing):
    twin = logged(tree["town"])
    blank = {"kind": "", "location": None}[missing]

    wanted = sought(tree["town"], title="Shots at a made-up post")

    assert [one.incident for one in found(wanted)] == [twin]
    assert [one.incident for one in found(sought(**vars(wanted) | {missing: blank}))] == [twin]


def test_nothing_typed_and_series_are_like_nothing(tree):
    logged(tree["town"])

    assert found(duplicates.Sought()) == []
    assert found(sought(tree["town"], kind="series")) == []


def test_analysts_are_told_of_their_own_and_of_what_is_public_editors_of_all(tree, analyst, other_analyst, editor):
    own, theirs = logged(tree["town"]), logged(tree["town"], by=other_analyst)
    public = builders.published(by=other_analyst, location=tree["town"], location_precision="settlement")

    def seen(user):
        return {one.incident for one in found(sought(tree["town"]), user)}

    assert seen(analyst) == {own, public}
    assert seen(other_analyst) == {theirs, public}
    assert seen(editor) == {own, theirs, public}
    assert seen(builders.person("researcher")) == set()


def test_the_withdrawn_and_the_incident_itself_are_left_out(tree, analyst):
    gone, itself = logged(tree["town"]), logged(tree["town"])
    incidents.discard(gone, by=analyst)

    assert found(duplicates.sought_of(itself)) == []


def test_the_best_stand_first_and_at_most_ten(tree):
    for number in (20, 19, 18):
        logged(tree["town"], date=day(number))
    same = logged(tree["town"], title="Something else was made up")

    ranked = [(one.incident, one.days) for one in found(sought(tree["town"]))]
    for _ in range(12):
        logged(tree["town"])

    assert ranked[0] == (same, 0)
    assert [days for _, days in ranked] == [0, 0, 1, 2]
    assert len(found(sought(tree["town"]))) == 10


def test_as_many_queries_for_twenty_as_for_two(tree, editor, analyst):
    group, paper = builders.actor("Test Front"), builders.document()
    says = [builders.claim("perpetrator", value_actor=group, part="perpetrator", document_row=paper)]
    wanted = sought(tree["town"], documents=frozenset([paper.pk]), actors=frozenset([group.pk]))

    def cost(count):
        for _ in range(count):
            logged(tree["town"], claims=says)
        with CaptureQueriesContext(connection) as asked:
            assert found(wanted, editor)
        return len(asked)

    found(wanted, editor)
    assert cost(2) == cost(18) == 5


def test_an_incident_is_compared_with_what_its_claims_say(tree, analyst):
    group = builders.actor("Test Front")
    incident = logged(tree["town"])
    claims.add(incident, by=analyst, **builders.claim("perpetrator", value_actor=group, part="perpetrator"))

    wanted = duplicates.sought_of(incident)

    assert wanted.actors == {group.pk}
    assert len(wanted.documents) == 1
    assert (wanted.incident, wanted.location, wanted.date) == (incident.pk, tree["town"], day(18))
