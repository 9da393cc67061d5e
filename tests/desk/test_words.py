"""Sentences of the working side that people read go through gettext: new ones that do not are found in the source."""

import ast
import re
from pathlib import Path

import pytest
from django.utils import translation

from events.desk.wording import number
from events.models.change import Change
from events.models.edition import EditionDocument
from tests import builders

ROOMS = ("events/desk", "events/models", "events/press", "events/rules")
ROOMS += ("events/access.py", "events/unsent.py", "events/middleware.py")
# They speak from inside the database, to who runs the server, and in notes that are stored, and so in English.
SILENT = {Path("events/models/guards.py"), Path("events/models/words.py"), Path("events/press/naming.py")}
GETTEXTS = {"_", "gettext", "gettext_lazy", "gettext_noop", "ngettext", "ngettext_lazy"}
# Calls whose sentences are shown to people.
SAYS = {"ValidationError", "PermissionDenied", "MovedOn", "Http404", "add_error", "Problem"}
ABOUT = {"add_error", "Problem"}  # their first argument says where it is shown
MESSAGES = {"success", "info", "warning", "error"}  # of django.contrib.messages
# Keyword arguments, and keys of what a template takes, that are shown to people.
SHOWN = {"label", "help_text", "empty_label", "violation_error_message", "placeholder"}
SHOWN |= {"title", "explanation", "button", "done", "heading"}  # of a page that asks before doing
SENTENCE = re.compile(r"[A-Z“].* .*[.?!]")
UNSEEN = {"RequestDataTooBig", "exception"}  # told to who runs the site
CODES = {"ambiguous", "unmatched", "required", "likely_double"}  # second arguments of ValidationError


def untranslated(source):
    """List of (line, sentence) of the strings in a module that people read and no translator sees."""
    tree = ast.parse(source)
    shown = [part for node in ast.walk(tree) for part in _shown_parts(node)]
    return sorted({found for part in [*shown, *_sentences(tree)] for found in _bare(part)})


def _sentences(node):
    """The strings of a module that are whole sentences, wherever they stand; docstrings and what gettext gets are none."""
    if isinstance(node, ast.Call) and _name(node.func) in {*GETTEXTS, *UNSEEN}:
        return
    if SENTENCE.fullmatch(_text(node)):
        yield node
    for child in ast.iter_child_nodes(node):
        if not (isinstance(child, ast.Expr) and isinstance(child.value, ast.Constant)):
            yield from _sentences(child)


def _shown_parts(node):
    """The expressions below one node of which the strings are shown to people."""
    if isinstance(node, ast.Call):
        yield from (one.value for one in node.keywords if one.arg in SHOWN)
        yield from (one.value for one in node.keywords if one.arg == "error_messages")
        if _name(node.func) in SAYS or _is_message(node.func):
            yield from node.args[1 if _name(node.func) in ABOUT else 0 :]
    if isinstance(node, ast.Dict):
        keys = [getattr(key, "value", None) for key in node.keys]
        pairs = zip(keys, node.values, strict=True)
        yield from (value for key, value in pairs if key in SHOWN and not isinstance(value, ast.Tuple))
    if isinstance(node, ast.Assign | ast.AugAssign) and "error_messages" in ast.unparse(_target(node)):
        yield node.value


def _target(node):
    return node.targets[0] if isinstance(node, ast.Assign) else node.target


def _is_message(func):
    return isinstance(func, ast.Attribute) and func.attr in MESSAGES and _name(func.value) == "messages"


def _name(func):
    return func.attr if isinstance(func, ast.Attribute) else getattr(func, "id", "")


def _bare(node):
    """(line, text) of the strings in an expression; what stands in a gettext call, a key, a test or an index is none."""
    if isinstance(node, ast.Call) and _name(node.func) in GETTEXTS:
        return
    text = _text(node)
    if any(char.isalpha() for char in text) and text not in CODES:
        yield node.lineno, text
    for child in _said_in(node):
        yield from _bare(child)


def _text(node):
    """The words of a string, be it with values in it; "" for everything else."""
    if isinstance(node, ast.JoinedStr):
        return "".join(part.value for part in node.values if isinstance(part, ast.Constant))
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else ""


