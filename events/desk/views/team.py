"""Doors for admins: the people of the team, their roles, closing accounts, who did what."""

from urllib.parse import urlencode

from allauth.account.internal.flows.reauthentication import did_recently_reauthenticate
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from events.choices import Role
from events.desk import audit, sessions, team
from events.desk.forms import team as forms
from events.desk.forms.manners import DeskForm
from events.desk.views.doors import ABSENT, confirm, for_admins, form_page, sent
from events.models.invitation import Invitation

PAGE = 50


def member_for(pk):
    person = team.members().filter(pk=pk).first()
    if person is None:
        raise Http404(str(ABSENT))
    return person


def password_first(request, **typed):
    """None when the person gave their password a few minutes ago; else the way to give it, and back with what they typed."""
    if did_recently_reauthenticate(request):
        return None
    back = f"{request.path}?{urlencode(typed)}" if typed else request.path
    return redirect(f"{reverse('account_reauthenticate')}?{urlencode({'next': back})}")


@require_safe
@for_admins
def people(request):
    form = forms.MembersForm(request.GET)
    found = team.members(**form.wanted) if form.is_valid() else team.members().none()
    context = {
        "form": form,
        "page": Paginator(found, PAGE).get_page(request.GET.get("page")),
        "open_links": Invitation.objects.open(timezone.now()).select_related("account", "created_by"),
    }
    return render(request, "desk/team/people.html", context, status=200 if form.is_valid() else 400)


@require_safe
@for_admins
def person(request, pk):
    member = member_for(pk)
    context = {
        "member": member,
        "sessions": sessions.of(member),
        "entries": audit.in_words(audit.acts(person=member)[:10]),
        "is_self": member.pk == request.user.pk,
    }
    return render(request, "desk/team/person.html", context)


@form_page
@for_admins
def role(request, pk):
    member = member_for(pk)
    form = forms.RoleForm(sent(request), initial={"role": request.GET.get("role", member.role)})
    makes_admin = form.is_bound and form.is_valid() and form.cleaned_data["role"] == Role.ADMIN
    if makes_admin and (first := password_first(request, role=Role.ADMIN)):
        return first
    return confirm(
        request,
        form,
        lambda: team.change_role(member, by=request.user, role=form.cleaned_data["role"]),
        title=_("Change the role of %(member)s") % {"member": member},
        explanation=_(
            "It holds at once, also where they are signed in now and for their API keys. What they wrote stays "
            "under their name. For making somebody an admin you are asked for your own password."
        ),
        button=_("Change the role"),
        back=reverse("desk-team-person", args=[pk]),
        done=_("%(member)s has the chosen role now.") % {"member": member},
    )


@form_page
@for_admins
def deactivate(request, pk):
    member = member_for(pk)
    return confirm(
        request,
        DeskForm(sent(request)),
        lambda: team.deactivate(member, by=request.user),
        title=_("Close the account of %(member)s?") % {"member": member},
        explanation=_(
            "Nobody can sign in with it from now on, its sessions end and its API keys stop. Everything they wrote "
            "stays under their name; what is still in their hands can be handed over before or after. The "
            "selections they saved to follow, and the address for letters about them, are deleted."
        ),
        button=_("Close the account"),
        is_dangerous=True,
        back=reverse("desk-team-person", args=[pk]),
        done=_("The account of %(member)s is closed.") % {"member": member},
    )


@form_page
@for_admins
def reactivate(request, pk):
    member = member_for(pk)
    return confirm(
        request,
        DeskForm(sent(request)),
        lambda: team.reactivate(member, by=request.user),
        title=_("Open the account of %(member)s again?") % {"member": member},
        explanation=_(
            "They can sign in as before, as %(role)s, with the password they had. API keys that were "
            "not revoked work again."
        )
        % {"role": _(Role.label_of(member.role)).lower()},
        button=_("Open the account"),
        back=reverse("desk-team-person", args=[pk]),
        done=_("The account of %(member)s is open again.") % {"member": member},
    )


@require_safe
@for_admins
def acts(request):
    form = forms.AuditForm(request.GET)
    found = audit.acts(**form.cleaned_data) if form.is_valid() else audit.acts().none()
    listed = Paginator(found, PAGE).get_page(request.GET.get("page"))
    context = {"form": form, "page": listed, "entries": audit.in_words(listed.object_list)}
    return render(request, "desk/team/audit.html", context, status=200 if form.is_valid() else 400)
