"""The one settings file. Everything that differs between machines comes from the environment.

Defaults are safe for production; development and the demo switch things on by name.
"""

import os
import re
import sys
from datetime import date
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

import dj_database_url
from django.core.exceptions import ImproperlyConfigured
from django.utils.csp import CSP

from apps import embedded

BASE_DIR = Path(__file__).resolve().parent.parent.parent


def flag(name: str, default: bool = False) -> bool:
    """An environment variable as yes or no; anything else than the usual words is refused."""
    value = os.environ.get(name, "").strip().lower()
    if value in {"", "1", "true", "yes", "on", "0", "false", "no", "off"}:
        return default if not value else value in {"1", "true", "yes", "on"}
    raise ImproperlyConfigured(f"{name} is “{value}”; wanted 1 or 0.")


def words(name: str) -> list[str]:
    """A comma-separated environment variable as a list."""
    return [word.strip() for word in os.environ.get(name, "").split(",") if word.strip()]


def share(name: str, default: str) -> Decimal:
    """An environment variable as a fraction from 0 to 1; percent ("10") and words are refused."""
    value = os.environ.get(name, "").strip() or default
    try:
        number = Decimal(value)
        is_share = 0 <= number <= 1
    except InvalidOperation:  # no number, or NaN, which compares with nothing
        is_share = False
    if not is_share:
        raise ImproperlyConfigured(f"{name} is “{value}”; wanted a fraction from 0 to 1, such as {default}.")
    return number


def number(name: str, default: int, of: str = "") -> int:
    """An environment variable as a number, 0 or more; `of` says of what."""
    value = os.environ.get(name, "").strip() or str(default)
    if not (value.isascii() and value.isdigit()) or len(value) > 5:
        raise ImproperlyConfigured(f"{name} is “{value}”; wanted a number{of}, such as {default}.")
    return int(value)


def tag(name: str, hosts: list[str]) -> str:
    """An environment variable as who gives ids and since when (RFC 4151); by default the site's first host name."""
    host_name = r"(?=.*[a-z])[a-z0-9]([a-z0-9.-]*[a-z0-9])?"
    named = (host.lstrip(".").lower() for host in hosts)
    default = f"{next((host for host in named if re.fullmatch(host_name, host)), 'localhost')},2026-11-01"
    value = os.environ.get(name, "").strip() or default
    giver, _, day = value.rpartition(",")
    try:
        is_day = date.fromisoformat(day).isoformat() == day
    except ValueError:
        is_day = False
    if not is_day or not re.fullmatch(host_name, giver):
        raise ImproperlyConfigured(f"{name} is “{value}”; wanted a host name and a day, such as {default}.")
    return value


DEBUG = flag("DEBUG")

# Without DATABASE_URL this is a workplace for one person: the embedded server, a throw-away key, this host only.
IS_LOCAL = "DATABASE_URL" not in os.environ
LOCAL_KEY = "local-use-only-" + "0" * 50
if IS_LOCAL and words("ALLOWED_HOSTS") and not os.environ.get("SECRET_KEY"):
    # A public site that forgot its database would run with a key that everybody knows, and without TLS.
    raise ImproperlyConfigured("ALLOWED_HOSTS is set but not DATABASE_URL or SECRET_KEY; a site needs all three.")

SECRET_KEY = os.environ.get("SECRET_KEY", LOCAL_KEY if IS_LOCAL else "")
if not SECRET_KEY:
    raise ImproperlyConfigured("SECRET_KEY is not set; wanted a long random text in the environment.")
ALLOWED_HOSTS = words("ALLOWED_HOSTS") or (["localhost", "127.0.0.1", "[::1]"] if IS_LOCAL else [])
CSRF_TRUSTED_ORIGINS = words("CSRF_TRUSTED_ORIGINS")

INSTALLED_APPS = [
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.sitemaps",  # its templates
    "django.contrib.postgres",
    "django_htmx",
    "pgtrigger",
    "pghistory",
    "django_tasks_db",
    "apps.web",
    "apps.actors",
    "apps.sources",
    "apps.claims",
    "apps.comparisons",
    "apps.publishing",
    "apps.ingest",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.csp.ContentSecurityPolicyMiddleware",
    "apps.web.middleware.HeadMiddleware",
    "apps.web.problems.ProblemMiddleware",
    "apps.comparisons.revalidation.RevalidationMiddleware",
    "apps.publishing.api.access.AccessMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "pghistory.middleware.HistoryMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "apps.web.middleware.BadQueryMiddleware",
    "apps.web.gone.GoneMiddleware",
    "apps.comparisons.known.KnownMiddleware",
    "apps.comparisons.old_slugs.OldFilterMiddleware",
]

