"""Residents' codes stay out of every log."""

import io
import logging

import pytest

from linli.core.accounts.log_filter import HideCodes

CODE = "k7mqx3ndp9fah2wt"


@pytest.fixture
def written():
    """A logger with the filter, and what it writes."""
    out = io.StringIO()
    handler = logging.StreamHandler(out)
    handler.addFilter(HideCodes())
    logger = logging.getLogger("tests.log_filter")
    logger.propagate = False
    logger.addHandler(handler)
    yield logger, out
    logger.removeHandler(handler)


def test_code_in_message_is_hidden(written):
    logger, out = written
    logger.warning("GET /v/%s", CODE)

    assert out.getvalue() == "GET /v/…\n"


def test_code_in_argument_is_hidden(written):
    logger, out = written
    logger.warning('"%s" %s', f"GET /v/{CODE}/3?back=1 HTTP/1.1", 200)

    assert CODE not in out.getvalue()


def test_code_in_traceback_is_hidden(written):
    logger, out = written
    try:
        int(f"/v/{CODE}/")
    except ValueError:
        logger.exception("failed")

    assert "ValueError" in out.getvalue()
    assert CODE not in out.getvalue()


def test_other_paths_are_written(written):
    logger, out = written
    logger.warning("GET /accounts/me/")

    assert out.getvalue() == "GET /accounts/me/\n"


@pytest.mark.parametrize(
    "line",
    [
        f"Not Found: /V/{CODE}/",
        f"Not Found: /v{CODE}",
        f"Not Found: /{CODE.upper()}/",
        f"next=%2Fv%2F{CODE}%2F",
        "Not Found: /K7MQ-X3ND-P9FA-H2WT",
        f"arguments '('{CODE}',)' not found",
    ],
)
def test_code_at_a_wrong_address_is_hidden(line, written):
    logger, out = written
    logger.warning(line)

    assert CODE not in out.getvalue().lower().replace("-", "")
    assert "…" in out.getvalue()


@pytest.mark.parametrize(
    "line", ["GET /accounts/password/change/", "relation deliberation_moderationline 2026-03-23"]
)
def test_words_and_dates_are_written(line, written):
    logger, out = written
    logger.warning(line)

    assert out.getvalue() == f"{line}\n"
