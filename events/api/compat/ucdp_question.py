"""The parameters of UCDP's address for events, read strictly: names in any case, as UCDP's server takes them."""

from django import forms
from django.core.exceptions import ValidationError

from events.api.errors import refused
from events.api.questions import LONGEST_NUMBER
from events.record import parameters, ucdp

LARGEST, USUAL = 1000, 100  # rows of a page
LONGEST_LIST = 4000  # characters
_WRONG = (
    "The question was refused; see the errors. UCDP overlooks what it does not know; no rows are given here instead."
)


class WholeField(forms.CharField):
    """A whole number between two bounds; `usual` when it is not given."""

    def __init__(self, *, lowest, usual, highest=10**9, noun, **more):
        self.lowest, self.highest, self.usual, self.noun = lowest, highest, usual, noun
        super().__init__(required=False, **more)

    def clean(self, value):
        text = super().clean(value).strip()
        if not text:
            return self.usual
        is_number = text.isascii() and text.isdecimal() and len(text) <= LONGEST_NUMBER
        if not is_number or not self.lowest <= int(text) <= self.highest:
            remedy = f"from {self.lowest} to {self.highest}" if self.highest < 10**9 else f"from {self.lowest} up"
            raise ValidationError(f"{parameters.quoted(text)} is not {self.noun}; use a whole number {remedy}.")
        return int(text)


class NumbersField(forms.CharField):
    """Whole numbers with commas between them; any of them is wanted. `known` are the only ones possible, if given."""

    def __init__(self, *, noun, known=None, **more):
        self.noun, self.known = noun, known
        super().__init__(required=False, **more)

    def clean(self, value):
        parts = [part.strip() for part in super().clean(value).split(",") if part.strip()]
        if wrong := next((part for part in parts if not _is_number(part)), None):
            raise ValidationError(
                f"{parameters.quoted(wrong)} is not {self.noun}; use whole numbers with commas between them."
            )
        numbers = tuple(dict.fromkeys(int(part) for part in parts))
        if self.known and (strange := [number for number in numbers if number not in self.known]):
            raise ValidationError(f"{strange[0]} is not {self.noun} here. {self.remedy}")
        return numbers

    @property
    def remedy(self):
        said = ", ".join(f"{number} ({name})" if name else str(number) for number, name in self.known.items())
        return f"Use any of: {said}."


class GeographyField(parameters.BoxField):
    """`y0 x0,y1 x1`: latitude and longitude of the south-west corner, then of the north-east one; cleaned to a Box."""

    def clean(self, value):
        text = (value or "").strip()
        if not text:
            return None
        corners = [corner.split() for corner in text.split(",")]
        if [len(corner) for corner in corners] != [2, 2]:
            raise ValidationError(
                f"{parameters.quoted(text)} is not an area; write latitude and longitude of the south-west corner, a "
                "comma, then those of the north-east one, such as 32 69,34 71."
            )
        (south, west), (north, east) = corners
        return super().clean(f"{west},{south},{east},{north}")


class RefusedField(forms.CharField):
    """A parameter that UCDP knows and that is not taken here."""

    def __init__(self, *, because, **more):
        self.because = because
        super().__init__(required=False, **more)

    def clean(self, value):
        if super().clean(value).strip():
            raise ValidationError(self.because)


class EventQuestion(forms.Form):
    """What can be asked of gedevents; values of one parameter are alternatives, parameters narrow each other."""

    pagesize = WholeField(
        lowest=1,
        highest=LARGEST,
        usual=USUAL,
        noun="a size of pages",
        help_text="Rows per page, 1 to 1000; 100 unless given.",
    )
    page = WholeField(
        lowest=0,
        usual=0,
        noun="a page",
        help_text="Pages count from 0; follow NextPageUrl. The page whose number is TotalPages is the first one again, "
        "so that whoever counts from 1 to TotalPages gets every row once.",
    )
    Id = NumbersField(noun="an id", help_text="Ids of rows.")
    Country = NumbersField(
        noun="a country",
        help_text="Gleditsch–Ward numbers of the countries where it happened: 700 Afghanistan, 770 Pakistan.",
    )
    Geography = GeographyField(
        required=False,
        help_text="An area as y0 x0,y1 x1: latitude and longitude of its south-west and its north-east corner.",
    )
    StartDate = parameters.DayField(
        required=False, help_text="First day, 2024-03-18. As with UCDP, date_end is what counts."
    )
    EndDate = parameters.DayField(required=False, help_text="Last day. As with UCDP, date_end is what counts.")
    TypeOfViolence = NumbersField(
        noun="a type of violence",
        known={1: "state-based", 2: "non-state", 3: "one-sided"},
        help_text="1 state-based, 2 non-state, 3 one-sided.",
    )
    Dyad = NumbersField(noun="a dyad", help_text="Numbers of dyads (dyad_new_id), where the registers hold them.")
    Actor = NumbersField(
        noun="an actor",
        help_text="Numbers of actors, on either side (side_a_new_id, side_b_new_id), where the registers hold them.",
    )
    Key = RefusedField(
        because="Send the key in the header x-ucdp-access-token; addresses are kept in logs.",
        help_text="Not taken: send the key in the header x-ucdp-access-token.",
    )

    @classmethod
    def read(cls, query):
        """The form of a QueryDict; raises Problem 400 naming every parameter that is wrong."""
        query = _in_our_case(query, cls.base_fields)
        form = cls(query)
        checked = query.copy()
        for name, field in cls.base_fields.items():
            if isinstance(field, NumbersField) and len(checked.get(name, "")) <= LONGEST_LIST:
                checked.setlist(name, [value and "0" for value in checked.getlist(name)])
        errors = parameters.problems(checked, single=list(cls.base_fields))
        own = {name: [f"{name}: {said}" for said in found] for name, found in form.errors.items() if name not in errors}
        if errors := {**own, **errors}:
            raise refused(errors, _WRONG)
        return form

    def clean(self):
        start, end = self.cleaned_data.get("StartDate"), self.cleaned_data.get("EndDate")
        if start and end and start > end:
            self.add_error("EndDate", f"{end} lies before StartDate, {start}; swap the two or drop one.")

    @property
    def question(self):
        given = self.cleaned_data
        return ucdp.Question(
            ids=given["Id"],
            countries=given["Country"],
            box=given["Geography"],
            since=given["StartDate"],
            until=given["EndDate"],
            types=given["TypeOfViolence"],
            dyads=given["Dyad"],
            actors=given["Actor"],
        )


def _is_number(text):
    return text.isascii() and text.isdecimal() and len(text) <= LONGEST_NUMBER


def _in_our_case(query, names):
    """The query with the names of parameters as UCDP's documentation writes them; unknown ones stay as they are."""
    known = {name.lower(): name for name in names}
    found = query.copy()
    found.clear()
    for name, values in query.lists():
        for value in values:
            found.appendlist(known.get(name.lower(), name), value)
    return found
