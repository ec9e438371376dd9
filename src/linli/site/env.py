"""What the surroundings decide: every ``LINLI_…`` variable, typed and explained."""

from functools import cache
from pathlib import Path
from urllib.parse import unquote, urlparse

from pydantic import Field, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict


class Environment(BaseSettings):
    """Settings of one installation; none of them is a secret but the database's address."""

    model_config = SettingsConfigDict(env_prefix="LINLI_", extra="ignore")

    data_dir: Path = Field(
        default=Path.home() / ".local" / "share" / "linli",
        description="Folder of the database, the keys, certificates and collected static files.",
    )
    database_url: str = Field(
        default="",
        description="postgresql://user:password@host:port/name; empty: SQLite in the data folder.",
    )
    public_url: str = Field(
        default="",
        description="Address that residents reach, printed on slips; empty: as seen here.",
    )
    allowed_hosts: str = Field(
        default="127.0.0.1,localhost,[::1]",
        description="Host names the server answers to, separated by commas.",
    )
    residents_only: bool = Field(
        default=False, description="Serve nothing but the residents' pages."
    )
    https: bool = Field(
        default=False, description="The pages are reached over HTTPS: cookies travel only there."
    )
    behind_proxy: bool = Field(
        default=False, description="Believe X-Forwarded-Proto; only behind an own proxy."
    )
    language: str = Field(default="zh-hans", description="First language: zh-hans or en.")
    time_zone: str = Field(default="Asia/Shanghai", description="Time zone of the committee.")
    debug: bool = Field(default=False, description="Show error pages with code; never for real.")

    @field_validator("language")
    @classmethod
    def _known(cls, chosen: str) -> str:
        """Take zh, zh-CN or en_US for the language they mean."""
        for language in ("zh-hans", "en"):
            if chosen.lower().startswith(language[:2]):
                return language
        raise ValueError("LINLI_LANGUAGE must be zh-hans or en")

    def hosts(self) -> list[str]:
        """List the host names the server answers to."""
        return [host.strip() for host in self.allowed_hosts.split(",") if host.strip()]

    def database(self) -> dict[str, object]:
        """Describe the database in Django's terms."""
        if self.database_url:
            return _postgresql(self.database_url)
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": self.data_dir / "linli.sqlite3",
            # Closing the last connection checkpoints the log each time: keep it open.
            "CONN_MAX_AGE": None,
            "OPTIONS": {
                "transaction_mode": "IMMEDIATE",
                "timeout": 20,
                # What is deleted (ballots above all) is overwritten, not only forgotten.
                "init_command": (
                    "PRAGMA journal_mode=WAL;PRAGMA synchronous=NORMAL;PRAGMA secure_delete=ON;"
                    "PRAGMA cache_size=-16000;"
                ),
            },
        }


def _postgresql(url: str) -> dict[str, object]:
    """Read a ``postgresql://`` address."""
    parts = urlparse(url)
    if parts.scheme not in {"postgres", "postgresql"} or not parts.path.strip("/"):
        raise ValueError("LINLI_DATABASE_URL must look like postgresql://user:password@host/name")
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": parts.hostname or "",
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": 600,
        "CONN_HEALTH_CHECKS": True,
    }


@cache
def environment() -> Environment:
    """Read the surroundings once."""
    return Environment()
