"""The seal: the last line of a run file holds the SHA-256 of every byte before it.

It shows that a file was changed, cut or continued after the run. It is no signature: who means to deceive can write a new
seal, so keep the digest itself elsewhere (a CI log, a ticket) where that matters.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path

from conformance.run.runfile import RunFileError, raw_lines, read_lines

_BEGIN = b'{"kind":"seal",'


@dataclass(frozen=True)
class Measured:
    """What the bytes of a run file show."""

    sha256: str
    """Of everything before the seal; of the whole file where it has none."""
    seal: bytes
    """The line, or nothing."""
    behind: int
    """How many bytes stand behind the seal."""


def measure(path: Path) -> Measured:
    """Reads a run file once, whatever its size, and keeps none of it.

    Raises:
        RunFileError: it cannot be read.
    """
    digest, seal, size = hashlib.sha256(), b"", 0
    for _, data in raw_lines(path):
        if data.startswith(_BEGIN):
            seal = data
            break
        digest.update(data)
        size += len(data)
    return Measured(digest.hexdigest(), seal, path.stat().st_size - size - len(seal) if seal else 0)


def verify(path: Path, expected: str = "") -> str:
    """Why a run file cannot be trusted to be as the run wrote it; "" where it is.

    Args:
        path: the run file.
        expected: the digest that was kept elsewhere, or "" for the one in the file alone.

    Raises:
        RunFileError: it cannot be read, or is no run file.
    """
    first = next(read_lines(path), None)
    if first is None:
        raise RunFileError(f"{path}: holds no whole line; name a run.jsonl that a run wrote")
    found = measure(path)
    if not found.seal:
        return _unsealed(path)
    if found.behind:
        return f"{found.behind} bytes stand behind the seal: the file was continued when the run was over"
    if found.seal != sealed(found.sha256):
        return f"what stands before the seal has the digest {found.sha256}, and the seal says another: the file was changed"
    if expected and expected.lower() != found.sha256:
        return f"the file is whole, and its digest is {found.sha256}, not {expected}: it is another run, or was sealed anew"
    return ""


def sealed(sha256: str) -> bytes:
    """The line that seals a file whose other lines have this digest."""
    return json.dumps({"kind": "seal", "sha256": sha256}, separators=(",", ":")).encode() + b"\n"


def _unsealed(path: Path) -> str:
    if any(line["kind"] == "end" for line in read_lines(path)):
        return "the run came to its end, and the seal is missing: the file was changed"
    return "there is no seal: the run was killed or is still going on, so nobody can say whether this is all of it"
