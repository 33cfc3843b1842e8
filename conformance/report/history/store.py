"""The SQLite file: runs go in, a `Past` comes out."""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections import defaultdict
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from conformance.report.history.past import Past, Run, Seen
from conformance.report.page.latency import Latency
from conformance.run.finding import DEVIATIONS, Verdict
from conformance.run.runfile import RUN_FILE, RunFileError, read_header, read_placed
from conformance.run.summary import Tally

FILE = "history.sqlite"
_SUFFIX = ".sqlite"
_VERSION = 1
_LONGEST = 500
"""Characters of what was expected and what came: the whole stands in the run file."""
_SCHEMA = """
CREATE TABLE run (
  id TEXT PRIMARY KEY, label TEXT NOT NULL, clock TEXT NOT NULL, suite TEXT NOT NULL, target TEXT NOT NULL,
  profile TEXT NOT NULL, seconds REAL NOT NULL, requests INTEGER NOT NULL, exit INTEGER NOT NULL, complete INTEGER NOT NULL,
  path TEXT NOT NULL, trouble TEXT NOT NULL
) WITHOUT ROWID;
CREATE TABLE verdict (
  run TEXT NOT NULL, requirement TEXT NOT NULL, verdict TEXT NOT NULL, PRIMARY KEY (run, requirement)
) WITHOUT ROWID;
CREATE TABLE deviation (
  run TEXT NOT NULL, finding TEXT NOT NULL, requirement TEXT NOT NULL, api TEXT NOT NULL, verdict TEXT NOT NULL,
  place TEXT NOT NULL, expected TEXT NOT NULL, actual TEXT NOT NULL, failed INTEGER NOT NULL, attempts INTEGER NOT NULL,
  PRIMARY KEY (run, finding)
) WITHOUT ROWID;
CREATE TABLE reading (
  run TEXT NOT NULL, reading TEXT NOT NULL, options TEXT NOT NULL, PRIMARY KEY (run, reading)
) WITHOUT ROWID;
CREATE TABLE latency (
  run TEXT NOT NULL, operation TEXT NOT NULL, count INTEGER NOT NULL, failures INTEGER NOT NULL, median REAL NOT NULL,
  slow REAL NOT NULL, PRIMARY KEY (run, operation)
) WITHOUT ROWID;
"""


def add(store: Path, run_file: Path, label: str = "") -> bool:
    """Keeps the results of a run; whether they were not there yet.

    Args:
        store: a folder, which is made where there is none, or a `.sqlite` file.
        run_file: the run.
        label: what was judged; the target's name where it is empty.

    Raises:
        RunFileError: the run or the history cannot be read.
        OSError: the folder cannot be made.
    """
    path = _path(store)
    path.parent.mkdir(parents=True, exist_ok=True)
    with _opened(path) as database:
        return _add(database, run_file, label)


def read(store: Path) -> Past:
    """The runs of a history, the oldest first.

    Args:
        store: a folder with a history or with run files somewhere below it, or a `.sqlite` file.

    Raises:
        RunFileError: it holds neither, or one of them cannot be read.
    """
    path = _path(store)
    if path.exists():
        with _opened(path) as database:
            return _past(database)
    files = sorted(store.rglob(RUN_FILE)) if store.is_dir() else []
    if not files:
        raise RunFileError(f"{store}: holds neither {FILE} nor any {RUN_FILE}; `conformance history add` makes a history")
    with _opened(":memory:") as database:
        for file in files:
            _add(database, file, "")
        return _past(database)


def _path(store: Path) -> Path:
    return store if store.suffix == _SUFFIX and not store.is_dir() else store / FILE


@contextmanager
def _opened(path: Path | str) -> Iterator[sqlite3.Connection]:
    """The database, made where there is none; what is written is written as a whole or not at all."""
    try:
        with closing(sqlite3.connect(path)) as database, database:
            version = database.execute("PRAGMA user_version").fetchone()[0]
            if version == 0 and not database.execute("SELECT 1 FROM sqlite_master").fetchone():
                database.executescript(f"{_SCHEMA} PRAGMA user_version = {_VERSION};")
            elif version == 0:
                raise RunFileError(f"{path}: is a database of something else; name another file or folder")
            elif version != _VERSION:
                raise RunFileError(f"{path}: is a history of version {version}, this release knows version {_VERSION}")
            yield database
    except sqlite3.Error as error:
        raise RunFileError(f"{path}: cannot be used as a history ({error}); name another file or folder") from None


