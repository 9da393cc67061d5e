"""Files, feeds and calendars are made in English, whatever language the pages are read in: they are cited and compared."""

from functools import wraps

from django.utils import translation


def in_english(make):
    """The function, as if nobody had chosen a language while it runs; what it gives must hold no lazy words."""

    @wraps(make)
    def made(*args, **kwargs):
        with translation.override("en"):
            return make(*args, **kwargs)

    return made
