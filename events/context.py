"""What every template knows: the chosen theme, whether single keys act, and what the person who looks may do."""

from django.utils.functional import SimpleLazyObject

from events import access

THEMES = ("auto", "light", "dark")


def person_and_theme(request):
    """`theme` and `shortcuts` from cookies; the other words ask the database only if a template reads them."""
    theme = request.COOKIES.get("theme", "auto")
    return {
        "theme": theme if theme in THEMES else "auto",
        "shortcuts": "off" if request.COOKIES.get("shortcuts") == "off" else "on",
        "role": SimpleLazyObject(lambda: access.role_of(request.user)),
        "can_work": SimpleLazyObject(lambda: access.can_work(request.user)),
        "can_judge": SimpleLazyObject(lambda: access.can_judge(request.user)),
        "can_manage_team": SimpleLazyObject(lambda: access.can_manage_team(request.user)),
    }
