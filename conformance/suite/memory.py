"""Remembers what was shown of things that only the run itself changes: until it does, they are shown the same way.

A check on every answer, whatever was asked. Things that somebody else may change meanwhile are no matter for it: about
these nobody can be blamed without asking again (`steady`).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from conformance.checks import Answer, Broken, Kept, Outcome
from conformance.checks.compare import Equal, differences
from conformance.contract.tree import Step, wire_text


@dataclass(frozen=True)
class Shown:
    """A thing as it was last shown."""

    document: Mapping[str, Any]
    operation: str
    exchange: str


@dataclass
class Memory:
    """What was last shown of each thing."""

    equal: Equal
    """Whether two values mean the same."""
    last: dict[str, Shown] = field(default_factory=dict)

    def forget(self, key: str) -> None:
        """A thing is being changed: how it was shown says nothing any more."""
        self.last.pop(key, None)

    def shown(
        self, key: str, document: Mapping[str, Any], answer: Answer, schema: Mapping[str, Any], requirement: str,
        path: tuple[Step, ...] = (),
    ) -> Iterator[Outcome]:  # fmt: skip
        """Compares a thing with how it was shown before, in the members that both show, and remembers it.

        Args:
            key: which thing.
            document: the thing in this answer.
            answer: the answer.
            schema: of the thing.
            requirement: what is broken where it differs.
            path: where in the answer it stands.
        """
        before = self.last.get(key)
        self.last[key] = Shown(document, answer.operation.id, answer.id)
        if before is None:
            return
        left = {name: value for name, value in before.document.items() if name in document}
        right = {name: document[name] for name in left}
        found = None if left == right else next(differences(left, right, schema, path, self.equal), None)
        if found is None:
            yield Kept(requirement, (before.exchange, answer.id))
            return
        expected = f"{wire_text(found.left)}, as {before.operation} showed it and nobody changed it"
        yield Broken(requirement, answer.where(*found.path), expected, wire_text(found.right), (before.exchange, answer.id))
