"""Addresses of pages: which are refused at every door, and which lead to one document."""

import pytest
from django.core.exceptions import ValidationError

from events.desk import addresses, registers
from events.desk.forms.document import AddressField
from events.models.source import Document, url_key
from tests import builders

ONE_PAGE = "https://dawn.example/news/1822000/a-report"
REFUSED = [
    "javascript:alert(1)",
    "JaVaScRiPt://dawn.example/%0aalert(1)",
    "data:text/html,x",
    "ftp://dawn.example/x",
    "https://reader:secret@dawn.example/x",
    "https://@dawn.example/x",
    "https://dawn.example/\u202egpj.exe",
    "https://dawn.example/a\u200bb",
    "https://dawn.example/a b",
    "https://d\u0430wn.example/x",
    "https://dawn",
    "https://",
    "https://dawn.example:99999/x",
    "http://[::1",
    "//dawn.example/x",
    "https://dawn.example/" + "x" * 1000,
]


@pytest.mark.parametrize("url", REFUSED)
def test_what_is_no_address_of_a_page_is_refused_with_a_sentence(url):
    assert addresses.problem(url).endswith(".")


@pytest.mark.parametrize(
    "url", ["", ONE_PAGE, "http://dawn.example:8080/", "https://dawn.example/خبر", "HTTPS://Dawn.example"]
)
def test_addresses_of_pages_pass(url):
    assert addresses.problem(url) == ""


def test_the_field_adds_the_scheme_and_takes_off_what_messengers_leave_around():
    assert AddressField().clean(" \u200edawn.example/x\u200f ") == "https://dawn.example/x"


@pytest.mark.parametrize("url", REFUSED)
def test_the_verb_refuses_for_the_api_and_for_imports_too(analyst, url):
    paper = builders.source()

    for name in ("url", "archived_url"):
        with pytest.raises(ValidationError) as refused:
            registers.add_document(by=analyst, source=paper, title="Made-up report", **{name: url})
        assert name in refused.value.message_dict
    assert not Document.objects.exists()


@pytest.mark.parametrize(
    "url",
    [
        "http://dawn.example/news/1822000/a-report",
        "https://www.dawn.example/news/1822000/a-report/",
        "https://WWW.Dawn.example:443/news/1822000/a-report#comments",
        "https://dawn.example./news/1822000/a-report?utm_source=x&fbclid=y&gclid=z&mc_cid=1&mc_eid=2&ref=tw&share=fb",
        "https://dawn.example/news/1822000/a-report/amp/?outputType=amp&amp=1",
        "https://dawn.example/news/1822000/a%2Dreport",
    ],
)
def test_spellings_of_one_address_share_a_key(url):
    assert url_key(url) == url_key(ONE_PAGE)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://a.example/?123", "https://a.example/?124"),
        ("https://a.example/?p=1", "https://a.example/?p=2"),
        ("https://a.example:8080/x", "https://a.example/x"),
        ("https://a.example/guides/amp", "https://a.example/guides"),
        ("https://a.example/a%2Fb", "https://a.example/a/b"),
        ("https://a.example/X", "https://a.example/x"),
        ("https://m.a.example/x", "https://a.example/x"),
    ],
)
def test_addresses_of_two_pages_keep_two_keys(one, other):
    assert url_key(one) != url_key(other)


def test_letters_and_their_percent_signs_are_one_address():
    assert url_key("https://a.example/%D8%AE%D8%A8%D8%B1/") == url_key("https://a.example/خبر")


@pytest.mark.django_db
def test_the_publisher_is_the_one_with_the_nearest_domain():
    whole = builders.source("Test Encyclopedia", domain="wiki.example")
    part = builders.source("Test Encyclopedia, English", domain="en.wiki.example")

    assert registers.find_source("https://en.wiki.example/x") == part
    assert registers.find_source("https://www.wiki.example/x") == whole
    assert registers.find_source("https://notwiki.example/x") is None
    assert registers.find_source("https://" + "a." * 100 + "example/x") is None
