"""The kinds of filters that the query string of incidents is made of: each reads its value with a strict field."""

import django_filters

from events.record import named, parameters
from events.record.search.question import QuestionField


class QuestionFilter(django_filters.Filter):
    field_class = QuestionField


class DayFilter(django_filters.Filter):
    field_class = parameters.DayField


class CodeFilter(django_filters.Filter):
    field_class = parameters.CodeField


class CodesFilter(django_filters.Filter):
    field_class = parameters.CodesField


class GradeFilter(django_filters.Filter):
    field_class = parameters.GradeField


class BoxFilter(django_filters.Filter):
    field_class = parameters.BoxField


class ActorFilter(django_filters.Filter):
    field_class = named.ActorField


class PlaceFilter(django_filters.Filter):
    field_class = named.PlaceField


class SourceFilter(django_filters.Filter):
    field_class = named.SourceField
