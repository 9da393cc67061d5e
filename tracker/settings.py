"""All settings, driven by the environment; safe unless told otherwise.

DATABASE_URL, SECRET_KEY, DEBUG, ALLOWED_HOSTS, HTTPS, DATA_DIR, API_ANONYMOUS_RATE, API_KEY_RATE, TRUSTED_PROXIES,
OFFERED_LANGUAGES, SITE_URL, MAIL_…, DIGEST_HOUR, WEBHOOKS: see README.md.
"""

import os
import re
import secrets
import tomllib
from pathlib import Path

import dj_database_url
from csp.constants import NONE, SELF
from django.conf.locale import LANG_INFO
from django.core.exceptions import ImproperlyConfigured

BASE_DIR = Path(__file__).resolve().parent.parent


def env(name, default=""):
    return os.environ.get(name, default).strip()


def env_bool(name, default):
    value = env(name, "yes" if default else "no").lower()
    if value not in {"1", "0", "yes", "no", "true", "false", "on", "off"}:
        raise ImproperlyConfigured(f"{name}: {value!r} is not yes or no.")
    return value in {"1", "yes", "true", "on"}


def env_int(name, default):
    value = env(name, str(default))
    if not value.isdecimal():
        raise ImproperlyConfigured(f"{name}: {value!r} is not a whole number.")
    return int(value)


def env_rate(name, default):
    """So many requests per second, minute, hour or day, as 60/min."""
    value = env(name, default)
    if not re.fullmatch(r"[1-9]\d{0,8}/(s|sec|second|m|min|minute|h|hour|d|day)", value):
        raise ImproperlyConfigured(
            f"{name}: {value!r} is not a rate; write it as 60/min, per second, min, hour or day."
        )
    return value


def env_codes(name, default, known):
    """The comma-separated codes of a variable, in their order, each one of the known."""
    codes = [code.strip() for code in env(name, default).split(",")]
    if wrong := [code for code in codes if code not in known]:
        raise ImproperlyConfigured(f"{name}: {', '.join(map(repr, wrong))}: choose among {', '.join(known)}.")
    return codes


# --- core --------------------------------------------------------------------------------------------------------

DEBUG = env_bool("DEBUG", False)
HTTPS = env_bool("HTTPS", False)  # set to yes behind a server that ends TLS
DATA_DIR = Path(env("DATA_DIR", str(BASE_DIR / "var")))
PRODUCT = f"frontier-ledger {tomllib.loads((BASE_DIR / 'pyproject.toml').read_text())['project']['version']}"


def secret_key():
    """SECRET_KEY, or one made on the first run and kept in the data folder, readable by its owner only."""
    if given := env("SECRET_KEY"):
        return given
    path = DATA_DIR / "secret_key"
    DATA_DIR.mkdir(parents=True, exist_ok=True)
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_text().strip()
    with os.fdopen(descriptor, "w") as file:
        file.write(made := secrets.token_urlsafe(64))
    return made


SECRET_KEY = secret_key()
ALLOWED_HOSTS = env("ALLOWED_HOSTS", "127.0.0.1,localhost,[::1]").split(",")
ROOT_URLCONF = "tracker.urls"
WSGI_APPLICATION = "tracker.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
FORMS_URLFIELD_ASSUME_HTTPS = True  # Django 5.2: a bare "dawn.com/…" becomes https

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.sitemaps",
    "django.contrib.admin",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.usersessions",
    "csp",
    "django_filters",
    "django_htmx",
    "django_q",
    "drf_spectacular",
    "drf_spectacular_sidecar",
    "heroicons",
    "js_lib_leaflet",
    "rest_framework",
    "events",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "events.middleware.CompressInPublic",
    "events.middleware.open_reading_to_all_origins",
    "csp.middleware.CSPMiddleware",
    "django_permissions_policy.PermissionsPolicyMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "events.middleware.keep_large_forms_to_the_desk",
    "events.middleware.speak_chosen_language",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "events.middleware.LoginByDefault",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "events.middleware.keep_desk_pages_private",
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "events.context.person_and_theme",
            ],
        },
    }
]

# --- database ----------------------------------------------------------------------------------------------------

