"""Finds, in the source of a module, the sentences that people read and no translator would see."""

import ast
import re
from pathlib import Path

GETTEXTS = {"_", "gettext", "gettext_lazy", "gettext_noop", "ngettext", "ngettext_lazy", "pgettext"}
# Calls whose sentences are shown to people.
SAYS = {"ValidationError", "PermissionDenied", "MovedOn", "Http404", "add_error", "Problem"}
ABOUT = {"add_error", "Problem"}  # their first argument says where it is shown
MESSAGES = {"success", "info", "warning", "error"}  # of django.contrib.messages
# Keyword arguments, and keys of what a template takes, that are shown to people.
SHOWN = {"label", "help_text", "empty_label", "violation_error_message", "placeholder"}
SHOWN |= {"title", "explanation", "button", "done", "heading"}  # of a page that asks before doing
SHOWN |= {"description", "finding", "notes", "meaning", "reading", "noun"}  # of a section, a column and a filter
SENTENCE = re.compile(r"[A-Z“].* .*[.?!]")
UNSEEN = {"RequestDataTooBig", "exception", "Error"}  # told to who runs the site
UNSEEN |= {"Atom1Feed", "add_item"}  # of feeds, which are English
UNSEEN |= {"Column"}  # of statistics: its meaning stands in the description of the API, which is English
UNSEEN |= {"Dataset"}  # of others: their names and citations stay as they are published
CODES = {"ambiguous", "unmatched", "required", "likely_double"}  # second arguments of ValidationError
CODES |= {"A"}  # a weight of PostgreSQL


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
    if isinstance(node, ast.Call) and _name(node.func) not in UNSEEN:
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


def out_of_reach(source):
    """List of (line, call) of gettext inside an f-string, where the program that gathers messages does not look."""
    strings = [node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.JoinedStr)]
    calls = [part for string in strings for part in ast.walk(string) if isinstance(part, ast.Call)]
    return [
        (call.lineno, ast.unparse(call))
        for call in calls
        if _name(call.func) in GETTEXTS and any(map(_text, call.args))
    ]


def modules(rooms):
    """The Python files of rooms, which are directories or single files."""
    paths = [Path(room) for room in rooms]
    return [file for path in paths for file in ([path] if path.is_file() else sorted(path.rglob("*.py")))]
