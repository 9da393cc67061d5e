"""What of the API is going to end: declared here once, told in the headers, in the OpenAPI description and in the guide.

An address or a parameter that is declared goes on working as before until the day of its sunset, which is at least
NOTICE after the day since which it is deprecated.
"""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from django.urls import URLPattern, get_resolver, reverse
from django.utils.http import http_date

_ARGUMENT = re.compile(r"<(?:[^:>]+:)?([^>]+)>")
NOTICE = timedelta(days=182)


@dataclass(frozen=True)
class Deprecated:
    """Since when nobody should begin to use it, from when on it may be gone, and what to use instead, in a sentence."""

    since: date
    sunset: date
    instead: str

    def __post_init__(self):
        if self.sunset - self.since < NOTICE:
            raise ValueError(f"Between {self.since} and {self.sunset} lie less than {NOTICE.days} days.")


ADDRESSES: dict[str, Deprecated] = {}  # name of the route → …
PARAMETERS: dict[tuple[str, str], Deprecated] = {}  # (name of the route, parameter) → …


def tell(request, response):
    """Put into the headers what of the request is deprecated; of several, the first that ends (RFC 9745, RFC 8594)."""
    name = request.resolver_match.url_name if request.resolver_match else None
    found = [one for (route, parameter), one in PARAMETERS.items() if route == name and parameter in request.GET]
    if name in ADDRESSES:
        found.append(ADDRESSES[name])
    if not found:
        return
    first = min(found, key=lambda one: one.sunset)
    since = min(one.since for one in found)
    response["Deprecation"] = f"@{int(_midnight(since).timestamp())}"
    response["Sunset"] = http_date(_midnight(first.sunset).timestamp())
    link = f'<{reverse("api-docs")}#deprecated>; rel="deprecation"; type="text/html"'
    response["Link"] = f"{response['Link']}, {link}" if response.has_header("Link") else link


def declared():
    """[(address, parameter or "", Deprecated)] for the guide; the first to end come first."""
    found = [(_template(route), "", one) for route, one in ADDRESSES.items()]
    found += [(_template(route), parameter, one) for (route, parameter), one in PARAMETERS.items()]
    return sorted(found, key=lambda entry: (entry[2].sunset, entry[0], entry[1]))


def _template(route):
    """/api/v1/actors/{slug}/ for the name of its route."""
    patterns = get_resolver("events.api.urls").url_patterns
    found = next(str(pattern.pattern) for pattern in patterns if pattern.name == route)
    return f"/api/{_ARGUMENT.sub(_braced, found)}"


def _braced(argument):
    return f"{{{argument[1]}}}"


def describe(result, generator, request, public):
    """Hook of the OpenAPI description: what is declared carries `deprecated` and a sentence."""
    # Named, not imported: the views, of which that room knows, import this one.
    names = {pattern.callback: pattern.name for pattern in _patterns(get_resolver("events.api.urls"))}
    for path, _, method, callback in generator.endpoints:
        operation = result["paths"].get(path, {}).get(method.lower())
        if operation is None:
            continue
        name = names.get(callback)
        if name in ADDRESSES:
            _mark(operation, ADDRESSES[name])
        for parameter in operation.get("parameters", ()):
            if (name, parameter["name"]) in PARAMETERS:
                _mark(parameter, PARAMETERS[name, parameter["name"]])
    return result


def _patterns(resolver):
    for pattern in resolver.url_patterns:
        yield from [pattern] if isinstance(pattern, URLPattern) else _patterns(pattern)


def _mark(described, one):
    said = f"Deprecated since {one.since}, may be gone from {one.sunset} on. {one.instead}"
    described["deprecated"] = True
    described["description"] = f"{described.get('description', '')} {said}".strip()


def _midnight(day):
    return datetime.combine(day, time.min, tzinfo=UTC)
