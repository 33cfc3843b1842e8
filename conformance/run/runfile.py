"""`run.jsonl`: the evidence. One JSON object a line, written and flushed as it happens.

The first line is the header (clock, seed, contract digests, target without secrets); then exchanges, verdicts and
findings in the order in which they came about; then `end`, and a `seal` with the digest of all that stands before it. A
run that was killed lacks these, and perhaps part of its last line: everything before is still readable.

`run.schema.json` beside this module is the JSON Schema of a line.
"""

from __future__ import annotations

import hashlib
import json
import threading
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from conformance.wire import Exchange

VERSION = 1


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
        with self.path.open("rb") as stream:
            stream.seek(self._places[id_])
            return Exchange.from_json(json.loads(stream.readline()))

    def close(self) -> None:
        """Ends writing."""
        self._stream.close()

    @property
    def closed(self) -> bool:
        """Whether writing has ended."""
        return self._stream.closed


def read_lines(path: Path) -> Iterator[dict[str, Any]]:
    """The lines of a run file, one by one; a cut last line is left out.

    Raises:
        RunFileError: no such file, another version, or a line in the middle that is no JSON.
    """
    for number, data in raw_lines(path):
        yield _parsed(path, number, data)


def read_placed(path: Path) -> Iterator[tuple[int, bytes, dict[str, Any]]]:
    """The lines of a run file as `read_lines` reads them, each with its place in the file and its bytes.

    Raises:
        RunFileError: as `read_lines`.
    """
    place = 0
    for number, data in raw_lines(path):
        yield place, data, _parsed(path, number, data)
        place += len(data)


def raw_lines(path: Path) -> Iterator[tuple[int, bytes]]:
    """The whole lines of a run file, numbered from 1; a cut last line is left out.

    Raises:
        RunFileError: it cannot be read.
    """
    try:
        stream = path.open("rb")
    except OSError as error:
        raise RunFileError(f"{path}: cannot be read ({error.strerror}); name a run.jsonl that a run wrote") from None
    with stream:
        yield from (row for row in enumerate(stream, start=1) if row[1].endswith(b"\n"))


def _parsed(path: Path, number: int, data: bytes) -> dict[str, Any]:
    try:
        line: dict[str, Any] = json.loads(data.decode("utf-8"))
        kind = line["kind"]
    except (ValueError, KeyError, TypeError):
        raise RunFileError(f"{path}: line {number} is no line of a run file; was the file edited?") from None
    if number == 1 and (kind != "header" or line.get("version") != VERSION):
        raise RunFileError(f"{path}: line 1 is no header of version {VERSION}; write the run again with this release")
    return line
