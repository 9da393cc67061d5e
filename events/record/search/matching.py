"""Which public incidents and claims hold what was asked, and in which order."""

import base64
import re
from dataclasses import dataclass
from datetime import date

from django.db.models import Case, Count, IntegerField, Q, Value, When
from django.utils.translation import gettext as _

from events import uids
from events.models.edition import PublishedClaim, PublishedIncident
from events.models.words import COLUMNS, ClaimWords, IncidentWords
from events.record.paging import CursorError

# An incident weighs most when its title has all the words, least when only its claims have.
WEIGHTS = {len(COLUMNS) - number: COLUMNS[: number + 1] for number in range(len(COLUMNS))}
LEAST = min(WEIGHTS)
_CURSOR = re.compile(r"([1-4])(\d{4}-\d{2}-\d{2})([0-9A-Z]{8})")


@dataclass(frozen=True)
class Page:
    """Rows with their `weight`, heaviest first; `after` leads on, None at the end."""

    rows: list
    after: str | None


def chosen(rows, question, shelf):
    """Those of the incidents of a shelf that hold what was asked, and the one whose uid it is."""
    found = shelf.holding(question.wanted)
    return rows.filter(found | Q(uid=question.uid) if question.uid else found)


def incidents(question, size, after=None):
    """A Page of incidents: by weight, then the newest, then by uid. One query."""
    return _page(PublishedIncident.objects.with_places(), IncidentWords, question, size, after)


def claims(question, size, after=None):
    """A Page of claims whose own words, names and sources hold it, likewise."""
    rows = PublishedClaim.objects.select_related("incident", "relation__subject", "relation__object")
    return _page(rows, ClaimWords, question, size, after)


def counts(question):
    """(incidents, claims) that hold it. One query."""
    arms = [
        table.objects.filter(uid__holds=question.wanted)
        .annotate(table=Value(number))
        .order_by()
        .values("table")
        .annotate(found=Count("pk"))
        .values_list("table", "found")
        for number, table in enumerate((IncidentWords, ClaimWords))
    ]
    found = dict(arms[0].union(arms[1], all=True))
    return found.get(0, 0), found.get(1, 0)


def _page(rows, table, question, size, after):
    weight = Case(
        *(
            When(uid_number__in=_held(table, question.wanted.within(columns)), then=Value(weight))
            for weight, columns in WEIGHTS.items()
            if weight != LEAST
        ),
        default=Value(LEAST),
        output_field=IntegerField(),
    )
    rows = rows.filter(uid_number__in=_held(table, question.wanted)).annotate(weight=weight)
    if after:
        rows = rows.filter(_beyond(*_position(after)))
    found = list(rows.order_by("-weight", "-sort_date", "-uid")[: size + 1])
    return Page(found[:size], _cursor(found[size - 1]) if len(found) > size else None)


def _held(table, wanted):
    return table.objects.filter(uid__holds=wanted).values("pk")


def _beyond(weight, day, uid):
    same_day = Q(weight=weight, sort_date=day, uid__lt=uid)
    return Q(weight__lt=weight) | Q(weight=weight, sort_date__lt=day) | same_day


def _cursor(row):
    return base64.urlsafe_b64encode(f"{row.weight}{row.sort_date.isoformat()}{row.uid}".encode()).decode()


def _position(text):
    """(weight, day, uid) of a cursor that we gave out; anything else is refused."""
    try:
        found = _CURSOR.fullmatch(base64.b64decode(text.encode(), altchars=b"-_", validate=True).decode("ascii"))
        position = int(found[1]), date.fromisoformat(found[2]), found[3]
        is_ours = uids.parse(position[2]) == position[2]
    except (ValueError, TypeError):
        is_ours = False
    if not is_ours:
        raise CursorError(_("after: this is not a position in the list; leave it out to start at the best results."))
    return position