def _add(database: sqlite3.Connection, run_file: Path, label: str) -> bool:
    read_header(run_file)
    tally, latencies, digest = Tally(), defaultdict[str, Latency](Latency), hashlib.sha256()
    for _, data, line in read_placed(run_file):
        digest.update(data)
        tally.add(line)
        if line["kind"] == "exchange" and line["response"] is not None:
            latencies[line["operation"]].add(line["milliseconds"])
        elif line["kind"] == "exchange":
            latencies[line["operation"]].failures += 1
    id_ = digest.hexdigest()
    targets = tally.header.get("targets") or [{"name": "no target", "base_url": ""}]
    suite = tally.header.get("suite") or {}
    row = (
        id_, label or str(targets[0]["name"]), str(tally.header.get("clock", "")), str(suite.get("version", "")),
        str(targets[0]["base_url"]), str(tally.header.get("profile", "")), tally.seconds, tally.requests,
        tally.exit_status, int(tally.complete), str(run_file), tally.trouble,
    )  # fmt: skip
    new = database.execute(f"INSERT OR IGNORE INTO run VALUES ({_marks(row)})", row).rowcount > 0  # noqa: S608 (marks)
    if new:
        _fill(database, id_, tally, latencies)
    return new


def _fill(database: sqlite3.Connection, id_: str, tally: Tally, latencies: dict[str, Latency]) -> None:
    deviations = [
        (id_, f.id, f.requirement, f.api, str(f.verdict), f.where[:_LONGEST], f.expected[:_LONGEST], f.actual[:_LONGEST],
         f.failed, f.attempts)
        for f in tally.findings.values() if f.verdict in DEVIATIONS
    ]  # fmt: skip
    tables: dict[str, list[tuple[Any, ...]]] = {
        "verdict": [(id_, requirement, str(verdict)) for requirement, verdict in tally.counted.items()],
        "deviation": deviations,
        "reading": [(id_, reading, json.dumps(sorted(options))) for reading, options in tally.readings.items()],
        "latency": [
            (id_, operation, own.count, own.failures, own.quantile(0.5), own.quantile(0.95))
            for operation, own in latencies.items()
        ],
    }
    for table, rows in tables.items():
        if rows:
            database.executemany(f"INSERT INTO {table} VALUES ({_marks(rows[0])})", rows)  # noqa: S608 (our own names)


def _marks(row: tuple[Any, ...]) -> str:
    return ", ".join("?" * len(row))


def _past(database: sqlite3.Connection) -> Past:
    verdicts: defaultdict[str, dict[str, Verdict]] = defaultdict(dict)
    for run, requirement, verdict in database.execute("SELECT run, requirement, verdict FROM verdict"):
        verdicts[run][requirement] = Verdict(verdict)
    deviations: defaultdict[str, dict[str, Seen]] = defaultdict(dict)
    for run, finding, requirement, api, verdict, *rest in database.execute("SELECT * FROM deviation"):
        deviations[run][finding] = Seen(finding, requirement, api, Verdict(verdict), *rest)
    readings: defaultdict[str, dict[str, tuple[str, ...]]] = defaultdict(dict)
    for run, reading, options in database.execute("SELECT run, reading, options FROM reading"):
        readings[run][reading] = tuple(json.loads(options))
    latencies: defaultdict[str, dict[str, tuple[int, int, float, float]]] = defaultdict(dict)
    for run, operation, *figures in database.execute("SELECT * FROM latency"):
        latencies[run][operation] = (figures[0], figures[1], figures[2], figures[3])
    rows = database.execute(
        "SELECT id, label, clock, suite, target, profile, seconds, requests, exit, complete, path, trouble FROM run "
        "ORDER BY clock, label, id"
    )
    runs = []
    for id_, label, clock, suite, target, profile, seconds, requests, exit_status, complete, path, trouble in rows:
        runs.append(
            Run(id_, label, clock, suite, target, profile, seconds, requests, exit_status, bool(complete), path, trouble,
                verdicts[id_], deviations[id_], readings[id_], latencies[id_])
        )  # fmt: skip
    return Past(tuple(runs))
