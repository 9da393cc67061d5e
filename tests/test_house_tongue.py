"""House test 8: with every message in other letters, no page of the public side shows a word in the letters of English."""

import re
import string
from datetime import date
from html import unescape
from html.parser import HTMLParser

import pytest
from django.conf import settings as configured
from django.db import transaction
from django.http import QueryDict
from django.test import Client
from django.urls import resolve
from django.utils import translation

from events import choices, uids
from events.choices import KIND_COUNTERPARTS
from events.desk import claims, incidents, registers
from events.models.edition import PublishedCitation, PublishedIncident
from events.press import editions
from events.record import all_statistics, columns, register_lists
from events.record.filters import PublishedIncidentFilter
from events.record.search.page import KINDS
from events.record.selection import Selection
from events.rules.dates import VagueDate
from tests import builders, parquet_files, workbooks

pytestmark = pytest.mark.django_db

CITATION = "Frontier Ledger: “"  # references are in English, as the record is
_FILLED_IN = re.compile(r"%\(\w+\)s")  # by scripts
START = (
    "/",
    "/statistics/",
    "/escalation/",
    "/map/",
    "/map/view/?zoom=6",
    "/search/",
    "/search/?q=тест",
    "/search/?q=тест&type=claims",
    "/search/?q=тест&type=actors",
    "/search/?q=ничего",
    "/actors/",
    "/locations/",
    "/sources/",
    "/about/",
    "/methodology/",
    "/codebook/",
    "/corrections/",
    "/data/dictionary/",
    "/no-such-page/",
)
WRONG = (
    "/?killed=perhaps",
    "/?kind=7&from=8",
    "/?date_from=7",
    "/?date_from=2024-05-01&date_to=2024-04-01",
    "/?actor=7&province=8&source=9",
    "/?bbox=7",
    "/?bbox=9,9,8,10",
    "/?bbox=8,10,9,9",
    "/?bbox=999,9,8,10",
    "/?escalation_min=77",
    "/?after=7",
    "/?after=7&before=8",
    "/?role=target",
    "/?contested=no&contested_aspect=motive",
    "/?date_by=first_day",
    "/?date_mode=within",
    "/?date_from=2024-01-01&date_mode=within&date_by=first_day",
    "/?killed_min=9&killed_max=8",
    "/?killed_min=7x",
    "/?killed_field=low",
    "/?killed_min=1&killed=not_reported",
    "/?actor_depth=self",
    "/?location_precision_max=7",
    "/?source_side=7",
    "/?mapped=no&bbox=1,2,3,4",
    "/?kind=talks&category=violent",
    "/?q=7&q=8",
    "/?q=---",
    "/actors/?order=7",
    "/escalation/?date=7",
    "/escalation/?days=777",
    "/escalation/?date=1700-01-01",
    "/escalation/?date_from=2024-01-01",
    "/search/?q=7&type=8",
    "/search/?type=all",
    "/search/?q=7&after=8",
    "/corrections/?below=x7",
)
FILES = (
    "/incidents.csv",
    "/incidents.ndjson",
    "/incidents.geojson",
    "/incidents.xlsx",
    "/incidents.parquet",
    "/incidents.csv-metadata.json",
    "/data/dictionary.json",
    "/feed.atom",
    "/feed.atom?contested=yes&date_from=2024-01-01",
    "/calendar.ics",
    "/calendar.ics?contested=yes&date_from=2024-01-01",
    "/statistics/over-time.csv",
    "/statistics/escalation.csv",
    "/statistics/kinds-over-time.csv",
    "/statistics/by-kind.csv",
    "/statistics/by-province.csv",
    "/statistics/rival-tolls.csv",
    "/statistics/coverage.csv",
    "/api/v1/incidents/",
    "/api/v1/statistics/",
    "/api/v1/incidents/?killed=perhaps",
    "/api/schema/",
)
# What is written alike in every language: names, formats, units, and examples of what one may type.
ALIKE = (
    "Frontier Ledger",
    "Natural Earth",
    "ACLED",
    "UCDP GED",
    "UCDP",
    "STIX",
    "CC BY",
    "SHA-256",
    "BibTeX",
    "CSL-JSON",
    "GeoJSON",
)
ALIKE += ("example.org", "English", "NDJSON", "Parquet", "JSON", "CSV", "RIS", "Excel", "Atom", "UTC", "WGS", "IANA")
LETTERS = str.maketrans(string.ascii_letters, "абцдефгхийклмнопярстуввхызАБЦДЕФГХИЙКЛМНОПЯРСТУВВХЫЗ")
# Of a message: what is filled in, and markup.
_HELD = re.compile(r"(%\(\w+\)[a-z]|%[a-z%]|\{\w*\}|<[^>]*>|&\w+;)")
_WORD = re.compile(r"(?<![\w-])[A-Za-z]{2,}(?![\w-])")
_VOID = {"area", "base", "br", "col", "hr", "img", "input", "link", "meta", "source", "wbr"}
_CODES = {"code", "kbd", "pre", "script", "style", "samp"}
_CODE_CLASSES = {"mono", "map__name", "locator__name"}  # codes as the data have them; names on the maps
_SAID = {"alt", "aria-label", "placeholder", "title"}
MOST_ALIKE = 3  # addresses of one route that the crawl looks at


