"""Measure the opinion map: ``python bench/opinion_map.py [--data FOLDER] [--no-peer]``.

Prints a table of CPU seconds, wall seconds and peak memory, all single-threaded: the map and
red-dwarf on vtaiwan.uberx in the same run, then the map on 100,000 people and 500 statements.
red-dwarf is installed from ``bench/peers.lock`` into ``bench/.venv`` at the first run. Each
measurement is a process of its own; of several rounds the fastest counts.
"""

# ruff: noqa: PLC0415  each measured process loads only what it measures

import argparse
import csv
import json
import os
import resource
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

HERE = Path(__file__).resolve().parent
PEERS = HERE / ".venv"
DATA = HERE.parent.parent / "shared" / "data" / "polis" / "vtaiwan.uberx"
THREADS = ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS", "NUMBA_NUM_THREADS")
ONE_THREAD = dict.fromkeys(THREADS, "1")
LARGE = (100_000, 500, 4_900_000)


def main() -> None:
    """Run every measurement in its own process and print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=DATA, help="folder of a Polis export")
    parser.add_argument("--no-peer", action="store_true", help="leave red-dwarf out")
    parser.add_argument("--measure", choices=sorted(MEASUREMENTS), help=argparse.SUPPRESS)
    chosen = parser.parse_args()
    if chosen.measure:
        print(json.dumps(MEASUREMENTS[chosen.measure](chosen.data)))
        return
    print("| what | CPU s | wall s | peak MB | |")
    print("|---|---|---|---|---|")
    for name in MEASUREMENTS:
        peer = name.startswith("red-dwarf")
        if (peer and chosen.no_peer) or (not name.endswith("large") and not chosen.data.is_dir()):
            continue
        report(name, peer_python() if peer else Path(sys.executable), chosen.data)


def report(name: str, python: Path, data: Path) -> None:
    """Measure one thing and print its row."""
    done = subprocess.run(
        [str(python), str(Path(__file__)), "--measure", name, "--data", str(data)],
        env=os.environ | ONE_THREAD,
        capture_output=True,
        check=False,
        text=True,
    )
    if done.returncode:
        print(f"| {name} | failed | | | {done.stderr.strip().splitlines()[-1:]} |")
        return
    seen = json.loads(done.stdout)
    print(
        f"| {name} | {seen['cpu']:.3f} | {seen['wall']:.3f} | {seen['mb']:.0f} | {seen['note']} |"
    )


def peer_python() -> Path:
    """Interpreter of the peers' environment, made when it is missing."""
    python = PEERS / "bin" / "python"
    if not python.exists():
        lock = str(HERE / "peers.lock")
        uv = shutil.which("uv") or str(Path(sys.executable).with_name("uv"))
        if Path(uv).exists():
            run(uv, "venv", "--quiet", "--python", sys.executable, str(PEERS))
            run(uv, "pip", "install", "--quiet", "--python", str(python), "-r", lock)
        else:
            run(sys.executable, "-m", "venv", str(PEERS))
            run(str(python), "-m", "pip", "install", "--quiet", "--require-hashes", "-r", lock)
    return python


def run(*command: str) -> None:
    """Run a command or stop with its error."""
    subprocess.run(command, check=True)


