"""What every row of the desk carries: public uid, who made it, when it changed, and its version."""

from django.conf import settings
from django.db import models
from django.utils.functional import lazy
from django.utils.translation import gettext

from events import uids


class Tracked(models.Model):
    uid = models.CharField(max_length=8, unique=True, editable=False, default=uids.new)
    created_at = models.DateTimeField(auto_now_add=True)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", editable=False)
    updated_at = models.DateTimeField(auto_now=True)
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        abstract = True

    def validate_constraints(self, exclude=None):
        """As Django does, but with one query for all checks together; only if one fails, each for its own sentence."""
        self._checks_hold = not exclude and checks_hold(self)
        super().validate_constraints(exclude=exclude)

    def get_constraints(self):
        constraints = super().get_constraints()
        if not getattr(self, "_checks_hold", False):
            return constraints
        return [(model, [one for one in of_model if not _is_check(one)]) for model, of_model in constraints]

    @property
    def shown_uid(self):
        return uids.shown(self.uid)


def checks_hold(row):
    """Whether the row as it stands passes every CheckConstraint of its table; asks the database once."""
    checks = [constraint.condition for constraint in row._meta.constraints if _is_check(constraint)]
    if not checks:
        return True
    fields = row._meta.concrete_fields
    against = {field.name: models.Value(getattr(row, field.attname), field) for field in fields}
    return models.Q(*checks).check(against | {"pk": models.Value(row.pk, row._meta.pk)})


def _is_check(constraint):
    return isinstance(constraint, models.CheckConstraint)


def where_set(model_name, *fields):
    """Indexes of columns that are mostly null, each of its rows that have a value: nobody pays for the others."""
    for field in fields:
        yield models.Index(
            fields=(field,), name=f"{model_name}_{field}", condition=models.Q(**{f"{field}__isnull": False})
        )


def words_known(model_name, may_be_empty=(), **lists):
    """A constraint: each column holds a code of its closed list; those in `may_be_empty` may also be ""."""
    known = [
        models.Q(**{f"{field}__in": [*([""] if field in may_be_empty else []), *words.codes()]})
        for field, words in lists.items()
    ]
    return models.CheckConstraint(
        condition=models.Q(*known),
        name=f"{model_name}_words_known",
        violation_error_message=_choose_from_lists(tuple(lists)),
    )


def _choose_from(fields):
    named = ", ".join(gettext(field.replace("_", " ")) for field in fields)
    return gettext("Choose from the lists: %(lists)s.") % {"lists": named}


_choose_from_lists = lazy(_choose_from, str)


def both_or_none(*fields):
    """Q: all of these columns are null, or none is."""
    return models.Q(**{f"{field}__isnull": True for field in fields}) | models.Q(
        **{f"{field}__isnull": False for field in fields}
    )
