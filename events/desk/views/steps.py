"""Acts in two steps without JavaScript: first what would follow, then the button that does it."""

import hashlib
import json

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import IntegrityError
from django.shortcuts import redirect, render
from django.utils.translation import gettext

from events.choices import Outcome
from events.desk.forms.manners import AT_ONCE, place_errors, problems
from events.desk.views.doors import attempt, page, still_there
from events.press import rehearsal
from events.rules import differences, wording

# What a browser sends that changes nothing of what would follow: tokens, buttons, and the words for the history.
BESIDES = {"csrfmiddlewaretoken", "seen", "shown", "again", "save", "then", "note", "reason"}


def in_two_steps(request, form, act, *, template, done, back, about, places=(), see=None, **context):
    """GET shows the form; a valid POST what would follow, with its mark; a POST with the mark does it and goes `back`.

    `about` are the incidents whose relatives are watched, the one of the page first; `see` turns the rehearsal's
    Prospect into more context; `back` is an address, or a function of what the act gave.
    """
    context |= {"back": about[0].get_absolute_url()}
    if not (form.is_bound and form.is_valid()):
        return page(request, template, context, form=form)
    status = 200
    if is_confirmed(request):
        try:
            if made := attempt(form, lambda: rehearsal.perform(act, seen=request.POST["seen"]), places):
                messages.success(request, done)
                return redirect(back if isinstance(back, str) else back(made))
        except rehearsal.LookAgain as again:
            form.add_error(None, str(again))
            status = 409
        else:
            return page(request, template, context, form=form)
    return looked_at(request, form, act, template, context, about=about, places=places, see=see, status=status)


def is_confirmed(request):
    """Whether the page was sent with the mark of what it showed, of these very choices, and not to look again."""
    is_marked = bool(request.POST.get("seen")) and request.POST.get("shown") == _choices(request)
    return is_marked and "again" not in request.POST


def _choices(request):
    """SHA-256 of what the person chose, so that nothing else than what was shown is done."""
    chosen = sorted((name, values) for name, values in request.POST.lists() if name not in BESIDES)
    return hashlib.sha256(json.dumps(chosen).encode()).hexdigest()


def looked_at(request, form, act, template, context, *, about=(), places=(), see=None, status=200):
    """The page with what would follow, rendered while it reads so; 422 with the sentences that stand against it."""
    try:
        with still_there(), rehearsal.rehearsed(act, about=about) as prospect:
            told = {"prospect": prospect, "changes": changes_of(prospect), "form": form, "problems": problems(form)}
            told |= {"shown": _choices(request)} | (see(prospect) if see else {})
            return render(request, template, context | told, status=status)
    except ValidationError as error:
        place_errors(error, form, places)
    except IntegrityError:
        form.add_error(None, AT_ONCE)
    return page(request, template, context, form=form)


def changes_of(prospect):
    """Pairs of (rehearsal.Step, what readers will see change), in the order in which the editions are made."""
    return [(step, worth_reading(step)) for step in prospect.steps]


def worth_reading(step):
    """List of Difference; on a first edition without the many figures that nobody reported."""
    found = differences.between(step.before, step.document)
    is_first = step.before is None
    silent = gettext(wording.NOT_REPORTED)
    return [one for one in found if not (is_first and one.after == silent and one.field != Outcome.KILLED)]
