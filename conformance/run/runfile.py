"""`run.jsonl`: the evidence. One JSON object a line, written and flushed as it happens.

The first line is the header (clock, seed, contract digests, target without secrets); then exchanges, verdicts and
findings in the order in which they came about; then `end`, and a `seal` with the digest of all that stands before it. A
run that was killed lacks these, and perhaps part of its last line: everything before is still readable.

`run.schema.json` beside this module is the JSON Schema of a line.
"""

from __future__ import annotations

import hashlib
import json
import re
import threading
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from conformance.run.finding import Verdict
from conformance.wire import Exchange

RUN_FILE = "run.jsonl"
"""How it is called in the folder of a run."""
VERSION = 1
_KIND = re.compile(rb'\{"kind":"(\w+)"')
_EXCHANGE = re.compile(rb'\{"kind":"exchange","id":"([^"\\]*)","operation":"([^"\\]*)","test":("(?:[^"\\]|\\.)*")')
"""How the line of an exchange begins: to read this much costs a hundredth of reading the line."""
_MEMBERS = {
    "exchange": {"id", "operation", "test", "request", "response", "failure", "at", "milliseconds"},
    "finding": {"id", "verdict", "requirement", "api", "test", "exchanges"},
    "verdicts": {"test", "verdicts"},
    "reading": {"reading", "option"},
    "plan": {"requirements"},
    "leftover": {"text"},
    "trouble": {"text"},
    "broke": {"text"},
    "end": {"seconds"},
}
"""What whoever reads a line relies on."""
_VERDICTS = frozenset(Verdict)


class RunFileError(Exception):
    """A run file cannot be read; says where and what to do."""


class RunFile:
    """The writing side."""

    def __init__(self, path: Path) -> None:
        self.path = path
        path.parent.mkdir(parents=True, exist_ok=True)
        self._stream = path.open("wb")
        self._lock = threading.Lock()
        self._size = 0
        self._digest = hashlib.sha256()
        self._places: dict[str, int] = {}
        """Where each exchange begins: so it need not be kept to be shown again."""

    def write(self, line: Mapping[str, Any]) -> None:
        """Appends one line and hands it to the operating system at once."""
        text = json.dumps(line, ensure_ascii=False, separators=(",", ":"))
        # Half of a surrogate pair, which JSON can hold and UTF-8 cannot, stays the escape that it was on the wire.
        data = text.encode("utf-8", "backslashreplace") + b"\n"
        with self._lock:
            if line["kind"] == "exchange":
                self._places[line["id"]] = self._size
            self._stream.write(data)
            self._stream.flush()
            self._digest.update(data)
            self._size += len(data)

    def seal(self) -> None:
        """Writes the last line: the digest of everything before it."""
        self.write({"kind": "seal", "sha256": self._digest.hexdigest()})

    def exchange(self, id_: str) -> Exchange:
        """An exchange that was written before.

        Raises:
            KeyError: there is none with this id.
        """
        return exchange_at(self.path, self._places[id_])

    def close(self) -> None:
        """Ends writing."""
        self._stream.close()

    @property
    def closed(self) -> bool:
        """Whether writing has ended."""
        return self._stream.closed


@dataclass(frozen=True, slots=True)
class Glimpse:
    """An exchange of which no more was read than how its line begins."""

    path: Path
    number: int
    """Of its line, from 1."""
    place: int
    """Where its line begins, in bytes."""
    id: str
    operation: str
    test: str
    data: bytes

    def exchange(self) -> Exchange:
        """All of it.

        Raises:
            RunFileError: the line cannot be read.
        """
        line = _parsed(self.path, self.number, self.data)
        try:
            return Exchange.from_json(line)
        except (KeyError, TypeError, ValueError):
            raise RunFileError(f"{self.path}: line {self.number} holds no whole exchange; was the file edited?") from None


def read_lines(path: Path, *kinds: str) -> Iterator[dict[str, Any]]:
    """The lines of a run file, one by one; a cut last line is left out.

    Args:
        path: the run file.
        kinds: which lines; the others are not even parsed. All of them where none is named.

    Raises:
        RunFileError: no such file, another version, or a line in the middle that is no JSON or lacks a member.
    """
    for number, data in raw_lines(path):
        if not kinds or number == 1 or _kind(data) in ("", *kinds):
            line = _parsed(path, number, data)
            if not kinds or line["kind"] in kinds:
                yield line


def read_header(path: Path) -> dict[str, Any]:
    """The first line of a run file.

    Raises:
        RunFileError: as `read_lines`, or there is not one whole line.
    """
    header = next(read_lines(path), None)
    if header is None:
        raise RunFileError(f"{path}: holds no whole line; name a {RUN_FILE} that a run wrote")
    return header


def read_placed(path: Path) -> Iterator[tuple[int, bytes, dict[str, Any]]]:
    """The lines of a run file as `read_lines` reads them, each with its place in the file and its bytes.

    Raises:
        RunFileError: as `read_lines`.
    """
    place = 0
    for number, data in raw_lines(path):
        yield place, data, _parsed(path, number, data)
        place += len(data)


def glimpse(path: Path) -> Iterator[Glimpse]:
    """The exchanges of a run file in their order, each to be read in full only by whom it concerns.

    Raises:
        RunFileError: as `read_lines`.
    """
    place = 0
    for number, data in raw_lines(path):
        head = _EXCHANGE.match(data)
        if head is not None:
            yield Glimpse(path, number, place, head[1].decode(), head[2].decode(), json.loads(head[3]), data)
        elif number == 1 or _kind(data) in ("", "exchange"):
            line = _parsed(path, number, data)
            if line["kind"] == "exchange":
                yield Glimpse(path, number, place, line["id"], line["operation"], line["test"], data)
        place += len(data)


def exchange_at(path: Path, place: int) -> Exchange:
    """The exchange whose line begins at a place of a run file."""
    with path.open("rb") as stream:
        stream.seek(place)
        return Exchange.from_json(json.loads(stream.readline()))


def raw_lines(path: Path) -> Iterator[tuple[int, bytes]]:
    """The whole lines of a run file, numbered from 1; a cut last line is left out.

    Raises:
        RunFileError: it cannot be read.
    """
    try:
        stream = path.open("rb")
    except OSError as error:
        raise RunFileError(f"{path}: cannot be read ({error.strerror}); name a {RUN_FILE} that a run wrote") from None
    with stream:
        yield from (row for row in enumerate(stream, start=1) if row[1].endswith(b"\n"))


def _kind(data: bytes) -> str:
    """What a line is by its beginning; "" where something else has written it again, with its members in another order."""
    known = _KIND.match(data)
    return known[1].decode() if known else ""


def _parsed(path: Path, number: int, data: bytes) -> dict[str, Any]:
    try:
        line: dict[str, Any] = json.loads(data.decode("utf-8"))
        kind = line["kind"]
        lacking = _MEMBERS.get(kind, set()) - line.keys()
    except (ValueError, KeyError, TypeError):
        raise RunFileError(f"{path}: line {number} is no line of a run file; was the file edited?") from None
    if number == 1 and (kind != "header" or line.get("version") != VERSION):
        raise RunFileError(f"{path}: line 1 is no header of version {VERSION}; write the run again with this release")
    if lacking:
        raise RunFileError(f"{path}: line {number} lacks {', '.join(sorted(lacking))}; was the file edited?")
    said = line["verdicts"].values() if kind == "verdicts" else [line["verdict"]] if kind == "finding" else ()
    if unknown := [word for word in said if word not in _VERDICTS]:
        raise RunFileError(f"{path}: line {number}: {unknown[0]!r} is no verdict; was the file edited?")
    return line
