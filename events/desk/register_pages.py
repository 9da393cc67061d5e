"""What is particular to each register at the desk: its form, its verbs, how its entries are found."""

from collections.abc import Callable
from dataclasses import dataclass

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from events import access
from events.desk import entries, lookup, registers
from events.desk.forms import registers as forms
from events.desk.forms.naming import ActorField, LocationField, SourceField
from events.desk.problems import errors_under
from events.models.actor import Actor, ActorAlias
from events.models.location import Location, LocationAlias
from events.models.source import Document, Source


@dataclass(frozen=True)
class RegisterPage:
    name: str  # as in addresses
    heading: str
    one: str  # "an actor"
    adds: str  # "Add an actor"
    rows: Callable  # () → QuerySet with what a row shows
    form: type
    add: Callable
    edit: Callable
    around: Callable  # (row, user) → what its page shows besides
    naming_field: type = None  # the field that names an entry, for folding one into another
    alias_model: type = None
    add_alias: Callable = None
    merge: Callable = None
    editors_form: type = None  # for adding, where editors are asked more

    @property
    def list_address(self):
        return reverse(f"desk-{self.name}")

    @property
    def inputs(self):
        """The verb's names of fields → the inputs that hold them."""
        named = ("-pick", "-asked", "_start", "_end", "_precision")
        fields = {*self.form.base_fields, *_DATES}
        return {name: (name, *(f"{name}{part}" for part in named)) for name in fields}

    @property
    def is_foldable(self):
        """For templates, which would call the verb."""
        return self.merge is not None

    def address(self, row):
        return reverse(f"desk-{self.name}-entry", args=[row.uid])

    def edit_address(self, row):
        return reverse(f"desk-{self.name}-edit", args=[row.uid])

    def form_to_add(self, user):
        return self.editors_form if self.editors_form and access.can_judge(user) else self.form

    def found(self, words):
        """Entries whose name, or one of whose other names, holds the words."""
        if not words:
            return self.rows()
        if self.name == "documents":
            return self.rows().filter(Q(title__icontains=words) | Q(source__folded__contains=words))
        wanted = Q(folded__contains=words)
        if self.alias_model:
            owner = self.rows().model._meta.model_name
            wanted |= Q(pk__in=self.alias_model.objects.filter(folded__contains=words).values(owner))
        return self.rows().filter(wanted)

    def add_another(self, *, by, despite, **fields):
        """Add an entry, unless one of nearly its name is known and nobody said that this is another one."""
        if self.naming_field:
            with errors_under("name"):
                lookup.require_another(self.naming_field.kind, fields["name"], despite=despite)
        return self.add(by=by, **fields)

    def doubles(self, form):
        """List of Found that go by nearly the name in a form that was sent."""
        name = form["name"].value() if form.is_bound and self.naming_field else ""
        return lookup.nearly_one(self.naming_field.kind, name) if name else []

    def may_edit(self, user, row):
        """Whether to show the form; the verbs decide again."""
        return access.can_judge(user) or (self.name == "documents" and row.created_by_id == user.pk)

    def may_name(self, user, row):
        """Whether to offer adding, changing and removing names; the verbs decide again."""
        return self.alias_model is not None and (access.can_judge(user) or row.created_by_id == user.pk)


_DATES = ("founded", "dissolved", "published")
PAGES = {
    "actors": RegisterPage(
        name="actors",
        heading=_("Actors"),
        one=_("an actor"),
        adds=_("Add an actor"),
        rows=lambda: Actor.objects.select_related("merged_into").order_by("name", "pk"),
        form=forms.ActorForm,
        add=registers.add_actor,
        edit=registers.edit_actor,
        around=entries.of_actor,
        naming_field=ActorField,
        alias_model=ActorAlias,
        add_alias=registers.add_actor_alias,
        merge=registers.merge_actor,
    ),
    "locations": RegisterPage(
        name="locations",
        heading=_("Places"),
        one=_("a place"),
        adds=_("Add a place"),
        rows=lambda: Location.objects.with_ancestors().select_related("merged_into").order_by("name", "pk"),
        form=forms.LocationForm,
        add=registers.add_location,
        edit=registers.edit_location,
        around=entries.of_location,
        naming_field=LocationField,
        alias_model=LocationAlias,
        add_alias=registers.add_location_alias,
        merge=registers.merge_location,
    ),
    "sources": RegisterPage(
        name="sources",
        heading=_("Sources"),
        one=_("a source"),
        adds=_("Add a source"),
        rows=lambda: Source.objects.select_related("owner", "merged_into").order_by("name", "pk"),
        form=forms.SourceForm,
        editors_form=forms.GradedSourceForm,
        add=registers.add_source,
        edit=registers.edit_source,
        around=entries.of_source,
        naming_field=SourceField,
        merge=registers.merge_source,
    ),
    "documents": RegisterPage(
        name="documents",
        heading=_("Documents"),
        one=_("a document"),
        adds=_("Add a document"),
        rows=lambda: (
            Document.objects.without_text()
            .select_related("source", "derived_from")
            .defer("captured_text", "derived_from__captured_text")
        ),
        form=forms.DocumentForm,
        add=registers.add_document,
        edit=registers.edit_document,
        around=entries.of_document,
    ),
}
