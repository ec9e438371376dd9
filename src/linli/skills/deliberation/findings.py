"""Sentences that say what counts and maps mean, for pages and notices alike."""

from typing import Any

from django.utils.functional import Promise
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from linli.core.ui.phrases import say

type Facts = dict[str, Any]

_CHINESE_LETTERS = dict(zip("ABCDEFGH", "甲乙丙丁戊己庚辛", strict=True))

_REASONS: dict[str, Promise | str] = {
    "deliberation.map_like_chance": gettext_lazy(
        "The differences are no larger than chance would make them."
    ),
    "deliberation.map_not_stable": gettext_lazy(
        "Other people of the same neighbourhood would be grouped differently."
    ),
}
_TOO_LITTLE = {
    "deliberation.map_no_votes",
    "deliberation.map_too_few_people",
    "deliberation.map_too_few_statements",
    "deliberation.map_no_differences",
}


def group_letter(identifier: str) -> str:
    """Letter of a group in the order of the reader's language: A or 甲."""
    if (get_language() or "").startswith("zh"):
        return _CHINESE_LETTERS.get(identifier, identifier)
    return identifier


def heard_sentence(facts: Facts) -> str:
    """Say how many were heard of how many asked."""
    params = {"asked": f"{facts['asked']:,}", "heard": f"{facts['heard']:,}"}
    if not facts["asked"]:
        return _("%(heard)s people were heard") % params
    if facts["basis"] == "adult":
        return _("Of %(asked)s adults, %(heard)s have been heard") % params
    return _("Of %(asked)s households, %(heard)s have been heard") % params


def percent(part: int, whole: int) -> int:
    """Share in whole percent; nothing of nothing is nothing."""
    return round(100 * part / whole) if whole else 0


def result_sentences(counts: Facts) -> list[str]:
    """Say what the simple question came to, the finding first."""
    if counts["form"] == "none" or not counts["options"]:
        return []
    if not counts["answered"]:
        return [_("Nobody answered the question.")]
    return _ranked_sentences(counts) if counts["form"] == "ranked" else [_chosen_sentence(counts)]


def _chosen_sentence(counts: Facts) -> str:
    best = max(option["count"] for option in counts["options"])
    first = [option for option in counts["options"] if option["count"] == best]
    params = {
        "names": _("” and “").join(option["text"] for option in first),
        "count": best,
        "answered": counts["answered"],
        "percent": percent(best, counts["answered"]),
    }
    if len(first) > 1:
        return _("“%(names)s” were named equally often: %(count)s times each.") % params
    if counts["form"] == "multiple":
        return _("Most can live with “%(names)s”: %(count)s of %(answered)s ticked it.") % params
    if 2 * best > counts["answered"]:
        return (
            _("More than half want “%(names)s”: %(count)s of %(answered)s (%(percent)s%%).")
            % params
        )
    return (
        _(
            "“%(names)s” was chosen most often, but not by more than half: "
            "%(count)s of %(answered)s (%(percent)s%%)."
        )
        % params
    )


def _ranked_sentences(counts: Facts) -> list[str]:
    texts = {option["id"]: option["text"] for option in counts["options"]}
    sentences = []
    winner = counts.get("winner")
    if winner is not None:
        sentences.append(
            _("“%(name)s” is put before every other option by more people than not.")
            % {"name": texts[winner]}
        )
    elif counts["pairs"]:
        sentences.append(_("No option is put before all others: the order depends on the pair."))
    return sentences


def pair_sentences(counts: Facts) -> list[str]:
    """Say for each two options which one more people put first."""
    texts = {option["id"]: option["text"] for option in counts["options"]}
    sentences = []
    for pair in counts["pairs"]:
        one, other = pair["one"], pair["other"]
        ahead, behind = pair["one_first"], pair["other_first"]
        if ahead < behind:
            one, other, ahead, behind = other, one, behind, ahead
        params = {"one": texts[one], "other": texts[other], "ahead": ahead, "behind": behind}
        if ahead == behind:
            sentence = _("“%(one)s” and “%(other)s”: %(ahead)s each put one before the other.")
        else:
            sentence = _("%(ahead)s put “%(one)s” before “%(other)s”, %(behind)s the other way.")
        sentences.append(sentence % params)
    return sentences


