"""The installation's keys: one small file outside the database, readable by its owner only."""

import json
import os
import secrets
from dataclasses import asdict, dataclass, fields
from functools import cache
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Keys:
    """Five independent keys of 32 bytes."""

    session: bytes
    """Signs sessions and forms."""
    code: bytes
    """Turns a resident's code into what the door side stores."""
    ballot: bytes
    """Turns the same code into what the ballot side stores."""
    field: bytes
    """Encrypts personal fields."""
    index: bytes
    """Finds an encrypted value again."""


@cache
def load_keys(path: Path) -> Keys:
    """Read the keys; on a new installation make them first."""
    if not path.exists():
        _create(path)
    stored = json.loads(path.read_text(encoding="ascii"))
    return Keys(**{part.name: bytes.fromhex(stored[part.name]) for part in fields(Keys)})


def _create(path: Path) -> None:
    """Write new keys so that a second process starting at once reads the same ones."""
    keys = Keys(**{part.name: secrets.token_bytes(32) for part in fields(Keys)})
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    draft = path.with_name(f"{path.name}.{secrets.token_hex(4)}")
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w", encoding="ascii") as file:
        json.dump({name: value.hex() for name, value in asdict(keys).items()}, file)
        # Data sealed with keys that a power cut then lost could never be read again.
        file.flush()
        os.fsync(file.fileno())
    try:
        os.link(draft, path)
    except FileExistsError:
        pass
    finally:
        draft.unlink()
