"""Where real data lies that is not part of the project; tests skip where it is absent."""

import os
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]
SHARED = Path(os.environ.get("LINLI_SHARED_DATA", ROOT.parent / "shared" / "data"))


def folders(kind: str) -> list:
    """Folders of one kind of data as test parameters, or one that skips."""
    found = sorted(path for path in (SHARED / kind).glob("*") if path.is_dir())
    absent = pytest.param(None, marks=pytest.mark.skip(f"no real data at {SHARED / kind}"))
    return [pytest.param(path, id=path.name) for path in found] or [absent]
