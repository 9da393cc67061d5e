"""Doors for the discussion of an incident."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from events import access
from events.desk import discussion, mentions
from events.desk.forms.manners import DeskForm
from events.desk.forms.talk import CommentForm, TextForm
from events.desk.views.doors import ABSENT, attempt, confirm, for_desk, form_page, incident_for, page, sent
from events.models.comment import Comment

PAGE = 100
PAGES = {"review": "desk-review", "discussion": "desk-incident-discussion", "incident": "desk-incident"}


def section(incident, user, *, on="incident"):
    """Context of the template desk/discussion/discussion.html for a page: `on` is "incident" or "review"."""
    form = CommentForm(incident=incident, initial={"page": on})
    return {"discussion": discussion.on(incident, user), "comment_form": form}


@form_page
@for_desk
def say(request, uid):
    """The whole discussion by itself; comments made on other pages are sent here and lead back there."""
    incident = incident_for(request.user, uid)
    initial = {"page": "discussion", "claim": request.GET.get("about", "")}
    form = CommentForm(sent(request), incident=incident, initial=initial)
    if form.is_bound and form.is_valid():
        given = form.cleaned_data
        said = {"text": given["text"], "claim": given["claim"]}
        if comment := attempt(form, lambda: discussion.say(incident, by=request.user, **said)):
            return _back_to(request, comment, given["page"])
    shown = Paginator(discussion.all_on(incident), PAGE).get_page(request.GET.get("page"))
    comments = discussion.prepared(shown, incident, request.user)
    context = {"incident": incident, "page": shown, "comments": comments, "comment_form": form}
    return page(request, "desk/discussion/page.html", context, form=form)


@form_page
@for_desk
def rewrite(request, uid):
    comment = _comment_for(request.user, uid)
    access.require_rewrite_comment(request.user, comment)
    form = TextForm(sent(request), initial={"text": comment.text})
    answer = confirm(
        request,
        form,
        lambda: discussion.rewrite(comment, by=request.user, text=form.cleaned_data["text"]),
        title=_("Rewrite your comment"),
        explanation=_("You can as long as nobody else has answered. The desk keeps what you wrote before."),
        button=_("Save"),
        back=_address(comment),
        done=_("Your comment is rewritten."),
    )
    _say_who_was_not_told(request, comment, if_saved=answer)
    return answer


@require_POST
@for_desk
def resolve(request, uid):
    return _settle(request, uid, discussion.resolve, _("Resolved. It stands folded below the open comments."))


@require_POST
@for_desk
def reopen(request, uid):
    return _settle(request, uid, discussion.reopen, _("The comment is open again."))


def _settle(request, uid, verb, done):
    comment = _comment_for(request.user, uid)
    form = DeskForm(request.POST)
    if attempt(form, lambda: verb(comment, by=request.user)):
        messages.success(request, done)
    for sentence in form.non_field_errors():
        messages.warning(request, sentence)
    return redirect(_address(comment, request.POST.get("page", "")))


def _comment_for(user, uid):
    """The comment; hidden together with its incident."""
    about = ("incident", "claim", "created_by", "resolved_by")
    comment = Comment.objects.select_related(*about).filter(uid=uid).first()
    if comment is None or not access.can_see_incident(user, comment.incident):
        raise Http404(str(ABSENT))
    return comment


def _back_to(request, comment, on):
    messages.success(request, _("Your comment is saved."))
    _say_who_was_not_told(request, comment)
    return redirect(_address(comment, on))


def _say_who_was_not_told(request, comment, if_saved=None):
    if if_saved is not None and if_saved.status_code != 302:
        return
    comment.refresh_from_db()
    for sentence in mentions.unheard(comment):
        messages.warning(request, sentence)


def _address(comment, on=""):
    name = PAGES.get(on, "desk-incident")
    return reverse(name, args=[comment.incident.uid]) + f"#comment-{comment.uid}"
