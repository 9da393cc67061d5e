"""Search of the whole public record from one box."""

from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from events.record import parameters
from events.record.search import page
from events.record.search.question import asked
from events.record.views.addresses import takes

YES = "yes"


@login_not_required
@require_safe
@takes("q", "type", "as_typed", "after")
def search(request):
    text, kind = request.GET.get("q", "").strip(), request.GET.get("type", "all")
    if sentences := _wrong(request.GET):
        return _shown(request, {"text": text, "sentences": sentences}, status=400)
    if not text:
        return _shown(request, {"text": ""})
    try:
        question = asked(text)
    except ValidationError as error:
        return _shown(request, {"text": text, "sentences": error.messages}, status=400)
    if question.uid and (address := page.address_of(question.uid)):
        return redirect(address)
    found = page.results(question, kind, request.GET.get("after"), is_literal="as_typed" in request.GET)
    return _shown(request, {"text": text, "found": found, "is_first": "after" not in request.GET})


def _shown(request, context, status=200):
    return render(request, "record/search.html", context, status=status)


def _wrong(query):
    """Sentences about parameters that have values they cannot have."""
    found = []
    kind, typed = query.get("type", "all"), query.get("as_typed", YES)
    if kind not in page.KINDS:
        labels = {code: str(label) for code, label in page.KINDS.items()}
        sentence = parameters.refuse_code(kind, labels, _("a kind of result"))
        found.append(f"type: {sentence}")
    if typed != YES:
        sentence = parameters.refuse_code(typed, {YES: YES}, _("an answer"))
        found.append(f"as_typed: {sentence}")
    if "q" not in query and {"type", "as_typed", "after"} & query.keys():
        found.append(_("type, as_typed and after say something about a search; add q, the words to look for."))
    return found
