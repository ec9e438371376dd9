"""The states a matter passes, as a line of dots with the place where it stands."""

from collections.abc import Sequence
from dataclasses import dataclass

DONE, HERE, AHEAD = "done", "here", "ahead"
WIDTH, HEIGHT, MARGIN = 320.0, 24.0, 9.0


@dataclass(frozen=True, slots=True)
class Step:
    """One state of the way and where its dot lies."""

    label: str
    status: str
    number: int
    x: float


@dataclass(frozen=True, slots=True)
class Way:
    """The whole way in a box of ``width`` by ``height``, walked up to ``reached``."""

    steps: tuple[Step, ...]
    here: Step | None
    reached: float
    width: float = WIDTH
    height: float = HEIGHT

    @property
    def middle(self) -> float:
        """Height of the line."""
        return self.height / 2

    @property
    def end(self) -> float:
        """Where the line ends."""
        return self.steps[-1].x if self.steps else MARGIN


def way(*, steps: Sequence[tuple[str, str]]) -> Way:
    """Lay out a way.

    Parameters
    ----------
    steps : sequence of (label, status)
        In the order of the way; status is ``"done"``, ``"here"`` or ``"ahead"``.

    Returns
    -------
    Way
        For ``ui/chart_way.html``.

    Raises
    ------
    ValueError
        For an unknown status.
    """
    gap = (WIDTH - 2 * MARGIN) / max(len(steps) - 1, 1)
    laid = []
    for number, (label, status) in enumerate(steps, start=1):
        if status not in {DONE, HERE, AHEAD}:
            raise ValueError(status)
        laid.append(Step(label, status, number, round(MARGIN + gap * (number - 1), 1)))
    passed = [step for step in laid if step.status != AHEAD]
    return Way(
        steps=tuple(laid),
        here=next((step for step in laid if step.status == HERE), None),
        reached=passed[-1].x if passed else MARGIN,
    )
