"""Keep residents' codes out of every log."""

import logging
import re

_CODE_PATH = re.compile(r"(/v/|%2Fv%2F)[^\s\"'?<>]+", re.IGNORECASE)
# Typed at a wrong address, a code still looks like one: sixteen signs, mostly in fours.
_CODE = re.compile(
    r"(?:(?<![0-9A-Z])|(?<=/v))(?:[0-9A-Z]{4}(?:-|%20|[ ])?){3}[0-9A-Z]{4}(?![0-9A-Z])",
    re.IGNORECASE,
)


def _hidden(text: str) -> str:
    return _CODE.sub(_unless_word, _CODE_PATH.sub(r"\1…", text))


def _unless_word(found: re.Match[str]) -> str:
    """Hide what has a digit; a code without any is one of four hundred, words have none."""
    return "…" if any(sign.isdigit() for sign in found[0].replace("%20", "")) else found[0]


class HideCodes(logging.Filter):
    """Replace what follows ``/v/``, and codes elsewhere, in message, arguments and traceback."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Rewrite the record in place and let it pass."""
        record.msg = _hidden(record.getMessage())
        record.args = ()
        if record.exc_info:
            record.exc_text = _hidden(logging.Formatter().formatException(record.exc_info))
            record.exc_info = None
        return True
