"""The one reading of the query string by which public incidents are chosen, for pages and API alike."""

from dataclasses import dataclass

from django.http import QueryDict
from django.utils.http import urlencode

from events import names
from events.record import chips, named, parameters
from events.record.filters import REPEATABLE, PublishedIncidentFilter
from events.record.shelves import NOW


@dataclass(frozen=True)
class Suggestion:
    """A way out of a refused name: the row that may be meant, and the query string that asks for it."""

    row: object
    address: str


class Selection:
    """A query string, read; either with `errors`, then it selects nothing, or with what it chooses."""

    @classmethod
    def parse(cls, query, extra=(), shelf=NOW):
        """Read a QueryDict. `extra` names further single parameters that the door itself takes (cursor, page_size)."""
        return cls(query, extra, shelf=shelf)

    @classmethod
    def about(cls, **found):
        """The selection of one actor, location or source that was found already; it costs no query."""
        query = QueryDict(urlencode({name: row.slug for name, row in found.items()}))
        return cls(query, at_hand={name: {row.slug: row} for name, row in found.items()})

    @classmethod
    def several(cls, querystrings):
        """List of Selection for query strings in normal form, in their order. The same few queries however many they are."""
        read = [QueryDict(text) for text in querystrings]
        fields = {name: one.field for name, one in PublishedIncidentFilter.base_filters.items()}
        at_hand = named.ahead(fields, read)
        return [cls(query, at_hand=at_hand) for query in read]

    def __init__(self, query, extra=(), at_hand=None, shelf=NOW):
        self.shelf = shelf
        known = list(PublishedIncidentFilter.base_filters)
        single = [*(name for name in known if name not in REPEATABLE), *extra]
        self.errors = parameters.problems(query, single=single, repeatable=REPEATABLE)
        self._query = query
        self._given = QueryDict(mutable=True)
        for name in known:
            values = [value.strip() for value in query.getlist(name) if value.strip()]
            if values and name not in self.errors:
                self._given.setlist(name, values)
        self.filterset = PublishedIncidentFilter(self._given, shelf=shelf)
        self.form = self.filterset.form
        for name, rows in (at_hand or {}).items():
            self.form.fields[name].at_hand = rows
        named.look_up(self.form.fields, self._given, shelf)
        self.suggestions = []
        for name, problems in self.form.errors.as_data().items():
            for problem in problems:
                self._note(name, problem)

    def queryset(self):
        """The chosen incidents of the shelf, in no order; none while something is wrong."""
        return self.shelf.incidents().none() if self.errors else self.filterset.qs.order_by()

    def without(self, *names):
        """The rows chosen when these parameters are left out, in no order; none while something is wrong."""
        rows = self.shelf.incidents().none() if self.errors else self.shelf.incidents()
        for name, value in self._chosen() if not self.errors else ():
            if name not in names:
                rows = self.filterset.filters[name].filter(rows, value)
        return rows

    @property
    def normalised(self):
        """Parameter → what was understood: slugs for actors and places, ISO days, lists for the repeatable ones."""
        return {} if self.errors else {name: _plain(name, value, self._given) for name, value in self._chosen()}

    @property
    def querystring(self):
        """The same selection in one spelling, without "?"."""
        return urlencode(self.normalised, doseq=True)

    def narrowed(self, **values):
        """The query string of this selection, on its shelf, with these values instead of, or beside, its own."""
        return urlencode(self.normalised | self.shelf.named | values, doseq=True)

    @property
    def days(self):
        """(first day asked for, last day asked for), each None where nobody asked."""
        return tuple(None if self.errors else self.form.cleaned_data[name] for name in ("date_from", "date_to"))

    @property
    def chips(self):
        """One Chip per chosen value, in the order of the form."""
        chosen = self.normalised
        return [
            chips.Chip(
                chips.describe(PublishedIncidentFilter.base_filters[name].field, name, value, one, chosen),
                chips.without(chosen, name, one),
            )
            for name, value in self._chosen()
            if not self.errors
            for one in (chosen[name] if isinstance(chosen[name], list) else [chosen[name]])
        ]

    @property
    def namesakes(self):
        """Suggestions for other actors that go by what was typed for the chosen one."""
        return [] if self.errors else [self._instead("actor", row) for row in self.form.fields["actor"].namesakes]

    @property
    def typed(self):
        """Parameter → what was typed (a list for the repeatable ones), right or wrong, to fill the form again."""
        known = PublishedIncidentFilter.base_filters
        return {
            name: [names.clean(value) for value in self._query.getlist(name)]
            if name in REPEATABLE
            else names.clean(self._query.get(name, ""))
            for name in known
        }

    def _chosen(self):
        empty = (None, "", [])
        return [(name, value) for name, value in self.form.cleaned_data.items() if value not in empty]

    def _note(self, name, problem):
        self.errors.setdefault(name, []).extend(f"{name}: {sentence}" for sentence in problem.messages)
        for row in (problem.params or {}).get("candidates", ()):
            self.suggestions.append(self._instead(name, row))

    def _instead(self, name, row):
        asked = self._given.copy()
        asked[name] = row.slug
        return Suggestion(row, f"?{asked.urlencode()}")


def _plain(name, value, given):
    if name == "q":
        return given["q"]
    return getattr(value, "slug", value if isinstance(value, list) else str(value))