ROOT_URLCONF = "apps.config.urls"
WSGI_APPLICATION = "apps.config.wsgi.application"

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
                "apps.comparisons.known.known_bar",
            ],
            "builtins": ["apps.web.templatetags.parallax"],
        },
    },
]

# Locally a command that only reads its arguments would wait for a server to start; Django's dummy refuses every query.
ASKS_NO_DATABASE = Path(sys.argv[0]).name == "manage.py" and sys.argv[1:2] == ["read_figure"]
DATABASES: dict[str, dict[str, Any]] = {"default": {"ENGINE": "django.db.backends.dummy"}}
if not (IS_LOCAL and ASKS_NO_DATABASE):
    DATABASES["default"] = {**dj_database_url.parse(embedded.start() if IS_LOCAL else os.environ["DATABASE_URL"])}
DATABASES["default"] |= {
    "CONN_MAX_AGE": 0,
    # Opening a connection costs more than most pages; the pool keeps a few. Tests open and drop databases, which a
    # pool would hold on to.
    "OPTIONS": {} if "pytest" in sys.modules else {"pool": {"min_size": 1, "max_size": 8, "timeout": 10}},
}
# What takes longer than a page may is put into a queue in the database; `manage.py work` does it.
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
# What one process remembers for a while: how often the API was asked. Django's 300 would be too few addresses.
CACHES = {
    "default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "OPTIONS": {"MAX_ENTRIES": 100_000}},
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in ("UserAttributeSimilarityValidator", "MinimumLengthValidator", "CommonPasswordValidator")
]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]

LANGUAGE_CODE = "en-gb"
TIME_ZONE = "UTC"  # days are UTC days (model.md §4)
USE_TZ = True
USE_I18N = True

STATIC_URL = "/static/"
# A local start serves files from where they lie and collects nothing.
STATIC_ROOT = None if IS_LOCAL else Path(os.environ.get("STATIC_ROOT", BASE_DIR / "staticfiles"))
STATICFILES_DIRS = [BASE_DIR / "static"]
MEDIA_ROOT = Path(os.environ.get("MEDIA_ROOT", BASE_DIR / "media"))
# Everywhere else they are hashed, compressed and cached for a year.
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if IS_LOCAL
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
WHITENOISE_USE_FINDERS = IS_LOCAL
WHITENOISE_AUTOREFRESH = DEBUG

SECURE_CSP = {
    "default-src": [CSP.SELF],
    "object-src": [CSP.NONE],
    "base-uri": [CSP.NONE],
    "frame-ancestors": [CSP.NONE],
    "form-action": [CSP.SELF],
}
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CONTENT_TYPE_NOSNIFF = True
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = not IS_LOCAL
SECURE_SSL_REDIRECT = not IS_LOCAL and not flag("PARALLAX_PLAIN_HTTP")
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]  # asked from inside, without TLS
SECURE_HSTS_SECONDS = 0 if IS_LOCAL else 31_536_000
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = not IS_LOCAL
PARALLAX_BEHIND_PROXY = flag("PARALLAX_BEHIND_PROXY")
if PARALLAX_BEHIND_PROXY:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

# A query string longer than this is junk; so is a form with more fields than the longest one of ours.
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2_000
# Tables that editors bring in wait in the database until they are in.
PARALLAX_MAX_UPLOAD_BYTES = int(os.environ.get("PARALLAX_MAX_UPLOAD_BYTES", 64 * 1024 * 1024))

#: Conventions of reading and comparing (model.md §§3–4); a question may set its own.
PARALLAX_WINDOW_DAYS = number("PARALLAX_WINDOW_DAYS", 3, of=" of days")
PARALLAX_TOLERANCE = share("PARALLAX_TOLERANCE", "0.10")
#: The beginning of the ids in feeds: whose name they bear, and a day on which the name was the site's. A site that
#: moves to another host keeps the old one here, or every reader is shown everything again.
PARALLAX_TAG = tag("PARALLAX_TAG", ALLOWED_HOSTS)
#: How often the API answers one token, or one address without a token, in a minute; 0: as often as they ask.
PARALLAX_API_READS_PER_MINUTE = number("PARALLAX_API_READS_PER_MINUTE", 120)
PARALLAX_API_WRITES_PER_MINUTE = number("PARALLAX_API_WRITES_PER_MINUTE", 30)
#: Where `make demo` finds its data.
PARALLAX_DEMO_BUNDLE = BASE_DIR / "demo" / "dprk"

# Who changed something is asked only where something can change: asking makes every answer vary by cookie.
PGHISTORY_MIDDLEWARE_METHODS = ("POST", "PUT", "PATCH", "DELETE")

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    # Anyone can ask for another host; they get a 400, we need no traceback.
    "loggers": {"django.security.DisallowedHost": {"handlers": [], "propagate": False}},
}