def _said_in(node):
    """The parts of an expression that it may come to."""
    if isinstance(node, ast.JoinedStr):
        return [part.value for part in node.values if isinstance(part, ast.FormattedValue)]
    if isinstance(node, ast.Dict):
        return node.values
    if isinstance(node, ast.IfExp):
        return [node.body, node.orelse]
    if isinstance(node, ast.BinOp):
        return [node.left] if isinstance(node.op, ast.Mod) else [node.left, node.right]
    if isinstance(node, ast.BoolOp | ast.List | ast.Tuple | ast.Set):
        return getattr(node, "values", None) or getattr(node, "elts", [])
    return [node.elt] if isinstance(node, ast.ListComp | ast.GeneratorExp) else []


def composed(source):
    """List of (line, expression) of what is put together before gettext sees it, so that no catalogue can hold it."""
    calls = [
        node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Call) and _name(node.func) in GETTEXTS
    ]
    parts = [(call.lineno, part) for call in calls for part in call.args]
    return [(line, ast.unparse(part)) for line, part in parts if isinstance(part, ast.JoinedStr | ast.BinOp)]


def modules():
    paths = [Path(room) for room in ROOMS]
    files = [file for path in paths for file in ([path] if path.is_file() else sorted(path.rglob("*.py")))]
    return [file for file in files if file not in SILENT]


def test_every_sentence_that_people_read_is_translatable():
    found = [f"{path}:{line}: {text}" for path in modules() for line, text in untranslated(path.read_text())]

    assert len(modules()) > 100
    assert found == []


def test_gettext_gets_whole_sentences():
    assert composed('_(f"{name} is taken.")') and composed('gettext("Taken: " + name)')
    assert not composed('_("%(name)s is taken.") % {"name": name}')
    assert [f"{path}:{one}" for path in modules() for one in composed(path.read_text())] == []


@pytest.mark.django_db
def test_what_is_stored_stays_english(monkeypatch):
    translation.gettext("")  # from here on the real one stands there to be replaced
    said = lambda words: words if translation.get_language() == "en" else f"§{words}"  # noqa: E731
    monkeypatch.setattr(translation._trans, "gettext", said)

    line = builders.toll(None, low=7, qualifier="at_least")
    with translation.override("ur"):
        incident = builders.published(claims=[builders.claim(), builders.claim("casualties", lines=[line])])
        shown = [number(line) for claim in incident.claims.all() for line in claim.lines.all()]

    stored = [str(body) for body in EditionDocument.objects.values_list("body", flat=True)]
    stored += [f"{before} {after}" for before, after in Change.objects.values_list("before", "after")]
    assert "§at least 7" in shown
    assert "at least 7" in "".join(stored)
    assert [one for one in stored if "§" in one] == []


@pytest.mark.parametrize(
    "source",
    [
        'raise ValidationError("Fill it in.")',
        'raise forms.ValidationError({"title": f"{name} is taken."}, code="taken")',
        'raise PermissionDenied("Not yours." if is_closed else _("Closed."))',
        'raise ValidationError([f"{one.label}: wrong" for one in lost])',
        'raise ValidationError(_("Fill it in.") + " Then try again.")',
        'messages.success(request, f"Saved {count}.")',
        'form.add_error("title", "Fill it in.")',
        'forms.CharField(label="Title", max_length=20)',
        'models.CheckConstraint(violation_error_message=("An actor " "needs a name."))',
        'forms.CharField(error_messages={"required": "Fill it in."})',
        'self.fields["title"].error_messages["required"] = "Fill it in."',
        'field.error_messages |= {"required": "Fill it in."}',
        'confirm(request, title=f"Close {name}?")',
        'context |= {"title": f"Close {name}?"}',
        'LATE = "Somebody else was here before."',
        'return _refused(f"No key {name}. Open the page again.")',
    ],
)
def test_a_bare_sentence_is_found_where_it_stands(source):
    found = untranslated(f"\n{source}\n")

    assert [line for line, _ in found] == [2]


@pytest.mark.parametrize(
    "source",
    [
        'raise ValidationError(_("%(name)s is taken.") % {"name": name}, code="taken")',
        'raise ValidationError({"title": gettext("Fill it in.")})',
        'form.add_error("title", ngettext("%(n)d letter", "%(n)d letters", n) % {"n": n})',
        'raise ValidationError([f"{one.label}: {one.problem}" for one in lost])',
        'forms.CharField(label=_("Title"), widget=forms.TextInput(attrs={"dir": "auto"}))',
        'messages.success(request, _done(len(made), "made"))',
        'raise ValidationError(SENTENCES["late"], "unmatched")',
    ],
)
def test_what_goes_through_gettext_and_what_is_no_sentence_is_left_alone(source):
    assert untranslated(source) == []
