"""The only writers of codes: issuing, replacing and withdrawing them.

A plain code exists in the answer that carries the printed slip, and nowhere else.
"""

import secrets
from collections.abc import Collection, Sequence
from datetime import date

from django.db import IntegrityError, transaction
from django.utils import timezone

from linli.core.accounts.models import User
from linli.core.audit.services import record
from linli.engines.deliberation.resident_code import BITS, code_from_number
from linli.engines.errors import RuleError
from linli.skills.deliberation.models import Asking, Code
from linli.skills.deliberation.selectors.codes import (
    IssuedSlip,
    SlipHolder,
    holder_of,
    holders_without_code,
)
from linli.skills.deliberation.selectors.voting import slip_digest
from linli.skills.deliberation.services.askings import large_buildings


def prepare_slips(
    asking: Asking, *, building_ids: Collection[int] | None = None
) -> list[IssuedSlip]:
    """Draw a code for every holder without one; nothing counts before it is saved.

    Printing takes seconds and may fail: it is done between this and ``save_slips``, so that it
    neither holds up voters nor leaves codes that nobody has.
    """
    return [_draw(holder) for holder in holders_without_code(asking, building_ids=building_ids)]


@transaction.atomic
def save_slips(
    asking: Asking, slips: Sequence[IssuedSlip], *, by: User | None, today: date | None = None
) -> None:
    """Make prepared codes valid; only their keyed hashes are stored."""
    if not slips:
        raise RuleError("deliberation.nobody_without_code")
    asking = _locked(asking)
    day = today or timezone.localdate()
    try:
        with transaction.atomic():
            Code.objects.bulk_create([_row(asking, slip, day=day) for slip in slips])
    except IntegrityError as clash:
        raise RuleError("deliberation.codes_just_issued") from clash
    _note_large_buildings(asking)
    record(
        "deliberation.codes_issued",
        committee_id=asking.matter.committee_id,
        actor=by,
        subject=asking,
        count=len(slips),
        named=sum(1 for slip in slips if slip.holder.adult_id is not None),
    )


def issue_codes(
    asking: Asking,
    *,
    by: User | None,
    building_ids: Collection[int] | None = None,
    today: date | None = None,
) -> list[IssuedSlip]:
    """Issue a code to every holder without one and return them, this once."""
    slips = prepare_slips(asking, building_ids=building_ids)
    save_slips(asking, slips, by=by, today=today)
    return slips


def prepare_replacement(asking: Asking, *, door_id: int, adult_id: int | None) -> IssuedSlip:
    """Draw a new code for a holder who has one."""
    return _draw(holder_of(asking, door_id=door_id, adult_id=adult_id))


@transaction.atomic
def save_replacement(
    asking: Asking, slip: IssuedSlip, *, by: User | None, today: date | None = None
) -> None:
    """Make a holder's new code valid; his old one stops at once."""
    asking = _locked(asking)
    day = today or timezone.localdate()
    if not _stop(asking, slip.holder, day=day):
        raise RuleError("deliberation.holder_without_code")
    row = _row(asking, slip, day=day)
    row.is_reissue = True
    row.save()
    _note_large_buildings(asking)
    record(
        "deliberation.code_reissued",
        committee_id=asking.matter.committee_id,
        actor=by,
        subject=asking,
        door=slip.holder.door_id,
    )


def reissue(
    asking: Asking,
    *,
    door_id: int,
    adult_id: int | None = None,
    by: User | None,
    today: date | None = None,
) -> IssuedSlip:
    """Replace a holder's code and return the new one, this once."""
    slip = prepare_replacement(asking, door_id=door_id, adult_id=adult_id)
    save_replacement(asking, slip, by=by, today=today)
    return slip


@transaction.atomic
def withdraw(
    asking: Asking,
    *,
    door_id: int,
    adult_id: int | None = None,
    by: User | None,
    today: date | None = None,
) -> None:
    """Stop a holder's code at once; what was answered with it stays, nobody knows which it is."""
    asking = _locked(asking)
    holder = holder_of(asking, door_id=door_id, adult_id=adult_id)
    if not _stop(asking, holder, day=today or timezone.localdate()):
        raise RuleError("deliberation.holder_without_code")
    _note_large_buildings(asking)
    record(
        "deliberation.code_withdrawn_at_desk",
        committee_id=asking.matter.committee_id,
        actor=by,
        subject=asking,
        door=door_id,
    )


def _draw(holder: SlipHolder) -> IssuedSlip:
    return IssuedSlip(holder=holder, code=code_from_number(secrets.randbits(BITS)))


def _row(asking: Asking, slip: IssuedSlip, *, day: date) -> Code:
    return Code(
        asking=asking,
        door_id=slip.holder.door_id,
        adult_id=slip.holder.adult_id,
        digest=slip_digest(slip.code),
        issued_on=day,
    )


def _stop(asking: Asking, holder: SlipHolder, *, day: date) -> int:
    """Withdraw the code a holder has; return how many that were."""
    return Code.objects.filter(
        asking=asking, door=holder.door_id, adult=holder.adult_id, withdrawn_on=None
    ).update(withdrawn_on=day)


def _locked(asking: Asking) -> Asking:
    """Hold the asking and refuse when it takes no answers any more."""
    found = Asking.objects.select_for_update(of=("self",)).select_related("matter")
    held = found.get(pk=asking.pk)
    if held.closed_at is not None:
        raise RuleError("deliberation.answers_over")
    return held


def _note_large_buildings(asking: Asking) -> None:
    """Keep on the asking which buildings have enough codes for ballots to carry them."""
    asking.large_buildings = large_buildings(asking)
    asking.save(update_fields=["large_buildings"])
