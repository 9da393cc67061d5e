"""What stands in place of something that was public: why it left, and where its editions are told."""

from http import HTTPStatus

from django.urls import reverse

from events import uids
from events.api.errors import Problem
from events.choices import EditionReason
from events.models.edition import Subject


def gone(edition, what="This incident was withdrawn"):
    said = EditionReason.label_of(edition.reason).lower()
    return Problem(
        HTTPStatus.GONE,
        f"{what} on {edition.published_at:%Y-%m-%d} ({said}). {edition.note}".strip(),
        reason=edition.reason,
        note=edition.note,
        edition=edition.number,
        editions=_editions_of(edition),
    )


def history(subject, uid):
    return f"{reverse('api-editions')}?subject={subject}&uid={uids.shown(uid)}"


def _editions_of(edition):
    if edition.subject == Subject.INCIDENT:
        return reverse("api-incident-editions", args=[edition.subject_uid])
    return history(edition.subject, edition.subject_uid)
