"""On which day something was published, by its address or by the first lines of its text."""

import re
from datetime import date, timedelta

from django.utils.translation import gettext as _

from events.desk.reading import dates

_FIRST_LINES, _LONGEST_LINE, _OPENING = 6, 120, 60
_IN_ADDRESS = (
    re.compile(r"/(?P<year>(?:19|20)\d\d)/(?P<month>0?[1-9]|1[0-2])/(?P<day>0?[1-9]|[12]\d|3[01])(?=/|$|[?#])"),
    re.compile(r"(?<!\d)(?P<year>(?:19|20)\d\d)-(?P<month>0[1-9]|1[0-2])-(?P<day>0[1-9]|[12]\d|3[01])(?!\d)"),
    re.compile(r"(?<!\d)(?P<year>20\d\d)(?P<month>0[1-9]|1[0-2])(?P<day>0[1-9]|[12]\d|3[01])(?!\d)"),
)


def guess(url, text, *, today):
    """(day, why), or (None, "") when neither tells. A day that is still to come is no day of publication."""
    for day, why in (_in_address(url), _in_first_lines(text)):
        if day is not None and day <= today + timedelta(days=1):
            return day, why
    return None, ""


def _in_address(url):
    for pattern in _IN_ADDRESS:
        for found in pattern.finditer(url):
            try:
                return date(*(int(found[part]) for part in ("year", "month", "day"))), _("from the address")
            except ValueError:
                continue
    return None, ""


def _in_first_lines(text):
    """From a short line near the top, or from the opening of the first paragraph: "KABUL, 18 March 2024 –"."""
    lines = [line.strip() for line in text[:3000].splitlines() if line.strip()][:_FIRST_LINES]
    for line in lines:
        if found := dates.day_of(line if len(line) <= _LONGEST_LINE else line[:_OPENING]):
            return found.first, _("from the first lines of the text")
    return None, ""
