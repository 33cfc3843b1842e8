"""Which tests run: the ids that each cites, the APIs and requirements that were asked for, and the order."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

import pytest

from conformance.contract import Contract, apis, load
from conformance.target import TargetError

if TYPE_CHECKING:
    from conformance.run.session import Run


class Citations:
    """The requirement ids that each test of the suite cites.

    Raises:
        ValueError: a test cites an id that no contract has, or none at all; collection stops.
    """

    def __init__(self, items: Iterable[pytest.Item]) -> None:
        self.contracts = [load(api) for api in apis()]
        self._owner = {id_: contract for contract in self.contracts for id_ in contract.requirements}
        self._ids = {item.nodeid: cited(item) for item in items}
        for test, ids in self._ids.items():
            if not ids:
                raise ValueError(f"{test} cites no requirement; add @verifies(…)")
            unknown = [id_ for id_ in ids if id_ not in self._owner]
            if unknown:
                raise ValueError(f"{test} cites {', '.join(unknown)}, which no requirements.yaml has")

    def __getitem__(self, item: pytest.Item) -> tuple[str, ...]:
        return self._ids[item.nodeid]

    def api(self, item: pytest.Item) -> str:
        """The API that a test judges: that of the first requirement it cites."""
        return self._owner[self[item][0]].id

    def contract_of(self, requirement: str) -> Contract | None:
        """The contract that has an id."""
        return self._owner.get(requirement)

    @property
    def all(self) -> frozenset[str]:
        """Every id that some test cites."""
        return frozenset(id_ for ids in self._ids.values() for id_ in ids)


def cited(item: pytest.Item) -> tuple[str, ...]:
    """The requirement ids that a test cites, in its order; empty where it cites none."""
    found: list[str] = []
    for mark in item.iter_markers("verifies"):
        found += [id_ for id_ in mark.args if id_ not in found]
    return tuple(found)


def test_id(item: pytest.Item) -> str:
    """The name of a test in the run file: the same wherever pytest is started, and wherever the suite is installed."""
    module = getattr(item, "module", None)
    path = f"{module.__name__.replace('.', '/')}.py" if module else item.nodeid.partition("::")[0]
    return f"{path}::{item.nodeid.partition('::')[2]}"


def select(items: list[pytest.Item], run: Run) -> tuple[list[pytest.Item], list[pytest.Item]]:
    """The tests to run, those that look back at the run last, and the tests that are left out.

    Raises:
        TargetError: a requirement was asked for that no contract has, or that no test verifies.
    """
    wanted = set(run.settings.requirements)
    for requirement in wanted:
        _check(requirement, run.citations)
    kept = [
        item
        for item in items
        if run.citations.api(item) in run.chosen and (not wanted or wanted & set(run.citations[item]))
    ]
    past = run.evidence
    if past is not None and past.narrowed:
        kept = [item for item in kept if test_id(item) in past.tests]
    kept.sort(key=lambda item: item.get_closest_marker("last") is not None)
    chosen = set(map(id, kept))
    return kept, [item for item in items if id(item) not in chosen]


def _check(requirement: str, citations: Citations) -> None:
    contract = citations.contract_of(requirement)
    if contract is None:
        raise TargetError("--requirement", requirement, "no contract has this id; see `conformance requirements`")
    untested = contract.requirements[requirement].untested
    if requirement not in citations.all:
        why = f"nothing can test it: {untested}" if untested else "no test of its own; checks on every answer judge it"
        raise TargetError("--requirement", requirement, why)
