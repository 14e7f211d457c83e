"""Settings, all of them taken from the environment; `docs/operations.md` lists the variables."""

import sys
from pathlib import Path

from csp.constants import NONE, SELF
from django.templatetags.static import static
from django.urls import reverse_lazy

from courseapp.environment import env, kept_secret, secret
from courseapp.logs import configure_structlog, logging_config

BASE_DIR = Path(__file__).resolve().parent.parent
DATA_DIR = Path(env.str("NABLA_DATA", default=str(BASE_DIR / "var"))).resolve()

DEBUG = env.bool("NABLA_DEBUG", default=False)
SECRET_KEY = secret("NABLA_SECRET_KEY") or kept_secret(DATA_DIR / "secret-key")
ALLOWED_HOSTS = env.list("NABLA_HOSTS", default=["localhost", "127.0.0.1", "[::1]"])
CSRF_TRUSTED_ORIGINS = env.list("NABLA_ORIGINS", default=[])

# Off only where the site is served without TLS, on loopback or behind a proxy of one's own.
HTTPS = env.bool("NABLA_HTTPS", default=False)
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SESSION_COOKIE_HTTPONLY = True
SECURE_PROXY_SSL_HEADER = (
    ("HTTP_X_FORWARDED_PROTO", "https") if env.bool("NABLA_PROXY", default=False) else None
)
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
# The proxy leads readers to HTTPS; subdomains and the browsers' preload list are for their owner to decide.
SILENCED_SYSTEM_CHECKS = ["security.W005", "security.W008", "security.W021"]

INSTALLED_APPS = [
    "courseapp.accounts",
    "courseapp.lessons",
    "courseapp.exercises",
    "courseapp.submissions",
    "courseapp.grading",
    "courseapp.nodes",
    "unfold.apps.BasicAppConfig",
    "courseapp.apps.NablaAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "csp",
    "django_htmx",
    "django_structlog",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "courseapp.static_files.StaticFilesMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "django_structlog.middlewares.RequestMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "courseapp.accounts.middleware.TimeZoneMiddleware",
]

ROOT_URLCONF = "courseapp.urls"
ASGI_APPLICATION = "courseapp.asgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "courseapp" / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "courseapp.nodes.context.grading",
            ],
        },
    },
]

# --- data ---------------------------------------------------------------------------------------------------

DATABASES = {"default": env.db_url("NABLA_DATABASE_URL", default=f"sqlite:///{DATA_DIR / 'nabla.sqlite3'}")}
if password := secret("NABLA_DATABASE_PASSWORD"):
    DATABASES["default"]["PASSWORD"] = password
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # Default options lose writes to "database is locked" as soon as web and worker write at once.
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
    }
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

BROKER_SOCKET = DATA_DIR / "valkey.sock"
BROKER_URL = secret("NABLA_BROKER_URL") or f"unix://{BROKER_SOCKET}"
# Rate limits only; in memory by default, so that nobody is kept from signing in while the broker is away.
CACHES = {"default": env.cache_url("NABLA_CACHE_URL", default="locmemcache://")}

STATIC_URL = "static/"
STATIC_ROOT = env.str("NABLA_STATIC", default=str(DATA_DIR / "static"))
STATICFILES_DIRS = [BASE_DIR / "courseapp" / "static"]
COLLECTED = Path(STATIC_ROOT, "staticfiles.json").is_file()  # else the sources are served as they are
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"
        if COLLECTED or "collectstatic" in sys.argv
        else "django.contrib.staticfiles.storage.StaticFilesStorage"
    },
}
WHITENOISE_USE_FINDERS = WHITENOISE_AUTOREFRESH = not COLLECTED

