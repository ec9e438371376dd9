"""What ``make run`` does: a database, a demo neighbourhood, and the server."""

import hashlib
import shlex
from pathlib import Path

import click
from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command
from django.urls import reverse

from linli import __version__
from linli.core.accounts.models import Committee
from linli.site import serve
from linli.site.demo.create import Demo, create_demo
from linli.site.safeguards import refuse_taken_port
from linli.site.upgrade import prepare_database


def start(*, host: str, port: int) -> None:
    """Serve, after making a demo neighbourhood where there is no committee yet."""
    refuse_taken_port(host, port)
    prepare_database()
    demo = None if Committee.objects.exists() else create_demo()
    collect_static()
    _greet(f"http://{host}:{port}", demo)
    serve.run(host=host, port=port)


def collect_static() -> None:
    """Collect style sheets, scripts and pictures when they are others than last time."""
    mark = Path(settings.STATIC_ROOT) / ".collected"
    wanted = _static_fingerprint()
    if mark.exists() and mark.read_text(encoding="ascii") == wanted:
        return
    call_command("collectstatic", interactive=False, clear=True, verbosity=0)
    mark.write_text(wanted, encoding="ascii")


def _static_fingerprint() -> str:
    digest = hashlib.sha256(__version__.encode())
    for finder in get_finders():
        for name, storage in finder.list([]):
            found = Path(storage.path(name)).stat()
            digest.update(f"{name} {found.st_size} {found.st_mtime_ns}\n".encode())
    return digest.hexdigest()


def _greet(address: str, demo: Demo | None) -> None:
    """Say in both languages where to go and how to get in."""
    lines = [""]
    if demo:
        lines += [
            "演示小区“乐邻苑”已建好（人物与数据都是虚构的）。密码只显示这一次：",
            "The demo neighbourhood is ready (people and data are made up). Passwords, shown once:",
            "",
            *(f"  {one.username:<10} {one.password}   {one.label}" for one in demo.accounts),
            "",
            "三位居民的答题网址 / three residents' addresses:",
            *(f"  {address}{reverse('resident:vote-card', args=[code])}" for code in demo.codes),
        ]
    else:
        folder = shlex.quote(str(settings.DATA_DIR))
        lines += [
            f"数据仍在 / your data are kept: {folder}",
            "忘了密码 / a new password:",
            f"  LINLI_DATA_DIR={folder} .venv/bin/linli user recover head",
        ]
    lines += [
        "",
        f"请打开 / open: {address}/",
        "按 Ctrl-C 停止 / stop with Ctrl-C",
        "",
    ]
    click.echo("\n".join(lines))
