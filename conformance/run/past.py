"""A run that was made before, as what today's suite needs to judge it again: wishes, targets, clock, and its exchanges."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any

from conformance.contract import apis
from conformance.run.runfile import RunFileError, read_header, read_placed
from conformance.run.settings import Settings
from conformance.target import Target, from_fields
from conformance.wire.redaction import marker
from conformance.wire.replay import ChangesNothing, Evidence

_NEEDED = ("clock", "seed", "profile", "read_only", "allow_incomplete", "apis", "selected", "targets")


@dataclass
class Past:
    """The header and the ending of a run file; its exchanges once they are indexed."""

    path: Path
    header: Mapping[str, Any]
    tests: frozenset[str] = frozenset()
    """Those that the run had chosen …"""
    narrowed: bool = False
    """… leaving out others because pytest's own arguments said so."""
    ended: bool = False
    stopped: bool = False
    """Whether the run ended before every test had its turn."""
    seconds: float = 0.0
    sha256: str = ""
    _exchanges: Evidence | None = field(default=None, repr=False)

    @staticmethod
    def read(path: Path) -> Past:
        """The run's header; the rest is known after `index`.

        Raises:
            RunFileError: the file cannot be read, or says too little to be judged again.
        """
        header = read_header(path)
        missing = [name for name in _NEEDED if name not in header]
        missing += [f"targets: {name}" for target in header.get("targets", ()) for name in ("origin", "limits")
                    if name not in target]  # fmt: skip
        if missing:
            told = f"line 1 lacks {', '.join(missing)}"
            raise RunFileError(f"{path}: {told}: an older release wrote it; make a new run with this one")
        if not header["targets"]:
            raise RunFileError(f"{path}: the run found no target that it could use, so there is nothing to judge again")
        unknown = [api for api in header["apis"] if api not in apis()]
        if unknown:
            raise RunFileError(f"{path}: line 1: this release knows no API {', '.join(unknown)}")
        return Past(path, header)

    def index(self, harmless: ChangesNothing) -> None:
        """Reads the file once: where each exchange stands, and how the run ended.

        Raises:
            RunFileError: a line cannot be read.
        """
        self._exchanges = Evidence(self.path, harmless)
        digest = hashlib.sha256()
        for place, data, line in read_placed(self.path):
            digest.update(data)
            match line["kind"]:
                case "exchange":
                    self._exchanges.add(line, place)
                case "plan":
                    self.tests, self.narrowed = frozenset(line["tests"]), line["narrowed"]
                case "interrupted" | "broke":
                    self.stopped = True
                case "end":
                    self.ended, self.seconds = True, line["seconds"]
        self.sha256 = digest.hexdigest()

    @property
    def exchanges(self) -> Evidence:
        """The answers; there after `index`."""
        assert self._exchanges is not None, "index() comes first"  # noqa: S101 (a mistake of ours)
        return self._exchanges

    def settings(self, out: Path) -> Settings:
        """The wishes of the run once more, with its clock and its seed, for results in another folder."""
        here = self.header.get("local_date")
        return Settings(
            out=out,
            apis=tuple(self.header["apis"]),
            requirements=tuple(self.header["selected"]),
            profile=self.header["profile"],
            seed=self.header["seed"],
            read_only=self.header["read_only"],
            allow_incomplete=self.header["allow_incomplete"],
            clock=datetime.fromisoformat(self.header["clock"]),
            local_date=date.fromisoformat(here) if here else None,
            evidence=self.path,
        )

    def targets(self) -> list[Target]:
        """The targets as they were, with stand-ins for the credentials, which no run file holds.

        Raises:
            TargetError: this release cannot use one of them.
        """
        return [_target(described) for described in self.header["targets"]]

    def described(self) -> dict[str, Any]:
        """What the header of the new run says of this one."""
        kept = {name: self.header.get(name) for name in ("suite", "contracts", "libraries")}
        return {**kept, "sha256": self.sha256, "exchanges": len(self.exchanges)}


def _target(described: Mapping[str, Any]) -> Target:
    marks = {name: described["same_credentials"].get(name, name) for name in described["credentials"]}
    # Recognised and taken out as the secrets were, so that what is asked looks the same.
    stand_ins = {name: f"stand-in-{hashlib.sha256(mark.encode()).hexdigest()[:32]}" for name, mark in marks.items()}
    shown = {marker(mark): stand_ins[name] for name, mark in marks.items()}
    fields = {name: described[name] for name in ("name", "vendor", "apis", "base_url", "environment", "media_types")}
    fields |= {"credentials": stand_ins, "limits": described["limits"], "readings": described["pinned_readings"]}
    fields |= {"data": _with(shown, described["data"]), "states": {"url": _with(shown, described["states"])}}
    return from_fields(fields, origin=described["origin"], environ={})


def _with(shown: Mapping[str, str], value: Any) -> Any:
    """A value with the stand-ins where secrets were taken out."""
    match value:
        case str():
            for mark, stand_in in shown.items():
                value = value.replace(mark, stand_in)
            return value
        case Mapping():
            return {name: _with(shown, inner) for name, inner in value.items()}
        case list():
            return [_with(shown, inner) for inner in value]
    return value
