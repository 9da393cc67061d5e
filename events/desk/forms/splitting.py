"""Input for splitting an incident: one row per site, and for each claim where it goes."""

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from events.choices import LocationPrecision
from events.desk import wording
from events.desk.forms.manners import DeskForm, RowSet, leave_unchecked, listed
from events.desk.forms.naming import LocationField
from events.desk.forms.place import PRECISION_OF_LEVEL
from events.desk.splitting import MOST

FIRST = 2  # rows of an empty page
STAYS, MOVES, COPIED, EVERYWHERE = "", "move", "copy", "copy-all"


class SiteForm(DeskForm):
    place = LocationField(label=_("Place"), required=True, help_text=_("Any spelling; it is in the gazetteer already."))
    location_precision = forms.ChoiceField(
        label=_("How exactly the place is known"),
        required=False,
        choices=[("", _("As fine as the place named")), *listed(LocationPrecision)],
    )
    title = forms.CharField(
        label=_("Title"),
        max_length=200,
        required=False,
        help_text=_("Left empty: the title of the whole, and the place."),
    )

    @property
    def fields_given(self):
        """What the verb takes of one site, without its claims."""
        place = self.cleaned_data["place"]
        precision = self.cleaned_data["location_precision"] or PRECISION_OF_LEVEL[place.level].value
        return {"title": self.cleaned_data["title"], "location": place, "location_precision": precision}


class SiteRows(RowSet):
    row_name = _("Site")


SiteFormSet = forms.formset_factory(SiteForm, formset=SiteRows, extra=0, max_num=MOST, absolute_max=MOST)


class SplitForm(DeskForm):
    """A field for each claim, and the rows of sites as `sites`."""

    def __init__(self, data=None, *, claims, **kwargs):
        super().__init__(data, **kwargs)
        self.claims = {f"claim_{claim.uid}": claim for claim in claims}
        self.sites = SiteFormSet(data, prefix="sites", initial=None if data is not None else [{}] * FIRST)
        choices = self._choices(len(self.sites.forms))
        for name, claim in self.claims.items():
            label = f"{claim.who}: {wording.said(claim)} ({gettext(claim.get_verdict_display()).lower()}, {claim.shown_uid})"
            self.fields[name] = forms.ChoiceField(label=label, choices=choices, required=False)

    @property
    def parts(self):
        """The form and the rows, for the summary of problems."""
        return [self.sites, self]

    def is_valid(self):
        return all([super().is_valid(), self.sites.is_valid()])

    def leave_unchecked(self):
        for part in self.parts:
            leave_unchecked(part)

    def clean(self):
        cleaned = super().clean()
        used = self._used()
        if not used:
            self.add_error(None, gettext("Name at least one site: its place is enough."))
        for name in self.claims:
            number = cleaned.get(name, "").rpartition("-")[2]
            if number.isdecimal() and int(number) - 1 not in used:
                self.add_error(
                    name, gettext("Site %(number)s has no place; fill it in, or choose another.") % {"number": number}
                )
        return cleaned

    @property
    def parts_given(self):
        """What the verb takes: one dict for each site that is filled in."""
        return [
            self.sites.forms[index].fields_given
            | {
                "moved": self._going(f"{MOVES}-{index + 1}"),
                "copied": [*self._going(f"{COPIED}-{index + 1}"), *self._going(EVERYWHERE)],
            }
            for index in self._used()
        ]

    def _used(self):
        """Indexes of the rows in which something was typed."""
        return [index for index, form in enumerate(self.sites.forms) if form.has_changed()]

    def _going(self, where):
        return [claim for name, claim in self.claims.items() if self.cleaned_data[name] == where]

    @staticmethod
    def _choices(count):
        sites = range(1, count + 1)
        return [
            (STAYS, gettext("Stays with the whole")),
            *((f"{MOVES}-{number}", gettext("Moves to site %(number)s") % {"number": number}) for number in sites),
            *((f"{COPIED}-{number}", gettext("Copied to site %(number)s") % {"number": number}) for number in sites),
            (EVERYWHERE, gettext("Copied to every site")),
        ]
