"""Settings, read strictly from the environment. Nothing but DATABASE_URL need be set."""

import os
import secrets
import sys
from datetime import timedelta
from pathlib import Path

import environ
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured

from resolution03.lib.catalog import LOCALE

BASE_DIR = Path(__file__).resolve().parent.parent
VAR_DIR = BASE_DIR / "var"
env = environ.Env()


def _secret_key() -> str:
    """SECRET_KEY, else a secret made once in var/secret_key (mode 0600)."""
    if key := os.environ.get("SECRET_KEY"):
        return key
    path = VAR_DIR / "secret_key"
    if not path.exists():
        VAR_DIR.mkdir(exist_ok=True)
        try:
            descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        except FileExistsError:
            return path.read_text().strip()
        with os.fdopen(descriptor, "w") as stream:
            stream.write(secrets.token_urlsafe(50))
    return path.read_text().strip()


def _database() -> dict:
    """DATABASE_URL; a relative SQLite path is relative to manage.py."""
    config = env.db_url("DATABASE_URL", default="sqlite:///var/resolution03.sqlite3")
    if config["ENGINE"].endswith("sqlite3"):
        if config["NAME"] != ":memory:":
            config["NAME"] = str(BASE_DIR / config["NAME"])
            Path(config["NAME"]).parent.mkdir(parents=True, exist_ok=True)
        config["OPTIONS"] = {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
        }
        VAR_DIR.mkdir(exist_ok=True)
        config["TEST"] = {"NAME": str(VAR_DIR / "test.sqlite3")}
    return config


def _on_or_off(name: str, *, default: bool) -> bool:
    """A switch that a slip of the pen must not throw: `on` or `off`, nothing else."""
    written = os.environ.get(name, "").strip().lower()
    if written not in ("", "on", "off"):
        raise ImproperlyConfigured(f"{name}: write on or off, not {written!r}.")
    return default if not written else written == "on"


DEBUG = env.bool("DEBUG", default=False)
# Off only where the intranet has no certificate; `manage.py demo` turns it off for 127.0.0.1.
HTTPS = env.bool("HTTPS", default=not DEBUG)
SECRET_KEY = _secret_key()
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["127.0.0.1", "localhost"])
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "axes",
    "csp",
    "crispy_forms",
    "crispy_bootstrap5",
    "django_filters",
    "resolution03",
    "accounts",
    "orgs",
    "members",
    "assessments",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "resolution03.middleware.request_id",
    "resolution03.middleware.without_nul",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "accounts.middleware.language",
    "accounts.middleware.session_limits",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "accounts.middleware.one_time_password",
    "orgs.middleware.posting",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "csp.middleware.CSPMiddleware",
    "axes.middleware.AxesMiddleware",
    "resolution03.middleware.second_try",
]
ROOT_URLCONF = "resolution03.urls"
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
                "resolution03.navigation.navigation",
                "resolution03.views.demonstration",
                "assessments.review.notices.told.bar",
                "assessments.rules.default_words.template_context",
            ],
            "libraries": {
                "beginning": "assessments.roster.tags",
                "entry": "assessments.entry.grid.tags",
                "count_entry": "assessments.entry.counts.tags",
                "figures": "assessments.figures.tags",
                "heads": "assessments.figures.heads.tags",
                "submissions": "assessments.entry.tags",
                "totals": "assessments.entry.totals.tags",
                "years": "assessments.figures.year_tags",
            },
        },
    }
]
CRISPY_ALLOWED_TEMPLATE_PACKS = "bootstrap5"
CRISPY_TEMPLATE_PACK = "bootstrap5"
WSGI_APPLICATION = "resolution03.wsgi.application"
DATABASES = {"default": _database()}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

LANGUAGE_CODE = "vi"
LANGUAGES = [("vi", "Tiếng Việt"), ("en", "English")]
LOCALE_PATHS = [LOCALE]
TIME_ZONE = "Asia/Ho_Chi_Minh"
USE_TZ = True

STATIC_URL = "static/"
STATIC_ROOT = VAR_DIR / "static"
STATIC_ROOT.mkdir(parents=True, exist_ok=True)
STATICFILES_DIRS = [BASE_DIR / "static"]
# After `collectstatic` names carry their hash; before it, files are served as they stand.
_COLLECTED = "collectstatic" in sys.argv or (STATIC_ROOT / "staticfiles.json").exists()
WHITENOISE_USE_FINDERS = not _COLLECTED
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"
        if _COLLECTED
        else "django.contrib.staticfiles.storage.StaticFilesStorage"
    },
}

# Off: no page, list, search or load about members, and no head's name (ADR 15).
STORE_NAMES = _on_or_off("STORE_NAMES", default=True)

