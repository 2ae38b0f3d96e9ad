"""All settings in one file; what differs between installations comes from the environment (docs/operations.md)."""

import os
import re
import tomllib
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import environ
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from django.core.management.utils import get_random_secret_key

BASE_DIR = Path(__file__).resolve().parent.parent
VAR_DIR = BASE_DIR / "var"
env = environ.Env()
# The library for Word brings lxml; openpyxl would read with it what people upload, and no longer with defusedxml.
os.environ["OPENPYXL_LXML"] = "False"


def _demo_secret_key() -> str:
    """A key for a checkout without settings, kept so that demo links survive a restart."""
    path = VAR_DIR / "secret_key"
    if not path.exists():
        VAR_DIR.mkdir(exist_ok=True)
        path.touch(mode=0o600)
        path.write_text(get_random_secret_key(), encoding="utf-8")
    return path.read_text(encoding="utf-8")


def _software_version() -> str:
    with (BASE_DIR / "pyproject.toml").open("rb") as file:
        return tomllib.load(file)["project"]["version"]


# --- What kind of installation -------------------------------------------------------------------------------
# Without SECRET_KEY this is a checkout to look at: demo mode, reachable on this machine only.
DEBUG = env.bool("DEBUG", default=False)
DEMO = env.bool("DEMO", default="SECRET_KEY" not in env.ENVIRON)
SECRET_KEY = env.str("SECRET_KEY") if not DEMO or "SECRET_KEY" in env.ENVIRON else _demo_secret_key()
SECRET_KEY_FALLBACKS = env.list("SECRET_KEY_FALLBACKS", default=[])
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["localhost", "127.0.0.1", "[::1]"] if DEMO else [])
BASE_URL = env.str("BASE_URL", default="http://localhost:8000") if DEMO else env.str("BASE_URL")
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])
SOFTWARE_VERSION = _software_version()

# --- Who runs it: without these the product claims nobody's name ---------------------------------------------
ORGANISATION_NAME = env.str("ORGANISATION_NAME", default="")
ORGANISATION_COLOUR = env.str(
    "ORGANISATION_COLOUR", default="#0b4f9e"
)  # the one accent of pages, reports and charts
if not re.fullmatch("#[0-9a-fA-F]{6}", ORGANISATION_COLOUR):
    raise ImproperlyConfigured(f"ORGANISATION_COLOUR is {ORGANISATION_COLOUR!r}, and not written as #rrggbb.")
ORGANISATION_LOGO = env.str("ORGANISATION_LOGO", default="")  # path below static/
if ORGANISATION_LOGO and not (BASE_DIR / "static" / ORGANISATION_LOGO).is_file():
    # Else every page would fail, and only once somebody asks for one.
    raise ImproperlyConfigured(f"ORGANISATION_LOGO is {ORGANISATION_LOGO!r}, and static/ has no such file.")
PROGRAMME_EMAIL = env.str("PROGRAMME_EMAIL", default="regiospiegel@programma.example")
CONTROLLER = env.str("CONTROLLER", default="")
CONTROLLER_ADDRESS = env.str("CONTROLLER_ADDRESS", default="")
DPO_EMAIL = env.str("DPO_EMAIL", default="")
SUPERVISOR = env.str("SUPERVISOR", default="")
SUPERVISOR_URL = env.str("SUPERVISOR_URL", default="")
LEGAL_BASIS = env.str("LEGAL_BASIS", default="")
HOSTING_PROVIDER = env.str("HOSTING_PROVIDER", default="")
MAIL_PROVIDER = env.str("MAIL_PROVIDER", default="")
COMPLAINTS_BODY = env.str("COMPLAINTS_BODY", default="")
COMPLAINTS_URL = env.str("COMPLAINTS_URL", default="")
ACCESSIBILITY_EMAIL = env.str("ACCESSIBILITY_EMAIL", default=PROGRAMME_EMAIL)
ACCESSIBILITY_STATUS = env.str("ACCESSIBILITY_STATUS", default="partial")  # full, partial or none
ACCESSIBILITY_FAULTS = env.str("ACCESSIBILITY_FAULTS", default="")  # what an examination found
ACCESSIBILITY_EXAMINER = env.str("ACCESSIBILITY_EXAMINER", default="")
ACCESSIBILITY_PREPARED_ON = env.str("ACCESSIBILITY_PREPARED_ON", default="2026-11-24")
ACCESSIBILITY_REVIEWED_ON = env.str("ACCESSIBILITY_REVIEWED_ON", default=ACCESSIBILITY_PREPARED_ON)
ACCESSIBILITY_ANSWER_DAYS = env.int("ACCESSIBILITY_ANSWER_DAYS", default=30)
PRIVACY_VERSION_ON = env.str("PRIVACY_VERSION_ON", default="2026-11-24")