def in_other_letters(words):
    """A message as its translation may look: other letters, the same placeholders and markup."""
    parts = _HELD.split(str(words))
    return "".join(part if place % 2 else part.translate(LETTERS) for place, part in enumerate(parts))


@pytest.fixture
def tongue(monkeypatch, settings):
    """Whoever chose Urdu gets every message in other letters."""
    settings.LANGUAGES = [("en", "English"), ("ur", "Urdu")]
    translation.gettext("")  # from here on the real ones stand there to be replaced
    real = translation._trans

    def put(name, chosen):
        before = getattr(real, name)

        def said(*given):
            return in_other_letters(chosen(*given)) if translation.get_language() == "ur" else before(*given)

        monkeypatch.setattr(real, name, said)

    put("gettext", lambda message: message)
    put("pgettext", lambda _context, message: message)
    put("ngettext", lambda one, several, number: one if number == 1 else several)
    put("npgettext", lambda _context, one, several, number: one if number == 1 else several)


@pytest.fixture
def reader(client):
    client.cookies[configured.LANGUAGE_COOKIE_NAME] = "ur"
    return client


def own(words):
    """Words of the made-up record, in letters that are not those of English."""
    return words.translate(LETTERS)


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker):
    """The record of this file, made once for all tests and rolled back; the incident that answers another one."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield _record()
        transaction.set_rollback(True)


def _record():
    """A made-up record in which nothing is said in the letters of English: contested, linked, corrected, withdrawn."""
    country = builders.location(own("Land 1"), level="country", iso="PK")
    province = builders.location(own("Province 2"), level="province", parent=country)
    district = builders.location(own("District 3"), level="district", parent=province)
    spot = {"latitude": 33.0, "longitude": 70.0, "uncertainty_km": 2, "coordinate_basis": "settlement"}
    town = builders.location(own("Town 4"), parent=district, **spot)
    army = builders.actor(own("Army 5"))
    front = builders.actor(own("Front 6"), kind="armed_group", side="non_state", home_country="")
    faction = builders.actor(own("Faction 7"), kind="faction", side="non_state", home_country="")
    registers.relate(faction, "faction_of", front, by=builders.keeper(), basis="established")
    paper = builders.document(own("Report 8"), source_row=builders.source(own("Paper 9")))
    wire = builders.document(own("Dispatch 10"), source_row=builders.source(own("Wire 11"), kind="wire"))
    strike = _published("Test strike 12", "air_strike", date(2024, 3, 18), district, paper, army, front, wire)
    ambush = _published("Test ambush 13", "ambush", date(2024, 3, 20), town, wire, faction, army, paper)
    _linked(ambush, strike)
    _published("Test talks 14", "talks", date(2024, 4, 2), country, paper, army, front, wire)
    gone = _published("Test shelling 15", "shelling", date(2023, 3, 2), town, paper, army, front, wire)
    editor = builders.person("editor")
    editions.withdraw(gone, by=editor, reason="retraction", note=own("For a reason"))
    return strike


def _said(aspect, paper, **fields):
    citations = [{"document": paper, "excerpt": own("made-up words")}]
    return builders.claim(aspect, citations=citations, **({"claimant_text": own("A witness")} | fields))


def _published(title, kind, day, place, paper, who, whom, rival):
    part = {"talks": "initiator"}.get(kind, "perpetrator")
    target = {"talks": "party"}.get(kind, "target")
    told = [
        _said("occurrence", paper),
        _said("perpetrator", paper, value_actor=who, part=part),
        _said("perpetrator", rival, value_actor=who, part=part, stance="denies", claimant=whom, claimant_text=""),
        _said("motive", rival, value_text=own("made-up reasons"), hedge="suspected"),
    ]
    if kind != "talks":
        told += [
            _said("target", paper, value_actor=whom, part=target),
            _said(
                "casualties", paper, lines=[builders.toll(8), builders.toll(3, demographic="women", subset_of=0)][:1]
            ),
            _said("casualties", rival, lines=[builders.toll(60)], claimant=whom, claimant_text=""),
        ]
    precision = place.level
    return builders.published(
        title=own(title),
        summary=own("A summary of it."),
        kind=kind,
        date=VagueDate(day, day, "day"),
        location=place,
        location_precision=precision,
        claims=told,
    )


def _linked(later, earlier):
    editor = builders.person("editor")
    incidents.link(later, earlier, by=editor, type="follows")
    note = builders.document(own("Note 16"), source_row=builders.source(own("Archive 17")))
    claims.add(later, by=editor, **_said("weapon", note, value_text=own("rifles")))
    builders.accept_all(later, builders.person("editor", name="second"))
    editions.publish(later, by=editor, reason="correction", note=own("Corrected"))


class Shown(HTMLParser):
    """`texts` are what a page shows or reads aloud, codes and scripts left out."""

    def __init__(self):
        super().__init__()
        self.texts, self.open, self.links = [], [], []

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        is_code = tag in _CODES or bool(_CODE_CLASSES & set((given.get("class") or "").split()))
        is_hidden = is_code or (bool(self.open) and self.open[-1][1])
        if tag == "a" and given.get("href"):
            self.links.append(given["href"])
        if not is_hidden:
            self.texts += [value for name, value in attrs if name in _SAID and value]
            self.texts += [given["content"]] if given.get("name") == "description" else []
        if tag not in _VOID:
            self.open.append((tag, is_hidden))

    def handle_endtag(self, tag):
        while self.open and self.open.pop()[0] != tag:
            pass

    def handle_data(self, data):
        if not (self.open and self.open[-1][1]) and data.strip():
            self.texts.append(" ".join(data.split()))


def left_over(texts):
    """Those of the texts in which words stand in the letters of English, without those that are written alike."""
    alike = sorted((*ALIKE, *_of_elsewhere()), key=len, reverse=True)
    found = []
    for text in dict.fromkeys(texts):
        rest = "" if text.startswith(CITATION) else _FILLED_IN.sub("", text)
        for name in alike:
            rest = rest.replace(name, "")
        if _WORD.search(rest) and text not in columns.KINDS:
            found.append(text)
    return found


def _of_elsewhere():
    """Dates in words, as documents keep them in English, addresses, and the words of other data sets."""
    dates = PublishedIncident.objects.values_list("date_shown", flat=True)
    addresses = PublishedCitation.objects.values_list("document_url", flat=True)
    return [*dates, *addresses, *(words[1] for words in KIND_COUNTERPARTS.values() if words[1])]


def crawled(reader):
    """(route, address, Shown) of the pages that can be reached, a few of each route."""
    seen, waiting, number = set(), list(START[::-1]), {}
    while waiting:
        address = waiting.pop()
        if address in seen:
            continue
        seen.add(address)
        route = resolve(address.partition("?")[0]).url_name if address != "/no-such-page/" else "404"
        number[route] = number.get(route, 0) + 1
        if number[route] > MOST_ALIKE and address not in START:
            continue
        answer = reader.get(address)
        if not answer.headers.get("Content-Type", "").startswith("text/html"):
            _content(answer)
            continue
        page = Shown()
        page.feed(answer.content.decode())
        yield route, address, page
        waiting += [link for link in map(_inside, page.links) if link and link not in seen]


def _inside(link):
    address = unescape(link).partition("#")[0]
    others = ("//", "/static/", "/desk/", "/accounts/", "/admin/", "/following/", "/api/")
    return address if address.startswith("/") and not address.startswith(others) else ""


def test_no_page_shows_words_that_cannot_be_translated(world, tongue, reader):
    found, routes = {}, set()
    for route, address, page in crawled(reader):
        routes.add(route)
        if left := left_over(page.texts):
            found[address] = left[:5]

    assert len(routes) > 20, "The crawl found too little to mean anything."
    assert found == {}


@pytest.mark.parametrize("address", WRONG)
def test_no_refusal_says_words_that_cannot_be_translated(world, tongue, reader, address):
    answer = reader.get(address)

    told = answer.context["question"].sentences if "question" in answer.context else answer.context["sentences"]
    codes = re.compile(rf"(?<![\w-])(?:{'|'.join(map(re.escape, _codes()))})(?![\w-])")
    assert answer.status_code == 400
    assert told
    assert left_over(codes.sub("", sentence) for sentence in told) == []


def _codes():
    """What stands in an address: names of parameters, and codes of the lists that they choose from."""
    lists = [found for found in vars(choices).values() if isinstance(found, type) and issubclass(found, choices.Words)]
    listed = [code for words in lists for code in words.codes()]
    others = ("after", "below", "date", "days", "order", "type", "reported", "not_reported", "perhaps", "from")
    found = [*PublishedIncidentFilter.base_filters, *listed, *others, *register_lists.ORDERS, *KINDS]
    return sorted(found, key=len, reverse=True)


def test_no_statistics_say_words_that_cannot_be_translated(world, tongue):
    asked = ("", "date_from=2024-03-19", "kind=talks", "q=ничего", "kind=talks&date_from=2025-01-01")
    with translation.override("ur"):
        found = [all_statistics.sections(Selection.parse(QueryDict(query))) for query in asked]
        sections = [section for sections in found for section in sections.values()]
        chips = [chip.label for query in asked for chip in Selection.parse(QueryDict(query)).chips]

    said = [text for one in sections for text in (one.title, one.description, one.finding, *one.notes)]
    said += [row[name] for one in sections for row in one.rows for name in ("label", "period") if row.get(name)]
    assert len(said) > 150
    assert left_over([*said, *chips]) == []


def test_files_feeds_citations_and_the_api_do_not_depend_on_the_language_of_the_pages(world, tongue, reader):
    cited = [f"/incidents/{uids.shown(world.uid)}/cite.{form}" for form in ("txt", "bib", "ris", "json")]

    for address in (*FILES, *cited):
        assert _content(reader.get(address)) == _content(Client().get(address)), address


def _content(answer):
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    if content.startswith(b"PAR1"):
        return f"{parquet_files.rows(content)} {[field.metadata for field in parquet_files.schema(content)]}"
    return workbooks.everything(content) if content.startswith(b"PK") else content.decode()
