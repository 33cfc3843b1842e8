"""What a run is asked to do: the command line's wishes as one value."""

from __future__ import annotations

from concurrent.futures import Future
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

EMBEDDED = "embedded sandbox"
"""How the origin of a target begins that is the sandbox of the suite itself."""


@dataclass(frozen=True)
class Settings:
    """The wishes of one run."""

    out: Path
    target: str = ""
    """A target file, a bare URL, or nothing for the embedded sandbox."""
    apis: tuple[str, ...] = ()
    requirements: tuple[str, ...] = ()
    profile: str = "standard"
    seed: int = 0
    read_only: bool = False
    allow_incomplete: bool = False
    """Whether a run that could not judge everything counts as a good one."""
    clock: datetime = datetime.min
    local_date: date | None = None
    """The date at that moment where this machine stands, where it is known."""
    evidence: Path | None = None
    """The run file that answers instead of a target: the run is judged again."""
    sandbox_url: str = ""
    """Where the embedded sandbox already runs (a worker uses the one of its controller)."""


@dataclass(frozen=True, eq=False)
class Ahead:
    """An embedded sandbox that is being started; a pytest plugin by which `launch` hands it to the run."""

    url: Future[str] | None


def now() -> datetime:
    """The clock of a new run, to the millisecond; written into the header, never asked for again."""
    moment = datetime.now(UTC)
    return moment.replace(microsecond=moment.microsecond // 1000 * 1000)
