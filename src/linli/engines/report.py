"""What a rule tells besides its result: lines of codes and numbers."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from linli.engines.errors import Param


@dataclass(frozen=True, slots=True)
class Line:
    """One remark of a rule; the phrase for ``code`` makes a sentence of it."""

    code: str
    params: Mapping[str, Param] = field(default_factory=dict)
