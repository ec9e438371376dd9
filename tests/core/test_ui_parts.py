"""What holds for every template, style sheet, script and icon."""

import gzip
import re
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.template.loader import get_template

import linli
from linli.core.ui.examples import ICONS

PACKAGE = Path(linli.__file__).parent
UI = PACKAGE / "core" / "ui"
TEMPLATES = sorted(PACKAGE.rglob("templates/**/*.html"))
SCRIPTS = sorted((UI / "static" / "ui" / "js").glob("*.js"))
SPRITE = set(re.findall(r'symbol id="(\w+)"', (UI / "static/ui/icons.svg").read_text("utf-8")))


def place(path: Path) -> str:
    return path.relative_to(PACKAGE).as_posix().split("templates/")[-1]


def packed(*parts: str) -> int:
    return len(gzip.compress("".join(parts).encode(), 9))


@pytest.mark.parametrize("path", TEMPLATES, ids=place)
def test_template_compiles(path):
    assert get_template(place(path))


@pytest.mark.parametrize("path", TEMPLATES, ids=place)
def test_nothing_is_inline(path):
    text = path.read_text(encoding="utf-8")

    assert not re.search(
        r"<script(?![^>]*\bsrc=)|<style|\sstyle=|\son[a-z]+=|hx-on|javascript:", text
    )


@pytest.mark.parametrize("path", TEMPLATES, ids=place)
def test_nothing_comes_from_another_host(path):
    text = path.read_text(encoding="utf-8")

    assert not re.search(r"(?:src|href)=[\"'](?:https?:)?//", text)


@pytest.mark.parametrize("path", TEMPLATES, ids=place)
def test_named_icons_exist(path):
    text = path.read_text(encoding="utf-8")
    used = re.findall(r"ui/icon\.html\" with name=\"(\w+)\"", text)

    assert set(used) <= SPRITE


def test_style_guide_shows_every_icon():
    assert set(ICONS) == SPRITE


def test_icons_of_tiles_exist():
    from linli.core.ui import registry

    assert {tile.icon for tile in registry.tiles} <= SPRITE


@pytest.mark.parametrize("path", sorted((UI / "templates/ui").glob("*.html")), ids=place)
def test_part_begins_with_what_it_takes(path):
    """Pages say it with their blocks."""
    text = path.read_text(encoding="utf-8")

    assert text.startswith(("{#", "{% comment %}", "{% extends"))


def test_style_sheets_are_light(style_sheet):
    names = ("tokens", "base", "layout", "components", "print")

    assert packed(*map(style_sheet, names)) <= 12_000


def test_residents_style_sheet_is_light(style_sheet):
    assert packed(style_sheet("resident")) <= 6_000


def test_scripts_are_light():
    htmx = Path(str(finders.find("django_htmx/htmx-2.min.js"))).read_text(encoding="utf-8")

    assert packed(htmx, *(path.read_text(encoding="utf-8") for path in SCRIPTS)) <= 25_000


def test_residents_scripts_are_light():
    names = ("submit_once", "read_aloud")

    assert sum((UI / f"static/ui/js/{name}.js").stat().st_size for name in names) <= 3_000


@pytest.mark.parametrize("path", SCRIPTS, ids=lambda path: path.stem)
def test_script_is_short(path):
    assert len(path.read_text(encoding="utf-8").splitlines()) <= 60


def colours(tokens: str, scheme: str) -> dict[str, str]:
    light, dark = tokens.split("@media", 1)
    return dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", dark if scheme == "dark" else light))


def contrast(one: str, other: str) -> float:
    def luminance(colour: str) -> float:
        parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
        red, green, blue = (
            part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
        )
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    dim, bright = sorted([luminance(one), luminance(other)])
    return (bright + 0.05) / (dim + 0.05)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(
    ("ink", "ground"),
    [
        *(
            (ink, ground)
            for ink in ("ink", "quiet", "bamboo", "cinnabar")
            for ground in ("paper", "sheet", "shade")
        ),
        ("on-bamboo", "bamboo"),
        ("on-bamboo", "bamboo-deep"),
        ("bamboo", "bamboo-pale"),
        ("ink", "bamboo-pale"),
        ("ink", "cinnabar-pale"),
        ("cinnabar", "cinnabar-pale"),
    ],
)
def test_words_can_be_read(style_sheet, scheme, ink, ground):
    chosen = colours(style_sheet("tokens"), scheme)

    assert contrast(chosen[ink], chosen[ground]) >= 4.5


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("mark", [*(f"group-{i}" for i in range(1, 7)), "edge"])
def test_marks_can_be_seen(style_sheet, scheme, mark):
    chosen = colours(style_sheet("tokens"), scheme)

    assert contrast(chosen[mark], chosen["sheet"]) >= 3
