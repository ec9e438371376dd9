"""An installation of its own for a test: folder, database, and ``linli`` as users run it."""

import os
import secrets
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg

LINLI = str(Path(sys.executable).with_name("linli"))
PASSPHRASE = "四个不相干的词儿要很长才行"


@dataclass(frozen=True)
class Installation:
    """A data folder and an address of a database."""

    folder: Path
    database_url: str = ""

    @property
    def surroundings(self) -> dict[str, str]:
        inherited = {name: value for name, value in os.environ.items() if name[:6] != "LINLI_"}
        return {
            **inherited,
            "LINLI_DATA_DIR": str(self.folder),
            "LINLI_DATABASE_URL": self.database_url,
            "LINLI_LANGUAGE": "en",
            "DJANGO_SETTINGS_MODULE": "linli.site.settings",
        }

    def linli(self, *arguments: str | Path) -> subprocess.CompletedProcess[str]:
        return self._run(LINLI, *map(str, arguments))

    def python(self, program: str) -> str:
        """Run a program with Django set up on this installation."""
        done = self._run(sys.executable, "-c", f"import django\ndjango.setup()\n{program}")
        assert done.returncode == 0, done.stderr
        return done.stdout

    def _run(self, *command: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            command, env=self.surroundings, capture_output=True, text=True, check=False, timeout=120
        )


@contextmanager
def scratch_database() -> Iterator[str]:
    """Make a database on the PostgreSQL the tests run on; empty address: SQLite."""
    server = os.environ.get("LINLI_DATABASE_URL", "")
    if not server:
        yield ""
        return
    name = f"linli_scratch_{secrets.token_hex(4)}"
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")
        try:
            yield urlunsplit(urlsplit(server)._replace(path=f"/{name}"))
        finally:
            connection.execute(f"DROP DATABASE {name} WITH (FORCE)")
