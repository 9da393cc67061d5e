"""Every word that a page shows can be said in another language: text, attributes, what is handed on, what scripts say."""

import re
from html.parser import HTMLParser
from pathlib import Path

import pytest
from django.template.base import Lexer, TokenType

TEMPLATES = Path(__file__).parent.parent / "templates"
SCRIPTS = TEMPLATES.parent / "static" / "js"
# Names, formats and units that are written alike in every language.
NAMES = (
    "Frontier Ledger", "SHA-256", "BibTeX", "CSL-JSON", "GeoJSON", "NDJSON", "Parquet", "JSON", "CSV", "Excel",
    "RIS", "Atom", "UTC", "ACLED", "UCDP GED", "UCDP", "STIX", "ISO", "GeoNames", "Wikidata", "flk_",
)  # fmt: skip
SPOKEN_ATTRIBUTES = {"alt", "aria-label", "content", "placeholder", "title"}
WORDLESS_ELEMENTS = {"code", "kbd", "pre", "script", "style"}
WORDLESS_BLOCKS = {"body_class", "body_attributes"}  # they stand inside a start tag
UNSEEN = {"blocktranslate": "endblocktranslate", "comment": "endcomment"}
# What a template calls the words that it takes from the one that includes it.
WORD_INPUTS = {
    "button", "caption", "detail", "explanation", "heading", "label", "none", "second", "title", "what",
}  # fmt: skip
WORD = re.compile(r"[^\W\d_]{2,}")
SENTENCE = re.compile(r"[^\W\d_]{2,} [^\W\d_]{2,}|^[A-Z][a-z]+\b(?!/)|[.?!…]$")
SAID_BY_SCRIPT = re.compile(r"^\W*[A-Z][a-z]+:? (?:[a-z]|\$\{|…)|[a-z] (?:[a-z]+ )+[a-z]+[.…]$")
HANDED_ON = re.compile(r"""\b(\w+)=("[^"]*"|'[^']*')""")
FILLED_IN = re.compile(r"""\|(?:add|default|default_if_none|join|pluralize|yesno):("[^"]*"|'[^']*')""")
CODES = {"rtl,ltr"}


class Shown(HTMLParser):
    """Gathers `found`: pairs of a line number and a text that readers meet."""

    def __init__(self, page):
        super().__init__(convert_charrefs=True)
        self.found, self.inside = [], []
        self.feed(page)
        self.close()

    def handle_starttag(self, tag, attrs):
        line = self.getpos()[0]
        self.found += [(line, value) for name, value in attrs if value and is_spoken(tag, name, value)]
        if tag in WORDLESS_ELEMENTS:
            self.inside.append(tag)

    def handle_endtag(self, tag):
        if self.inside and self.inside[-1] == tag:
            self.inside.pop()

    def handle_data(self, data):
        if not self.inside:
            self.found += enumerate(data.split("\n"), start=self.getpos()[0])


def is_spoken(tag, name, value):
    """Whether people meet the attribute; the data that scripts read are met where they hold a sentence."""
    if name == "content":
        return tag == "meta" and bool(SENTENCE.search(value)) and "width=" not in value
    return name in SPOKEN_ATTRIBUTES or (name.startswith("data-") and bool(SENTENCE.search(value)))


def without_tags(source):
    """The source with a space and the same line breaks in place of all that the template engine reads."""
    left, until = [], None
    for token in Lexer(source).tokenize():
        is_text = token.token_type == TokenType.TEXT
        if token.token_type == TokenType.BLOCK:
            name, *rest = token.contents.split()
            if until:
                until = None if name == until else until
            elif name == "block" and rest[0] in WORDLESS_BLOCKS:
                until = "endblock"
            else:
                until = UNSEEN.get(name)
        left.append(token.contents if is_text and not until else " " + "\n" * token.contents.count("\n"))
    return "".join(left)


