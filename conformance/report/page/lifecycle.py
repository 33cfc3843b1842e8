"""Life cycles: the states that a thing passes through, which steps the contract names, and which were taken.

A diagram is a file of the contract (`specs/<vendor>/<api>/diagrams/*.yaml`): states and steps with the requirements
that judge them. Where a document names no steps, `follow` says how a change and a state look on the wire, and the
steps are read from the exchanges.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from conformance.contract import Contract, Operation
from conformance.contract.load import read_yaml
from conformance.report.page.documents import NOTHING, document, objects

_MOST_SUBJECTS = 20_000
"""Things whose last state is remembered; of more, the first are followed."""


@dataclass(frozen=True)
class State:
    """A node."""

    id: str
    at: tuple[float, float]
    requirement: str = ""
    refuses: tuple[tuple[str, str], ...] = ()
    """Steps that are refused here: what the refusal says, and the requirement that judges it."""


@dataclass(frozen=True)
class Step:
    """An edge: the operation that takes it and the requirement that judges it ("" where no operation does)."""

    source: str
    to: str
    label: str = ""
    requirement: str = ""


@dataclass(frozen=True)
class Follow:
    """How steps show on the wire."""

    operation: str
    subject: str
    """The parameter of the path that names the thing."""
    wanted: str
    """The member of the body that holds the new state."""
    id: str
    """The members of an answer that name the thing and its state."""
    state: str


@dataclass(frozen=True)
class Diagram:
    """One file."""

    title: str
    says: str
    states: tuple[State, ...]
    steps: tuple[Step, ...] = ()
    follow: Follow | None = None

    @property
    def requirements(self) -> set[str]:
        """All that it refers to."""
        named = {step.requirement for step in self.steps} | {state.requirement for state in self.states}
        return (named | {id_ for state in self.states for _, id_ in state.refuses}) - {""}


def diagrams(contract: Contract) -> list[Diagram]:
    """The diagrams of an API, by the names of their files.

    Raises:
        ContractError: a file cannot be read.
    """
    return [_diagram(file) for file in sorted((contract.folder / "diagrams").glob("*.yaml"))]


def _diagram(file: Path) -> Diagram:
    raw = read_yaml(file)
    states = tuple(
        State(
            str(row["id"]), (row["at"][0], row["at"][1]), row.get("requirement", ""),
            tuple((str(refusal["says"]), refusal.get("requirement", "")) for refusal in row.get("refuses", ())),
        )
        for row in raw["states"]
    )  # fmt: skip
    steps = tuple(Step(str(row["from"]), str(row["to"]), row.get("label", ""), row.get("requirement", ""))
                  for row in raw.get("steps", ()))  # fmt: skip
    follow = Follow(**raw["follow"]) if "follow" in raw else None
    return Diagram(raw["title"], raw["says"], states, steps, follow)


KEPT, OTHERWISE, UNSEEN, REFUSED = "kept", "otherwise", "unseen", "refused"


@dataclass
class Taken:
    """How often a step was asked for, and how it went."""

    outcomes: Counter[str] = field(default_factory=Counter)
    first: str = ""
    """The first exchange that asked for it."""

    @property
    def outcome(self) -> str:
        """What a reader must know of it: the most telling that occurred."""
        return next((name for name in (OTHERWISE, KEPT, UNSEEN, REFUSED) if self.outcomes[name]), UNSEEN)


class Follower:
    """Reads steps from the exchanges of an API, in their order."""

    def __init__(self, contract: Contract, follow: Follow) -> None:
        self.steps: dict[tuple[str, str], Taken] = {}
        self._contract = contract
        self._operation: Operation = contract.operations[follow.operation]
        self._follow = follow
        self._last: dict[str, str] = {}
        self._pending: dict[str, tuple[str, str]] = {}

    def add(self, operation: str, line: Mapping[str, Any], content: Any) -> None:
        """Takes an exchange; `content` is the document of its answer, where somebody has read it already."""
        if operation == self._operation.id:
            self._changed(line)
        elif line["response"] and line["response"]["status"] < 300:
            if content is NOTHING:
                content = document(line["response"], self._contract.operations.get(operation), self._contract.vendor)
            for subject, state in self._shown(content):
                self._look(subject, state)

    def _shown(self, content: Any) -> Iterator[tuple[str, str]]:
        for _, holder in objects(content, depth=3) if content is not NOTHING else ():
            subject, state = holder.get(self._follow.id), holder.get(self._follow.state)
            if isinstance(subject, str | int) and isinstance(state, str | int):
                yield str(subject), str(state)

    def _look(self, subject: str, state: str) -> None:
        waiting = self._pending.pop(subject, None)
        if waiting:
            self.steps[waiting].outcomes[KEPT if waiting[1] == state else OTHERWISE] += 1
        if subject in self._last or len(self._last) < _MOST_SUBJECTS:
            self._last[subject] = state

    def _changed(self, line: Mapping[str, Any]) -> None:
        subject, wanted, answer = self._subject(line), self._wanted(line), line["response"]
        source = self._last.get(subject, "")
        if not (subject and wanted and source and answer) or answer["status"] in {401, 403, 404}:
            return  # nobody asked for a step, or what it would have led from is unknown
        key = (source, wanted)
        taken = self.steps.setdefault(key, Taken(first=line["id"]))
        if answer["status"] >= 300:
            taken.outcomes[REFUSED] += 1
            return
        self._unseen(subject)
        self._pending[subject] = key
        self._last[subject] = wanted

    def _unseen(self, subject: str) -> None:
        waiting = self._pending.pop(subject, None)
        if waiting:
            self.steps[waiting].outcomes[UNSEEN] += 1

    def finish(self) -> None:
        """Counts the steps after which nobody looked."""
        for subject in list(self._pending):
            self._unseen(subject)

    def _subject(self, line: Mapping[str, Any]) -> str:
        names = self._operation.path.strip("/").split("/")
        given = urlsplit(line["request"]["url"]).path.strip("/").split("/")[-len(names) :]
        place = names.index(f"{{{self._follow.subject}}}")
        return unquote(given[place]) if len(given) == len(names) else ""

    def _wanted(self, line: Mapping[str, Any]) -> str:
        try:
            body = json.loads(line["request"].get("text") or "null")
        except (ValueError, RecursionError):
            return ""
        value = body.get(self._follow.wanted) if isinstance(body, dict) else None
        return str(value) if isinstance(value, str | int) and not isinstance(value, bool) else ""
