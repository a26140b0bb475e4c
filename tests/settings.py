"""The settings for tests: http, files as they stand, and a hasher that costs nothing."""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

os.environ.setdefault("HTTPS", "off")

from resolution03.lib.catalog import make_catalog  # noqa: E402
from resolution03.settings import *  # noqa: E402, F403

# Before Django reads its words for the first time.
make_catalog()

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
WHITENOISE_USE_FINDERS = True
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):  # noqa: F405
    # A file, because the live server and the test write from two threads.
    DATABASES["default"]["TEST"] = {"NAME": str(VAR_DIR / "test.sqlite3")}  # noqa: F405
    DATABASES["default"]["OPTIONS"]["init_command"] = (  # noqa: F405
        "PRAGMA journal_mode=WAL; PRAGMA synchronous=OFF;"
    )
    VAR_DIR.mkdir(exist_ok=True)  # noqa: F405

# A test that wants a worker has one of its own.
JOBS_WORKER = False

# What tests keep on the disk is gone after them.
VAR_DIR = Path(tempfile.mkdtemp(prefix="resolution03-"))
atexit.register(shutil.rmtree, VAR_DIR, ignore_errors=True)
