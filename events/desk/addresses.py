"""What the address of a page must be, at every door: http or https, a host, and nothing hidden in it."""

import re
from urllib.parse import urlsplit

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from events.desk.problems import errors_under

LONGEST = 1000
WHOLE = _("Write the whole address, such as https://www.dawn.com/news/1822000.")
# Marks that messengers and word processors leave around a copied address; inside of one they are refused.
AROUND = " \t\r\n\u200b\u200c\u200d\u200e\u200f\ufeff"
_HIDDEN = re.compile(
    r"[\x00-\x20\x7f-\xa0\u00ad\u061c\u200b-\u200f\u2028-\u202f\u205f-\u206f\u3000\ufeff\ufff9-\ufffb\ud800-\udfff"
    r"\U000e0000-\U000e007f]"
)
_is_url = URLValidator(schemes=["http", "https"])


def require(url):
    """Raises ValidationError with a sentence unless the address can be a page's. An empty one is for others to judge."""
    if sentence := problem(url):
        raise ValidationError(sentence, code="address")


def require_changed(document, fields):
    """Check the addresses that a document is to get; what stands already is left alone."""
    for name in ("url", "archived_url"):
        if fields.get(name, "") != getattr(document, name):
            with errors_under(name):
                require(fields.get(name, ""))


def problem(url):
    """The sentence that says what is wrong with an address; "" for none."""
    if not url:
        return ""
    if len(url) > LONGEST:
        return gettext(
            "The address has %(count)s characters; at most %(most)s are kept. Leave out what follows the “?”."
        ) % {"count": len(url), "most": LONGEST}
    if _HIDDEN.search(url):
        return gettext(
            "The address holds a space or an invisible character. Copy it from the browser's address line again."
        )
    scheme, colon, rest = url.partition(":")
    is_scheme = colon and scheme.isascii() and scheme.isalpha()
    if is_scheme and scheme.lower() not in ("http", "https"):
        return gettext("“%(scheme)s:” is not the beginning of a page's address; that is https:// or http://.") % {
            "scheme": scheme[:20]
        }
    if not is_scheme or not rest.startswith("//"):
        return gettext("This is not the address of a page. %(remedy)s") % {"remedy": WHOLE}
    return _problem_of_host(url)


def _problem_of_host(url):
    try:
        parts = urlsplit(url)
        host, _ = parts.hostname or "", parts.port
    except ValueError:
        return gettext("This is not the address of a page. %(remedy)s") % {"remedy": WHOLE}
    if "@" in parts.netloc:
        return gettext(
            "The address holds a user name before “@”. Take it out: what is before the host is not part of a page."
        )
    if not host.isascii():
        return gettext(
            "The host of the address has letters beyond a–z; write it as the browser sends it, beginning with xn--."
        )
    try:
        _is_url(url)
    except ValidationError:
        return gettext("This is not the address of a page. %(remedy)s") % {"remedy": WHOLE}
    return ""
