"""Asking the record as it stood: which earlier state is meant, read as strictly as every other parameter."""

import re
from datetime import UTC, datetime, timedelta
from functools import cached_property

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext, gettext_lazy

from events.models.edition import Edition
from events.models.release import Release
from events.record import sequence, shelves
from events.record.parameters import one_of, quoted
from events.rules.derive import RULESET

MOMENT = re.compile(r"\d{4}-\d\d-\d\d(?:[Tt]\d\d:\d\d:\d\d(?:\.\d{1,6})?(?:[Zz]|[+-]\d\d:\d\d))?", re.ASCII)
LONGEST_NUMBER = 18  # digits; what every database keeps as a number


class AsOfField(forms.CharField):
    """The last moment that counts, in UTC; None if not given.

    A day counts to its end in UTC, a second to its end as well: documents tell their moment to the second.
    """

    def clean(self, value):
        text = super().clean(value).strip()
        if not text:
            return None
        (first, last), now = _span(text), timezone.now()
        if first > now:
            said = gettext("%(text)s lies in the future; it is %(now)s now. Leave it out for the record as it is.")
            raise ValidationError(said % {"text": quoted(text), "now": shown(now)})
        return min(last, now)


class PlaceField(forms.CharField):
    """A place in the sequence of the record, 0 before the first; None if not given."""

    def clean(self, value):
        text = super().clean(value).strip()
        if not text:
            return None
        last = sequence.latest()
        if not (text.isascii() and text.isdecimal() and len(text) <= LONGEST_NUMBER) or int(text) > last:
            said = gettext(
                "%(text)s is no place in the sequence of this record; use a whole number from 0 to %(last)d, the last one."
            )
            raise ValidationError(said % {"text": quoted(text), "last": last})
        return int(text)


class ReleaseField(forms.CharField):
    """The release of that name; None if not given."""

    def clean(self, value):
        text = super().clean(value).strip()
        if not text:
            return None
        found = {release.name: release for release in Release.objects.complete()}
        if text not in found:
            remedy = one_of(found) if found else gettext("There are none so far.")
            said = gettext("%(text)s is no release of this record. %(remedy)s")
            raise ValidationError(said % {"text": quoted(text), "remedy": remedy})
        return found[text]


class PastForm(forms.Form):
    """The parameters that name an earlier state, of which one can be given; without one it is the record as it is."""

    as_of = AsOfField(
        required=False,
        help_text=gettext_lazy(
            "The record as it stood: the editions that were the latest at the end of this day (UTC) or at this moment, "
            "2024-03-18 or 2024-03-18T12:00:00Z. Names and sides are those of the registers today."
        ),
    )
    edition = PlaceField(
        required=False,
        help_text=gettext_lazy(
            "The record as it stood right after this place in its sequence, such as the last_sequence of an answer."
        ),
    )
    release = ReleaseField(
        required=False,
        help_text=gettext_lazy("The record as it was frozen in the release of this name, such as 2026.1."),
    )

    def clean(self):
        super().clean()
        given = [name for name in PastForm.base_fields if self.data.get(name, "").strip()]
        for name in given[1:]:
            said = gettext("%(first)s names an earlier state already; give one of as_of, edition and release.")
            self.add_error(name, said % {"first": given[0]})

    @cached_property
    def shelf(self):
        """The shelf of the state that is asked for; that of the present while something is wrong."""
        given = {} if self.errors else self.cleaned_data
        if given.get("release"):
            return shelves.of_release(given["release"])
        if given.get("edition") is not None:
            return shelves.at_edition(given["edition"])
        return shelves.at_moment(given["as_of"], shown(given["as_of"])) if given.get("as_of") else shelves.NOW

    @property
    def told(self):
        """What an answer says of the state: which one, the ruleset in force, how many editions are withheld by now.

        Two queries at most.
        """
        given = self.cleaned_data
        state = {"as_of": given["as_of"] and shown(given["as_of"]), "edition": given["edition"]}
        state["release"] = given["release"] and given["release"].name
        if self.shelf is shelves.NOW:
            return {"ruleset": RULESET, **state, "withheld": 0}
        return {"ruleset": self._ruleset(), **state, "withheld": self.shelf.withheld}

    def _ruleset(self):
        """By which rules the last edition of the state was made."""
        given = self.cleaned_data
        if given["release"]:
            return given["release"].ruleset
        limit = {"published_at__lte": given["as_of"]} if given["as_of"] else {"pk__lte": given["edition"]}
        last = Edition.objects.filter(**limit).order_by("-pk").values_list("ruleset", flat=True).first()
        return last or RULESET


def shown(moment):
    """A moment as answers tell it, and as as_of takes it."""
    is_whole = moment.microsecond in (0, 999_999)
    return f"{moment.astimezone(UTC):%Y-%m-%dT%H:%M:%S}{'' if is_whole else f'.{moment.microsecond:06}'}Z"


def _span(text):
    """(first, last microsecond) of the day or the second that is written; twice the moment where it has a fraction."""
    try:
        if not MOMENT.fullmatch(text):
            raise ValueError
        moment = datetime.fromisoformat(text.upper())
        length = timedelta(days=1) if moment.tzinfo is None else timedelta(seconds="." not in text)
        first = (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(UTC)
        return first, max(first, first + length - timedelta(microseconds=1))
    except (ValueError, OverflowError) as error:
        said = gettext(
            "%(text)s is no moment; write 2024-03-18T12:00:00Z, or 2024-03-18 for the end of a day in UTC. In an address "
            "the + of an offset is written %%2B."
        )
        raise ValidationError(said % {"text": quoted(text)}) from error