# --- Applications and middleware -----------------------------------------------------------------------------
INSTALLED_APPS = [
    "questionnaires",
    "assessment",
    "reports",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "formtools",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "auditlog",
    "csp",
    "django_tasks",
    "django_tasks_db",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "config.middleware.SteadyPolicy",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "config.middleware.language",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "config.middleware.second_step",
    "auditlog.middleware.AuditlogMiddleware",
]
ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "OPTIONS": {
            "loaders": [
                (
                    "django.template.loaders.cached.Loader",
                    [
                        "django.template.loaders.filesystem.Loader",
                        "django.template.loaders.app_directories.Loader",
                    ],
                )
            ],
            "builtins": [
                "questionnaires.templatetags.texts",
                "django.templatetags.static",
                "django.templatetags.cache",
            ],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "config.context.installation",
            ],
        },
    },
]

# --- Database, cache, background tasks -----------------------------------------------------------------------
DATABASES = {"default": env.db("DATABASE_URL", default=f"sqlite:///{VAR_DIR / 'regiospiegel.sqlite3'}")}
DATABASES["default"]["CONN_MAX_AGE"] = 60
DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # FULL survives a power cut; NORMAL is faster and enough for a demo. secure_delete overwrites what is erased.
    _synchronous = "NORMAL" if DEMO else "FULL"
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": (
            f"PRAGMA journal_mode = WAL; PRAGMA synchronous = {_synchronous}; PRAGMA secure_delete = ON;"
        ),
    }
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
CACHES = {
    "default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "cache"},
    # Of each process: what stands the same on every page.
    "memory": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"},
}
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": ["default", "reports"]}}

# --- Accounts of staff ---------------------------------------------------------------------------------------
AUTH_USER_MODEL = "assessment.User"
AUTHENTICATION_BACKENDS = ["assessment.coaching.accounts.StaffBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "coaching:forums"
ACCOUNT_ADAPTER = "assessment.coaching.accounts.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_PREVENT_ENUMERATION = True
PASSWORD_RESET_TIMEOUT = 60 * 60
ACCOUNT_LINK_DAYS = 7  # how long somebody who is invited may take to choose a password
MFA_REQUIRED = env.bool("MFA_REQUIRED", default=not DEMO)
MFA_ADAPTER = "assessment.coaching.second_step.SecondStepAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_TOLERANCE = 1  # a clock half a minute off, or a code that was read just before it changed
# Signing in at the organisation's own provider; without OIDC_ISSUER there is no such button.
OIDC_ISSUER = env.str("OIDC_ISSUER", default="").rstrip("/")
OIDC_NAME = env.str("OIDC_NAME", default="OpenID Connect")
OIDC_SATISFIES_MFA = env.bool("OIDC_SATISFIES_MFA", default=False)
SOCIALACCOUNT_ADAPTER = "assessment.coaching.elsewhere.ElsewhereAdapter"
SOCIALACCOUNT_PROVIDERS: dict[str, Any] = {"openid_connect": {"APPS": []}}
if OIDC_ISSUER:
    _provider = {
        "provider_id": "oidc",
        "name": OIDC_NAME,
        "client_id": env.str("OIDC_CLIENT_ID"),
        "secret": env.str("OIDC_CLIENT_SECRET"),
        "settings": {
            "server_url": OIDC_ISSUER,
            "token_auth_method": "client_secret_basic",
            "fetch_userinfo": False,
            "oauth_pkce_enabled": True,
        },
    }
    SOCIALACCOUNT_PROVIDERS["openid_connect"]["APPS"].append(_provider)
SESSION_ENGINE = "assessment.coaching.browsers"
SESSION_COOKIE_AGE = 8 * 60 * 60
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_NAME = "sessie"
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_NAME = "formulier"
CSRF_COOKIE_AGE = 60 * 60 * 24 * 31
CSRF_FAILURE_VIEW = "config.errors.csrf_failure"
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
TRUSTED_PROXIES = env.int("TRUSTED_PROXIES", default=0)
ALLAUTH_TRUSTED_PROXY_COUNT = TRUSTED_PROXIES
AUDITLOG_USE_FK_STRING_REPRESENTATION = True  # it can be read when what it names is gone
AUDITLOG_DISABLE_REMOTE_ADDR = True  # the audit trail says who, never from where

# --- Safety --------------------------------------------------------------------------------------------------
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "object-src": [NONE],
        "base-uri": [NONE],
        # Signing in elsewhere begins with a form, and browsers hold its redirect to this rule.
        "form-action": [
            SELF,
            *(["{0.scheme}://{0.netloc}".format(urlsplit(OIDC_ISSUER))] if OIDC_ISSUER else []),
        ],
        "frame-ancestors": [NONE],
    }
}
# strict-origin: no path, so no link, ever leaves in a referrer; `no-referrer` would break the CSRF check.
SECURE_REFERRER_POLICY = "strict-origin"
X_FRAME_OPTIONS = "DENY"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = not (DEMO or DEBUG)
SECURE_SSL_REDIRECT = env.bool("SECURE_SSL_REDIRECT", default=not (DEMO or DEBUG))
SECURE_REDIRECT_EXEMPT = [r"^-/health$"]
SECURE_HSTS_SECONDS = env.int("SECURE_HSTS_SECONDS", default=0 if DEMO or DEBUG else 31_536_000)
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = False
if TRUSTED_PROXIES:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
# More than a form takes, so that a list that is too long is refused by its form, which shows it again.
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_621_440
DATA_UPLOAD_MAX_NUMBER_FIELDS = 500
# In memory only: a list of people never lies in a folder for temporary files. What is larger is let go.
FILE_UPLOAD_HANDLERS = ["django.core.files.uploadhandler.MemoryFileUploadHandler"]
FILE_UPLOAD_MAX_MEMORY_SIZE = 5_000_000  # what an earlier round may take

