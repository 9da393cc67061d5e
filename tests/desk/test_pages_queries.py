"""The desk's pages ask the database as often for many rows as for few."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests import builders

pytestmark = pytest.mark.django_db


def counted(client, address):
    client.get(address)  # so that sessions and content types are known
    with CaptureQueriesContext(connection) as asked:
        assert client.get(address).status_code == 200
    return len(asked)


@pytest.mark.parametrize("page", ["", "review/", "publish/", "claims/add/?aspect=casualties"])
def test_pages_of_an_incident_with_two_or_eight_claims(client, analyst, editor, page):
    def incident(count):
        claims = [builders.claim("casualties", lines=[builders.toll(3)]) for _ in range(count)]
        return builders.submitted(analyst, claims=claims)

    client.force_login(editor)
    few, many = incident(2), incident(8)

    assert counted(client, f"/desk/incidents/{few.uid}/{page}") == counted(client, f"/desk/incidents/{many.uid}/{page}")


def test_queue_and_work_with_two_or_eight_incidents(client, analyst, editor):
    pages = {
        "/desk/queue/": editor,
        "/desk/": analyst,
        "/desk/mine/submitted/": analyst,
        "/desk/locations/": analyst,
        "/desk/documents/": analyst,
    }

    def costs():
        found = []
        for address, person in pages.items():
            client.force_login(person)
            found.append(counted(client, address))
        return found

    for _ in range(2):
        builders.submitted(analyst)
    few = costs()
    for _ in range(6):
        builders.submitted(analyst)

    assert costs() == few


def test_review_with_one_or_five_likely_duplicates(client, analyst, editor):
    place = builders.location()
    fields = {"location": place, "location_precision": "settlement"}
    incident = builders.submitted(analyst, **fields)
    address = f"/desk/incidents/{incident.uid}/review/"
    client.force_login(editor)
    builders.submitted(analyst, **fields)
    few = counted(client, address)

    for _ in range(4):
        builders.submitted(analyst, **fields)

    assert counted(client, address) == few


def test_claims_about_places_cost_the_same_for_two_as_for_eight(client, analyst, editor):
    def incident(count):
        town = builders.places()["town"] if count == 2 else builders.location("Other town")
        claims = [builders.claim("location", value_location=town) for _ in range(count)]
        return builders.submitted(analyst, claims=claims)

    client.force_login(editor)
    few, many = incident(2), incident(8)

    assert counted(client, f"/desk/incidents/{few.uid}/") == counted(client, f"/desk/incidents/{many.uid}/")
