"""What a vendor brings to the sandbox, and the provider states it can set up."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Generic, TypeVar

from sqlalchemy.orm import Session
from starlette.routing import BaseRoute

from conformance.sandbox.store import Store

Rules = TypeVar("Rules")
Clock = Callable[[], datetime]
Params = Mapping[str, Any]
Ids = dict[str, str]


def utc_now() -> datetime:
    """The present as the APIs write it: UTC, without zone, to the millisecond."""
    now = datetime.now(UTC).replace(tzinfo=None)
    return now.replace(microsecond=now.microsecond // 1000 * 1000)


class StateError(ValueError):
    """A provider state that there is not, or not with these parameters; the message says what is wrong."""


@dataclass(frozen=True)
class Choice:
    """One parameter of a provider state: the values it takes and, unless it is required, its default."""

    values: tuple[str | bool, ...]
    default: str | bool | None = None


@dataclass(frozen=True)
class State:
    """A provider state: `setup` makes it and returns its ids, `teardown` removes what those ids name."""

    name: str
    params: Mapping[str, Choice]
    ids: tuple[str, ...]
    setup: Callable[[Session, Params, datetime], Ids]
    teardown: Callable[[Session, Ids], None]

    def checked(self, given: Mapping[str, object]) -> dict[str, object]:
        """The parameters with defaults filled in; raises `StateError` for a missing, unknown or unfit one."""
        if unknown := sorted(set(given) - set(self.params) - set(self.ids) - {"vendor"}):
            raise StateError(f"{self.name!r} takes no parameter {', '.join(unknown)}")
        return {
            name: _chosen(name, choice, given.get(name, choice.default))
            for name, choice in self.params.items()
        }

    def named(self, given: Mapping[str, object]) -> Ids:
        """The ids of what is to be removed; raises `StateError` for none, or one that is no text."""
        ids = {name: value for name in self.ids if isinstance(value := given.get(name), str)}
        if not ids or any(name not in ids for name in given if name in self.ids):
            raise StateError(f"a teardown of {self.name!r} takes {' or '.join(self.ids)} as texts")
        return ids


def _chosen(name: str, choice: Choice, value: object) -> object:
    if not any(value == fit and type(value) is type(fit) for fit in choice.values):
        raise StateError(f"parameter {name!r} must be one of {list(choice.values)}, not {value!r}")
    return value


@dataclass(frozen=True)
class Vendor(Generic[Rules]):
    """One vendor: its name, default rules, routes at the real paths, seed and provider states."""

    name: str
    rules: type[Rules]
    routes: Callable[[Store, Rules, Clock], Sequence[BaseRoute]]
    seed: Callable[[Session, datetime], None]
    states: Callable[[Store], Sequence[State]]
