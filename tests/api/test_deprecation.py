"""What is declared deprecated is told in headers, in the description and in the guide; nothing real is declared."""

from datetime import date

import pytest
from drf_spectacular.generators import SchemaGenerator

from events.api import deprecation
from events.api.deprecation import Deprecated

pytestmark = pytest.mark.django_db
ENDING = Deprecated(date(2026, 1, 1), date(2027, 1, 1), "Use /api/v1/actors/ instead.")
SOONER = Deprecated(date(2026, 2, 1), date(2026, 12, 1), "Leave it out.")


@pytest.fixture
def declared(monkeypatch):
    """A made-up declaration: the list of sources is going to end, and a parameter of it sooner."""
    monkeypatch.setattr(deprecation, "ADDRESSES", {"api-sources": ENDING})
    monkeypatch.setattr(
        deprecation, "PARAMETERS", {("api-sources", "reliability"): SOONER, ("api-claims", "q"): SOONER}
    )


def test_the_headers_say_since_when_and_until_when(client, declared):
    response = client.get("/api/v1/sources/")

    assert response.status_code == 200
    assert response["Deprecation"] == "@1767225600"
    assert response["Sunset"] == "Fri, 01 Jan 2027 00:00:00 GMT"
    assert '</api/docs/#deprecated>; rel="deprecation"; type="text/html"' in response["Link"]


def test_of_several_the_earliest_moments_count(client, declared):
    response = client.get("/api/v1/sources/?reliability=A")

    assert response["Deprecation"] == "@1767225600"
    assert response["Sunset"] == "Tue, 01 Dec 2026 00:00:00 GMT"


def test_unchanged_and_refused_answers_say_it_too(client, declared):
    etag = client.get("/api/v1/sources/")["ETag"]

    unchanged = client.get("/api/v1/sources/", headers={"If-None-Match": etag})
    refused = client.get("/api/v1/sources/?nonsense=1")

    assert (unchanged.status_code, refused.status_code) == (304, 400)
    assert "Sunset" in unchanged and "Sunset" in refused


def test_what_is_not_declared_says_nothing(client, declared):
    for address in ("/api/v1/actors/", "/api/v1/sources/nobody/", "/api/v1/claims/"):
        assert "Deprecation" not in client.get(address)


def test_the_description_marks_the_operation_and_the_parameter(declared):
    found = SchemaGenerator().get_schema(request=None, public=True)["paths"]

    sources = found["/api/v1/sources/"]["get"]
    assert sources["deprecated"] is True
    assert "may be gone from 2027-01-01 on. Use /api/v1/actors/ instead." in sources["description"]
    marked = {one["name"] for one in sources["parameters"] if one.get("deprecated")}
    assert marked == {"reliability"}
    assert "deprecated" not in found["/api/v1/actors/"]["get"]


def test_the_guide_lists_what_ends_first_first(client, declared):
    page = client.get("/api/docs/").text

    assert page.index("2026-12-01") < page.index("2027-01-01")
    assert "Use /api/v1/actors/ instead." in page
    assert 'id="deprecated"' in page


def test_nothing_real_is_deprecated_and_the_guide_says_so(client):
    assert (deprecation.ADDRESSES, deprecation.PARAMETERS) == ({}, {})
    assert "Nothing is deprecated at present." in client.get("/api/docs/").text


def test_a_notice_that_is_too_short_cannot_be_declared():
    with pytest.raises(ValueError, match="less than 182 days"):
        Deprecated(date(2026, 1, 1), date(2026, 3, 1), "Use something else.")
