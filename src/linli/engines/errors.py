"""The one kind of error a rule raises: a code and its parameters, never prose."""

from collections.abc import Mapping
from typing import Final

type Param = str | int | float


class RuleError(Exception):
    """A rule cannot be applied to what it was given.

    Parameters
    ----------
    code
        What is wrong, ``"<skill>.<problem>"``; each code has a phrase in Chinese and English.
    params
        The values the phrase needs.
    """

    def __init__(self, code: str, **params: Param) -> None:
        super().__init__(code, params)
        self.code: Final = code
        self.params: Final[Mapping[str, Param]] = params

    def __reduce__(self) -> tuple[object, ...]:
        return _rebuild, (type(self), self.code, dict(self.params))


def _rebuild(kind: type[RuleError], code: str, params: dict[str, Param]) -> RuleError:
    """Restore an error that crossed a process boundary."""
    return kind(code, **params)
