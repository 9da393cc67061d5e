"""What every row of the desk carries: public uid, who made it, when it changed, and its version."""

from django.conf import settings
from django.db import models

from events import uids


class Tracked(models.Model):
    uid = models.CharField(max_length=8, unique=True, editable=False, default=uids.new)
    created_at = models.DateTimeField(auto_now_add=True)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", editable=False)
    updated_at = models.DateTimeField(auto_now=True)
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        abstract = True

    @property
    def shown_uid(self):
        return uids.shown(self.uid)


def one_of(field, words):
    """Q: the column holds a code of the list, or nothing where blank is allowed ("" is always allowed)."""
    return models.Q(**{f"{field}__in": ["", *words.codes()]})


def both_or_none(*fields):
    """Q: all of these columns are null, or none is."""
    return models.Q(**{f"{field}__isnull": True for field in fields}) | models.Q(
        **{f"{field}__isnull": False for field in fields}
    )
