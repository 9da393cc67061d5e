"""A claim as one page holds it: the claim, its lines, its citations, and what has to be added to the registers for it."""

import hashlib
import json
import uuid

from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from events.choices import Aspect
from events.desk import claims, dossier, wording
from events.desk.forms import grid, toll
from events.desk.forms.additions import Additions
from events.desk.forms.citation import CitationForm, CitationFormSet
from events.desk.forms.claim import ClaimForm
from events.desk.forms.manners import AT_ONCE, leave_unchecked, place_errors, problems, typed
from events.desk.forms.toll import LineFormSet
from events.desk.stale import Difference

# The verb's names of errors → the inputs, where they differ.
PLACES_OF_ERRORS = {
    "value_code": "kind_code",
    "asserted_zone": "asserted_start",
    "lines": "value_text",
}
LINE_PLACES = {"low": "number", "best": "number", "high": "number", "qualifier": "number", "subset_of": "subset_row"}
ONE_DAY = 24 * 60 * 60
SENT_ALREADY = _(
    "This page was sent already and its claim is there; what you changed since is not. "
    "Edit that claim, or send the page again to add another one."
)
# What a browser sends that is not the content of the claim: its token, the key of the page, the button pressed.
BESIDES = {"csrfmiddlewaretoken", "entry_key", "save", "add_claim", "unfinished"}


