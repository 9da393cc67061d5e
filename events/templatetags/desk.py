"""Filters of the desk's templates."""

from django import template
from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import mark_safe
from django.utils.translation import gettext

from events.choices import ReviewDecision
from events.desk import mentions, wording
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
    return gettext(ReviewDecision.label_of(code)).capitalize()


@register.filter
def mentioned(comment):
    """The words of a comment with their line breaks; people who were told of it stand out."""
    return format_html_join(
        "", "{}", ((_piece(*part),) for part in mentions.parts(comment.text, comment.mentions.all()))
    )


def _piece(text, is_mention):
    if is_mention:
        return format_html("<strong>{}</strong>", text)
    return mark_safe(conditional_escape(text).replace("\n", "<br>"))  # noqa: S308 (escaped just before)
