"""The public page of an incident as a piece of another page: the same template, from what the record holds just now."""

from django import template

from events.record import citing, editions, sheet

register = template.Library()


@register.inclusion_tag("record/incident_body.html", takes_context=True)
def public_page(context, uid):
    """The body of the public page. Inside a rehearsal the record reads as it would be, and so does the page."""
    reading, request = editions.latest(uid), context["request"]
    return {
        "sheet": sheet.build(reading.document),
        "edition": reading.edition,
        "uid": uid,
        "is_latest": True,
        "can_work": context.get("can_work"),
        "request": request,
        **citing.shown(reading, f"{request.scheme}://{request.get_host()}"),
    }