def handed_on(source):
    """Pairs of a line number and words that a tag or a filter would print without their being marked."""
    found = []
    for token in Lexer(source).tokenize():
        if token.token_type not in (TokenType.BLOCK, TokenType.VAR):
            continue
        if token.contents.startswith(("include ", "with ", "blocktranslate ")):
            for name, quoted in HANDED_ON.findall(token.contents):
                if name in WORD_INPUTS or SENTENCE.search(quoted[1:-1]):
                    found.append((token.lineno, quoted[1:-1]))
        found += [(token.lineno, quoted[1:-1]) for quoted in FILLED_IN.findall(token.contents)]
        if "|pluralize" in token.contents:
            found.append((token.lineno, "pluralize: other languages have other plurals, {% plural %} knows them"))
    return found


def unmarked(source):
    """List of "line: words" in which a template speaks English whatever the language of the page."""
    found = []
    for line, text in [*Shown(without_tags(source)).found, *handed_on(source)]:
        left = text
        for name in NAMES:
            left = left.replace(name, "")
        if WORD.search(left) and text not in CODES:
            found.append((line, " ".join(text.split())))
    return [f"{line}: {words}" for line, words in sorted(set(found))]


def every_template():
    return sorted(path.relative_to(TEMPLATES).as_posix() for path in TEMPLATES.rglob("*.html"))


@pytest.mark.parametrize("name", every_template())
def test_every_word_of_a_template_can_be_said_in_another_language(name):
    found = unmarked((TEMPLATES / name).read_text())

    assert not found, "\n".join(f"templates/{name}:{line}" for line in found)


@pytest.mark.parametrize(
    ("source", "line"),
    [
        ("<p>\n  Nothing yet.\n</p>", "2: Nothing yet."),
        ("{% if a %}open{% else %}shut{% endif %}", "1: open shut"),
        ('<nav aria-label="Pages">', "1: Pages"),
        ('<input placeholder="A name" {% if a %}checked{% endif %}>', "1: A name"),
        ('<button data-shortcut-label="Edit this claim">', "1: Edit this claim"),
        ("<p>{{ n }} claim{{ n|pluralize }}</p>", "1: claim"),
        ('{{ when|default:"never" }}', "1: never"),
        ('{% include "a.html" with button="Save" only %}', "1: Save"),
        ('{% with words="Nothing is saved yet." %}{% endwith %}', "1: Nothing is saved yet."),
        ('{# said #}{% translate "said" %} twice', "1: twice"),
    ],
)
def test_words_that_are_not_marked_are_found(source, line):
    assert line in unmarked(source)


@pytest.mark.parametrize(
    "source",
    [
        '<p title="{% translate \'Rule\' %}">{{ name }} {% translate "Nothing yet." %}</p>',
        "<p>{% blocktranslate trimmed count n=n %}{{ n }} claim{% plural %}{{ n }} claims{% endblocktranslate %}</p>",
        '{{ when|default:_("never") }} UTC · <code>null</code> &mdash; {{ d|date:"j F Y" }}',
        '{% include "a.html" with button=_("Save") shape="solid" second_name="again" only %}',
        "{% block body_class %}page-guide{% endblock %}<script>let words</script>",
        '<html dir="{{ is_rtl|yesno:\'rtl,ltr\' }}" data-aspect="kind">Frontier Ledger',
    ],
)
def test_what_is_marked_or_holds_no_words_is_left_alone(source):
    assert unmarked(source) == []


def spoken_in(script):
    """List of the literals of a script that are sentences, or the beginning of one."""
    code = re.sub(r"/\*.*?\*/|(?<![:\"'`\\])//[^\n]*", "", script, flags=re.S)
    literals = (found[0][1:-1] for found in re.finditer(r'"(?:[^"\\\n]|\\.)*"|`(?:[^`\\]|\\.)*`', code))
    return [text for text in literals if SAID_BY_SCRIPT.search(text)]


@pytest.mark.parametrize("path", sorted(SCRIPTS.rglob("*.js")), ids=lambda path: path.name)
def test_scripts_say_only_what_the_page_gives_them(path):
    assert spoken_in(path.read_text()) == []


@pytest.mark.parametrize("script", ['say("Not saved: no connection.");', "x = `Filled ${why}.`;", 'y = "Cite it";'])
def test_sentences_of_scripts_are_found(script):
    assert spoken_in(script)
