"""The site's settings for tests: own folder, plain static files, fast passwords."""

import os
import tempfile
from pathlib import Path

os.environ.setdefault("LINLI_DATA_DIR", tempfile.mkdtemp(prefix="linli-test-"))
os.environ.setdefault("LINLI_DATABASE_URL", "")
os.environ["LINLI_ALLOWED_HOSTS"] = "testserver,127.0.0.1,localhost"

from linli.site.settings import *  # noqa: F403
from linli.site.settings import DATABASES, MIDDLEWARE, STORAGES

STORAGES = {
    **STORAGES,
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
WHITENOISE_AUTOREFRESH = True
Path(os.environ["LINLI_DATA_DIR"], "static").mkdir(parents=True, exist_ok=True)
MIDDLEWARE = ["tests.read_only_gets.ReadOnlyGets", *MIDDLEWARE]
if "sqlite" in DATABASES["default"]["ENGINE"]:
    # A file, as an installation has: connections to a database in memory do not wait for another.
    DATABASES["default"]["TEST"] = {"NAME": Path(os.environ["LINLI_DATA_DIR"], "test.sqlite3")}
