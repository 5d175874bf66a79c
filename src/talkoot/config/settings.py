"""One settings file; the environment decides (docs/reference/settings.md lists what it may say)."""

from __future__ import annotations

from pathlib import Path

import django_stubs_ext
from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _

from talkoot.config import env

django_stubs_ext.monkeypatch()

BASE_DIR = Path(__file__).resolve().parents[3]
TALKOOT_DATA = Path(env.text("DATA", str(BASE_DIR / "data"))).resolve()
TALKOOT_DEMO = env.flag("DEMO")
TALKOOT_DEMO_PASSWORD = env.text("DEMO_PASSWORD", "talkoot-esimerkki")
TALKOOT_DEMO_FOLDER = BASE_DIR / "demo"
TALKOOT_BUILD = BASE_DIR / "build"

DEBUG = env.flag("DEBUG")
SECRET_KEY = env.secret(TALKOOT_DATA)
ALLOWED_HOSTS = env.words("HOSTS", "localhost,127.0.0.1,[::1]")
CSRF_TRUSTED_ORIGINS = env.words("ORIGINS", "")
TALKOOT_ORIGIN = env.text("ORIGIN", "http://127.0.0.1:8000")
HTTPS = env.flag("HTTPS")
TALKOOT_PROXIES = ALLAUTH_TRUSTED_PROXY_COUNT = int(env.text("PROXIES", "0"))  # of our own, in front

INSTALLED_APPS = [
    "modeltranslation",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.forms",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django_htmx",
    "django_filters",
    "django_tasks",
    "django_tasks_db",
    "modelsearch",
    "template_partials",
    "csp",
    "rules",
    "talkoot.kit.ui",
    "talkoot.kit.charts",
    "talkoot.kit.access",
    "talkoot.kit.audit",
    "talkoot.kit.privacy",
    "talkoot.kit.crud",
    "talkoot.kit.jobs",
    "talkoot.kit.mail",
    "talkoot.kit.files",
    "talkoot.kit.calendar",
    "talkoot.kit.documents",
    "talkoot.kit.search",
    "talkoot.kit.exchange",
    "talkoot.city.accounts",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "talkoot.city.organisations",
    "talkoot.city.agenda",
    "talkoot.city.roadmap",
    "talkoot.city.changes",
    "talkoot.choose.methods",
    "talkoot.choose.pilots",
    "talkoot.choose.selection",
    "talkoot.choose.operating_model",
    "talkoot.listen.surveys",
    "talkoot.listen.pulse",
    "talkoot.show.portal",
    "talkoot.show.workspace",
    "talkoot.show.public",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "talkoot.kit.pages.KeptPages",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "talkoot.kit.access.kept.KeepingLoginRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "talkoot.city.organisations.middleware.CityMiddleware",
]

ROOT_URLCONF = "talkoot.config.urls"
WSGI_APPLICATION = "talkoot.config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "talkoot.kit.ui.context.ui",
            ],
            "builtins": [
                "talkoot.kit.ui.templatetags.talkoot",
                "django.templatetags.i18n",
                "talkoot.kit.ui.templatetags.constants",
            ],
        },
    }
]
FORM_RENDERER = "talkoot.kit.ui.forms.Renderer"

DATABASES = {"default": env.database(TALKOOT_DATA)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
FORMS_URLFIELD_ASSUME_HTTPS = True
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": []}}
MODELSEARCH_BACKENDS = {"default": {"BACKEND": "modelsearch.backends.database", "SEARCH_CONFIG": "simple"}}

LANGUAGE_CODE = "fi"
LANGUAGES = [("fi", _("Finnish")), ("sv", _("Swedish")), ("en", _("English"))]
MODELTRANSLATION_DEFAULT_LANGUAGE = "fi"
MODELTRANSLATION_FALLBACK_LANGUAGES = ("fi", "sv", "en")
LOCALE_PATHS = [BASE_DIR / "locale"]
TIME_ZONE = "Europe/Helsinki"
USE_TZ = True

STATIC_URL = "/static/"
STATIC_ROOT = TALKOOT_DATA / "static"
STATICFILES_DIRS = [TALKOOT_BUILD / "static"]
MEDIA_ROOT = TALKOOT_DATA / "files"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_500_000
FILE_UPLOAD_HANDLERS = [
    "talkoot.kit.files.limits.LimitHandler",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]
TALKOOT_UPLOAD_LIMIT = 20_000_000
TALKOOT_SAMPLES = int(env.text("SAMPLES", "500"))  # situations in a run of the selection

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    "rules.permissions.ObjectPermissionBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "accounts:home"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_ADAPTER = "talkoot.city.accounts.adapter.AccountAdapter"
ACCOUNT_FORMS = {
    "login": "talkoot.city.accounts.forms.SignIn",
    "reset_password": "talkoot.city.accounts.forms.AskReset",
    "reset_password_from_key": "talkoot.city.accounts.forms.NewPassword",
    "change_password": "talkoot.city.accounts.forms.ChangePassword",
    "reauthenticate": "talkoot.city.accounts.forms.Reauthenticate",
}
MFA_FORMS = {
    "authenticate": "talkoot.city.accounts.forms.EnterCode",
    "reauthenticate": "talkoot.city.accounts.forms.EnterCodeAgain",
    "activate_totp": "talkoot.city.accounts.forms.TurnOnTwoStep",
}
ACCOUNT_RATE_LIMITS = {"login_failed": "10/m/ip,5/5m/key"}
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_ADAPTER = "talkoot.city.accounts.adapter.TwoStepAdapter"
MFA_TOTP_ISSUER = "Talkoot"

EMAIL_BACKEND = env.text("MAIL_BACKEND", "talkoot.kit.mail.backends.ConsoleAndFolder")
EMAIL_HOST = env.text("SMTP_HOST", "localhost")
EMAIL_PORT = int(env.text("SMTP_PORT", "25"))
EMAIL_HOST_USER = env.text("SMTP_USER")
EMAIL_HOST_PASSWORD = env.text("SMTP_PASSWORD")
EMAIL_USE_TLS = env.flag("SMTP_TLS")
DEFAULT_FROM_EMAIL = env.text("MAIL_FROM", "talkoot@localhost")

SECURE_SSL_REDIRECT = HTTPS
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_REFERRER_POLICY = "same-origin"
SESSION_COOKIE_AGE = 12 * 3600
SESSION_COOKIE_SAMESITE = "Lax"
X_FRAME_OPTIONS = "DENY"
CSRF_FAILURE_VIEW = "talkoot.kit.ui.errors.csrf_failure"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "img-src": [SELF, "data:"],
        "object-src": [NONE],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "form-action": [SELF],
    }
}
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": env.text("LOG", "WARNING")},
}
