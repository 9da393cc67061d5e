"""Entries of the registers that a form adds on the way, each once however often it was named."""

from events import names
from events.desk import lookup, registers
from events.desk.forms.naming import Unlisted
from events.desk.problems import errors_under


class Additions:
    """Call inside the transaction of the form: `actor` and `place` write what the person chose to add.

    Raises ValidationError under the name of the input where the register holds a likely double.
    """

    def __init__(self, by):
        self.by, self.made = by, {}

    def actor(self, value, form, name):
        return self._row(value, form, name, "actors", registers.add_actor)

    def place(self, value, form, name):
        return self._row(value, form, name, "places", registers.add_location)

    def _row(self, value, form, name, kind, add):
        """The value itself, or the row that was added for an Unlisted one; `form` holds the questions about it."""
        if not isinstance(value, Unlisted):
            return value
        key = add, names.fold(value.text)
        if key not in self.made:
            with errors_under(name):
                lookup.require_another(kind, value.text, despite=value.despite)
            self.made[key] = add(by=self.by, **form.fields_for(value.text))
        return self.made[key]
