"""The log sheet as one page holds it: documents, the incident, its sites, and cards of claims."""

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from events.desk import claims, incidents
from events.desk.forms import incident as facts
from events.desk.forms import sheet
from events.desk.forms.additions import Additions
from events.desk.forms.manners import AT_ONCE, leave_unchecked, place_errors, problems
from events.desk.problems import errors_under

# The verb's names of errors → the inputs, where they differ.
PLACES_IN_CLAIM = {"value_code": "kind_code", "asserted_start": "", "lines": "aspect"}


class LogEntry:
    """Forms bound to `data` (what was sent, or what was kept), or an empty sheet with one document and one card."""

    def __init__(self, data=None):
        empty = None if data is not None else [{}]
        self.facts = facts.LogForm(data)
        self.documents = sheet.DocumentFormSet(data, prefix="documents", initial=empty)
        self.sites = sheet.SiteFormSet(data, prefix="sites")
        self.cards = sheet.CardFormSet(
            data,
            prefix="cards",
            initial=empty,
            form_kwargs={
                "documents": max(1, len(self.documents.forms)),
                "sites": len(self.sites.forms),
            },
        )

    @property
    def sets(self):
        return [self.documents, self.sites, self.cards]

    def is_valid(self):
        """All parts are asked, so that all problems show at once."""
        valid = [self.facts.is_valid()]
        for row in (row for card in self.cards.forms for row in card.says.forms):
            row.place_of_incident = self.facts.cleaned_data.get("place")
        valid += [rows.is_valid() for rows in self.sets]
        return all(valid) and self._fits_together()

    @property
    def holds_facts_only(self):
        """No document, site or claim is on the sheet; to be asked after `is_valid`."""
        return not any(row.is_used for rows in self.sets for row in rows.forms)

    @property
    def problems(self):
        found = problems(*self.facts.parts)
        for rows in self.sets:
            found += problems(rows.management_form) + [
                sheet.in_row(problem, f"{rows.row_name} {number}")
                for number, row in enumerate(rows.forms, start=1)
                for problem in sheet.problems_of(row)
            ]
        return found

    def leave_unchecked(self):
        for part in (*self.facts.parts, *self.sets):
            if part.is_bound:
                leave_unchecked(part)
        for row in (*self.sites.forms, *self.cards.forms):
            _leave_row_unchecked(row)

    def save(self, *, by, submit=False):
        """Log everything as a draft, in one transaction; submit it at once where wanted.

        Returns the incident, or None after putting the refusal at the fields. Lets PermissionDenied through.
        """
        return self._attempt(lambda: self._log(by, submit))

    def add_to(self, incident, *, by):
        """Add the claims of the sheet to an incident that exists already; its own facts stay. As `save` otherwise."""
        return self._attempt(lambda: self._add_claims(incident, by))

    def _attempt(self, act):
        try:
            with transaction.atomic():
                return act()
        except ValidationError as error:
            self._place(error)
        except IntegrityError:
            self.facts.add_error(None, AT_ONCE)
        return None

    def _log(self, by, submit):
        fields = self.facts.fields_given(by=by)
        said = self._claims(by)
        sites = [
            {"fields": self._site_fields(number, fields, by), "claims": _without_rows(said[number])}
            for number, _site in self._numbered_sites()
        ]
        key = self.facts.cleaned_data["entry_key"]
        incident = incidents.log(by=by, fields=fields, claims=_without_rows(said[0]), sites=sites, entry_key=key)
        if submit:
            parts = [link.from_incident for link in incident.links_in.select_related("from_incident").order_by("pk")]
            incidents.submit_all([incident, *parts], by=by)
        return incident

    def _site_fields(self, number, whole, by):
        place = [site for site, _ in self._numbered_sites()].index(number)
        with errors_under(f"sites.{place}"):
            return self.sites.forms[number - 1].fields_given(whole, by=by)

    def _add_claims(self, incident, by):
        if self.sites.used:
            raise ValidationError(
                _("Sites are parts of a new incident; clear them to add the claims to one that exists.")
            )
        for given in _without_rows(self._claims(by)[0]):
            claims.add(incident, by=by, **given)
        return incident

    def _claims(self, by):
        """Number of the site (0: the whole) → list of (statement row, claim as `incidents.log` takes it). Writes."""
        added = Additions(by)
        cited = self._documents_cited(by)
        found = {0: [], **{number: [] for number, _site in self._numbered_sites()}}
        for card in self.cards.in_order:
            with errors_under(f"cards.{self.cards.forms.index(card)}"):
                who = added.actor(card.cleaned_data["claimant"], card.new_claimant, "claimant")
            for number, row in enumerate(card.says.forms):
                if not row.is_used:
                    continue
                with errors_under(f"cards.{self.cards.forms.index(card)}.says.{number}"):
                    claim = _claim(row, card.fields_given | {"claimant": who}, cited.get(card.document_number), added)
                found[int(row.cleaned_data["site"] or 0)].append((row, claim))
        self._said = found
        return found

    def _documents_cited(self, by):
        """Number of the row → the document, known or added now. Writes."""
        cited = {}
        for number, row in enumerate(self.documents.forms, start=1):
            if row.is_used:
                with errors_under(f"documents.{number}"):
                    cited[number] = row.document_cited(by=by)
        return cited

    def _numbered_sites(self):
        return [(number, site) for number, site in enumerate(self.sites.forms, start=1) if site.is_used]

    def _fits_together(self):
        """What only the parts together can tell: every card has its document, every statement its site."""
        sites = {str(number) for number, _site in self._numbered_sites()} | {""}
        fits = True
        for card in self.cards.used:
            if not self._has_document(card):
                card.add_error(
                    "document",
                    _("Document %(number)s is empty; describe it above.") % {"number": card.document_number},
                )
                fits = False
            for row in card.statements:
                if row.cleaned_data["site"] not in sites:
                    row.add_error(
                        "site",
                        _("Site %(number)s is empty; name its place above.") % {"number": row.cleaned_data["site"]},
                    )
                    fits = False
        return fits

    def _has_document(self, card):
        """A card without any document is a draft of claims yet to be cited; one that names a further document is not."""
        number = card.document_number
        is_first_of_none = number == 1 and not self.documents.used
        return is_first_of_none or (number <= len(self.documents.forms) and self.documents.forms[number - 1].is_used)

    def _place(self, error):
        """Put "claims.0.lines.1.low" and "sites.1.claims.0.value_text" at their rows, everything else at the facts."""
        if not hasattr(error, "error_dict"):
            place_errors(error, self.facts)
            return
        for name, messages in error.message_dict.items():
            row, field = self._row_of(name)
            if row is None:
                place_errors(ValidationError({name: messages}), self.facts, facts.PLACES_OF_ERRORS)
                continue
            field = PLACES_IN_CLAIM.get(field, field)
            row.add_error(field if field in row.fields else None, messages)

    def _row_of(self, name):
        """(the row that an error is about, the name of its field), or (None, name)."""
        parts = name.split(".")
        site = 0
        if parts[0] == "documents":
            return self.documents.forms[int(parts[1]) - 1], parts[-1]
        if parts[0] == "cards":
            card = self.cards.forms[int(parts[1])]
            return (card.says.forms[int(parts[3])] if parts[2] == "says" else card), parts[-1]
        if parts[0] == "sites" and len(parts) > 2:
            number, row = self._numbered_sites()[int(parts[1])]
            if parts[2] != "claims":
                return row, {"location": "place"}.get(parts[2], parts[2])
            site, parts = number, parts[2:]
        if parts[0] == "claims" and len(parts) > 2:
            row = self._said[site][int(parts[1])][0]
            return _cell_of(row, parts[2:])
        return None, name


def _cell_of(row, path):
    """(form, field) for the rest of the path of an error in a claim: "lines.1.low", "citations.0.excerpt"."""
    if path[0] == "lines" and len(path) > 2:
        return row.toll, row.toll.filled[int(path[1])].name
    return row, path[-1]


def _claim(row, who, document, added):
    fields = who | row.fields_given
    fields["value_actor"] = added.actor(fields["value_actor"], row.new_actor, "value_actor")
    fields["value_location"] = added.place(fields["value_location"], row.new_place, "value_location")
    citations = [row.citation_given | {"document": document}] if document is not None else []
    lines = row.toll.lines_given if row.has_toll else []
    return {"fields": fields, "lines": lines, "citations": citations}


def _without_rows(said):
    return [claim for _, claim in said]


def _leave_row_unchecked(row):
    for part in getattr(row, "parts", [row]):
        if part.is_bound:
            leave_unchecked(part)
    if hasattr(row, "says"):
        leave_unchecked(row.says)
        for inner in row.says.forms:
            _leave_row_unchecked(inner)
            if inner.toll.is_bound:
                leave_unchecked(inner.toll)
