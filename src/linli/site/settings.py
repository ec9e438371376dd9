"""Django's settings; what an installation may change comes from ``env``."""

from pathlib import Path
from typing import Any

from django.utils.csp import CSP
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext_lazy as _

from linli.core.accounts.keys import load_keys
from linli.site.env import environment

ENV = environment()
HERE = Path(__file__).resolve().parent
DATA_DIR = ENV.data_dir
KEYS_FILE = DATA_DIR / "keys.json"
# Read at first use: commands that only read files leave no trace on the machine.
SECRET_KEY: Any = SimpleLazyObject(lambda: load_keys(KEYS_FILE).session.hex())  # noqa: PLW0108
DEBUG = ENV.debug
ALLOWED_HOSTS = ENV.hosts()
PUBLIC_URL = ENV.public_url.rstrip("/")
RESIDENTS_ONLY = ENV.residents_only
CSRF_TRUSTED_ORIGINS = [PUBLIC_URL] if PUBLIC_URL else []

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django_htmx",
    "rules",
    "axes",
    "linli.core.audit",
    "linli.core.accounts",
    "linli.core.ui",
    "linli.skills.register",
    "linli.skills.participation",
    "linli.skills.deliberation",
]
# The six skills in the order of the essay; a skill's tile appears when its app is finished.
SKILLS = ("register", "teams", "participation", "deliberation", "prevention", "concerns")

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.csp.ContentSecurityPolicyMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "linli.core.ui.language.LanguageMiddleware",
    "django.middleware.common.CommonMiddleware",
    "linli.site.body_limit.BodyLimit",  # before anything reads the form
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "linli.core.accounts.access.AccessMiddleware",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "linli.site.urls_residents" if RESIDENTS_ONLY else "linli.site.urls"
WSGI_APPLICATION = "linli.site.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "linli.core.ui.context.page",
            ],
        },
    },
]

DATABASES = {"default": ENV.database()}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "django.contrib.auth.backends.ModelBackend",
    "rules.permissions.ObjectPermissionBackend",
]
PASSWORD_HASHERS = ["linli.core.accounts.hashers.OfficeArgon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 10},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = "accounts:log-in"
LOGIN_REDIRECT_URL = "ui:today"
LOGOUT_REDIRECT_URL = "accounts:log-in"
SESSION_COOKIE_AGE = 12 * 3600
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
AXES_FAILURE_LIMIT = 6
AXES_COOLOFF_TIME = 0.25  # hours
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_RESET_ON_SUCCESS = True
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False
AXES_LOCKOUT_CALLABLE = "linli.core.accounts.lock_out.locked_out"
AXES_CLIENT_IP_CALLABLE = "linli.core.accounts.lock_out.client_address"
AXES_DISABLE_ACCESS_LOG = True  # what counts stands in the own log
AXES_VERBOSE = False

LANGUAGE_CODE = ENV.language
LANGUAGES = [("zh-hans", _("Chinese")), ("en", _("English"))]
LOCALE_PATHS = [HERE.parent / "locale"]
TIME_ZONE = ENV.time_zone
USE_TZ = True

STATIC_URL = "static/"
STATIC_ROOT = DATA_DIR / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
# A page that shows a message must not write: the cookie forgets it, not the database.
MESSAGE_STORAGE = "django.contrib.messages.storage.cookie.CookieStorage"

SECURE_CSP = {
    "default-src": [CSP.NONE],
    "script-src": [CSP.SELF],
    "style-src": [CSP.SELF],
    "img-src": [CSP.SELF, "data:"],
    "font-src": [CSP.SELF],
    "connect-src": [CSP.SELF],
    "manifest-src": [CSP.SELF],
    "form-action": [CSP.SELF],
    "frame-ancestors": [CSP.NONE],
    "base-uri": [CSP.NONE],
}
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = ENV.https
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if ENV.behind_proxy else None
SILENCED_SYSTEM_CHECKS = [
    "security.W004",  # HSTS on an office's own certificate would lock its phones out
    "security.W008",  # the plain port serves one machine, or none
    "security.W012",
    "security.W016",
]
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5000
FILE_UPLOAD_MAX_MEMORY_SIZE = 20 * 1024 * 1024

# Paths below /v/ carry a resident's code: no log writes them.
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"hide_codes": {"()": "linli.core.accounts.log_filter.HideCodes"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "filters": ["hide_codes"]}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {
        "django": {"handlers": ["console"], "level": "WARNING", "propagate": False},
        "django.server": {"handlers": ["console"], "level": "WARNING", "propagate": False},
    },
}
