"""Parts of documents, and what may stand beside them, in the list of incidents."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests import builders
from tests.record import rows

pytestmark = pytest.mark.django_db

LIST = "/api/v1/incidents/"


@pytest.fixture
def incident():
    return builders.published(title="Made-up strike", claims=[builders.claim("casualties", lines=[builders.toll(3)])])


def results(client, query):
    response = client.get(f"{LIST}?{query}")
    assert response.status_code == 200, response.content
    return response.json()["results"]


def test_only_the_members_that_are_named_come_and_the_uid_always(client, incident):
    whole = client.get(LIST).json()["results"][0]

    assert results(client, "fields=title") == [{"uid": incident.shown_uid, "title": "Made-up strike"}]
    assert results(client, "fields=uid") == [{"uid": incident.shown_uid}]
    assert results(client, "fields=headline.casualties,date.start,title") == [
        {
            "uid": incident.shown_uid,
            "title": "Made-up strike",
            "date": {"start": whole["date"]["start"]},
            "headline": {"casualties": whole["headline"]["casualties"]},
        }
    ]
    assert results(client, "fields=headline,headline.harm_grade")[0]["headline"] == whole["headline"]
    assert results(client, "fields=") == [whole]


def test_a_part_of_what_is_not_known_is_null(client):
    rows.incident(document=rows.documents() | {"location": None})

    assert results(client, "fields=location.name,location.country.slug")[0]["location"] is None


@pytest.mark.parametrize(
    ("query", "name", "told"),
    [
        ("fields=titel", "fields", "“titel” is not a member of the document. Did you mean title"),
        ("fields=title,headline.casualty", "fields", "headline.casualties"),
        ("fields=claims.uid", "fields", "claims"),
        ("fields=zzz", "fields", "Use one of: uid, edition, title"),
        ("fields=title&fields=date", "fields", "give it once"),
        ("include=provenence", "include", "Did you mean provenance?"),
        ("include=claims", "include", "Use one of: editions, provenance."),
    ],
)
def test_an_unknown_name_is_refused_with_the_nearest(client, incident, query, name, told):
    response = client.get(f"{LIST}?{query}")

    assert response.status_code == 400
    assert told in " ".join(response.json()["errors"][name])


def test_what_is_included_is_what_its_own_address_gives(client, incident):
    one = f"{LIST}{incident.shown_uid}/"

    found = results(client, "include=provenance,editions")[0]

    included = found.pop("included")
    assert found == client.get(one).json()
    assert included["provenance"] == client.get(f"{one}provenance/").json()
    assert included["editions"] == client.get(f"{one}editions/").json()["results"]
    assert results(client, "fields=title&include=editions") == [
        {"uid": incident.shown_uid, "title": "Made-up strike", "included": {"editions": included["editions"]}}
    ]


def test_the_next_page_keeps_the_members(client):
    for number in range(3):
        rows.incident(f"No. {number}")

    first = client.get(f"{LIST}?page_size=2&fields=title&include=editions").json()
    second = client.get(first["next"]).json()

    assert {frozenset(row) for row in first["results"] + second["results"]} == {frozenset(["uid", "title", "included"])}
    assert first["selection"] == {"fields": ["title"], "include": ["editions"]}
    assert "fields=title" in second["previous"]


def test_what_is_included_costs_the_same_queries_for_5_and_25_rows(client):
    def queries():
        with CaptureQueriesContext(connection) as captured:
            results(client, "page_size=100&fields=title&include=editions,provenance")
        return len(captured)

    for number in range(5):
        rows.incident(f"No. {number}")
    few = queries()
    for number in range(20):
        rows.incident(f"More {number}")

    assert queries() == few
