"""What every public page does with its address before it answers: one spelling, and nothing it does not know."""

from functools import wraps

from django.http import HttpResponsePermanentRedirect, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from events.record import parameters
from events.record.paging import CursorError


def tidy(view):
    """Lead other spellings of the address to the one that is cited (301), and drop blank and tracking parameters."""

    @wraps(view)
    def tidied(request, *args, **kwargs):
        match, query = request.resolver_match, _without_noise(request.GET)
        path = reverse(match.view_name, args=match.args, kwargs=match.kwargs)
        address = f"{path}?{query.urlencode()}" if query else path
        if path != request.path:
            return HttpResponsePermanentRedirect(address)
        if query != request.GET:
            return HttpResponseRedirect(address)
        return view(request, *args, **kwargs)

    return tidied


def takes(*single):
    """The page knows these parameters, each once; anything else, and a cursor that is not ours, gets a sentence."""

    def decorate(view):
        @wraps(view)
        def checked(request, *args, **kwargs):
            errors = parameters.problems(request.GET, single=single)
            if errors:
                return refused(request, [sentence for found in errors.values() for sentence in found])
            try:
                return view(request, *args, **kwargs)
            except CursorError as error:
                return refused(request, [str(error)])

        return tidy(checked)

    return decorate


def refused(request, sentences):
    return render(request, "record/refused.html", {"sentences": sentences, "path": request.path}, status=400)


def _without_noise(query):
    kept = query.copy()
    for name in query:
        values = [value for value in query.getlist(name) if value.strip()]
        if parameters.TRACKING.fullmatch(name) or not values:
            del kept[name]
        else:
            kept.setlist(name, values)
    return kept