# How long what is kept for a time is kept; `manage.py prune` removes it.
UPLOAD_DAYS = env.int("UPLOAD_DAYS", default=90)
EXPORT_LOG_YEARS = env.int("EXPORT_LOG_YEARS", default=2)
PERSON_LIST_YEARS = env.int("PERSON_LIST_YEARS", default=2)
NAMES_YEARS = env.int("NAMES_YEARS", default=5)

# Long acts: each room declares its own; workers beside the server do them (ADR 32).
JOBS = [
    "assessments.registers.jobs",
    "assessments.figures.names.jobs",
    "assessments.figures.judged.jobs",
    "assessments.reports.jobs",
    "assessments.reports.issued.jobs",
    "assessments.reports.changed.jobs",
    "assessments.review.years.jobs",
    "assessments.workbooks.batches.jobs",
    "assessments.workbooks.layouts.jobs",
    "assessments.workbooks.marked.jobs",
    "assessments.workbooks.prepared.jobs",
    "assessments.workbooks.undoing.jobs",
    "assessments.operations.backups.jobs",
]
JOBS_WORKER = True
JOBS_AT_ONCE = env.int("JOBS_AT_ONCE", default=1 if "sqlite" in DATABASES["default"]["ENGINE"] else 2)
# Rows up to which an act is done in its request, seconds after which an idle worker ends.
JOBS_SMALL = env.int("JOBS_SMALL", default=2000)
JOBS_IDLE = env.int("JOBS_IDLE", default=600)
JOBS_DAYS = env.int("JOBS_DAYS", default=3)

# Who signs in, and how.
AUTH_USER_MODEL = "accounts.User"
# Where each room declares the words of its actions; an action that no room declares is not written.
TRAIL = ["orgs.trail.declared", "members.trail", "assessments.registers.acts", "assessments.operations.trail"]
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "django.contrib.auth.backends.ModelBackend",
]
LOGIN_URL = "accounts:sign_in"
LOGIN_REDIRECT_URL = "home"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
_VALIDATION = "django.contrib.auth.password_validation"
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": f"{_VALIDATION}.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ["username", "full_name"]},
    },
    {"NAME": f"{_VALIDATION}.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": f"{_VALIDATION}.CommonPasswordValidator"},
    {"NAME": f"{_VALIDATION}.NumericPasswordValidator"},
    {"NAME": "accounts.passwords.VietnameseCommonPasswordValidator"},
]
# Offices share one address: a name is locked only from where it failed.
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_FAILURE_LIMIT = env.int("SIGN_IN_FAILURES", default=5)
AXES_COOLOFF_TIME = timedelta(minutes=env.int("SIGN_IN_LOCK_MINUTES", default=30))
AXES_HANDLER = "axes.handlers.database.AxesDatabaseHandler"
AXES_LOCKOUT_CALLABLE = "accounts.views.locked_out"
AXES_RESET_ON_SUCCESS = True
AXES_ENABLE_ACCESS_FAILURE_LOG = True
AXES_ENABLE_ADMIN = False
AXES_VERBOSE = False

# Seconds without a request, and in all, after which a session ends.
SESSION_IDLE = env.int("SESSION_IDLE", default=60 * 60)
SESSION_ABSOLUTE = env.int("SESSION_ABSOLUTE", default=12 * 60 * 60)
SESSION_COOKIE_AGE = SESSION_ABSOLUTE
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"

SECURE_SSL_REDIRECT = HTTPS
SECURE_REDIRECT_EXEMPT = [r"^healthz$"]
SECURE_HSTS_SECONDS = env.int("HSTS_SECONDS", default=30 * 86400 if HTTPS else 0)
if env.bool("BEHIND_PROXY", default=False):
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
# A host of an intranet has no subdomains to include and is on no preload list.
SILENCED_SYSTEM_CHECKS = ["security.W005", "security.W021"]

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "font-src": [SELF],
        # Bootstrap draws the arrows and ticks of its controls from data addresses.
        "img-src": [SELF, "data:"],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}

# Names of persons stand in no log: no query strings, no form data, no account names.
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"request_id": {"()": "resolution03.middleware.RequestIdFilter"}},
    "formatters": {
        "line": {
            "()": "resolution03.middleware.NamelessFormatter",
            "format": "{asctime} {levelname} {request_id} {name}: {message}",
            "style": "{",
        }
    },
    "handlers": {
        "stderr": {
            "class": "logging.StreamHandler",
            "formatter": "line",
            "filters": ["request_id"],
        }
    },
    "root": {"handlers": ["stderr"], "level": env.str("LOG_LEVEL", default="WARNING")},
    "loggers": {"axes": {"level": "CRITICAL"}, "django": {"handlers": [], "level": "WARNING"}},
}
