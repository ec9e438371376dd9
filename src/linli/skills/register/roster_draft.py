"""Carry what a preview has read to its confirmation, sealed, in the page itself.

Nothing of it lies on the server in between, and only the user who saw the preview can open it.
"""

import base64
import binascii
import json
import zlib
from collections.abc import Sequence
from dataclasses import astuple

from linli.core.accounts import vault
from linli.core.accounts.models import User
from linli.engines.errors import RuleError
from linli.engines.register.door_address import DoorAddress
from linli.engines.register.roster_sheet import RosterRow

MOST_ROWS = 5_000


def pack(rows: Sequence[RosterRow], *, user: User) -> str:
    """Seal rows for a hidden field."""
    plain = json.dumps(
        [[row.row, astuple(row.door), row.names] for row in rows],
        ensure_ascii=False,
        separators=(",", ":"),
    )
    small = base64.b85encode(zlib.compress(plain.encode(), 9)).decode()
    return base64.urlsafe_b64encode(vault.seal(small, place=_place(user))).decode()


def unpack(draft: str, *, user: User) -> list[RosterRow]:
    """Open what `pack` sealed for this user."""
    try:
        small = vault.unseal(base64.urlsafe_b64decode(draft), place=_place(user))
    except (vault.BrokenSealError, binascii.Error, ValueError) as broken:
        raise RuleError("register.draft_broken") from broken
    rows = json.loads(zlib.decompress(base64.b85decode(small)))
    return [RosterRow(row, DoorAddress(*door), tuple(names)) for row, door, names in rows]


def _place(user: User) -> str:
    return f"import:{user.pk}"
