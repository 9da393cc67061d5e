"""The pages for what went wrong before or while a page was made: they stand alone and ask nothing of the request."""

import pytest
from django.test import RequestFactory

from events.record.views import problems


@pytest.mark.parametrize(
    ("view", "status", "title"),
    [
        (lambda request: problems.bad_request(request, None), 400, "This request cannot be read"),
        (problems.server_error, 500, "Something failed on our side"),
    ],
)
def test_a_page_that_stands_alone_says_what_happened(view, status, title):
    answer = view(RequestFactory().get("/"))

    assert answer.status_code == status
    text = answer.content.decode()
    assert text.lstrip().startswith("<!doctype html>")
    assert f"<h1>{title}</h1>" in text
    assert problems.DETAILS[status] in text
