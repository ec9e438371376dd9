"""Tests about the house itself: what keeps it plain."""

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command

from linli.site import messages
from linli.site.env import Environment

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "src" / "linli"
MODULES = [path for path in PACKAGE.rglob("*.py") if "migrations" not in path.parts]
ENGINES = PACKAGE / "engines"
BANNED = {"utils", "helpers", "common", "misc", "base", "manager", "managers"}


def place(path: Path) -> str:
    return str(path.relative_to(PACKAGE))


@pytest.mark.parametrize("path", MODULES, ids=place)
def test_module_is_short(path):
    limit = 600 if ENGINES in path.parents else 400

    assert len(path.read_text(encoding="utf-8").splitlines()) <= limit


@pytest.mark.parametrize("path", MODULES, ids=place)
def test_functions_are_short(path):
    """Count code; an engine's docstring may be long."""
    long = []
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.FunctionDef):
            docstring = node.body[0] if ast.get_docstring(node) else None
            told = docstring.end_lineno - docstring.lineno + 1 if docstring else 0
            if node.end_lineno - node.lineno + 1 - told > 60:
                long.append(node.name)

    assert long == []


def test_no_module_has_a_name_that_says_nothing():
    assert [place(path) for path in MODULES if path.stem in BANNED] == []


def test_engines_load_without_django():
    names = [
        ".".join(path.relative_to(PACKAGE.parent).with_suffix("").parts)
        for path in ENGINES.rglob("*.py")
    ]
    program = (
        "import sys, importlib\n"
        "sys.modules['django'] = None\n"
        f"for name in {names!r}:\n    importlib.import_module(name.removesuffix('.__init__'))\n"
    )

    done = subprocess.run(
        [sys.executable, "-c", program], check=False, capture_output=True, text=True
    )

    assert done.returncode == 0, done.stderr


def public_rules() -> list[tuple[str, str]]:
    """List (skill, function) of every public engine function whose module is public."""
    rules = []
    for path in ENGINES.glob("*/*.py"):
        if path.stem.startswith("_"):
            continue
        rules.extend(
            (path.parent.name, node.name)
            for node in ast.parse(path.read_text(encoding="utf-8")).body
            if isinstance(node, ast.FunctionDef) and not node.name.startswith("_")
        )
    return sorted(rules)


@pytest.mark.parametrize(("skill", "rule"), public_rules())
def test_rule_has_its_card(skill, rule):
    assert f"`{rule}`" in (ENGINES / skill / "README.md").read_text(encoding="utf-8")


def codes() -> list[str]:
    """Collect every code that is raised, reported or logged."""
    found = set()
    for path in MODULES:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and node.args:
                called = getattr(node.func, "id", getattr(node.func, "attr", ""))
                first = node.args[0]
                if (called in {"record", "Line"} or called.endswith("Error")) and isinstance(
                    first, ast.Constant
                ):
                    text = str(first.value)
                    if re.fullmatch(r"[a-z]+\.[a-z_0-9]+", text):
                        found.add(text)
    return sorted(found)


@pytest.mark.parametrize("code", codes())
def test_code_has_a_phrase(code):
    from linli.core.ui.phrases import known_codes

    assert code in known_codes()


def test_every_message_has_its_chinese():
    assert messages.missing() == []


def test_catalogue_says_nothing_that_nobody_says():
    assert messages.unused() == []


def test_no_migration_is_missing(db):
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


@pytest.mark.parametrize("field", Environment.model_fields)
def test_setting_is_documented(field):
    page = (ROOT / "docs" / "reference" / "settings.md").read_text(encoding="utf-8")

    assert f"LINLI_{field.upper()}" in page


def test_every_command_is_documented():
    from linli.site.cli import cli
    from tests.site.commands import command_paths

    page = (ROOT / "docs" / "reference" / "commands.md").read_text(encoding="utf-8")

    assert [path for path in command_paths(cli) if f"`{path}" not in page] == []


def test_every_api_path_is_documented(client, db):
    page = (ROOT / "docs" / "reference" / "api.md").read_text(encoding="utf-8")

    paths = client.get("/api/openapi.json").json()["paths"]

    assert [path for path in paths if f"`{path}`" not in page] == []


def test_skills_have_one_name_everywhere():
    """What exists of a skill exists under its one name."""
    names = set(settings.SKILLS)
    shown = {
        *(path.name for path in (PACKAGE / "skills").iterdir() if (path / "apps.py").exists()),
        *(path.name for path in ENGINES.iterdir() if path.is_dir() and path.name[0] != "_"),
        *(path.stem for path in (ROOT / "docs" / "skills").glob("*.md")),
    }

    assert shown <= names


def test_glossary_holds_every_state_and_role():
    from linli.core.accounts.models import Role
    from linli.engines.participation.matter_states import STATES

    glossary = (ROOT / "GLOSSARY.md").read_text(encoding="utf-8")

    assert [code for code in [*STATES, *Role.values] if f"`{code}`" not in glossary] == []
