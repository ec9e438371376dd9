"""Keep translations whole: ``python -m linli.site.messages (missing | fill FILE | compile)``.

English stands in the code, Chinese in ``locale``. For developers; needs polib.
"""

import ast
import fcntl
import re
import sys
from collections.abc import Iterator
from pathlib import Path

import polib
from django.conf import settings
from django.utils.translation.template import templatize

PACKAGE = Path(__file__).resolve().parent.parent
CATALOGUE = PACKAGE / "locale" / "zh_Hans" / "LC_MESSAGES" / "django.po"
_MARKERS = {"_", "gettext", "gettext_lazy", "gettext_noop"}
_PLURAL_MARKERS = {"ngettext", "ngettext_lazy"}
type Message = tuple[str, str]
"""Singular and plural; the plural is empty where there is one form."""


def messages() -> dict[Message, str]:
    """Collect every message of the code and templates with the first place it stands in."""
    found: dict[Message, str] = {}
    for path in sorted(PACKAGE.rglob("*.py")):
        for message in _in_python(path.read_text(encoding="utf-8")):
            found.setdefault(message, str(path.relative_to(PACKAGE)))
    for path in sorted(PACKAGE.rglob("templates/**/*.*")):
        source = templatize(path.read_text(encoding="utf-8"), origin=str(path))
        for message in _in_template(source):
            found.setdefault(message, str(path.relative_to(PACKAGE)))
    return found


def _in_python(source: str) -> Iterator[Message]:
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.FunctionDef) and any(map(_makes_command, node.decorator_list)):
            yield ast.get_docstring(node) or "", ""
        if not isinstance(node, ast.Call):
            continue
        yield from (
            (given.value.value, "")
            for given in node.keywords
            if given.arg == "help"
            and isinstance(given.value, ast.Constant)
            and isinstance(given.value.value, str)
        )
        name = getattr(node.func, "id", getattr(node.func, "attr", ""))
        texts = [
            part.value
            for part in node.args
            if isinstance(part, ast.Constant) and isinstance(part.value, str)
        ]
        if name in _MARKERS and texts:
            yield texts[0], ""
        elif name in _PLURAL_MARKERS and len(texts) > 1:
            yield texts[0], texts[1]


def _makes_command(decorator: ast.expr) -> bool:
    """Recognise ``@click.command()`` and ``@group.command("name")``: the docstring is shown."""
    made_by = decorator.func if isinstance(decorator, ast.Call) else decorator
    return isinstance(made_by, ast.Attribute) and made_by.attr in {"command", "group"}


def _in_template(source: str) -> Iterator[Message]:
    """Read the calls that Django's ``templatize`` leaves of a template."""
    text = r"""(u?(?:'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*"))"""
    for singular, plural in re.findall(rf"\bngettext\({text},\s*{text}", source):
        yield ast.literal_eval(singular), ast.literal_eval(plural)
    for singular in re.findall(rf"(?<![a-z])(?:_|gettext)\({text}\)", source):
        yield ast.literal_eval(singular), ""


def missing() -> list[tuple[Message, str]]:
    """List messages without Chinese, with their places."""
    catalogue = _load()
    known = {
        (entry.msgid, entry.msgid_plural or "")
        for entry in catalogue
        if not entry.fuzzy and (entry.msgstr or entry.msgstr_plural.get(0))
    }
    return [(message, place) for message, place in messages().items() if message not in known]


def unused() -> list[str]:
    """List messages of the catalogue that nothing says any more."""
    said = set(messages())
    return [entry.msgid for entry in _load() if (entry.msgid, entry.msgid_plural or "") not in said]


def fill(pairs: list[tuple[str, str]]) -> None:
    """Add or replace translations, drop the unused ones and compile."""
    with (PACKAGE / "locale" / ".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        catalogue = _load()
        plurals = dict(messages())
        for english, chinese in pairs:
            entry = catalogue.find(english) or polib.POEntry(msgid=english)
            plural = next((two for one, two in plurals if one == english and two), "")
            if plural:
                entry.msgid_plural, entry.msgstr, entry.msgstr_plural = plural, "", {0: chinese}
            else:
                entry.msgstr = chinese
            if entry not in catalogue:
                catalogue.append(entry)
        catalogue.sort(key=lambda entry: entry.msgid)
        catalogue.save(str(CATALOGUE))
        catalogue.save_as_mofile(str(CATALOGUE.with_suffix(".mo")))


def prune() -> None:
    """Drop what nothing says any more."""
    catalogue = _load()
    for text in unused():
        entry = catalogue.find(text)
        if entry:
            catalogue.remove(entry)
    catalogue.save(str(CATALOGUE))
    catalogue.save_as_mofile(str(CATALOGUE.with_suffix(".mo")))


def _load() -> polib.POFile:
    if CATALOGUE.exists():
        return polib.pofile(str(CATALOGUE), wrapwidth=100)
    CATALOGUE.parent.mkdir(parents=True, exist_ok=True)
    catalogue = polib.POFile(wrapwidth=100)
    catalogue.metadata = {
        "Language": "zh_Hans",
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
        "Plural-Forms": "nplurals=1; plural=0;",
    }
    return catalogue


def main(arguments: list[str]) -> int:
    """Run one of the three verbs."""
    if not settings.configured:
        settings.configure()
    match arguments:
        case ["missing"]:
            for (english, _plural), place in missing():
                sys.stdout.write(f"{english!r}\t{place}\n")
        case ["fill", path]:
            lines = Path(path).read_text(encoding="utf-8").splitlines()
            pairs = [line.split("\t", 1) for line in lines if "\t" in line]
            fill(
                [
                    (ast.literal_eval(f'"""{one}"""'), ast.literal_eval(f'"""{two}"""'))
                    for one, two in pairs
                ]
            )
        case ["prune"]:
            prune()
        case _:
            sys.stderr.write(f"{__doc__}\n")
            return 2
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
