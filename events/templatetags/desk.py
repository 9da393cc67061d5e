"""Filters of the desk's templates."""

from django import template

from events.choices import ReviewDecision
from events.desk import wording
from events.rules import dates

register = template.Library()


@register.filter
def said(claim):
    """What a claim says, in one line."""
    return wording.said(claim)


@register.filter
def described(vague_date):
    """A vague date in plain English."""
    return dates.describe(vague_date)


@register.filter
def decision(code):
    """What an editor decided, in words; "retracted" stands in no list because it is a note, not a verdict."""
    return ReviewDecision.label_of(code).capitalize()
