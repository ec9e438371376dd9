"""Run every test: on SQLite, on a PostgreSQL of its own, and in the browser.

``python -m tests.everything``, which is what ``make test`` calls. What the machine lacks is
installed where that is possible, and named where it is not.
"""

import contextlib
import ctypes.util
import os
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
JOBS = ["-n", "2"]
IN_BROWSER = ["-o", "addopts=--strict-markers --strict-config -ra", "tests/browser"]


def say(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


def browser() -> str | None:
    names = ("chromium", "chromium-browser", "google-chrome")
    return next((found for name in names if (found := shutil.which(name))), None)


def postgresql_folder() -> Path | None:
    """Find initdb: Debian keeps it off the path; the newest version counts."""
    folders = sorted(
        Path("/usr/lib/postgresql").glob("*/bin"), key=lambda one: float(one.parent.name)
    )
    for folder in reversed(folders):
        if (folder / "initdb").exists():
            return folder
    found = shutil.which("initdb")
    return Path(found).resolve().parent if found else None


def has_chinese_font() -> bool:
    if not shutil.which("fc-list"):
        return False
    listed = subprocess.run(
        ["fc-list", ":lang=zh-cn", "family"], capture_output=True, text=True, check=False
    )
    return "CJK" in listed.stdout


def missing_packages() -> list[str]:
    needs = {
        "postgresql": postgresql_folder() is not None,
        "chromium": browser() is not None,
        "fontconfig": shutil.which("fc-list") is not None,
        "fonts-noto-cjk": has_chinese_font(),
        "libpango-1.0-0": ctypes.util.find_library("pango-1.0") is not None,
        # The browser's driver is a Node that wants it.
        "libatomic1": ctypes.util.find_library("atomic") is not None,
        "libpangoft2-1.0-0": ctypes.util.find_library("pangoft2-1.0") is not None,
    }
    return [package for package, is_here in needs.items() if not is_here]


def furnish() -> None:
    """Install what is missing, or say what to install."""
    missing = missing_packages()
    if not missing:
        return
    wanted = " ".join(missing)
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        sys.exit(
            f"缺少以下软件包，请先安装：sudo apt install {wanted}\n"
            f"These packages are missing, install them first: sudo apt install {wanted}"
        )
    say(f"正在安装 / installing: {wanted}")
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    subprocess.run(["apt-get", "-q", "update"], env=quiet, stdout=subprocess.DEVNULL, check=False)
    install = ["apt-get", "-qy", "install", "--no-install-recommends", *missing]
    done = subprocess.run(install, env=quiet, stdout=subprocess.DEVNULL, check=False)
    still = missing_packages()
    if done.returncode or still:
        sys.exit(f"安装失败 / could not be installed: {' '.join(still or missing)}")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextlib.contextmanager
def postgresql() -> Iterator[str]:
    """Run a cluster in a temporary folder; yield its address and remove it afterwards."""
    programs = postgresql_folder()
    assert programs is not None
    # PostgreSQL refuses to run as root.
    as_owner = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
    folder = Path(tempfile.mkdtemp(prefix="linli-postgresql-"))
    password, port = secrets.token_hex(16), free_port()
    (folder / "password").write_text(password, encoding="ascii")
    if as_owner:
        for path in (folder, folder / "password"):
            shutil.chown(path, "postgres", "postgres")
    data, log = folder / "data", folder / "log"

    def run(program: str, *arguments: object) -> None:
        command = [*as_owner, str(programs / program), *map(str, arguments)]
        done = subprocess.run(command, cwd="/", capture_output=True, text=True, check=False)
        if done.returncode:
            told = log.read_text(encoding="utf-8") if log.exists() else ""
            sys.exit(f"{program}: {done.stdout}{done.stderr}{told}")

    # Nothing of a test need survive a power cut.
    fast = "-c fsync=off -c synchronous_commit=off -c full_page_writes=off -c max_connections=60"
    options = f"-p {port} -k {folder} -c listen_addresses=127.0.0.1 {fast}"
    try:
        run(
            "initdb", "-D", data, "-U", "linli", "-A", "scram-sha-256", "-E", "UTF8",
            "--locale=C", f"--pwfile={folder / 'password'}",
        )  # fmt: skip
        run("pg_ctl", "-D", data, "-l", log, "-o", options, "-w", "start", "--silent")
        yield f"postgresql://linli:{password}@127.0.0.1:{port}/postgres"
    finally:
        if (data / "postmaster.pid").exists():
            stop = [*as_owner, str(programs / "pg_ctl"), "-D", str(data), "-m", "immediate", "stop"]
            subprocess.run(stop, cwd="/", capture_output=True, check=False)
        shutil.rmtree(folder, ignore_errors=True)


def pytest(title: str, arguments: list[str], **surroundings: str) -> bool:
    say(f"\n== {title}")
    inherited = {name: value for name, value in os.environ.items() if name[:6] != "LINLI_"}
    command = [sys.executable, "-m", "pytest", "-q", *arguments]
    done = subprocess.run(command, check=False, cwd=ROOT, env={**inherited, **surroundings})
    return done.returncode == 0


def main() -> int:
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    furnish()
    passed = [pytest("SQLite", JOBS)]
    with postgresql() as address:
        passed.append(pytest("PostgreSQL", JOBS, LINLI_DATABASE_URL=address))
    passed.append(pytest("Chromium", IN_BROWSER))
    say("\n" + ("全部通过 / all passed" if all(passed) else "有测试未通过 / some tests failed"))
    return 0 if all(passed) else 1


if __name__ == "__main__":
    sys.exit(main())
