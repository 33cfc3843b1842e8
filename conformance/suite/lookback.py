"""Looks back at a run: what no answer showed.

Every answer of every scenario is judged member by member. At the end each requirement on answers as such must have been
met by some answer, or be said to be missing: an optional member that never showed is `observed`, one that should have
shown and had no chance to is not testable.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from types import ModuleType
from typing import Any

import pytest

from conformance.checks import Judge, NotTestable, Unseen, verifies
from conformance.checks.passive import answer_requirements
from conformance.contract import Contract
from conformance.contract.tree import properties_of, requirement_of


@dataclass(frozen=True)
class Member:
    """A member of an answer, as the schema places it."""

    name: str
    requirement: str
    required: bool
    siblings: tuple[str, ...]
    """Requirements of what must stand beside it: when one was seen, the member had its chance to show."""


def for_each_requirement_on_answers(contract: Contract, *checks: ModuleType) -> pytest.MarkDecorator:
    """Parametrizes a test over the requirements that the checks on every answer judge.

    Args:
        contract: the API's contract.
        checks: modules with the vendor's own checks on every answer, which cite their requirements.
    """
    own = {id_ for module in checks for id_ in _cited(module) if id_ in contract.requirements}
    rows = sorted(id_ for id_ in answer_requirements(contract) | own if not contract.requirements[id_].untested)
    return pytest.mark.parametrize("requirement", [pytest.param(id_, id=id_, marks=verifies(id_)) for id_ in rows])


def look_back(judge: Judge, contract: Contract, requirement: str, sample: Callable[[], Any]) -> None:
    """Speaks about a requirement about which nothing was said yet, after one more look at ordinary answers.

    Args:
        judge: takes the outcome.
        contract: the API's contract.
        requirement: the id about which nothing was said.
        sample: asks ordinary questions, whose answers are judged as any.

    Raises:
        NotTestable: nothing that the target answers shows what the requirement is about.
    """
    sample()
    if judge.said(requirement):
        return
    members = [member for member in _members(contract) if member.requirement == requirement]
    if any(_had_its_chance(judge, member) for member in members):
        judge(Unseen(requirement))
        return
    shown = " or ".join(dict.fromkeys(member.name for member in members)) or requirement
    raise NotTestable(f"no answer shows {shown}: add data to the target that makes it show")


def _cited(module: ModuleType) -> Iterator[str]:
    for _, function in inspect.getmembers(module, inspect.isfunction):
        for mark in getattr(function, "pytestmark", ()):
            if mark.name == "verifies":
                yield from mark.args


def _had_its_chance(judge: Judge, member: Member) -> bool:
    """Optional, and what must stand beside it was seen; or below something optional that never showed."""
    return not member.required and any(judge.evidence[sibling] for sibling in member.siblings)


def _members(contract: Contract) -> Iterator[Member]:
    for operation in contract.operations.values():
        schema = operation.answer.schema
        yield from _walk(schema, "$", (requirement_of(schema),), optional=False)
        if "items" in schema:
            yield from _walk(schema["items"], "$[0]", (requirement_of(schema["items"]),), optional=False)


def _walk(schema: Mapping[str, Any], path: str, around: tuple[str, ...], *, optional: bool) -> Iterator[Member]:
    properties = properties_of(schema)
    required = set(schema.get("required", ())) | _conditionally_required(schema)
    beside = tuple(requirement_of(sub) for name, sub in properties.items() if name in required) or around
    for name, sub in properties.items():
        here = f"{path}.{name}"
        # What stands inside an optional structure can only show with it: its chance is the structure's.
        absent = optional or name not in required
        yield Member(here, requirement_of(sub), required=not absent, siblings=around if optional else beside)
        listed = "items" in sub
        chance = around if optional else beside
        yield from _walk(sub["items"] if listed else sub, here, chance, optional=absent and not listed)


def _conditionally_required(schema: Mapping[str, Any]) -> set[str]:
    found: set[str] = set()
    for keyword in ("then", "else"):
        found |= set(schema.get(keyword, {}).get("required", ()))
    for part in schema.get("allOf", ()):
        found |= _conditionally_required(part)
    return found