# --- people -------------------------------------------------------------------------------------------------

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    "django.contrib.auth.backends.ModelBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in ("UserAttributeSimilarityValidator", "MinimumLengthValidator", "CommonPasswordValidator")
]
LOGIN_REDIRECT_URL = ACCOUNT_LOGOUT_REDIRECT_URL = "/"
LOGIN_URL = reverse_lazy("account_login")
ACCOUNT_SIGNUP_FIELDS = ["username*", "email", "password1*", "password2*"]
ACCOUNT_LOGIN_METHODS = {"username", "email"}
ACCOUNT_EMAIL_VERIFICATION = env.str("NABLA_EMAIL_VERIFICATION", default="none")
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_USERNAME_BLACKLIST = ["admin", "root", "nabla"]
EMAIL_CONFIG = env.email_url("NABLA_EMAIL_URL", default="consolemail://")
vars().update(EMAIL_CONFIG)

LANGUAGE_CODE = "en"
TIME_ZONE = env.str("NABLA_TIME_ZONE", default="UTC")
USE_TZ = True

# --- what a page may load -----------------------------------------------------------------------------------

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "font-src": [SELF],
        "img-src": [SELF, "data:"],
        "connect-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
        "object-src": [NONE],
    }
}

# --- the queue ----------------------------------------------------------------------------------------------

GRADING_LEASE_SECONDS = env.int("NABLA_LEASE_SECONDS", default=90)
GRADING_LONGEST_SECONDS = env.int("NABLA_LONGEST_SECONDS", default=1200)  # then the judge is taken for stuck
GRADING_MAX_ATTEMPTS = 3
GRADING_LOST_AFTER_SECONDS = env.int("NABLA_LOST_SECONDS", default=30)
RUNS_KEPT_HOURS = 24
ISOLATION_REQUIRED = env.str("NABLA_ISOLATION", default="shared-uid")
QUEUES = env.list("NABLA_QUEUES", default=["housekeeping", "cpu", "authoring"])

CELERY_BROKER_URL = BROKER_URL.replace("unix://", "redis+socket://")
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_SERIALIZER = CELERY_RESULT_SERIALIZER = "json"
CELERY_ACCEPT_CONTENT = ["json"]
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_TASK_DEFAULT_QUEUE = "housekeeping"
CELERY_TASK_QUEUES = {name: {"exchange": name, "routing_key": name} for name in QUEUES}  # what a worker takes
CELERY_TASK_CREATE_MISSING_QUEUES = True
# A message that was not acknowledged comes back after this; it must be longer than the longest grading.
CELERY_BROKER_TRANSPORT_OPTIONS = {"visibility_timeout": 3600, "queue_order_strategy": "priority"}
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_WORKER_CANCEL_LONG_RUNNING_TASKS_ON_CONNECTION_LOSS = False
CELERY_BEAT_SCHEDULE_FILENAME = str(DATA_DIR / "beat-schedule")
CELERY_BEAT_SCHEDULE = {
    "requeue lost submissions": {
        "task": "courseapp.grading.tasks.requeue_lost",
        "schedule": env.float("NABLA_REQUEUE_SECONDS", default=10.0),
        "options": {"queue": "housekeeping", "expires": 30},
    },
    "purge old runs": {
        "task": "courseapp.grading.tasks.purge_runs",
        "schedule": 3600.0,
        "options": {"queue": "housekeeping", "expires": 600},
    },
}

DJANGO_STRUCTLOG_CELERY_ENABLED = True
LOGGING = logging_config(json=env.bool("NABLA_JSON_LOGS", default=not DEBUG))
configure_structlog()

UNFOLD = {
    "SITE_TITLE": "Nabla",
    "SITE_HEADER": "Nabla",
    "SITE_SYMBOL": "change_history",
    "SHOW_HISTORY": True,
    "STYLES": [lambda _request: static("admin-theme/nabla.css")],
    "SCRIPTS": [lambda _request: static("admin-theme/nabla.js")],
    "SITE_FAVICONS": [
        {"rel": "icon", "type": "image/svg+xml", "href": lambda _request: static("dist/mark.svg")}
    ],
}
