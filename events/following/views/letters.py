"""Doors for letters: the address, the link that confirms it, and the link in each letter that ends them."""

from functools import wraps

from allauth.core.internal import ratelimit
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_POST

from events.following import addresses, letters, saving
from events.following.forms import AddressForm
from events.following.views.doors import attempt, page, sent
from events.following.views.selections import form_page
from events.models.following import MailAddress

# A link goes to an address that anybody may have typed: to each only a few, whoever asks, and few by one person.
LINKS = {"following-address": "5/d/user,3/d/key"}
USES = {"following-link": "30/m/ip"}  # how often links are tried from one network


@form_page
def address(request):
    form = AddressForm(sent(request))
    if form.is_bound and form.is_valid():
        given = form.cleaned_data["address"]
        may = ratelimit.consume(request, app="events", action="following-address", config=LINKS, key=given.lower())
        if not may:
            form.add_error("address", gettext("Several links were sent today already; try again tomorrow."))
        elif attempt(form, lambda: addresses.give(by=request.user, address=given)):
            messages.success(
                request, gettext("A link goes to this address. Nothing else is sent there until you open it.")
            )
            return redirect("following-address")
    held = MailAddress.objects.filter(person=request.user).first()
    return page(request, "following/address.html", {"held": held, "sends_mail": bool(settings.MAIL_HOST)}, form)


@require_POST
def remove(request):
    addresses.remove(by=request.user)
    messages.success(request, gettext("The address is removed; nothing is sent there any more."))
    return redirect("following-address")


def _by_link(view):
    """Open to whoever holds the link, tried a limited number of times; what does not work is answered alike."""

    @wraps(view)
    @login_not_required
    @sensitive_variables()
    @form_page
    def answered(request, **given):
        if not ratelimit.consume(request, app="events", action="following-link", config=USES, limit_get=True):
            return render(request, "429.html", status=429)
        return view(request, **given) or render(request, "following/link_useless.html", status=404)

    return answered


@_by_link
def confirm(request, secret):
    """Opening the link shows a button: programs that look at every link in a letter confirm nothing."""
    if addresses.find(secret) is None:
        return None
    if request.method != "POST":
        return render(request, "following/confirm.html")
    try:
        addresses.confirm(secret)
    except MailAddress.DoesNotExist:
        return None
    return render(request, "following/confirmed.html")


@csrf_exempt
@_by_link
def stop(request, token):
    """RFC 8058: a mail program sends one POST, without cookies, so the signed token stands for the CSRF token too."""
    uid = letters.stopped_by(token)
    if uid is None:
        return None
    if request.method != "POST":
        return render(request, "following/stop.html")
    saving.stop(uid)
    return render(request, "following/stopped.html")
