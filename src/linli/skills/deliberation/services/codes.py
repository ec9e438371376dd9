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
    holders_of,
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
    """Make prepared codes valid; the codes they replace stop at once. Only hashes are stored."""
    if not slips:
        raise RuleError("deliberation.nobody_without_code")
    asking = _locked(asking)
    day = today or timezone.localdate()
    replaced = [slip.replaces for slip in slips if slip.replaces is not None]
    if _stop(asking, replaced, day=day) < len(replaced):
        raise RuleError("deliberation.replaced_already")
    try:
        with transaction.atomic():
            Code.objects.bulk_create([_row(asking, slip, day=day) for slip in slips])
    except IntegrityError as clash:
        raise RuleError("deliberation.codes_just_issued") from clash
    _note_large_buildings(asking)
    _record_slips(asking, slips, by=by)


def _record_slips(asking: Asking, slips: Sequence[IssuedSlip], *, by: User | None) -> None:
    """Write down how many slips were made and, where one was replaced, for which doors."""
    again = sorted({slip.holder.door_id for slip in slips if slip.replaces is not None})
    record(
        "deliberation.codes_replaced" if again else "deliberation.codes_issued",
        committee_id=asking.matter.committee_id,
        actor=by,
        subject=asking,
        count=len(slips),
        named=sum(1 for slip in slips if slip.holder.adult_id is not None),
        doors=",".join(map(str, again)),
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


def prepare_replacements(asking: Asking, *, code_ids: Collection[int]) -> list[IssuedSlip]:
    """Draw new codes in place of valid ones, to be saved by ``save_slips`` when printed."""
    return [
        _draw(holder, replaces=code_id)
        for code_id, holder in holders_of(asking, code_ids=code_ids).items()
    ]


def reissue(
    asking: Asking, *, code_id: int, by: User | None, today: date | None = None
) -> IssuedSlip:
    """Replace one code and return the new one, this once."""
    slips = prepare_replacements(asking, code_ids=[code_id])
    if not slips:
        raise RuleError("deliberation.replaced_already")
    save_slips(asking, slips, by=by, today=today)
    return slips[0]


@transaction.atomic
def withdraw(asking: Asking, *, code_id: int, by: User | None, today: date | None = None) -> None:
    """Stop a code at once; what was answered with it stays, nobody knows which that is."""
    asking = _locked(asking)
    if not _stop(asking, [code_id], day=today or timezone.localdate()):
        raise RuleError("deliberation.replaced_already")
    _note_large_buildings(asking)
    record(
        "deliberation.codes_withdrawn",
        committee_id=asking.matter.committee_id,
        actor=by,
        subject=asking,
        doors=str(Code.objects.get(pk=code_id).door_id),
    )


def _draw(holder: SlipHolder, *, replaces: int | None = None) -> IssuedSlip:
    code = code_from_number(secrets.randbits(BITS))
    return IssuedSlip(holder=holder, code=code, replaces=replaces)


def _row(asking: Asking, slip: IssuedSlip, *, day: date) -> Code:
    return Code(
        asking=asking,
        door_id=slip.holder.door_id,
        adult_id=slip.holder.adult_id,
        digest=slip_digest(slip.code),
        issued_on=day,
        is_reissue=slip.replaces is not None,
    )


def _stop(asking: Asking, code_ids: Collection[int], *, day: date) -> int:
    """Withdraw valid codes; return how many that were."""
    valid = Code.objects.filter(asking=asking, pk__in=code_ids, withdrawn_on=None)
    return valid.update(withdrawn_on=day)


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
