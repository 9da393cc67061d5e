"""The shape of the statistics, for the OpenAPI description: made from the columns that page and CSV have too."""

from events.api.shapes import DAY, FLAG, STATE, TEXT, WHOLE, Shape, many, maybe, ref, thing
from events.record import all_statistics, sections

_KINDS = {
    sections.TEXT: maybe(TEXT),
    sections.DAY: maybe(DAY),
    sections.WHOLE: maybe(WHOLE),
    sections.NUMBER: maybe({"type": "number"}),
    sections.SHARE: maybe({"type": "number", "minimum": 0, "maximum": 1}),
    sections.FLAG: FLAG,
    sections.QUERY: maybe(TEXT),
}


def _section(name, subject):
    columns = {column.name: {**_KINDS[column.kind], "description": column.meaning} for column in subject.columns}
    row = Shape(f"{_camel(name)}Row", thing(columns))
    return Shape(
        f"{_camel(name)}Statistics",
        thing({"title": TEXT, "description": TEXT, "finding": TEXT, "notes": many(TEXT), "rows": many(ref(row))}),
    )


def _camel(name):
    return "".join(word.capitalize() for word in name.split("-"))


STATISTICS = Shape(
    "Statistics",
    thing(
        {
            "selection": {"type": "object", "description": "What was understood of the question."},
            "ruleset": WHOLE,
            **STATE,
            "sections": thing({name: ref(_section(name, one)) for name, one in all_statistics.SUBJECTS.items()}),
        },
        description="Null means not reported or not known; it is never zero.",
    ),
)
