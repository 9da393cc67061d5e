"""What the doors of following have in common."""

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.http import Http404
from django.shortcuts import render
from django.utils.translation import gettext

from events.desk.forms.manners import AT_ONCE, place_errors, problems
from events.models.following import SavedSelection


def of(user, uid):
    """The person's own saved selection; anybody else's is as absent as one that does not exist."""
    saved = user.saved_selections.filter(uid=uid).first()
    if saved is None:
        raise Http404(gettext("You have no saved selection at this address."))
    return saved


def sent(request):
    """The posted data, or None for a page that is only looked at."""
    return request.POST if request.method == "POST" else None


def attempt(form, act):
    """What the verb gave (True for nothing), or None after its refusal is put at the form's fields. All or nothing."""
    try:
        with transaction.atomic():
            return act() or True
    except ValidationError as error:
        place_errors(error, form)
    except IntegrityError:
        form.add_error(None, AT_ONCE)
    except SavedSelection.DoesNotExist as gone:  # deleted a moment ago, in another tab
        raise Http404 from gone
    return None


def page(request, template, context, form):
    """The page; with status 422 and the summary of problems when it shows a refused form."""
    is_refused = form.is_bound
    context = {"form": form, "problems": problems(form) if is_refused else [], **context}
    return render(request, template, context, status=422 if is_refused else 200)
