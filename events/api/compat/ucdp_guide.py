"""The page “Coming from UCDP”."""

from dataclasses import dataclass

from django.contrib.auth.decorators import login_not_required
from django.shortcuts import render

from events.api import doors
from events.api.compat.ucdp_question import EventQuestion
from events.api.compat.ucdp_words import REASONS, RULES
from events.record import ucdp

EXAMPLES = {
    "pagesize": "1000",
    "page": "0",
    "Id": "900000052,900000057",
    "Country": "700,770",
    "Geography": "32 69,34 71",
    "StartDate": "2024-01-01",
    "EndDate": "2024-12-31",
    "TypeOfViolence": "1,3",
    "Dyad": "857",
    "Actor": "142,356",
}


@dataclass(frozen=True)
class Parameter:
    """A row of the table of parameters; `words` is an example of its value."""

    name: str
    meaning: str
    words: tuple = ()
    is_repeatable: bool = False


@login_not_required
@doors.page
def guide(request):
    """Base address, versions, parameters, columns with what they lose, and why an incident gives no row."""
    context = {
        "site": request.build_absolute_uri("/").rstrip("/"),
        "parameters": [
            Parameter(name, field.help_text, (EXAMPLES[name],) if name in EXAMPLES else ())
            for name, field in EventQuestion.base_fields.items()
        ],
        "columns": [(names, rule, lost) for names, (rule, lost) in RULES.items()],
        "reasons": REASONS.items(),
        "releases": ucdp.releases(),
    }
    return render(request, "api/ucdp.html", context)
