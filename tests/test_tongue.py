"""The rules speak English by themselves, and any language that somebody teaches them."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
ALONE = """
import sys
from contextlib import nullcontext
from events import tongue
from events.rules import wording
said = [wording.figure(None, None, 9), *(tongue.ngettext("one", "several", number) for number in (1, 2))]
tongue.teach(gettext=str.upper, ngettext=lambda one, several, number: several, english=nullcontext)
print(said, wording.figure(None, None, None), tongue.ngettext("one", "several", 1), "django" in sys.modules)
"""


def test_without_django_messages_stay_as_they_are_until_another_way_is_taught():
    done = subprocess.run([sys.executable, "-c", ALONE], cwd=ROOT, capture_output=True, text=True, check=True)

    assert done.stdout == "['up to 9', 'one', 'several'] NOT REPORTED several False\n"
