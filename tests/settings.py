"""Settings of the test run: the product's own, with quick passwords and plain static files."""

import os
import tempfile

os.environ.setdefault("SECRET_KEY", "a key for tests only")
os.environ.setdefault("DATA_DIR", tempfile.mkdtemp(prefix="ledger-tests-"))

from tracker.settings import *  # noqa: E402, F403, TID251 (the settings are the subject)

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = {  # no hashed names, so that no test needs collectstatic
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_AUTOREFRESH = True
os.makedirs(STATIC_ROOT, exist_ok=True)  # noqa: F405, PTH103 (whitenoise warns when its folder is missing)
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":  # noqa: F405
    # A file: the shared memory of Django's default lets no one read while another writes, as the product's file does.
    DATABASES["default"]["TEST"] = {"NAME": DATA_DIR / "test.sqlite3"}  # noqa: F405
    # A test run need not survive a power cut.
    DATABASES["default"]["OPTIONS"]["init_command"] += "PRAGMA synchronous=OFF;"  # noqa: F405
