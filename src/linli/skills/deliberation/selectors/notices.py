"""Reading notices, and putting together what a new one would say."""

from datetime import date
from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from linli.core.accounts.models import User
from linli.skills.deliberation import findings
from linli.skills.deliberation.models import Asking, Form, Notice
from linli.skills.participation.selectors import matters_for, options_of

type Content = dict[str, Any]
"""Everything a notice says, as sentences and numbers; no name of a resident, no code."""

MAP_STATEMENTS = 3
"""Statements a notice quotes of each kind, so that it stays within two pages."""
LEAST_PLACED = 15
"""People on a map that a notice tells of."""
CHAT_LONGEST = 150


def notices_for(user: User) -> QuerySet[Notice]:
    """List the notices of the matters a user may see, newest first."""
    return Notice.objects.filter(matter__in=matters_for(user)).select_related(
        "matter__committee", "asking", "posted_by"
    )


def notices_of(matter_id: int) -> QuerySet[Notice]:
    """List a matter's notices, newest first."""
    return Notice.objects.filter(matter_id=matter_id)


def public_notices() -> QuerySet[Notice]:
    """List what is posted for everybody."""
    return Notice.objects.select_related("matter__committee")


def notice_content(asking: Asking, *, kind: str, object_until: date, today: date) -> Content:
    """Put together what a notice says, in the language of the installation."""
    with translation.override(settings.LANGUAGE_CODE):
        content = _about(asking, object_until=object_until, today=today)
        content["kind"] = kind
        if kind == "before":
            content.update(_before(asking))
        else:
            content.update(_result(asking))
        return content


def _about(asking: Asking, *, object_until: date, today: date) -> Content:
    matter = asking.matter
    committee = matter.committee
    earlier = matter.notices.count()
    return {
        "number": f"{matter.year}-{matter.number}-{earlier + 1}",
        "committee": committee.name,
        "desk_phone": committee.desk_phone,
        "desk_hours": committee.desk_hours,
        "title": matter.title,
        "plan": matter.plan,
        "why": matter.why,
        "proposed_by": matter.proposed_by,
        "decider": matter.get_decider_display(),
        "decider_is_residents": matter.decider == "residents",
        "options": [
            {"text": option.text, "detail": option.detail} for option in options_of(matter.pk)
        ],
        "question": asking.question,
        "next_step": matter.next_step,
        "decision_on": _day(matter.decision_on),
        "object_until": _day(object_until),
        "posted_on": _day(today),
        "is_correction": earlier > 0,
    }


def _day(day: date | None) -> str:
    return date_format(day, "DATE_FORMAT") if day else ""


def _before(asking: Asking) -> Content:
    """Say who is asked, until when and how."""
    matter = asking.matter
    if matter.touches_everyone:
        whom = _("everyone in the neighbourhood")
    else:
        whom = _(", ").join(building.name for building in matter.buildings.all())
    each = (
        _("one answer per household") if asking.basis == "household" else _("one answer per adult")
    )
    return {
        "whom": _("%(whom)s, %(each)s") % {"whom": whom, "each": each},
        "answers_until": _day(asking.closes_on),
        "form": str(Form(asking.form).label),
        "how": [
            _("Your slip comes folded to your door. Scan it with your phone, no app is needed."),
            _("Or tick the back of the slip and bring it to the desk."),
            secrecy_sentence(asking),
        ],
    }


def secrecy_sentence(asking: Asking) -> str:
    """Say plainly who learns how one answered."""
    if asking.is_secret:
        return _("Answers are secret: nobody at the committee can see who answered what.")
    return _(
        "Answers are signed: the committee sees which door has answered, and no screen shows how."
    )


def _result(asking: Asking) -> Content:
    """Say who was heard and what it came to."""
    frozen = asking.result
    counts = frozen.counts
    found: Content = {
        "asked": counts["asked"],
        "heard": counts["heard"],
        "reissued": counts["reissued"],
        "answered": counts["answered"],
        "heard_sentence": findings.heard_sentence(counts),
        "is_secret": asking.is_secret,
        "secrecy": secrecy_sentence(asking),
        "form": asking.form,
        "findings": findings.result_sentences(counts),
        "counts": [
            {
                "text": option["text"],
                "count": option["count"],
                "percent": findings.percent(option["count"], counts["answered"]),
            }
            for option in counts["options"]
        ],
        "pairs": findings.pair_sentences(counts),
        "sha256": frozen.ballots_sha256,
        "ballots_until": _day(asking.ballots_until),
        "map": [],
    }
    facts = frozen.opinion_map
    if facts and facts["placed"] >= LEAST_PLACED:
        found["map"] = findings.map_sentences(facts)
        found["unplaced"] = facts["unplaced"]
        found["groups"] = [
            {
                "letter": findings.group_letter(group["id"]),
                "size": group["size"],
                "voices": [
                    {
                        "text": voice["text"],
                        "side": voice["side"],
                        "told": findings.voice_sentence(voice),
                    }
                    for voice in group["representative"][:MAP_STATEMENTS]
                ],
            }
            for group in facts["groups"]
        ]
        found["divides"] = [row["text"] for row in facts["divisive"][:MAP_STATEMENTS]]
        found["joins"] = [
            {"text": row["text"], "side": row["side"]} for row in facts["bridging"][:MAP_STATEMENTS]
        ]
    return found


def chat_text(content: Content, *, address: str) -> str:
    """Write the text for the group chat: short, without any code, with the warning."""
    with translation.override(settings.LANGUAGE_CODE):
        title = str(content["title"])
        text = _chat_sentences(content, title) + address
        if len(text) >= CHAT_LONGEST:
            kept = max(len(title) - (len(text) - CHAT_LONGEST) - 2, 1)
            text = _chat_sentences(content, f"{title[:kept]}…") + address
        return text if len(text) < CHAT_LONGEST else _chat_sentences(content, title)


def _chat_sentences(content: Content, title: str) -> str:
    if content["kind"] == "before":
        says = _("Asking: %(title)s. Answer until %(until)s by the slip at your door.") % {
            "title": title,
            "until": content["answers_until"],
        }
    else:
        says = _("Result: %(title)s. %(heard)s. Objections until %(until)s.") % {
            "title": title,
            "heard": content["heard_sentence"],
            "until": content["object_until"],
        }
    return f"{says}{_('Please do not share your code in the group.')} "
