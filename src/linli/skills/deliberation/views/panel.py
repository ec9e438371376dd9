"""What a matter's page shows of asking: where it stands and the one next step."""

from django.http import HttpRequest
from django.utils import timezone

from linli.core.ui.registry import Panel
from linli.skills.deliberation.findings import heard_sentence
from linli.skills.deliberation.selectors import askings as selectors
from linli.skills.deliberation.selectors.notices import notices_of
from linli.skills.deliberation.services.askings import BEFORE_INFORMING
from linli.skills.participation.selectors import MatterNotFound, is_in_motion, matter_for


def matter_panel(request: HttpRequest, matter_id: int) -> Panel | None:
    """Gather a matter's asking, its next step and its notices."""
    user = request.user
    if not user.is_authenticated or not user.has_perm("deliberation.view_askings"):
        return None
    try:
        matter = matter_for(user, matter_id)
    except MatterNotFound:
        return None
    askings = list(selectors.askings_of(matter.pk))
    values: dict[str, object] = {
        "matter": matter,
        "asking": None,
        "is_early": matter.state in BEFORE_INFORMING,
        "may_create": user.has_perm("deliberation.change_asking") and is_in_motion(matter),
        "notices": list(notices_of(matter.pk)),
    }
    if askings:
        asking = askings[0]
        stage = selectors.stage_of(asking)
        counts = selectors.reached_or_frozen(asking)
        values.update(
            asking=asking,
            earlier=askings[1:],
            stage=stage,
            counts=counts,
            heard_sentence=heard_sentence({**counts, "basis": asking.basis}),
            waiting=selectors.pending_count(asking),
            is_over=stage == "open" and asking.closes_on < timezone.localdate(),
            before_notice=selectors.latest_notice(matter.pk, kind="before"),
            result_notice=selectors.latest_notice(matter.pk, kind="result"),
        )
    return Panel("deliberation/asking_panel.html", values)
