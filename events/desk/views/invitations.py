"""Doors for links: admins make and revoke them, whoever was handed one chooses a password by it."""

from functools import wraps

from allauth.account.utils import perform_login
from allauth.core.internal import ratelimit
from django.contrib.auth.decorators import login_not_required
from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables

from events.choices import Role
from events.desk import invitations
from events.desk.forms.manners import DeskForm
from events.desk.forms.team import InviteForm, NewPasswordForm
from events.desk.views.doors import attempt, confirm, for_admins, form_page, page, sent
from events.desk.views.team import member_for, password_first
from events.models.invitation import Invitation

USES = {"invitation": "30/m/ip"}  # how often links are tried from one network


@form_page
@for_admins
def invite(request):
    """The link is on the answer to the request that made it and nowhere else, so there is no redirect."""
    form = InviteForm(
        sent(request), initial={name: request.GET[name] for name in ("username", "role") if name in request.GET}
    )
    if form.is_bound and form.is_valid():
        if form.cleaned_data["role"] == Role.ADMIN and (first := password_first(request, **form.cleaned_data)):
            return first
        if made := attempt(form, lambda: invitations.invite(by=request.user, **form.cleaned_data)):
            return _made(request, *made)
    return page(request, "desk/team/invite.html", {}, form=form)


@form_page
@for_admins
def password_link(request, pk):
    member = member_for(pk)
    form = DeskForm(sent(request))
    if form.is_bound and (first := password_first(request)):
        return first
    if form.is_bound and (made := attempt(form, lambda: invitations.password_link(member, by=request.user))):
        return _made(request, *made)
    words = {
        "title": _("Make a password link for %(member)s") % {"member": member},
        "explanation": _(
            "Whoever opens it chooses a new password for this account, once, within 7 days. Then the old "
            "password stops working and their sessions end. You are asked for your own password first."
        ),
        "button": _("Make the link"),
        "back": reverse("desk-team-person", args=[pk]),
    }
    return page(request, "desk/confirm.html", words, form=form)


@form_page
@for_admins
def revoke(request, uid):
    link = get_object_or_404(Invitation.objects.select_related("account"), uid=uid)
    return confirm(
        request,
        DeskForm(sent(request)),
        lambda: invitations.revoke(link, by=request.user),
        title=_question(link),
        explanation=_("The link stops working at once. You can make another one."),
        button=_("Withdraw the link"),
        is_dangerous=True,
        back=reverse("desk-team"),
        done=_("The link works no more."),
    )


def _question(link):
    if link.is_for_password:
        return _("Withdraw the password link for %(account)s?") % {"account": link.account}
    return _("Withdraw the invitation for %(username)s?") % {"username": link.username}


def _useless_alike(view):
    """Wrong, used, withdrawn and expired links, and those of closed accounts: one and the same answer."""

    @wraps(view)
    def answered(request, secret):
        try:
            return view(request, secret)
        except Http404:
            return render(request, "account/invitation_useless.html", status=404)

    return answered


@login_not_required
@sensitive_post_parameters()
@sensitive_variables("secret")
@never_cache
@form_page
@_useless_alike
def use(request, secret):
    """Choose a password by a link, and be signed in."""
    if not ratelimit.consume(request, app="events", action="invitation", config=USES, limit_get=True):
        return render(request, "429.html", status=429)
    link = invitations.find(secret)
    if link is None:
        raise Http404
    form = NewPasswordForm(sent(request))
    is_good = form.is_bound and form.is_valid()
    if is_good and (person := attempt(form, lambda: _use(secret, form.cleaned_data["password1"]))):
        return perform_login(request, person)
    return page(request, "account/invitation.html", {"link": link}, form=form)


def _use(secret, password):
    try:
        return invitations.use(secret, password=password)
    except Invitation.DoesNotExist as gone:  # used a moment ago, in another window
        raise Http404 from gone


def _made(request, link, secret):
    address = request.build_absolute_uri(reverse("account-invitation", args=[secret]))
    return render(request, "desk/team/link_made.html", {"link": link, "address": address}, status=201)
