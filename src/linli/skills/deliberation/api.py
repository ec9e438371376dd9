"""The skill for programs: the same selectors and services as the pages."""

from datetime import date
from typing import Any, Literal

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from ninja import Field, File, Form, Router, Schema, Status, UploadedFile

from linli.core.accounts.api_auth import scoped
from linli.core.accounts.models import User
from linli.skills.deliberation.selectors import askings as selectors
from linli.skills.deliberation.selectors.answers import (
    asking_facts,
    map_facts,
    result_facts,
    whole_asking,
)
from linli.skills.deliberation.services import askings as services
from linli.skills.deliberation.services.moderation import add_seed
from linli.skills.deliberation.services.polis import import_polis_files
from linli.skills.participation.selectors import matters_for

router = Router(tags=["deliberation"])
READ = scoped("deliberation:read")
WRITE = scoped("deliberation:write")
CLOSE = scoped("deliberation:write", permission="deliberation.close_asking")
EXCHANGE = scoped("deliberation:write", permission="deliberation.exchange_polis")


class Asked(HttpRequest):
    """A request with a valid token."""

    auth: User


class AskingIn(Schema):
    """A new asking; the options are the matter's."""

    matter: int
    question: str = Field("", max_length=120)
    form: Literal["single", "multiple", "ranked", "none"]
    basis: Literal["household", "adult"] = "household"
    is_secret: bool = True
    has_statements: bool = False
    residents_may_add: bool = False
    asks_about_self: bool = True
    closes_on: date
    seeds: list[str] = Field([], max_length=200)


class StatementIn(Schema):
    """A statement of the desk."""

    text: str = Field(min_length=1, max_length=140)


class CloseIn(Schema):
    """How long frozen ballots are kept."""

    days_kept: int = Field(services.DAYS_KEPT, ge=7, le=3650)


@router.get("askings", auth=READ)
def asking_list(request: Asked) -> list[dict[str, Any]]:
    """List the askings of the matters this user may see, newest first."""
    rows = selectors.asking_rows(list(selectors.askings_for(request.auth)))
    return [asking_facts(row.asking, asked=row.asked, heard=row.heard) for row in rows]


@router.post("askings", auth=WRITE, response={201: dict[str, Any]})
def asking_create(request: Asked, data: AskingIn) -> Status[dict[str, Any]]:
    """Write down an asking about a matter."""
    user = request.auth
    matter = get_object_or_404(matters_for(user), pk=data.matter)
    plan = services.AskingPlan(
        question=data.question,
        form=data.form,
        basis=data.basis,
        closes_on=data.closes_on,
        is_secret=data.is_secret,
        has_statements=data.has_statements,
        residents_may_add=data.residents_may_add,
        asks_about_self=data.asks_about_self,
        seeds=tuple(data.seeds),
    )
    asking = services.create_asking(matter_id=matter.pk, by=user, plan=plan)
    return Status(201, whole_asking(asking))


@router.get("askings/{int:asking_id}", auth=READ)
def asking_detail(request: Asked, asking_id: int) -> dict[str, Any]:
    """Tell one asking with its options and statements."""
    return whole_asking(_asking(request, asking_id))


@router.post("askings/{int:asking_id}/open", auth=WRITE)
def asking_open(request: Asked, asking_id: int) -> dict[str, Any]:
    """Start taking answers."""
    asking = services.open_asking(_asking(request, asking_id), by=request.auth)
    return whole_asking(asking)


@router.post("askings/{int:asking_id}/close", auth=CLOSE)
def asking_close(request: Asked, asking_id: int, data: CloseIn) -> dict[str, Any]:
    """Freeze and count the answers; this cannot be undone."""
    asking = _asking(request, asking_id)
    services.close_asking(asking, by=request.auth, days_kept=data.days_kept)
    return result_facts(_asking(request, asking_id))


@router.get("askings/{int:asking_id}/results", auth=READ)
def asking_results(request: Asked, asking_id: int) -> dict[str, Any]:
    """Tell the counts of a closed asking; of an open one only how many were heard."""
    return result_facts(_asking(request, asking_id))


@router.post("askings/{int:asking_id}/recount", auth=CLOSE)
def asking_recount(request: Asked, asking_id: int) -> dict[str, Any]:
    """Count the kept ballots again and compare."""
    found = services.recount_asking(_asking(request, asking_id), by=request.auth)
    return {"ballots_agree": found.ballots_agree, "counts_agree": found.counts_agree}


@router.get("askings/{int:asking_id}/map", auth=READ)
def asking_map(request: Asked, asking_id: int) -> dict[str, Any]:
    """Tell the opinion map, or what is still missing for one."""
    return map_facts(_asking(request, asking_id))


@router.post("askings/{int:asking_id}/statements", auth=WRITE, response={201: dict[str, Any]})
def statement_create(request: Asked, asking_id: int, data: StatementIn) -> Status[dict[str, Any]]:
    """Add a statement of the desk."""
    row = add_seed(_asking(request, asking_id), by=request.auth, text=data.text)
    return Status(
        201, {"id": str(row.position), "text": row.text, "from_resident": row.from_resident}
    )


@router.post("polis", auth=EXCHANGE, response={201: dict[str, Any]})
def polis_import(
    request: Asked, files: File[list[UploadedFile]], title: Form[str] = ""
) -> Status[dict[str, Any]]:
    """Bring the files of a Polis export in as a matter."""
    user = request.auth
    asking = import_polis_files(
        [(file.name or "", file) for file in files],
        committee=user.committee,
        by=user,
        title=title[:60],
    )
    return Status(201, whole_asking(asking))


def _asking(request: Asked, asking_id: int) -> Any:
    return get_object_or_404(selectors.askings_for(request.auth), pk=asking_id)
