"""Askings with statements and planted answers."""

from linli.core.accounts.models import User
from linli.skills.deliberation.models import Asking
from linli.skills.deliberation.services.askings import close_asking
from linli.skills.deliberation.services.ballots import paper_ballot
from tests.factories.deliberation import AskingFactory, StatementFactory, options_for, slips_for
from tests.factories.participation import MatterFactory


def open_asking_of(user: User, *, statements: int = 0, **more: object) -> Asking:
    """Make an open asking of the user's committee, with three options."""
    asking = AskingFactory(
        matter=MatterFactory(created_by=user, state="consulting", title="垃圾厢房放在哪里"),
        has_statements=statements > 0,
        **more,
    )
    options_for(asking)
    for number in range(1, statements + 1):
        StatementFactory(asking=asking, position=number, text=f"看法第{number}条")
    return asking


def answer(asking: Asking, *, by: User, count: int, building: str = "1号楼") -> list[str]:
    """Let ``count`` new doors answer: two points of view in turn; return their codes."""
    options = [option.pk for option in asking.matter.options.all()]
    statements = list(asking.statements.filter(status="accepted"))
    codes = [slip.code for slip in slips_for(asking, count=count, building=building)]
    for person, code in enumerate(codes):
        side = person % 2
        paper_ballot(
            code,
            by=by,
            asking=asking,
            options=[options[side]] if asking.form != "none" else [],
            votes={
                row.pk: 1 if row.position == 1 or (row.position % 2 == side) else -1
                for row in statements
            },
        )
    return codes


def closed_asking_of(user: User, *, count: int = 4, statements: int = 0) -> Asking:
    """Make an asking that was answered and closed."""
    asking = open_asking_of(user, statements=statements)
    answer(asking, by=user, count=count)
    close_asking(asking, by=user)
    return Asking.objects.get(pk=asking.pk)
