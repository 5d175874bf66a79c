"""The real settings, on a data folder of their own, with what makes tests quick and repeatable."""

from __future__ import annotations

import atexit
import os
import shutil
import tempfile
from pathlib import Path

_folder = tempfile.mkdtemp(prefix="talkoot-tests-")
atexit.register(shutil.rmtree, _folder, ignore_errors=True)
os.environ["TALKOOT_DATA"] = _folder
os.environ.setdefault("TALKOOT_SECRET", "only for tests")

from talkoot.config.settings import *  # noqa: E402 -- the data folder must be chosen before

DEBUG = False
ALLOWED_HOSTS = ["testserver", "localhost", "127.0.0.1"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend", "QUEUES": []}}
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
STATICFILES_DIRS = [folder for folder in STATICFILES_DIRS if Path(folder).exists()]
Path(STATIC_ROOT).mkdir(parents=True, exist_ok=True)
TALKOOT_SAMPLES = 40
