"""Names after an “@” in a comment: whom they name, and why somebody who was named is not told."""

import re
import unicodedata

from django.contrib.auth import get_user_model
from django.db.models import Q
from django.utils.translation import gettext as _

from events import access

MOST = 20  # people that one comment may name
# The characters of user names. An “@” inside a word, as in an e-mail address, names nobody.
_NAME = re.compile(r"(?<![\w.@+-])@([\w.@+-]{1,150})")
_MAY_END_A_SENTENCE = ".-+@"


def names_in(text):
    """The words after an “@”, in the order of the text, each once in any case of its letters."""
    found = {}
    for match in _NAME.finditer(text):
        found.setdefault(_bare(match[1]).casefold(), _bare(match[1]))
    return list(found.values())


def people_in(text, incident):
    """The people whom a comment on the incident reaches: named in it, active, of the desk, and they see the incident."""
    people = _desk_people(names_in(text)).values()
    return [person for person in people if access.can_discuss(person, incident)]


def unheard(comment):
    """List of sentences: who is named in the comment and was not told, and why."""
    told = {person.username.casefold() for person in comment.mentions.all()}
    missing = [name for name in names_in(comment.text) if name.casefold() not in told]
    at_the_desk = _desk_people(missing)
    return [
        _("@%(name)s cannot see this incident, so nobody was told.") % {"name": name}
        if name.casefold() in at_the_desk
        else _("Nobody of the desk is called @%(name)s, so nobody was told.") % {"name": name}
        for name in missing
    ]


def parts(text, people):
    """List of (piece of the text, whether it names one of the people)."""
    told = {person.username.casefold() for person in people}
    found, end = [], 0
    for match in _NAME.finditer(text):
        name = _bare(match[1])
        if name.casefold() in told:
            found += [(text[end : match.start()], False), (f"@{name}", True)]
            end = match.start() + 1 + len(name)
    return [part for part in (*found, (text[end:], False)) if part[0]]


def _bare(name):
    """The name without what ends a sentence; a user name that ends so has to be written with a space after it."""
    return unicodedata.normalize("NFKC", name).rstrip(_MAY_END_A_SENTENCE) or name


def _desk_people(names):
    """Dict of name in small letters → active analyst or editor of that name, in the order of the names."""
    wanted = Q(pk__in=[])
    for name in names:
        wanted |= Q(username__iexact=name)
    found = {}
    for person in get_user_model().objects.filter(wanted, is_active=True).order_by("pk"):
        key = person.username.casefold()
        # Two accounts may differ only in the case of their letters; the spelling in the text decides.
        if access.can_work(person) and (key not in found or person.username in names):
            found[key] = person
    return {name.casefold(): found[name.casefold()] for name in names if name.casefold() in found}
