"""What was so before the question that shows a finding: where its test data comes from, and what made and changed it.

The run file is walked through once, however many findings there are. Only lines are read that can matter: of a provider
state, or of an operation that changes something and names what a finding is about.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from conformance.contract import Contract, Need
from conformance.contract.tree import wire_text
from conformance.report.gathered import Gathered
from conformance.report.trait import Trait, answered, named
from conformance.run.finding import Finding
from conformance.run.runfile import glimpse
from conformance.wire import Exchange
from conformance.wire.exchange import PROVIDER_STATE

_LATEST = 2
"""Of all that changed a thing, so many are told."""


@dataclass
class Background:
    """What is found out for one finding."""

    finding: Finding
    contract: Contract
    deciding: Trait
    subjects: frozenset[str]
    """The values that the deciding question and the finding speak of."""
    given: frozenset[tuple[str, str]]
    """The members of the deciding question."""
    _provided: dict[str, str] = field(default_factory=dict)
    _made: dict[str, str] = field(default_factory=dict)
    """Identifier → the first exchange whose answer gave it to something."""
    _changed: dict[str, str] = field(default_factory=dict)
    """The exchanges of the same test that changed what the finding is about, by their prints."""

    @staticmethod
    def of(finding: Finding, contract: Contract, deciding: Exchange, words: frozenset[str]) -> Background:
        """Nothing found out yet; `words` are the values that the finding speaks of."""
        trait = Trait.of(deciding, words, contract)
        return Background(finding, contract, trait, trait.asks | words, named(deciding))

    @property
    def provided(self) -> list[tuple[str, str]]:
        """Each identifier, and in which state it was provided (`an order in status Cancelled`), or where the target file
        names it; those that were asked for come first."""
        return sorted(self._provided.items(), key=lambda pair: pair[0] not in self.deciding.asks)

    @property
    def earlier(self) -> list[str]:
        """The exchanges that made or changed what the finding is about, and that it does not name itself."""
        made = [id_ for identifier, id_ in self._made.items() if identifier not in self._provided]
        every = dict.fromkeys((*made[:_LATEST], *list(self._changed.values())[-_LATEST:]))
        return [id_ for id_ in every if id_ not in self.finding.exchanges]

    @cached_property
    def _changing(self) -> frozenset[str]:
        """The operations that could have changed something, as the run file names them."""
        operations = self.contract.operations.values()
        return frozenset(f"{self.contract.id} {operation.id}" for operation in operations if operation.changes_state)

    @cached_property
    def _needles(self) -> tuple[bytes, ...]:
        return tuple(word.encode() for word in self.subjects)

    def concerns(self, operation: str, line: bytes) -> bool:
        """Whether an exchange may matter, by its operation and the line that holds it."""
        changing = operation in self._changing and any(needle in line for needle in self._needles)
        return changing or operation == PROVIDER_STATE

    def add(self, exchange: Exchange) -> None:
        """Takes an exchange that may matter."""
        if exchange.operation == PROVIDER_STATE:
            self._set_up(exchange)
        else:
            self._change(exchange)

    def configured(self, target: Mapping[str, Any]) -> None:
        """Takes the test data of a target file."""
        needs = {need.data: need for need in self.contract.vendor.needs.values()}
        for place, names in _lists(target.get("data", {}), "data"):
            known = [name for name in names if name in self.subjects or self._gives(needs.get(place), name)]
            self._provided |= dict.fromkeys(known, place)

    def _set_up(self, exchange: Exchange) -> None:
        """Takes a question to the provider states."""
        asked = _asked(exchange.request.body)
        if asked is None:
            return
        need = next((need for need in self.contract.vendor.needs.values() if (need.state, need.params) == asked), None)
        told = need.describe if need else _told(*asked)
        given_out = {value for value in answered(exchange).values() if value in self.subjects or self._gives(need, value)}
        self._provided |= dict.fromkeys(sorted(given_out), told)

    def _change(self, exchange: Exchange) -> None:
        """Takes a question that may have made or changed what the finding is about."""
        trait = Trait.of(exchange, self.subjects, self.contract)
        if not trait.accepted or trait.print == self.deciding.print:
            return
        if exchange.test == self.finding.test and trait.asks & self.subjects:
            self._changed[trait.print] = trait.id
        elif not trait.asks & self.subjects:
            for name, value in answered(exchange).items():
                if value in self.subjects and name.lower().endswith(("id", "number")):
                    self._made.setdefault(value, trait.id)

    def _gives(self, need: Need | None, value: str) -> bool:
        """Whether the deciding question names a value where it takes what the need gives; it may be a short one."""
        return need is not None and (need.gives.lower(), value) in self.given


def look_back(gathered: Gathered, backgrounds: Sequence[Background]) -> None:
    """Finds out what was so before each deciding question.

    Raises:
        RunFileError: the run file cannot be read.
    """
    waiting = list(backgrounds)
    for background in waiting:
        background.configured(gathered.tally.target(background.contract.vendor.id))
    for seen in glimpse(gathered.path) if waiting else ():
        waiting = [background for background in waiting if background.deciding.id != seen.id]
        if not waiting:
            break
        concerned = [background for background in waiting if background.concerns(seen.operation, seen.data)]
        if concerned:
            exchange = seen.exchange()
            for background in concerned:
                background.add(exchange)


def _asked(body: bytes) -> tuple[str, dict[str, Any]] | None:
    """Which state was asked for, with what parameters; None where it is none, or was to be undone."""
    try:
        asked = json.loads(body)
        return (str(asked["state"]), dict(asked.get("params") or {})) if asked.get("action", "setup") == "setup" else None
    except (ValueError, KeyError, TypeError, AttributeError):
        return None


def _told(state: str, params: Mapping[str, Any]) -> str:
    """`an order (status: Ordered, engineer: true)`."""
    given = [f"{name}: {value if isinstance(value, str) else wire_text(value)}" for name, value in params.items()]
    return f"{state} ({', '.join(given)})" if given else state


def _lists(node: Any, place: str) -> Iterator[tuple[str, list[str]]]:
    """The lists of a target file's test data, and where they stand in it."""
    if isinstance(node, Mapping):
        for name, inner in node.items():
            yield from _lists(inner, f"{place}.{name}")
    else:
        yield place, [str(entry) for entry in (node if isinstance(node, list | tuple) else [node])]