class ClaimEntry:
    """Forms bound to `data` when it is given, else showing `claim`, else empty for a new claim on `subject`.

    Offers the documents that `user` may see. `made_before` is the uid of the claim that this very page made before.
    """

    def __init__(self, subject, *, user, data=None, claim=None, aspect=""):
        self.subject, self.claim, self.made_before = subject, claim, ""
        earlier = list(dossier.claims_on(subject).exclude(pk=claim.pk if claim else None).with_everything())
        shown = ClaimForm.initial_from(claim) if claim else {"aspect": aspect, "entry_key": str(uuid.uuid4())}
        in_grid = grid.initial_from(claim) if claim else {}
        rows = toll.initial_rows(claim) if in_grid is None else []
        cited = [CitationForm.initial_from(citation) for citation in claim.citations.all()] if claim else []
        documents = {"documents": dossier.documents_of(subject, user)}
        self.form = ClaimForm(data, subject=subject, earlier=earlier, initial=shown)
        self.grid = grid.TollGrid(data, prefix="toll", initial=in_grid or {})
        self.lines = LineFormSet(data, prefix="lines", initial=None if data is not None else rows)
        self.citations = CitationFormSet(
            data, prefix="citations", initial=None if data is not None else cited or [{}], form_kwargs=documents
        )

    def is_valid(self):
        """All forms are asked, so that all problems show at once; lines only where the aspect has them."""
        valid = [self.form.is_valid(), self.citations.is_valid()]
        if self.form.data.get("aspect") == Aspect.CASUALTIES:
            valid += [self.grid.is_valid(), self.lines.is_valid()]
        return all(valid)

    @property
    def problems(self):
        has_toll = self.form.aspect_now == Aspect.CASUALTIES
        return problems(*self.form.parts, *([self.grid, self.lines] if has_toll else []), self.citations)

    def leave_unchecked(self):
        for part in (*self.form.parts, self.grid, self.lines, self.citations):
            if part.is_bound:
                leave_unchecked(part)

    def save(self, *, by):
        """Add the claim, or edit the one shown, with everything that it needs, in one transaction.

        Returns the claim, or None after putting the refusal at the fields. Lets PermissionDenied and Stale through.
        """
        try:
            with transaction.atomic():
                return self._write(by)
        except ValidationError as error:
            self._place(error)
        except IntegrityError:
            self.form.add_error(None, AT_ONCE)
        return None

    def save_once(self, key, *, by):
        """As `save`, but returns the uid, and the same one again when the page with this key is sent twice.

        The key is kept in the transaction of the claim: the second sender waits for the first and then finds it. With
        other content than the first time the page is refused, so that nothing typed is lost, and gets a new key.
        """
        content = self._fingerprint()
        try:
            with transaction.atomic():
                if cache.add(key, (content, ""), ONE_DAY):
                    claim = self._write(by)
                    cache.set(key, (content, claim.uid), ONE_DAY)
                    return claim.uid
                before, uid = cache.get(key) or ("", "")
        except ValidationError as error:
            self._place(error)
            return None
        except IntegrityError:
            before, uid = "", ""
        if uid and before == content:
            return uid
        self._refuse_again(uid)
        return None

    def as_sent(self):
        """Dict of what a browser would send for the forms as they stand."""
        sent = typed(self.form) | typed(self.grid)
        for rows in (self.lines, self.citations):
            sent |= typed(rows.management_form)
            for form in rows.forms:
                sent |= typed(form)
        return sent

    def differences(self, stale):
        """Those of the claim, and of its lines and citations, which hang on it in tables of their own."""
        theirs, found = stale.row, list(stale.differences)
        lines = self.lines_given if theirs.aspect == Aspect.CASUALTIES else []
        rows = {
            "lines": (
                gettext("Casualty lines"),
                lines,
                [vars(line) | {"party": line.party} for line in theirs.lines.all()],
            ),
            "citations": (
                gettext("Citations"),
                [form.fields_given | {"document": form.title_shown} for form in self.citations.used],
                [vars(citation) | {"document": citation.document} for citation in theirs.citations.all()],
            ),
        }
        for name, (label, mine, saved) in rows.items():
            words = {"lines": wording.line, "citations": wording.citation}[name]
            here, there = ("\n".join(map(words, part)) for part in (mine, saved))
            if here != there:
                found.append(Difference(name, label, here, there))
        return found

    @property
    def lines_given(self):
        """List of dicts as `claims.add` takes them: the cells of the grid, then the rows below it."""
        in_grid = self.grid.lines_given
        below = self.lines.lines_given
        for line in below:
            if line["subset_of"] is not None:
                line["subset_of"] += len(in_grid)
        return in_grid + below

    def _fingerprint(self):
        """SHA-256 of what was typed and of what it is about, for telling a double submit from a second claim."""
        typed = sorted((name, values) for name, values in self.form.data.lists() if name not in BESIDES)
        about = [self.subject._meta.label, self.subject.pk]
        return hashlib.sha256(json.dumps([about, typed]).encode()).hexdigest()

    def _refuse_again(self, uid):
        """The page was sent before: with its claim's uid, or "" when that is not known yet."""
        self.made_before = uid
        self.form.add_error(None, SENT_ALREADY if uid else AT_ONCE)
        if uid:
            self.form.data = self.form.data.copy()
            self.form.data["entry_key"] = str(uuid.uuid4())

    def _write(self, by):
        fields = self._registered(by)
        lines = self.lines_given if fields["aspect"] == Aspect.CASUALTIES else []
        cited = [form.fields_given | {"document": form.document_cited(by=by)} for form in self.citations.used]
        if self.claim is None:
            return claims.add(self.subject, by=by, fields=fields, lines=lines, citations=cited)
        version = self.form.cleaned_data["version"] or 0
        return claims.edit(self.claim, by=by, version=version, fields=fields, lines=lines, citations=cited)

    def _registered(self, by):
        """The claim's fields, with rows of the registers in place of the names that were typed for new ones."""
        fields, added = self.form.fields_given, Additions(by)
        fields["claimant"] = added.actor(fields["claimant"], self.form.new_claimant, "claimant")
        fields["value_actor"] = added.actor(fields["value_actor"], self.form.new_actor, "value_actor")
        fields["value_location"] = added.place(fields["value_location"], self.form.new_place, "value_location")
        return fields

    def _place(self, error):
        """Put "lines.0.low" and "citations.1.excerpt" at their rows, everything else at the claim."""
        if not hasattr(error, "error_dict"):
            place_errors(error, self.form)
            return
        for name, messages in error.message_dict.items():
            row, field = self._row_of(name)
            if row is None:
                place_errors(ValidationError({name: messages}), self.form, PLACES_OF_ERRORS)
            else:
                row.add_error(field if field in row.fields else None, messages)

    def _row_of(self, name):
        """(the form of the row that an error is about, the name of its field), or (None, name)."""
        part, _, rest = name.partition(".")
        index, _, field = rest.partition(".")
        if part not in ("lines", "citations") or not index.isdecimal():
            return None, name
        if part == "citations":
            rows = [(form, field) for form in self.citations.used]
        else:
            rows = [(self.grid, cell.name) for cell in self.grid.filled]
            rows += [(form, LINE_PLACES.get(field, field)) for form in self.lines.forms if form.is_used]
        return rows[int(index)] if int(index) < len(rows) else (None, name)