DATABASE_URL = env("DATABASE_URL", f"sqlite:///{DATA_DIR / 'ledger.sqlite3'}")
DATABASES = {"default": dj_database_url.parse(DATABASE_URL)}
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    DATA_DIR.mkdir(parents=True, exist_ok=True)
    DATABASES["default"]["CONN_MAX_AGE"] = 60  # opening it costs as much as a light request
    DATABASES["default"]["OPTIONS"] = {
        # IMMEDIATE: a transaction that reads first and writes later would otherwise fail at once with "locked".
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        # FULL: an acknowledged write survives a power cut.
        "init_command": (
            "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; PRAGMA busy_timeout=20000;"
            "PRAGMA temp_store=MEMORY; PRAGMA cache_size=-8192; PRAGMA journal_size_limit=67108864;"
        ),
    }
else:
    DATABASES["default"]["CONN_MAX_AGE"] = 60
    DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
    DATABASES["default"]["OPTIONS"] = {
        "options": "-c statement_timeout=30000 -c lock_timeout=5000 -c idle_in_transaction_session_timeout=60000"
    }

CACHES = {
    "default": {
        # In the database, because the limits on sign-in must be shared by all processes.
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "cache",
    },
    # Counting the API's readers must not cost a write to the database: each process counts for itself.
    "api_rates": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "LOCATION": "api-rates",
        "OPTIONS": {"MAX_ENTRIES": 10_000},
    },
}

# --- people ------------------------------------------------------------------------------------------------------

AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
PASSWORD_HASHERS = ["events.desk.passwords.ModestArgon2Hasher"]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "desk"
LOGOUT_REDIRECT_URL = "timeline"
ACCOUNT_ADAPTER = "events.desk.accounts.ClosedAccounts"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_RATE_LIMITS = {"login": "30/m/ip", "login_failed": "10/m/ip,5/5m/key"}
ALLAUTH_TRUSTED_PROXY_COUNT = env_int("TRUSTED_PROXIES", 0)
SESSION_COOKIE_AGE = 12 * 60 * 60

# --- following: the worker, letters, webhooks -------------------------------------------------------------------

Q_CLUSTER = {
    "name": "ledger",
    "orm": "default",
    "workers": 2,  # a slow receiver of webhooks does not hold up the letters
    "timeout": 90,  # seconds; the longest of our jobs, one call or one letter, ends long before
    "retry": 180,  # a job whose worker was killed runs again after so many seconds
    "poll": 2,
    "guard_cycle": 1,
    "catch_up": False,
    # Our own rows say what is still to be done, so a failed job is not repeated as it is: the next minute finds it again.
    "ack_failures": True,
    "max_attempts": 1,
    "save_limit": 100,
    "log_level": "WARNING",
    "cache": "api_rates",  # the worker notes its own state twice a second: not in the database
}
SITE_URL = env("SITE_URL").rstrip("/")
MAIL_HOST = env("MAIL_HOST")
EMAIL_HOST, EMAIL_PORT = MAIL_HOST, env_int("MAIL_PORT", 587)
EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = env("MAIL_USER"), env("MAIL_PASSWORD")
MAIL_SECURITY = env("MAIL_SECURITY", "starttls")
EMAIL_USE_TLS, EMAIL_USE_SSL = MAIL_SECURITY == "starttls", MAIL_SECURITY == "tls"
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = env("MAIL_FROM")
DIGEST_HOUR = env_int("DIGEST_HOUR", 6)
WEBHOOKS = env_bool("WEBHOOKS", False)
if MAIL_SECURITY not in {"starttls", "tls", "none"}:
    raise ImproperlyConfigured(f"MAIL_SECURITY: {MAIL_SECURITY!r} is not starttls, tls or none.")
if MAIL_HOST and not DEFAULT_FROM_EMAIL:
    raise ImproperlyConfigured("MAIL_FROM: say from which address letters come, as MAIL_HOST is set.")
if (MAIL_HOST or WEBHOOKS) and not SITE_URL.startswith(("https://", "http://")):
    raise ImproperlyConfigured(
        "SITE_URL: letters and webhooks need the address of this site, as https://ledger.example."
    )
if DIGEST_HOUR > 23:
    raise ImproperlyConfigured(f"DIGEST_HOUR: {DIGEST_HOUR} is not an hour of the day; 0 to 23, in UTC.")

# --- time and language -------------------------------------------------------------------------------------------

# Pashto is unknown to Django. A language is offered to readers once its catalogue in locale/ has been reviewed.
LANG_INFO["ps"] = {"bidi": True, "code": "ps", "name": "Pashto", "name_local": "پښتو"}
LANGUAGES_BIDI = ["ps", "ur"]
LANGUAGE_CODE = "en"
LANGUAGES = [(code, LANG_INFO[code]["name"]) for code in env_codes("OFFERED_LANGUAGES", "en", ("en", "ur", "ps"))]
LOCALE_PATHS = [BASE_DIR / "locale"]
TIME_ZONE = "UTC"
USE_I18N = True
USE_TZ = True

