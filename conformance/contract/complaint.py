"""One thing that is wrong with a contract's own files."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Complaint:
    """What is wrong, and where: the file, and the id or path in it."""

    file: Path
    place: str
    problem: str

    def __str__(self) -> str:
        return f"{self.file}: {self.place}: {self.problem}"
