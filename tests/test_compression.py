"""Which answers are compressed: what everybody may read, and nothing that is one person's."""

import pytest

from tests import builders

pytestmark = pytest.mark.django_db
ASKED = {"HTTP_ACCEPT_ENCODING": "gzip"}


def test_public_pages_and_data_are_compressed(client):
    for address in ("/", "/codebook/", "/api/schema/"):
        assert client.get(address, **ASKED)["Content-Encoding"] == "gzip", address


def test_pages_of_the_desk_are_not(client):
    client.force_login(builders.person("analyst"))

    for address in ("/desk/", "/desk/log/", "/accounts/password/change/"):
        response = client.get(address, **ASKED)
        assert response.status_code == 200
        assert "Content-Encoding" not in response.headers, address


def test_a_compressed_document_is_recognised_when_it_is_asked_for_again(client):
    incident = builders.published(summary="A made-up summary. " * 40)
    address = f"/api/v1/incidents/{incident.uid}/"

    first = client.get(address, **ASKED)
    again = client.get(address, **ASKED, HTTP_IF_NONE_MATCH=first["ETag"])

    assert first["Content-Encoding"] == "gzip"
    assert again.status_code == 304
