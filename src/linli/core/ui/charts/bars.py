"""Horizontal bars: counts with their base, and three answers side by side."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar; ``width`` and ``percent`` are parts of the base in percent."""

    label: str
    value: float
    note: str
    width: float
    percent: int | None


@dataclass(frozen=True, slots=True)
class Bars:
    """Bars over one base; without one the longest bar fills the width."""

    rows: tuple[Bar, ...]
    base: float | None


@dataclass(frozen=True, slots=True)
class Segment:
    """One answer in a stacked bar, as parts of the width in percent."""

    answer: str
    count: int
    start: float
    width: float
    percent: int


@dataclass(frozen=True, slots=True)
class StackedBar:
    """Who agrees, is unsure and disagrees, of those who said something."""

    label: str
    total: int
    segments: tuple[Segment, ...]


ANSWERS = ("agree", "unsure", "disagree")


def bars(*, rows: Sequence[tuple[str, float, str]], base: float | None = None) -> Bars:
    """Lay out counts as bars.

    Parameters
    ----------
    rows : sequence of (label, value, note)
        Values from 0; the note may be empty and stands behind the value.
    base : float, optional
        What a full bar would be, such as all households asked; shares are told only with it.

    Returns
    -------
    Bars
        For ``ui/chart_bars.html``.
    """
    longest = max((value for _label, value, _note in rows), default=0)
    full = max(base or 0, longest)
    return Bars(
        rows=tuple(
            Bar(
                label=label,
                value=value,
                note=note,
                width=_part(value, full),
                percent=round(100 * value / base) if base else None,
            )
            for label, value, note in rows
        ),
        base=base,
    )


def stacked_bars(*, rows: Sequence[tuple[str, Sequence[int]]]) -> tuple[StackedBar, ...]:
    """Lay out answers to statements, or of groups, as bars of one length.

    Parameters
    ----------
    rows : sequence of (label, (agree, unsure, disagree))
        Counts from 0.

    Returns
    -------
    tuple of StackedBar
        For ``ui/chart_stacked_bars.html``; a row nobody answered has segments of no width.
    """
    return tuple(_stacked(label, counts) for label, counts in rows)


def _stacked(label: str, counts: Sequence[int]) -> StackedBar:
    total = sum(counts)
    segments, start = [], 0.0
    for answer, count in zip(ANSWERS, counts, strict=True):
        width = _part(count, total)
        percent = round(100 * count / total) if total else 0
        segments.append(Segment(answer, count, round(start, 2), width, percent))
        start += width
    return StackedBar(label=label, total=total, segments=tuple(segments))


def _part(value: float, whole: float) -> float:
    return round(100 * value / whole, 2) if whole else 0.0
