"""Doors for saved selections: the list, saving, one with what is new in it, deleting."""

from django.conf import settings
from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from events import work
from events.desk.forms.manners import DeskForm
from events.following import news, saving
from events.following.forms import SaveForm, TellForm
from events.following.views.doors import attempt, of, page, sent
from events.models.following import MailAddress
from events.record import corrections
from events.record.selection import Selection
from events.record.views.addresses import refused, takes

NEWS = 25  # editions on the page of one saved selection
form_page = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
@takes()
def mine(request):
    saved = list(request.user.saved_selections.all())
    selections = news.read(saved)
    rows = [
        {"saved": row, "selection": selection, "new": new}
        for row, selection, new in zip(saved, selections, news.counts(saved, selections), strict=True)
    ]
    context = {
        "rows": rows,
        "most": saving.MOST,
        "sends_mail": bool(settings.MAIL_HOST),
        "address": MailAddress.objects.filter(person=request.user).first(),
        "work": work.state() if any(row.tell != "no" for row in saved) else None,
    }
    return render(request, "following/mine.html", context)


@form_page
def save(request):
    """The query string of the address is the selection; a wrong one is refused as the timeline refuses it."""
    selection = Selection.parse(request.GET)
    if selection.errors:
        return refused(request, [sentence for found in selection.errors.values() for sentence in found])
    suggested = ", ".join(chip.label for chip in selection.chips) or gettext("Everything")
    name = suggested if len(suggested) <= 80 else f"{suggested[:79]}…"
    form = SaveForm(sent(request), mine=request.user.saved_selections.all(), initial={"name": name})
    query = selection.querystring
    is_good = form.is_bound and form.is_valid()
    if is_good and (saved := attempt(form, lambda: _saved(request.user, query, **form.cleaned_data))):
        messages.success(request, gettext("The selection is saved."))
        return redirect("following-entry", saved.uid)
    back = reverse("timeline") + (f"?{query}" if query else "")
    return page(request, "following/save.html", {"selection": selection, "back": back}, form)


def _saved(by, query, *, name, instead):
    if instead is not None:
        return saving.change(instead, by=by, query=query)
    return saving.save(by=by, name=name, query=query)


@form_page
def entry(request, uid):
    """One saved selection: what is new in it, and how its person is told. A new secret is on this answer alone."""
    saved = of(request.user, uid)
    held = {"name": saved.name, "tell": saved.tell, "target": saved.target}
    form = TellForm(sent(request), initial=held)
    if form.is_bound and form.is_valid() and (done := attempt(form, lambda: _settled(saved, request.user, form))):
        saved, secret = done
        if secret:
            return render(request, "following/secret.html", {"saved": saved, "secret": secret}, status=201)
        messages.success(request, gettext("It is changed."))
        return redirect("following-entry", saved.uid)
    return page(request, "following/entry.html", _shown(request, saved), form)


def _settled(saved, by, form):
    given = form.cleaned_data
    saving.rename(saved, by=by, name=given["name"])
    return saving.tell(saved, by=by, way=given["tell"], target=given.get("target", ""))


def _shown(request, saved):
    selection = Selection.several([saved.query])[0]
    until = news.latest()
    found = news.since(saved, selection, after=saved.seen_sequence, until=until)
    newest = list(found.order_by("-pk")[: NEWS + 1])
    return {
        "saved": saved,
        "selection": selection,
        "sentences": [sentence for told in selection.errors.values() for sentence in told],
        "news": corrections.told(newest[:NEWS]),
        "more": len(newest) > NEWS,
        "until": until,
        "deliveries": saved.deliveries.defer("body")[:20],
        "sends_mail": bool(settings.MAIL_HOST),
        "address": MailAddress.objects.filter(person=request.user).first(),
        "calls": settings.WEBHOOKS,
        "digest_hour": settings.DIGEST_HOUR,
    }


@require_POST
def seen(request, uid):
    saved, up_to = of(request.user, uid), request.POST.get("up_to", "")
    if not (up_to.isascii() and up_to.isdecimal() and len(up_to) < 19):
        return refused(request, [gettext("up_to: this is not a position among the editions.")])
    saving.seen(saved, by=request.user, up_to=int(up_to))
    messages.success(request, gettext("Noted: you have seen what was new."))
    return redirect("following")


@form_page
def delete(request, uid):
    saved = of(request.user, uid)
    form = DeskForm(sent(request))
    if form.is_bound and form.is_valid() and attempt(form, lambda: saving.delete(saved, by=request.user)):
        messages.success(request, gettext("The saved selection is deleted."))
        return redirect("following")
    return page(request, "following/delete.html", {"saved": saved}, form)
