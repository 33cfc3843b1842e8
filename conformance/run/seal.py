"""The seal: the last line of a run file holds the SHA-256 of every byte before it.

It shows that a file was changed, cut or continued after the run. It is no signature: who means to deceive can write a new
seal, so keep the digest itself elsewhere (a CI log, a ticket) where that matters.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path

from conformance.run.runfile import raw_lines, read_header, read_lines

_BEGIN = b'{"kind":"seal",'
_CUT = "the run came to its end, and the seal is missing: the file was changed"
_NONE = "there is no seal: the run was killed or is still going on, so nobody can say whether this is all of it"


@dataclass(frozen=True)
class Measured:
    """What the bytes of a run file show."""

    sha256: str
    """Of everything before the seal; of the whole file where it has none."""
    seal: bytes
    """The line, or nothing."""
    behind: int
    """How many bytes stand behind the seal."""


@dataclass(frozen=True)
class Verified:
    """What a run file is by its seal."""

    sha256: str
    """Of everything before the seal."""
    why: str = ""
    """Why it cannot be trusted to be as the run wrote it; "" where it is."""
    unfinished: bool = False
    """Whether nobody can tell, because the run did not come to its end."""


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


def verify(path: Path, expected: str = "") -> Verified:
    """Whether a run file is as the run wrote it.

    Args:
        path: the run file.
        expected: the digest that was kept elsewhere, or "" for the one in the file alone.

    Raises:
        RunFileError: it cannot be read, or is no run file.
    """
    read_header(path)
    found = measure(path)
    if not found.seal:
        ended = next(read_lines(path, "end"), None) is not None
        return Verified(found.sha256, _CUT if ended else _NONE, unfinished=not ended)
    return Verified(found.sha256, _objection(found, expected))


def sealed(sha256: str) -> bytes:
    """The line that seals a file whose other lines have this digest."""
    return json.dumps({"kind": "seal", "sha256": sha256}, separators=(",", ":")).encode() + b"\n"


def _objection(found: Measured, expected: str) -> str:
    if found.behind:
        return f"{found.behind} bytes stand behind the seal: the file was continued when the run was over"
    if found.seal != sealed(found.sha256):
        return f"what stands before the seal has the digest {found.sha256}, and the seal says another: the file was changed"
    if expected and expected.lower() != found.sha256:
        return f"the file is whole, and its digest is {found.sha256}, not {expected}: it is another run, or was sealed anew"
    return ""
