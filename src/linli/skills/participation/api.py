"""Matters for programs."""

from django.http import Http404, HttpRequest
from ninja import Router, Status

from linli.core.accounts.api_auth import scoped
from linli.core.accounts.models import User
from linli.skills.participation import selectors, services
from linli.skills.participation.payloads import MatterPayload, MovePayload
from linli.skills.participation.selectors import MatterData, MatterSummary, matter_data

router = Router(tags=["participation"])
_READ = scoped("participation:read")
_CREATE = scoped("participation:write", permission="participation.create_matter")
_MOVE = scoped("participation:write", permission="participation.move_matter")


class _Asked(HttpRequest):
    """A request with a valid token."""

    auth: User


@router.get("/matters", response=list[MatterSummary], auth=_READ)
def matter_list(request: _Asked, *, finished: bool = False) -> list[MatterSummary]:
    """List matters in motion, or the finished ones."""
    return selectors.matter_summaries(request.auth, finished=finished)


@router.post("/matters", response={201: MatterData}, auth=_CREATE)
def matter_create(request: _Asked, payload: MatterPayload) -> Status[MatterData]:
    """Write down a new matter."""
    committee = request.auth.committee
    draft = payload.draft(committee.pk)
    matter = services.create_matter(draft, committee=committee, by=request.auth)
    return Status(201, matter_data(matter))


@router.get("/matters/{int:matter_id}", response=MatterData, auth=_READ)
def matter_detail(request: _Asked, matter_id: int) -> MatterData:
    """Show a matter with its options and its history."""
    return matter_data(_matter(request, matter_id))


@router.post("/matters/{int:matter_id}/move", response=MatterData, auth=_MOVE)
def matter_move(request: _Asked, matter_id: int, payload: MovePayload) -> MatterData:
    """Take a step along the way, or aside with a reason."""
    matter = _matter(request, matter_id)
    services.move_matter(
        matter,
        to=payload.to,
        by=request.auth,
        reason=payload.reason,
        seen_state=payload.seen_state,
    )
    return matter_data(matter)


def _matter(request: _Asked, matter_id: int) -> selectors.Matter:
    try:
        return selectors.matter_for(request.auth, matter_id)
    except selectors.MatterNotFound as missing:
        raise Http404 from missing
