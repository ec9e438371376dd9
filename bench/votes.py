"""Measure voting: ``python bench/votes.py [--seconds N] [--phones N] [--workers N]``.

Starts ``linli serve`` on a database of its own, lets 50 phones (wrk) post votes of distinct codes
through the residents' page, and prints votes a second, latencies, CPU time and whether every
vote that was acknowledged is in the database. Needs wrk.
"""

import argparse
import os
import re
import secrets
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from datetime import date, timedelta
from pathlib import Path
from urllib.request import urlopen

CODES = 2_500
STATEMENTS = 24
SCRIPT = """
local ids, order, next_id, acknowledged = {}, {}, 0, 0
local counter = 0
function setup(thread) thread:set("number", counter); counter = counter + 1 end
function init(args)
  for line in io.lines(args[1]) do ids[#ids + 1] = line end
  statements = {}
  for word in string.gmatch(args[2], "%d+") do statements[#statements + 1] = word end
  threads = tonumber(args[3])
  next_id = number
end
local choices = {"agree", "disagree", "unsure"}
function request()
  local code = ids[next_id % #ids + 1]
  local statement = statements[math.floor(next_id / #ids) % #statements + 1]
  local body = "statement=" .. statement .. "&choice=" .. choices[next_id % 3 + 1]
  next_id = next_id + threads
  return wrk.format("POST", "/v/" .. code .. "/vote/",
    {["Content-Type"] = "application/x-www-form-urlencoded"}, body)
end
function response(status) if status == 302 then acknowledged = acknowledged + 1 end end
function done(summary, latency, requests)
  local e = summary.errors
  io.write(string.format("requests=%d failed=%d p50=%.1f p95=%.1f p99=%.1f seconds=%.2f\\n",
    summary.requests, e.connect + e.read + e.write + e.status + e.timeout,
    latency:percentile(50) / 1000, latency:percentile(95) / 1000, latency:percentile(99) / 1000,
    summary.duration / 1e6))
end
"""


