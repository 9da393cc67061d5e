"""What the filter form offers: only words and names that occur in the record, and whatever is chosen already."""

from dataclasses import dataclass

from events.choices import KINDS_OF, Aspect, AttributionStatus, Category
from events.models.edition import PublishedIncident
from events.record import registers


@dataclass(frozen=True)
class Option:
    code: str
    label: str
    is_chosen: bool


@dataclass(frozen=True)
class Facets:
    """`kinds` are pairs of (label of the category, its Options); `actors` are names for the input's list."""

    categories: list
    kinds: list
    aspects: list
    attributions: list
    actors: list


def offered(typed):
    """Facets for a form in which `typed` was chosen. Two queries."""
    combinations = set(
        PublishedIncident.objects.order_by()
        .values_list("category", "kind", "attribution", "contested_aspects")
        .distinct()
    )
    categories = {row[0] for row in combinations}
    kinds = {row[1] for row in combinations}
    aspects = {code for row in combinations for code in row[3].split("|") if code}
    by_category = [(category.label, _options(KINDS_OF[category], kinds, typed["kind"])) for category in Category]
    return Facets(
        categories=_options(Category, categories, typed["category"]),
        kinds=[(label, options) for label, options in by_category if options],
        aspects=_options(Aspect, aspects, typed["contested_aspect"]),
        attributions=_options(AttributionStatus, {row[2] for row in combinations}, typed["attribution"]),
        actors=list(registers.actors().order_by("name", "pk").values_list("name", flat=True)),
    )


def _options(words, present, chosen):
    return [Option(word.value, word.label, word in chosen) for word in words if word in present or word in chosen]
