"""House test 2: who may import whom, and where rows may be written."""

import ast
import importlib.util
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
WRITES = {"save", "create", "get_or_create", "update_or_create", "delete", "update", "bulk_create", "bulk_update"}
MAY_WRITE = ("events/desk/", "events/press/", "events/exchange/batches.py", "events/migrations/")
MAY_WRITE += ("events/following/", "events/work.py")  # what is private to one person, and the queue of jobs; no ledger
# Forms save nothing; a key notes when it was last used; sessions and dictionaries have an update of their own.
EXCEPTIONS = {("events/api/keys.py", "update")}


def test_imports_keep_to_the_contract():
    done = subprocess.run(
        [sys.executable, "-c", "from importlinter.cli import lint_imports_command as run; run()"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 0, done.stdout


def test_rows_of_the_ledger_are_written_at_the_desk_and_in_the_press_only():
    found = [
        (str(path.relative_to(ROOT)), name, line)
        for path in sorted((ROOT / "events").rglob("*.py"))
        if not str(path.relative_to(ROOT)).startswith(MAY_WRITE)
        for name, line in _writes(path)
    ]

    assert [hit for hit in found if hit[:2] not in EXCEPTIONS] == []


def test_psycopg_3_is_absent_because_django_would_silently_prefer_it():
    assert importlib.util.find_spec("psycopg") is None


def _writes(path):
    """Calls on managers and querysets that write: `….objects.…create(…)` and calls of `save` and `delete`."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in WRITES:
            owner = ast.unparse(node.func.value)
            if "objects" in owner or node.func.attr in {"save", "bulk_create", "bulk_update"}:
                yield node.func.attr, node.lineno
