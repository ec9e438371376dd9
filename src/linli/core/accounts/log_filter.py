"""Keep residents' codes out of every log."""

import logging
import re

_CODE_PATH = re.compile(r"(/v/)[^\s\"'?<>]+")


class HideCodes(logging.Filter):
    """Replace what follows ``/v/`` in a log record, in its message, arguments and traceback."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Rewrite the record in place and let it pass."""
        record.msg = _CODE_PATH.sub(r"\1…", record.getMessage())
        record.args = ()
        if record.exc_info:
            record.exc_text = _CODE_PATH.sub(
                r"\1…", logging.Formatter().formatException(record.exc_info)
            )
            record.exc_info = None
        return True
