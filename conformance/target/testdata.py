"""Where test data comes from: provider states, then the target file, then what the suite discovers.

A need that nothing meets is `Unmet`, with the line that would meet it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from conformance.contract import Need
from conformance.target.model import Target

PostState = Callable[[Mapping[str, Any]], Mapping[str, Any] | None]
"""Sends one provider-state request; answers the ids it made, or None where the target cannot."""


class Unmet(Exception):
    """No source has the data that a scenario needs. The text is the line that would make it testable."""


@dataclass(frozen=True)
class Datum:
    """A piece of test data and where it came from."""

    need: str
    ids: Mapping[str, Any]
    source: str
    """`states`, `target file` or `discovery`."""

    def __getitem__(self, name: str) -> Any:
        return self.ids[name]


@dataclass
class TestData:
    """Meets needs, and remembers what was made so that it can be removed."""

    __test__ = False

    target: Target
    post_state: PostState
    made: list[tuple[Need, Mapping[str, Any]]] = field(default_factory=list)
    _cache: dict[str, Datum] = field(default_factory=dict)

    def named(self, need_id: str) -> list[Any]:
        """What the target file names for a need, in its order; empty where it names nothing."""
        value: Any = {"data": self.target.data}
        for part in self._need(need_id).data.split("."):
            value = value.get(part) if isinstance(value, Mapping) else None
        if value is None:
            return []
        return list(value) if isinstance(value, list) else [value]

    def make(self, need_id: str) -> Datum | None:
        """Asks the provider-states endpoint for fresh data; None where there is none or it cannot."""
        if not self.target.states_url or not self.target.changes_allowed:
            return None
        need = self._need(need_id)
        ids = self.post_state({"state": need.state, "params": dict(need.params), "action": "setup"})
        if not ids or need.gives not in ids:
            return None
        self.made.append((need, ids))
        return Datum(need_id, ids, "states")

    def one(self, need_id: str) -> Datum:
        """Data for reading: the same for every caller of a run.

        Raises:
            Unmet: neither the states endpoint nor the target file has it.
        """
        if need_id not in self._cache:
            found = self.make(need_id) or next(self._from_file(need_id), None)
            if found is None:
                raise self.unmet(need_id)
            self._cache[need_id] = found
        return self._cache[need_id]

    def unmet(self, need_id: str, suggestion: object = None) -> Unmet:
        """The refusal for a need that nothing meets, with the line to add (and a value, where one was discovered)."""
        need = self._need(need_id)
        if self.target.states_url and not self.target.changes_allowed:
            return Unmet(f'needs {need.describe}: set environment = "sandbox" in the target file')
        table, _, key = need.data.rpartition(".")
        value = f'"{suggestion}"' if suggestion else '"…"'
        line = f"[{table}] {key} = [{value}]"
        return Unmet(f"needs {need.describe}; add to the target file: {line}")

    def remove(self) -> Iterator[str]:
        """Takes away what the states endpoint made; yields a line for each thing that is left over."""
        while self.made:
            need, ids = self.made.pop()
            request = {"state": need.state, "params": {**need.params, **ids}, "action": "teardown"}
            if self.post_state(request) is None:
                yield f"{need.describe}: {dict(ids)} could not be removed"

    def _from_file(self, need_id: str) -> Iterator[Datum]:
        gives = self._need(need_id).gives
        return (Datum(need_id, {gives: value}, "target file") for value in self.named(need_id))

    def _need(self, need_id: str) -> Need:
        return self.target.vendor.needs[need_id]
