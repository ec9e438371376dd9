"""Reading the parts of a page."""

from collections.abc import Callable
from pathlib import Path

import pytest

import linli.core.ui

UI = Path(linli.core.ui.__file__).parent


@pytest.fixture
def style_sheet() -> Callable[[str], str]:
    return lambda name: (UI / "static" / "ui" / f"{name}.css").read_text(encoding="utf-8")
