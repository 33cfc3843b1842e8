"""Seeded faults and personalities: what a vendor's sandbox can be made to do wrong, or oddly and yet rightly.

A fault overrides one rule or one step of the answer and breaks one requirement. A personality overrides rules and breaks
none. Both are classes of rules, marked by a decorator; the first line of the docstring says what the class does.
"""

from __future__ import annotations

import pkgutil
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from types import ModuleType
from typing import Any, TypeVar

Rules = TypeVar("Rules", bound=type)
_MARK = "__seeded__"


@dataclass(frozen=True)
class Fault:
    """One violation of one requirement."""

    id: str
    """`vendor/name`."""
    requirement: str
    says: str
    """What is wrong, in one sentence."""
    rules: type
    roots: tuple[str, ...] = ()
    """Requirements that are broken at the root of it: the fault may rightly be told under one of these instead."""
    shows: tuple[str, ...] = ()
    """Requirements whose scenarios happen to ask what it shows in; being told under one of these counts for nothing."""


@dataclass(frozen=True)
class Personality:
    """One legal but odd way to keep the contract."""

    id: str
    says: str
    rules: type
    alone: bool = False
    """Whether it leaves little for another oddity to show in, such as a shop that is almost empty."""
    waits: bool = False
    """Whether it answers late: to be judged it needs much time and hardly any of a processor's."""


def breaks(requirement: str, *roots: str, shows: str = "") -> Callable[[Rules], Rules]:
    """Marks a class of rules as a fault.

    Args:
        requirement: the id of the clause that it breaks.
        roots: ids under which the same fault may rightly be told, where the clause follows from them.
        shows: an id whose scenario asks what the fault shows in, where no scenario of the clause itself does.
    """

    def mark(rules: Rules) -> Rules:
        setattr(rules, _MARK, (requirement, roots, (shows,) if shows else ()))
        return rules

    return mark


def legal(rules: Rules) -> Rules:
    """Marks a class of rules as a personality."""
    setattr(rules, _MARK, _Legal())
    return rules


def legal_alone(rules: Rules) -> Rules:
    """Marks a class of rules as a personality that is never judged together with others."""
    setattr(rules, _MARK, _Legal(alone=True))
    return rules


def legal_late(rules: Rules) -> Rules:
    """Marks a class of rules as a personality that answers late, which all others on its server would do too."""
    setattr(rules, _MARK, _Legal(alone=True, waits=True))
    return rules


@dataclass(frozen=True)
class _Legal:
    alone: bool = False
    waits: bool = False


class InTurns:
    """Counts how often it is asked, for what shows now and then only. Laid over a vendor's rules."""

    period = 4
    """Every fourth time is its turn, unless a class says otherwise."""
    _times = 0

    def is_turn(self) -> bool:
        """Counts, and says whether it is its turn."""
        self._times += 1
        return self._times % self.period == 0


@cache
def faults() -> dict[str, Fault]:
    """All faults of all vendors, by id."""
    found: dict[str, Fault] = {}
    for vendor, rules in _marked("faults"):
        requirement, roots, shows = vars(rules)[_MARK]
        fault = Fault(f"{vendor}/{_kebab(rules.__name__)}", requirement, _says(rules), rules, roots, shows)
        if found.setdefault(fault.id, fault) is not fault:
            raise ValueError(f"two faults are called {fault.id}")
    return found


@cache
def personalities() -> dict[str, Personality]:
    """All personalities of all vendors, by id."""
    found: dict[str, Personality] = {}
    for vendor, rules in _marked("personalities"):
        mark: _Legal = vars(rules)[_MARK]
        id_ = f"{vendor}/{_kebab(rules.__name__)}"
        found[id_] = Personality(id_, _says(rules), rules, mark.alone, mark.waits)
    return found


def _marked(name: str) -> Iterator[tuple[str, type]]:
    """Every class that is marked in the modules of this name, vendor by vendor."""
    package = import_module("conformance.sandbox")
    for vendor in sorted(module.name for module in pkgutil.iter_modules(package.__path__) if module.ispkg):
        for module in _modules(f"{package.__name__}.{vendor}.{name}"):
            for value in vars(module).values():
                if isinstance(value, type) and _MARK in vars(value) and value.__module__ == module.__name__:
                    yield vendor, value


def _modules(name: str) -> Iterator[ModuleType]:
    try:
        module = import_module(name)
    except ModuleNotFoundError as error:
        if error.name != name:
            raise
        return
    yield module
    for inner in pkgutil.iter_modules(getattr(module, "__path__", [])):
        yield import_module(f"{name}.{inner.name}")


def _kebab(name: str) -> str:
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])", "-", name).lower()


def _says(rules: Any) -> str:
    return (rules.__doc__ or "").strip().partition("\n")[0]
