"""Static files under names that change with their content; our scripts name the modules that they import by those, too."""

from whitenoise.storage import CompressedManifestStaticFilesStorage

IMPORT = (r"""(?P<matched>import(?P<names>[^;]*?)from "(?P<url>\.[^"]+)";)""", """import%(names)sfrom "%(url)s";""")


class StaticFiles(CompressedManifestStaticFilesStorage):
    # Not those of packages: some import files that they do not bring along.
    patterns = (*CompressedManifestStaticFilesStorage.patterns, ("js/*.js", (IMPORT,)))