# --- files -------------------------------------------------------------------------------------------------------

STATIC_URL = "/static/"
STATICFILES_DIRS = [BASE_DIR / "static"]
STATIC_ROOT = DATA_DIR / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "tracker.static_files.StaticFiles"},
}

# --- what browsers may do ----------------------------------------------------------------------------------------

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
        "object-src": [NONE],
        "upgrade-insecure-requests": HTTPS,
    }
}
PERMISSIONS_POLICY = {
    feature: []
    for feature in (
        "accelerometer",
        "camera",
        "display-capture",
        "geolocation",
        "gyroscope",
        "magnetometer",
        "microphone",
        "midi",
        "payment",
        "usb",
    )
}
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_CONTENT_TYPE_NOSNIFF = True
X_FRAME_OPTIONS = "DENY"
SECURE_SSL_REDIRECT = HTTPS
SECURE_HSTS_SECONDS = 63_072_000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = HTTPS
if HTTPS:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = ("__Host-sid", "__Host-csrf") if HTTPS else ("sid", "csrf")
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "events.record.views.problems.csrf_failure"
# Reading the API and its description from pages of other origins; writing, the desk and pages for people are not open.
CORS_OPEN = re.compile(r"/api/(?!v1/drafts/|v1/documents/[^/]+/text/|docs/)")
CORS_ACCEPTED = ("Accept", "Authorization", "Cache-Control", "If-Modified-Since", "If-None-Match")
CORS_EXPOSED = (
    "Allow", "Content-Disposition", "Deprecation", "ETag", "Link", "Retry-After", "Sunset", "WWW-Authenticate",
    "X-RateLimit-Limit", "X-RateLimit-Remaining", "X-RateLimit-Reset", "X-Row-Count",
    "X-Skipped", "X-Skipped-Reasons", "X-Total-Count",
)  # fmt: skip
# A captured text of two million characters, four bytes each at most, with the form around it. Only people who are
# signed in may send that much, and only to the desk; files of imports may be larger. Both are kept by
# events.middleware.keep_large_forms_to_the_desk.
DATA_UPLOAD_MAX_MEMORY_SIZE = 12 * 1024 * 1024
FILE_UPLOAD_HANDLERS = ["django.core.files.uploadhandler.TemporaryFileUploadHandler"]  # files of imports are large
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000
DATA_UPLOAD_MAX_NUMBER_FILES = 20

# --- API ---------------------------------------------------------------------------------------------------------

REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": ["events.api.keys.KeyAuthentication"],
    "DEFAULT_PERMISSION_CLASSES": [],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["events.api.parsers.StrictJSONParser"],
    "DEFAULT_THROTTLE_CLASSES": ["events.api.throttles.AnonymousRate", "events.api.throttles.KeyRate"],
    "DEFAULT_THROTTLE_RATES": {
        "anonymous": env_rate("API_ANONYMOUS_RATE", "60/min"),
        "key": env_rate("API_KEY_RATE", "600/min"),
    },
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "EXCEPTION_HANDLER": "events.api.errors.problem_response",
    "NUM_PROXIES": env_int("TRUSTED_PROXIES", 0),
    "UNAUTHENTICATED_USER": "django.contrib.auth.models.AnonymousUser",
}
SPECTACULAR_SETTINGS = {
    "TITLE": "Frontier Ledger API",
    "DESCRIPTION": "Sourced claims about security events across the Afghanistan–Pakistan border.",
    "VERSION": "1",
    "OAS_VERSION": "3.1.0",
    "SERVE_INCLUDE_SCHEMA": False,
    "SERVE_AUTHENTICATION": [],
    "SERVE_PERMISSIONS": [],
    "SWAGGER_UI_DIST": "SIDECAR",
    "SWAGGER_UI_FAVICON_HREF": "SIDECAR",
    "POSTPROCESSING_HOOKS": [
        "drf_spectacular.hooks.postprocess_schema_enums",
        "events.api.deprecation.describe",
    ],
}

# --- logs --------------------------------------------------------------------------------------------------------

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "filters": {"without_secrets": {"()": "events.logs.WithoutSecrets"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line", "filters": ["without_secrets"]}},
    "root": {"handlers": ["console"], "level": "WARNING"},
}
