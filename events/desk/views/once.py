"""A page that is sent twice, by a double click or by going back, makes its entry once."""

import hashlib
import re

from django.core.cache import cache
from django.db import transaction

ONE_DAY = 24 * 60 * 60
_KEY = re.compile(r"[0-9a-f-]{36}")
_BESIDES = {"csrfmiddlewaretoken", "save"}


def once(request, act):
    """What `act` gave when this very page was sent the first time, with the same content; None after a refusal.

    The key of the page is kept in the transaction of what is made: who sends second waits for the first, and finds it.
    Other content from the same page is another entry. Without a key the page cannot be recognised, and `act` is done.
    """
    if not _KEY.fullmatch(request.POST.get("entry_key", "")):
        return act()
    key = _key(request)
    with transaction.atomic():
        if not cache.add(key, None, ONE_DAY):
            return cache.get(key)
        made = act()
        if made:
            cache.set(key, made, ONE_DAY)
        else:
            cache.delete(key)
        return made


def _key(request):
    sent = sorted((name, values) for name, values in request.POST.lists() if name not in _BESIDES)
    return f"page:{request.user.pk}:{hashlib.sha256(repr((request.path, sent)).encode()).hexdigest()}"