def map_sentences(facts: Facts) -> list[str]:
    """Say in three sentences what the map found: groups, what joins, how sure."""
    if facts["verdict"] == "groups":
        first = _grouped(facts)
    else:
        first = _("Opinions do not fall into clear groups.")
    return [first, _joining(facts), _surely(facts)]


def _grouped(facts: Facts) -> str:
    sizes = _(", ").join(
        _("%(letter)s %(size)s people")
        % {"letter": group_letter(group["id"]), "size": group["size"]}
        for group in facts["groups"]
    )
    return _("Opinions fall into %(groups)s groups: %(sizes)s.") % {
        "groups": len(facts["groups"]),
        "sizes": sizes,
    }


def _joining(facts: Facts) -> str:
    grouped = facts["verdict"] == "groups"
    if facts["bridging"]:
        shared = facts["bridging"][0]
        params = {"text": shared["text"]}
        if shared["side"] == "agree":
            return (
                _("In every group most agree: “%(text)s”") % params
                if grouped
                else _("Most agree: “%(text)s”") % params
            )
        return (
            _("In every group most disagree with: “%(text)s”") % params
            if grouped
            else _("Most disagree with: “%(text)s”") % params
        )
    return _("There is no statement yet that most in every group share.")


def _surely(facts: Facts) -> str:
    if facts["verdict"] != "groups":
        for line in facts["report"]:
            if line["code"] in _REASONS:
                return str(_REASONS[line["code"]])
            if line["code"] in _TOO_LITTLE:
                return say(line["code"], line["params"])
        return _("That is an answer too: people differ, but not in groups.")
    times = round(10 * facts["stability"])
    if times >= 10:
        return _("Counted again with others of the same people, it comes out the same every time.")
    return _(
        "Counted again with others of the same people, it comes out nearly the same %(times)s "
        "times in ten."
    ) % {"times": times}


def report_sentences(facts: Facts) -> list[str]:
    """Say what else the map tells about itself."""
    return [say(line["code"], line["params"]) for line in facts["report"]]


def voice_sentence(voice: Facts) -> str:
    """Say how a group voted on a statement that speaks for it."""
    params = {"agree": voice["agree"], "disagree": voice["disagree"], "seen": voice["seen"]}
    if voice["side"] == "agree":
        return _("%(agree)s of %(seen)s agree") % params
    return _("%(disagree)s of %(seen)s disagree") % params


def group_shares(row: Facts) -> list[Facts]:
    """Tell for each group what share agrees and disagrees with a statement."""
    return [
        {
            "letter": group_letter(group["id"]),
            "agree": percent(group["agree"], group["seen"]),
            "disagree": percent(group["disagree"], group["seen"]),
            **{name: group[name] for name in ("id", "seen", "unsure")},
        }
        for group in row["groups"]
    ]


def group_summary(group: Facts) -> str:
    """Say in a few words what a group says first."""
    voices = group["representative"]
    if not voices:
        return ""
    said = _("agrees: %(text)s") if voices[0]["side"] == "agree" else _("disagrees: %(text)s")
    return said % {"text": voices[0]["text"]}


def part_table(part: Facts, counts: Facts) -> Facts:
    """Lay out the counts of age bands, tenure or buildings with words for their rows."""
    heads = {
        "age": _("By age"),
        "tenure": _("Owners and tenants"),
        "building": _("By building"),
    }
    rows = [
        {"name": _part_name(part["kind"], row), "voters": row["voters"], "counts": row["counts"]}
        for row in part["rows"]
    ]
    if part["rest"]:
        rows.append({"name": _("All others together"), **part["rest"]})
    for row in rows:
        row["lines"] = [
            (option["text"], count)
            for option, count in zip(counts["options"], row["counts"], strict=True)
        ]
    return {
        "title": heads[part["kind"]],
        "rows": rows,
    }


def _part_name(kind: str, row: Facts) -> str:
    if kind == "tenure" and row["id"]:
        return _("Owner") if row["id"] == "owner" else _("Tenant")
    if kind == "building" and not row["id"]:
        return _("Other buildings")
    return row["name"] or _("Did not say")
