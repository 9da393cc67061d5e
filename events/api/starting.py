"""The quick start: the same small program in three languages, shown as it is run by the tests."""

from dataclasses import dataclass

from django.contrib.auth.decorators import login_not_required
from django.shortcuts import render
from django.template.loader import get_template

from events.api import doors


@dataclass(frozen=True)
class Program:
    """`text` is the whole program; `needs` are the libraries and commands without which it does not run."""

    name: str
    label: str
    needs: str
    text: str


def programs(site):
    """Tuple of Program that ask the site at this address, such as https://ledger.example."""
    return tuple(
        # The addresses are put in as they are: this is a program, no HTML; the page escapes it whole.
        Program(name, label, needs, get_template(f"api/start/{name}.txt").template.source.replace("{{ site }}", site))
        for name, label, needs in (
            ("python", "Python", "requests, pandas"),
            ("r", "R", "httr, jsonlite"),
            ("curl", "curl", "curl, jq"),
        )
    )


@login_not_required
@doors.page
def page(request):
    return render(request, "api/start.html", {"programs": programs(request.build_absolute_uri("/").rstrip("/"))})