def main() -> None:
    """Measure once and print a table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=int, default=10)
    parser.add_argument("--phones", type=int, default=50)
    parser.add_argument("--workers", type=int, default=1)
    chosen = parser.parse_args()
    if not shutil.which("wrk"):
        sys.exit("wrk is missing: apt install wrk")
    with tempfile.TemporaryDirectory(prefix="linli-bench-") as folder:
        os.environ["LINLI_DATA_DIR"] = folder
        codes, statements = prepare()
        list_of_codes = Path(folder, "codes.txt")
        list_of_codes.write_text("\n".join(codes) + "\n", encoding="ascii")
        script = Path(folder, "votes.lua")
        script.write_text(SCRIPT, encoding="ascii")
        measured = measure(chosen, list_of_codes, script, statements)
        report(measured, stored=votes_stored())


def prepare() -> tuple[list[str], list[int]]:
    """Make an open asking with statements and codes."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "linli.site.settings")
    import django  # noqa: PLC0415

    django.setup()
    from django.core.management import call_command  # noqa: PLC0415

    call_command("migrate", verbosity=0)
    from django.db import connections  # noqa: PLC0415

    from linli.core.accounts.services import create_committee  # noqa: PLC0415
    from linli.skills.deliberation.models import Asking, Statement  # noqa: PLC0415
    from linli.skills.deliberation.services.codes import issue_codes  # noqa: PLC0415
    from linli.skills.participation.models import Matter  # noqa: PLC0415
    from linli.skills.register.models import Building, Door  # noqa: PLC0415

    committee, head, _password = create_committee(
        name="Measured", head_username="head", head_name="Head"
    )
    for number in range(CODES // 100):
        building = Building.objects.create(committee=committee, name=f"{number}", position=number)
        Door.objects.bulk_create(
            Door(building=building, number=str(n), position=n) for n in range(100)
        )
    matter = Matter.objects.create(
        committee=committee,
        year=2026,
        number=1,
        title="Measured",
        plan="-",
        why="-",
        proposed_by="-",
        state="consulting",
        state_since="2026-01-01T00:00Z",
        created_at="2026-01-01T00:00Z",
        created_by=head,
        keeper=head,
    )
    asking = Asking.objects.create(
        matter=matter,
        key="00000000-0000-4000-8000-000000000001",
        form="none",
        basis="household",
        has_statements=True,
        created_at="2026-01-01T00:00Z",
        opened_on="2026-01-01",
        closes_on=date.today() + timedelta(days=3),  # noqa: DTZ011
    )
    made = Statement.objects.bulk_create(
        Statement(asking=asking, text=f"Statement {n}", position=n) for n in range(STATEMENTS)
    )
    codes = [slip.code for slip in issue_codes(asking, by=None)]
    secrets.SystemRandom().shuffle(codes)
    connections.close_all()
    return codes, [statement.pk for statement in made]


def measure(
    chosen: argparse.Namespace, codes: Path, script: Path, statements: list[int]
) -> dict[str, float]:
    """Start the server, let the phones vote, and stop it."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    program = "from linli.site.cli import main; main()"
    workers = str(chosen.workers)
    server = subprocess.Popen(
        [sys.executable, "-c", program, "serve", "--port", str(port), "--workers", workers],
        start_new_session=True,
        stdout=subprocess.DEVNULL,
    )
    try:
        wait_for(f"http://127.0.0.1:{port}/v/")
        address = f"http://127.0.0.1:{port}"
        options = ["-t2", f"-c{chosen.phones}", f"-s{script}", "--timeout", "10s"]
        extra = ["--", str(codes), ",".join(map(str, statements)), "2"]
        warm = ["wrk", *options, "-d1s", address, *extra]
        subprocess.run(warm, check=True, stdout=subprocess.DEVNULL)
        before = cpu_seconds(server.pid)
        command = ["wrk", *options, f"-d{chosen.seconds}s", address, *extra]
        told = subprocess.run(command, check=True, capture_output=True, text=True).stdout
        spent = cpu_seconds(server.pid) - before
    finally:
        server.terminate()
        server.wait(timeout=20)
    found = {name: float(value) for name, value in re.findall(r"(\w+)=([\d.]+)", told)}
    return found | {"cpu": spent}


def wait_for(address: str) -> None:
    """Wait until the server answers."""
    for _attempt in range(120):
        try:
            urlopen(address, timeout=2).close()
        except OSError:
            time.sleep(0.25)
        else:
            return
    sys.exit("the server did not start")


def cpu_seconds(leader: int) -> float:
    """Sum the CPU time of a server's processes, which share a session."""
    ticks = 0
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = stat.read_text(encoding="ascii", errors="replace").rpartition(")")[2].split()
        except OSError:
            continue
        if int(fields[3]) == leader:
            ticks += int(fields[11]) + int(fields[12])
    return ticks / os.sysconf("SC_CLK_TCK")


def votes_stored() -> int:
    """Count the votes in the database."""
    from linli.skills.deliberation.models import Vote  # noqa: PLC0415

    return Vote.objects.count()


def report(measured: dict[str, float], *, stored: int) -> None:
    """Print the table."""
    rate = measured["requests"] / measured["seconds"]
    each = measured["cpu"] / max(measured["requests"], 1) * 1000
    distinct = min(int(measured["requests"]), CODES * STATEMENTS)
    print("| votes/s | failed | p50 ms | p95 ms | p99 ms | server CPU ms a vote | votes lost |")
    print("|---|---|---|---|---|---|---|")
    print(
        f"| {rate:.0f} | {measured['failed']:.0f} | {measured['p50']:.0f} | {measured['p95']:.0f}"
        f" | {measured['p99']:.0f} | {each:.2f} | {max(0, distinct - stored)} |"
    )
    if measured["failed"] or stored < distinct:
        sys.exit(1)


if __name__ == "__main__":
    main()
