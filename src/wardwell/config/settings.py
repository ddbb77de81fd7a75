"""Every setting of an installation, read from the environment, typed; what is malformed or unknown stops the start.

The table in docs/reference/settings.md is made from this module.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from wardwell.config.environment import Environment
from wardwell.config.postgres import socket_folder
from wardwell.web.templating import CHART_FONT as BUNDLED_FONT
from wardwell.web.templating import (
    CHART_FONT_FOLDER,
    CONTEXT,
    STATIC_FOLDER,
    TEMPLATE_FOLDERS,
    TEMPLATE_TAGS,
)

env = Environment.read()
HOME = (
    Path(__file__).resolve().parents[3]
    if (Path(__file__).resolve().parents[3] / "pyproject.toml").exists()
    else Path.cwd()
)

# -- The installation ---------------------------------------------------------------------------------------------------
DEMONSTRATION = env.flag(
    "WARDWELL_DEMONSTRATION", False, "Shows that people and personal data are synthetic, and who to sign in as."
)
DATA = (
    HOME / env.text("WARDWELL_DATA", "var", "Folder of snapshots, releases, uploads and the embedded PostgreSQL.")
).resolve()
SNAPSHOTS, RELEASES, SPOOL, STAGING = DATA / "snapshots", DATA / "releases", DATA / "spool", DATA / "staging"
SECRET_KEY = env.secret(
    "WARDWELL_SECRET_KEY", "Signs sessions. A file path after `file:` keeps it out of the environment.", DATA
)
SECRET_KEY_FALLBACKS = env.words(
    "WARDWELL_OLD_SECRET_KEYS", [], "Secret keys used before: sessions and second factors made under them stay good."
)
HOSTS = env.words("WARDWELL_HOSTS", ["localhost", "127.0.0.1"], "Names under which the site is reached.")
LOOPBACK = {"localhost", "127.0.0.1", "testserver"}
HTTPS = env.flag(
    "WARDWELL_HTTPS",
    not set(HOSTS) <= LOOPBACK,
    "Served over HTTPS: secure cookies, HSTS. Off only for this machine itself.",
)
PUBLIC_BASE_URL = env.text(
    "WARDWELL_BASE_URL", "http://localhost:8000", "Address of the site, as printed in publications."
)
MAX_UPLOAD_BYTES = env.number(
    "WARDWELL_MAX_UPLOAD_BYTES", 2_000_000_000, "Largest file that may be sent in by the browser."
)
IDLE_MINUTES = env.number("WARDWELL_IDLE_MINUTES", 30, "Minutes without a request after which a session ends.")
SESSION_HOURS = env.number("WARDWELL_SESSION_HOURS", 10, "Hours after which a session ends in any case.")
SMALL_NUMBER_THRESHOLD = env.number(
    "WARDWELL_SMALL_NUMBER_THRESHOLD", 5, "Counts from 1 to one under this are not published."
)
OPENID_ISSUER = env.text("WARDWELL_OPENID_ISSUER", "", "OpenID Connect provider's address; empty for none.")
OPENID_CLIENT = env.text("WARDWELL_OPENID_CLIENT", "", "Client name at the OpenID Connect provider.")
OPENID_SECRET = env.text("WARDWELL_OPENID_SECRET", "", "Client secret at the OpenID Connect provider.")
EMAIL_URL = env.text("WARDWELL_SMTP_HOST", "", "Mail server; empty writes mail to the folder `mail` under the data.")
MAIL_FROM = env.text("WARDWELL_MAIL_FROM", "wardwell@localhost", "Address that mail is sent from.")
MAIL_REMINDERS = env.flag(
    "WARDWELL_MAIL_REMINDERS", False, "Also e-mails suppliers what `wardwell remind` tells them on their home page."
)
TRUSTED_PROXIES = env.number(
    "WARDWELL_TRUSTED_PROXIES",
    0,
    "Proxies in front whose X-Forwarded-For is believed: sign-in is limited by the address behind them.",
)
WORKER_THREADS = env.number("WARDWELL_THREADS", 4, "Threads that answer requests.")
env.text("WARDWELL_AS", "", "E-mail of the worker in whose name commands are run, if --as is left out.")

# -- PostgreSQL: the application's role, and one connection outside the request's transaction ---------------------------------
DATABASE_HOST = env.text(
    "WARDWELL_DATABASE_HOST", "", "PostgreSQL host or socket folder; empty for the embedded server."
)
DATABASE_PORT = env.number("WARDWELL_DATABASE_PORT", 5432, "PostgreSQL port.")
DATABASE_NAME = env.text("WARDWELL_DATABASE_NAME", "wardwell", "Name of the database.")
DATABASE_ROLE = env.choice(
    "WARDWELL_DATABASE_ROLE", "app", ["app", "migrator"], "Role to connect as; the product runs as app."
)
DATABASE_PASSWORD = env.text(
    "WARDWELL_DATABASE_PASSWORD", "", "Password of that role; empty where the server asks for none."
)

_DATABASE: dict[str, Any] = {
    "ENGINE": "django.db.backends.postgresql",
    "HOST": DATABASE_HOST or socket_folder(DATA),
    "PORT": DATABASE_PORT,
    "NAME": DATABASE_NAME,
    "USER": DATABASE_ROLE,
    "PASSWORD": DATABASE_PASSWORD,
    "CONN_MAX_AGE": 0 if DATABASE_ROLE == "app" else 60,
    "OPTIONS": {"connect_timeout": 10},
    "TEST": {"NAME": "test_" + DATABASE_NAME, "TEMPLATE": "template0"},
}
DATABASES = {"default": _DATABASE, "outside": {**_DATABASE, "TEST": {"MIRROR": "default"}}}
if env.flag("WARDWELL_POOL", False, "Keeps a pool of database connections; for serving, never in tests."):
    _POOL = {"min_size": 1, "max_size": WORKER_THREADS + 4, "timeout": 10}
    DATABASES = {
        name: {**one, "CONN_MAX_AGE": 0, "OPTIONS": {**one["OPTIONS"], "pool": _POOL}}
        for name, one in DATABASES.items()
    }
DATABASE_ROUTERS = ["wardwell.config.routing.CacheOutside"]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
# Rate limits are counted here: with few places, wrong passwords for many addresses would push each other's counts out.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "cache",
        "OPTIONS": {"MAX_ENTRIES": 100_000},
    }
}

env.finish()

# -- Django ---------------------------------------------------------------------------------------------------------------
DEBUG = False
ALLOWED_HOSTS = HOSTS
ROOT_URLCONF = "wardwell.config.urls"
WSGI_APPLICATION = "wardwell.config.wsgi.application"
AUTH_USER_MODEL = "access.Worker"
INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "procrastinate.contrib.django",
    "wardwell.access.apps.AccessConfig",
    "wardwell.audit.apps.AuditConfig",
    "wardwell.areas.apps.AreasConfig",
    "wardwell.agencies.apps.AgenciesConfig",
    "wardwell.meetings.apps.MeetingsConfig",
    "wardwell.evidence.apps.EvidenceConfig",
    "wardwell.neighbourhoods.apps.NeighbourhoodsConfig",
    "wardwell.assessment.apps.AssessmentConfig",
    "wardwell.publication.apps.PublicationConfig",
    "wardwell.jobs.apps.JobsConfig",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "wardwell.config.middleware.ContentSecurityPolicy",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "wardwell.config.middleware.NobodyElsesCopy",
    "wardwell.config.middleware.OneTransaction",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    "wardwell.config.middleware.SessionEnds",
    "wardwell.config.middleware.NameActor",
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": list(TEMPLATE_FOLDERS),
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.messages.context_processors.messages",
                *CONTEXT,
            ],
            "builtins": list(TEMPLATE_TAGS),
        },
    }
]
PROCRASTINATE_IMPORT_PATHS = ["wardwell.jobs.importing"]
# Addresses end without a stroke, so what is included under /evidence begins with one.
SILENCED_SYSTEM_CHECKS = ["urls.W002"]
LANGUAGE_CODE = "en-gb"
TIME_ZONE = "Europe/London"
USE_I18N = True
USE_TZ = True
STATIC_URL = "/static/"
STATIC_ROOT = DATA / "static"
STATICFILES_DIRS = [STATIC_FOLDER]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
WHITENOISE_MANIFEST_STRICT = True
# The family that charts and documents are set in, and the folder of its files.
CHART_FONT, CHART_FONTS = BUNDLED_FONT, CHART_FONT_FOLDER
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
FILE_UPLOAD_HANDLERS = ["wardwell.config.uploads.BoundedUpload"]
FILE_UPLOAD_TEMP_DIR = str(SPOOL)
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_500_000

# -- Signing in -----------------------------------------------------------------------------------------------------------
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}", "OPTIONS": options}
    for name, options in (
        ("UserAttributeSimilarityValidator", {}),
        ("MinimumLengthValidator", {"min_length": 12}),
        ("CommonPasswordValidator", {}),
    )
]
ALLAUTH_TRUSTED_PROXY_COUNT = TRUSTED_PROXIES
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/home"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_ADAPTER = "wardwell.config.signing_in.NoSignUp"
SOCIALACCOUNT_ADAPTER = "wardwell.config.signing_in.NoSocialSignUp"
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
USERSESSIONS_TRACK_ACTIVITY = True
MFA_ADAPTER = "wardwell.config.signing_in.EncryptedFactors"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "Wardwell"
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not HTTPS
SOCIALACCOUNT_PROVIDERS = {
    "openid_connect": {
        "APPS": [
            {
                "provider_id": "work",
                "name": "your organisation's account",
                "client_id": OPENID_CLIENT,
                "secret": OPENID_SECRET,
                "settings": {"server_url": OPENID_ISSUER},
            }
        ]
        if OPENID_ISSUER
        else []
    }
}
EMAIL_BACKEND = (
    "django.core.mail.backends.smtp.EmailBackend" if EMAIL_URL else "django.core.mail.backends.filebased.EmailBackend"
)
EMAIL_HOST = EMAIL_URL or "localhost"
EMAIL_FILE_PATH = str(DATA / "mail")
DEFAULT_FROM_EMAIL = MAIL_FROM

# -- Sessions and headers -------------------------------------------------------------------------------------------------
SESSION_COOKIE_AGE = IDLE_MINUTES * 60
SESSION_SAVE_EVERY_REQUEST = True
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SESSION_COOKIE_NAME = "__Host-session" if HTTPS else "session"
CSRF_COOKIE_NAME = "__Host-csrf" if HTTPS else "csrf"
SECURE_SSL_REDIRECT = HTTPS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = HTTPS
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; "
    "worker-src 'self'; manifest-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; object-src 'none'"
)

# -- Logging: one line a message, no personal data --------------------------------------------------------------------------
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s: %(message)s"}},
    "handlers": {"standard error": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["standard error"], "level": "WARNING"},
    # WeasyPrint names every style that paper does not know; a page that is not there is no fault of ours.
    "loggers": {"weasyprint": {"level": "ERROR"}, "django.request": {"level": "ERROR"}},
}