def fastest(work: Callable[[], object], *, rounds: int) -> dict[str, float]:
    """CPU and wall seconds of the fastest round."""
    seen = []
    for _ in range(rounds):
        cpu, wall = time.process_time(), time.perf_counter()
        work()
        seen.append((time.process_time() - cpu, time.perf_counter() - wall))
    cpu, wall = map(min, zip(*seen, strict=True))
    return {
        "cpu": cpu,
        "wall": wall,
        "mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    }


def real_votes(folder: Path) -> list[tuple[str, str, int]]:
    """Last vote of every person on every statement, from ``votes.csv``."""
    latest: dict[tuple[str, str], tuple[float, int]] = {}
    with (folder / "votes.csv").open(encoding="utf-8-sig", newline="") as file:
        for row in csv.DictReader(file):
            pair, cast = (row["voter-id"], row["comment-id"]), float(row["timestamp"])
            if pair not in latest or cast >= latest[pair][0]:
                latest[pair] = cast, int(row["vote"])
    return [(person, statement, vote) for (person, statement), (_, vote) in latest.items()]


def map_alone(folder: Path) -> dict[str, object]:
    """The mathematics without judging it."""
    from linli.engines.deliberation.opinion_map import sketch_opinions
    from linli.engines.deliberation.votes import Vote, VoteTable

    raw = real_votes(folder)
    table = VoteTable.collect((person, said, Vote(vote)) for person, said, vote in raw)
    sketch = sketch_opinions(table, seed=0)
    note = f"{len(table.values)} votes, groups {[len(group.members) for group in sketch.groups]}"
    return fastest(lambda: sketch_opinions(table, seed=0), rounds=7) | {"note": note}


def map_from_lists(folder: Path) -> dict[str, object]:
    """The mathematics, and the reading of votes from a list, as red-dwarf is given them."""
    from linli.engines.deliberation.opinion_map import sketch_opinions
    from linli.engines.deliberation.votes import Vote, VoteTable

    raw = [(person, said, Vote(vote)) for person, said, vote in real_votes(folder)]
    return fastest(lambda: sketch_opinions(VoteTable.collect(raw), seed=0), rounds=7) | {
        "note": "votes from a list"
    }


def map_judged(folder: Path) -> dict[str, object]:
    """The whole map: mathematics, stability and verdict."""
    from linli.engines.deliberation.opinion_map import map_opinions
    from linli.engines.deliberation.votes import Vote, VoteTable

    table = VoteTable.collect((p, s, Vote(vote)) for p, s, vote in real_votes(folder))
    found = map_opinions(table, seed=0)
    return fastest(lambda: map_opinions(table, seed=0), rounds=3) | {
        "note": f"{found.verdict}, stability {found.stability:.2f}"
    }


def peer(folder: Path) -> dict[str, object]:
    """red-dwarf's pipeline on the same votes."""
    import warnings

    from reddwarf.implementations.polis import run_pipeline

    warnings.simplefilter("ignore")
    raw = [
        {"participant_id": int(person), "statement_id": int(said), "vote": vote}
        for person, said, vote in real_votes(folder)
    ]
    return fastest(lambda: run_pipeline(votes=raw, random_state=42), rounds=7) | {
        "note": "votes from a list"
    }


def map_large(_folder: Path) -> dict[str, object]:
    """100,000 people in three groups on 500 statements, 4.9 million votes; no judging."""
    import numpy as np

    from linli.engines.deliberation.opinion_map import sketch_opinions
    from linli.engines.deliberation.votes import VoteTable

    people, statements, votes = LARGE
    rng = np.random.default_rng(1)
    cells = np.unique(rng.integers(0, people * statements, int(votes * 1.06)))
    rows, columns = np.divmod(np.sort(rng.choice(cells, votes, replace=False)), statements)
    side = np.where(rng.random((3, statements)) < 0.5, 1, -1)
    odds = 0.5 + 0.3 * side[rows % 3, columns]
    values = np.where(rng.random(votes) < 0.12, 0, np.where(rng.random(votes) < odds, 1, -1))
    table = VoteTable.from_arrays(
        [str(i) for i in range(people)],
        [str(i) for i in range(statements)],
        rows=rows,
        columns=columns,
        values=values.astype(np.int8),
    )
    del cells, odds, values, rows, columns
    seen = fastest(lambda: sketch_opinions(table, seed=0), rounds=1)
    return seen | {"note": f"{people} x {statements}, {votes} votes"}


MEASUREMENTS: dict[str, Callable[[Path], dict[str, object]]] = {
    "map, mathematics": map_alone,
    "map, mathematics from a list": map_from_lists,
    "red-dwarf, mathematics from a list": peer,
    "map, judged": map_judged,
    "map, mathematics, large": map_large,
}

if __name__ == "__main__":
    main()