# --- Language and time ---------------------------------------------------------------------------------------
LANGUAGE_CODE = "nl"
LANGUAGES = [("nl", "Nederlands"), ("en", "English")]
LOCALE_PATHS = [BASE_DIR / "locale"]
LANGUAGE_COOKIE_NAME = "taal"
LANGUAGE_COOKIE_AGE = 60 * 60 * 24 * 365
LANGUAGE_COOKIE_HTTPONLY = True
LANGUAGE_COOKIE_SAMESITE = "Lax"
TIME_ZONE = "Europe/Brussels"
USE_TZ = True

# --- Static files --------------------------------------------------------------------------------------------
STATIC_URL = "static/"
STATICFILES_DIRS = [BASE_DIR / "static"]
STATIC_ROOT = VAR_DIR / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}

# Files of many reports at once, one day each; web server and worker both need it.
BATCH_FOLDER = env.str("BATCH_FOLDER", default=str(VAR_DIR / "batches"))

# --- E-mail --------------------------------------------------------------------------------------------------
EMAIL_FILE_PATH = env.str("MAIL_FOLDER", default=str(VAR_DIR / "mail"))
if "EMAIL_URL" in env.ENVIRON:
    vars().update(env.email("EMAIL_URL"))
    EMAIL_TIMEOUT = 20
else:
    EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", default=f"Regiospiegel <{PROGRAMME_EMAIL}>")

# --- Rules of the product that an installation may set -------------------------------------------------------
ROUND_OPENS_AT = "08:00"
ROUND_CLOSES_AT = "23:59"
FORUM_SIZE = (5, 60)
ERASE_DELEGATION_LABELS = env.bool("ERASE_DELEGATION_LABELS", default=False)  # no `recompute` then
FAILED_LOOKUPS = env.int("FAILED_LOOKUPS", default=30)  # unknown links an address may try in ten minutes
KEEP_MONTHS = {
    "members": env.int("KEEP_MEMBERS_MONTHS", default=12),
    "mails": env.int("KEEP_MAILS_MONTHS", default=3),
    "responses": env.int("KEEP_RESPONSES_MONTHS", default=24),
    "results": env.int("KEEP_RESULTS_MONTHS", default=120),
    "trail": env.int("KEEP_TRAIL_MONTHS", default=24),
}
KEEP_DAYS = {
    "logs": env.int("KEEP_LOGS_DAYS", default=30),
    "backups": env.int("KEEP_BACKUPS_DAYS", default=30),
}

# --- Logs: no link, no receipt, no address -------------------------------------------------------------------
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"no_links": {"()": "config.logs.NoLinks"}},
    "formatters": {
        "plain": {"()": "config.logs.PlainFormatter", "format": "{levelname} {name} {message}", "style": "{"}
    },
    "handlers": {
        "console": {"class": "logging.StreamHandler", "filters": ["no_links"], "formatter": "plain"},
    },
    "root": {"handlers": ["console"], "level": env.str("LOG_LEVEL", default="INFO")},
    "loggers": {
        "django": {"handlers": [], "propagate": True},
        "django.server": {"handlers": [], "propagate": True},
        "fido2": {"level": "WARNING"},  # at INFO it names every passkey
    },
}
