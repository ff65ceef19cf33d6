"""Every setting of an instance, read once, failing loudly. The table in docs/reference/settings.md is made from here."""

from pathlib import Path

from csp.constants import NONE, SELF
from environs import Env

from havre.config.boot import boot, keyring
from havre.infra.server import django_database

env = Env()
SOURCE = Path(__file__).resolve().parent.parent

_addresses = boot()
DATABASES = {"default": django_database(_addresses.app) | {"ATOMIC_REQUESTS": False, "CONN_MAX_AGE": 60}}
if _addresses.owner:  # unknown to the processes that serve requests
    DATABASES["owner"] = django_database(_addresses.owner) | {"CONN_MAX_AGE": 0}

HAVRE_PRACTICE = env.bool("HAVRE_PRACTICE", default=False)
HAVRE_REQUIRE_TOTP = env.bool("HAVRE_REQUIRE_TOTP", default=not HAVRE_PRACTICE)
HAVRE_TLS = env.bool("HAVRE_TLS", default=False)
HAVRE_LEAVE_TO = env.str("HAVRE_LEAVE_TO", default="")
HAVRE_COUNTRY = env.str("HAVRE_COUNTRY", default="")

DEBUG = False
SECRET_KEY = keyring().derive_password("django")
ALLOWED_HOSTS = env.list("HAVRE_HOSTS", default=["127.0.0.1", "localhost", "[::1]", "testserver"])
ROOT_URLCONF = "havre.config.urls"
if env.bool("HAVRE_NO_MIGRATIONS", default=False):
    MIGRATION_MODULES = {label: None for label in ("access", "infra", "reference", "registration", "identification", "cases",
                                                   "tracing", "exchange", "statistics")}
USE_TZ = True
TIME_ZONE = env.str("HAVRE_TIME_ZONE", default="UTC")
AUTH_USER_MODEL = "access.User"
AUTHENTICATION_BACKENDS = ["havre.access.signin.WithAgency"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.postgres",
    "django_htmx",
    "csp",
    "procrastinate.contrib.django",
    "havre.access",
    "havre.infra",
    "havre.reference",
    "havre.registration",
    "havre.identification",
    "havre.cases",
    "havre.tracing",
    "havre.exchange",
    "havre.statistics",
    "havre.web.shell",
    "havre.web.parts",
    "havre.web",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",  # pads at random; cookies are SameSite=Strict, so no stranger can measure
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "havre.web.middleware.SignedInMiddleware",
    "havre.web.middleware.LanguageMiddleware",
    "havre.web.middleware.HeadersMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
]

TEMPLATES = [{
    "BACKEND": "django.template.backends.django.DjangoTemplates",
    "DIRS": [SOURCE / "web" / "templates", *sorted((SOURCE / "web").glob("*/templates"))],
    "APP_DIRS": False,
    "OPTIONS": {
        "context_processors": ["django.template.context_processors.request", "havre.web.shell.context.shell"],
        "builtins": ["django.templatetags.i18n", "django.templatetags.static", "havre.web.parts.templatetags.parts"],
        "loaders": [("django.template.loaders.cached.Loader", ["django.template.loaders.filesystem.Loader"])],
    },
}]

# Language
LANGUAGE_CODE = "en"
LANGUAGES = [("en", "English"), ("fr", "Français")]
LOCALE_PATHS = sorted((SOURCE / "web").glob("*/locale"))
LANGUAGE_COOKIE_NAME = "havre_language"
LANGUAGE_COOKIE_SAMESITE = "Strict"

# Files served to the browser
STATIC_URL = "/static/"
STATIC_ROOT = SOURCE / "web" / "static"  # served as it stands: nothing to collect
STORAGES = {"default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
            "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}

# Sessions and cookies
SESSION_ENGINE = "django.contrib.sessions.backends.db"
SESSION_COOKIE_NAME = "__Host-havre" if HAVRE_TLS else "havre"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HAVRE_TLS
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Strict"
SESSION_SAVE_EVERY_REQUEST = False
CSRF_FAILURE_VIEW = "havre.web.problems.csrf_failed"
LOGIN_URL = "account:sign_in"

# Headers
SECURE_SSL_REDIRECT = False
SECURE_HSTS_SECONDS = 31_536_000 if HAVRE_TLS else 0
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"  # not "no-referrer": browsers then send "Origin: null" and every form is refused
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {"DIRECTIVES": {
    "default-src": [NONE], "script-src": [SELF], "style-src": [SELF], "img-src": [SELF, "data:"], "connect-src": [SELF],
    "font-src": [SELF], "form-action": [SELF], "base-uri": [NONE], "frame-ancestors": [NONE], "manifest-src": [SELF],
}}
DATA_UPLOAD_MAX_MEMORY_SIZE = 20 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000
FILE_UPLOAD_MAX_MEMORY_SIZE = 10 * 1024 * 1024
FILE_UPLOAD_HANDLERS = ["django.core.files.uploadhandler.MemoryFileUploadHandler"]

PROCRASTINATE_DATABASE_ALIAS = "default"
PROCRASTINATE_AUTODISCOVER_MODULE_NAME = "jobs"

LOGGING_CONFIG = "havre.config.logs.configure"
LOGGING = {"level": env.str("HAVRE_LOG_LEVEL", default="INFO")}
