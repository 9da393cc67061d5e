"""What people type into the desk's forms, with readable defaults."""

import re
import uuid
from html import unescape
from html.parser import HTMLParser


def incident(**changes):
    """The facts of an incident on an otherwise empty log sheet."""
    return {
        **{f"{rows}-{kind}_FORMS": "0" for rows in ("documents", "sites", "cards") for kind in ("TOTAL", "INITIAL")},
        "title": "Made-up attack on a post",
        "kind": "armed_assault",
        "date_start": "2024-03-18",
        "date_precision": "day",
        "place": "",
        "entry_key": str(uuid.uuid4()),
    } | changes


def claim(aspect="occurrence", **changes):
    return {
        "aspect": aspect,
        "claimant_text": "A test witness",
        "attribution": "named",
        "stance": "asserts",
        "first_hand": "unknown",
        "speech_act": "statement",
        "hedge": "none",
        "lines-TOTAL_FORMS": "0",
        "lines-INITIAL_FORMS": "0",
        "citations-TOTAL_FORMS": "0",
        "citations-INITIAL_FORMS": "0",
    } | changes


def sheet_rows(prefix, *rows):
    """Rows of the log sheet, each a dict of input → text."""
    sent = {f"{prefix}-TOTAL_FORMS": str(len(rows)), f"{prefix}-INITIAL_FORMS": "0"}
    for number, row in enumerate(rows):
        sent |= {f"{prefix}-{number}-{name}": text for name, text in row.items()}
    return sent


def cards(*given):
    """Cards of the log sheet; `says` of each is a list of dicts, its statements."""
    sent = sheet_rows(
        "cards", *({"attribution": "named", "first_hand": "unknown"} | _without_says(card) for card in given)
    )
    for number, card in enumerate(given):
        said = [{"stance": "asserts", "speech_act": "statement", "hedge": "none"} | row for row in card["says"]]
        sent |= sheet_rows(f"cards-{number}-says", *said)
    return sent


def _without_says(card):
    return {name: text for name, text in card.items() if name != "says"}


def lines(*rows):
    """Casualty rows, each a dict; what a browser sends for untouched inputs is filled in."""
    sent = {"lines-TOTAL_FORMS": str(len(rows))}
    for number, row in enumerate(rows):
        row = {"outcome": "killed", "number": "", "category": "", "demographic": "any", "directness": "direct"} | row
        sent |= {f"lines-{number}-{name}": value for name, value in row.items()}
    return sent


def citations(*rows):
    sent = {"citations-TOTAL_FORMS": str(len(rows))}
    for number, row in enumerate(rows):
        row = {"document": "", "published_precision": "day", "kind": "article", "relay": "relays"} | row
        sent |= {f"citations-{number}-{name}": value for name, value in row.items()}
    return sent


def new_document(**changes):
    return {
        "url": "https://gazette.example/made-up",
        "title": "Made-up report",
        "source": "Test Gazette",
        "source-asked": "Test Gazette",
        "source-pick": "new",
        "source_kind": "newspaper",
        "excerpt": "eight people were killed, among them three children",
    } | changes


def toll_claim(**changes):
    return (
        claim("casualties", scope="whole_incident")
        | lines(
            {"number": "8", "category": "civilian"},
            {"number": "3", "category": "civilian", "demographic": "children", "subset_row": "1"},
            {},
        )
        | citations(new_document())
        | changes
    )


def verdict(claim, **changes):
    return {"verdict": "accepted", "credibility": "3", "rationale": "", "version": str(claim.version)} | changes


def sentences(response):
    """What the page says is wrong, for assertions and for reading failures."""
    summaries = re.findall(r'class="error-summary".*?</div>', response.text, re.S)
    found = re.findall(r'class="field__error".*?</div>', response.text, re.S) + summaries
    return " ".join(" ".join(unescape(re.sub(r"<[^>]+>", " ", part)).split()) for part in found)


def as_shown(response):
    """What a browser would send for the page's last form if its person changed nothing."""

    class Form(HTMLParser):
        def __init__(self):
            super().__init__()
            self.sent, self.select, self.area, self.depth = {}, None, None, 0

        def handle_starttag(self, tag, attrs):
            attrs = dict(attrs)
            name = attrs.get("name")
            self.depth += tag == "template"
            if self.depth:
                return
            if tag == "input" and name:
                if attrs.get("type") not in ("checkbox", "radio") or "checked" in attrs:
                    self.sent[name] = attrs.get("value", "")
            elif tag == "select":
                self.select = name
            elif tag == "option" and self.select and ("selected" in attrs or self.select not in self.sent):
                self.sent[self.select] = attrs.get("value", "")
            elif tag == "textarea":
                self.area = name
                self.sent[name] = ""

        def handle_endtag(self, tag):
            self.depth -= tag == "template"
            if tag == "select":
                self.select = None
            if tag == "textarea":
                self.area = None

        def handle_data(self, data):
            if self.area and not self.depth:
                self.sent[self.area] += data.removeprefix("\n") if not self.sent[self.area] else data

    form = Form()
    form.feed(response.text)
    return form.sent


def in_two_steps(client, address, typed):
    """Send the page, look at what would follow, and send it again with the mark of that. Returns the last answer."""
    shown = client.post(address, typed)
    return client.post(address, typed | marks(shown)) if shown.status_code == 200 else shown


def marks(response):
    """The hidden marks of a page that showed what would follow."""
    return {name: value for name, value in as_shown(response).items() if name in ("seen", "shown")}
