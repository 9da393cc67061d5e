"""Doors behind a name that is being typed: what it may mean, where a place lies, and what to ask about a new entry."""

import re

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from events import boundaries, locator, names
from events.desk import lookup
from events.desk.forms.naming import LocationField
from events.desk.forms.registers import NewActorForm, NewLocationForm
from events.desk.views.doors import ABSENT, for_desk

# kind → (the questions about a new entry, their heading). A source is asked about beside its field.
_NEW = {
    "places": (NewLocationForm, _("The new place")),
    "actors": (NewActorForm, _("The new actor")),
    "sources": (None, _("The new source")),
}
_NAME = re.compile(r"[A-Za-z0-9_-]{0,80}")


@require_safe
@for_desk
def options(request, kind):
    """The entries that the text may mean, as the rows of a list of options."""
    if kind not in lookup.REGISTERS:
        raise Http404(str(ABSENT))
    text = names.clean(request.GET.get("q", ""))
    if len(text) > lookup.LONGEST:
        return _refused(
            gettext("A name has at most %(most)s characters; this one has %(count)s.")
            % {"most": lookup.LONGEST, "count": len(text)}
        )
    found = lookup.look_up(kind, text)
    return render(request, "desk/look_up/options.html", {"found": found, "named": lookup.named(found)})


@require_safe
@for_desk
def new(request, kind):
    """What to ask about an entry that is added on the way under a name typed into the input `name`.

    Whether it is one of those that go by nearly that name; and, where a `prefix` for the names of their inputs is given,
    the questions that every new entry has to answer.
    """
    if kind not in lookup.REGISTERS:
        raise Http404(str(ABSENT))
    name, prefix = request.GET.get("name", ""), request.GET.get("prefix", "")
    text = names.clean(request.GET.get("text", ""))
    if not (_NAME.fullmatch(name) and _NAME.fullmatch(prefix)):
        return _refused(gettext("The page asked for these questions under a name that no form has. Open it again."))
    if len(text) > lookup.LONGEST:
        return _refused(
            gettext("A name has at most %(most)s characters; this one has %(count)s.")
            % {"most": lookup.LONGEST, "count": len(text)}
        )
    form_class, heading = _NEW[kind]
    form = form_class(prefix=prefix) if form_class and prefix else None
    context = {"form": form, "heading": heading, "text": text, "name": name}
    context |= {"doubles": lookup.nearly_one(kind, text), "page": lookup.REGISTERS[kind].page}
    return render(request, "desk/look_up/new_row.html", context)


@require_safe
@for_desk
def preview(request, uid):
    """Where a place lies: a small map, and the same in words."""
    field = LocationField()
    place = get_object_or_404(field.rows(), uid=uid)
    context = {"place": place, "hierarchy": field.describe(place), "note": boundaries.NOTE}
    context |= {"svg": locator.svg_of(place), "words": locator.words(place)}
    return render(request, "desk/look_up/preview.html", context)


def _refused(sentence):
    return HttpResponse(sentence, status=400, content_type="text/plain; charset=utf-8")
