"""The page for people who come from ACLED: what changes in their client, what the columns hold, what is left out."""

from dataclasses import dataclass

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.shortcuts import render
from django.urls import reverse

from events.api import doors, schema_acled
from events.api.compat import acled_tokens
from events.exchange import acled_query, acled_words
from events.exchange.acled_meanings import MEANINGS
from events.record import acled

# There → here, below the base address.
_ADDRESSES = (
    ("https://api.acleddata.com/acled/read", "acled/read"),
    ("https://acleddata.com/api/acled/read", "api/acled/read"),
    ("https://acleddata.com/oauth/token", "oauth/token"),
)


@dataclass(frozen=True)
class Column:
    """A row of the table of columns."""

    name: str
    usual: str
    holds: str
    lost: str


@login_not_required
@doors.page
def coming_from_acled(request):
    """Made of the definitions by which the addresses themselves answer."""
    own = [name for name in acled_query.parameters(acled_query.EVENTS) if name not in acled_query.EVENTS.columns]
    context = {
        "base": request.build_absolute_uri(reverse("api-acled-root")).rstrip("/"),
        "addresses": _ADDRESSES,
        "columns": [
            Column(name, acled_query.usual(kind), MEANINGS[name].holds, MEANINGS[name].lost)
            for name, kind in acled_query.EVENTS.columns.items()
        ],
        "settings": [(name, schema_acled.meaning(name)) for name in own if not name.endswith("_where")],
        "operators": acled_query.OPERATORS,
        "skipped": acled_words.SKIPPED.items(),
        "most": f"{acled.MOST:,}",
        "rates": settings.REST_FRAMEWORK["DEFAULT_THROTTLE_RATES"],
        "minutes": int(acled_tokens.ACCESS.total_seconds() // 60),
        "days": acled_tokens.REFRESH.days,
    }
    return render(request, "api/acled.html", context)
