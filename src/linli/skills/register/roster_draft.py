"""Carry what a preview has read to its confirmation, sealed, in the page itself.

Nothing of it lies on the server in between, and only the user who saw the preview can open it.
"""

import base64
import binascii
import bz2
import json
from collections.abc import Sequence
from dataclasses import astuple

from linli.core.accounts import vault
from linli.core.accounts.models import User
from linli.engines.errors import RuleError
from linli.engines.register.door_address import DoorAddress
from linli.engines.register.roster_sheet import RosterRow

MOST_ROWS = 5_000


def pack(rows: Sequence[RosterRow], *, user: User) -> str:
    """Seal rows for a hidden field: column by column, which is a third of row by row."""
    doors: dict[tuple[object, ...], list[str]] = {}
    for row in rows:
        doors.setdefault(astuple(row.door), []).extend(row.names)
    columns = [*zip(*doors, strict=True), [*doors.values()]]
    plain = json.dumps(columns, ensure_ascii=False, separators=(",", ":"))
    small = base64.b85encode(bz2.compress(plain.encode())).decode()
    return base64.urlsafe_b64encode(vault.seal(small, place=_place(user))).decode()


def unpack(draft: str, *, user: User) -> list[RosterRow]:
    """Open what `pack` sealed for this user; each door is one row now."""
    try:
        small = vault.unseal(base64.urlsafe_b64decode(draft), place=_place(user))
    except (vault.BrokenSealError, binascii.Error, ValueError) as broken:
        raise RuleError("register.draft_broken") from broken
    *doors, names = json.loads(bz2.decompress(base64.b85decode(small)))
    return [
        RosterRow(place, DoorAddress(*door), tuple(behind))
        for place, (*door, behind) in enumerate(zip(*doors, names, strict=True), start=1)
    ]


def _place(user: User) -> str:
    return f"import:{user.pk}"
