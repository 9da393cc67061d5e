"""Names of releases in addresses."""

from django.urls.converters import StringConverter


class ReleaseConverter(StringConverter):
    """Path converter: the name of a release, such as 2026.1."""

    regex = r"\d{4}\.\d{1,4}"
