"""What differs between the headers of two runs."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from conformance.report.diff.judged import Judged
from conformance.run.settings import EMBEDDED
from conformance.wire.excerpt import shortened

_RUN = ("profile", "seed", "read_only", "selected", "apis", "local_date")
_TARGET = ("base_url", "environment", "media_types", "apis", "credentials", "same_credentials", "limits", "pinned_readings")
_SHORTEST = 3
"""Characters of a datum that is looked for in questions: shorter ones stand in many of them by chance."""
_TOLD = 120
Row = tuple[str, str, str]


@dataclass(frozen=True)
class Apart:
    """In what two runs of one vendor's API were asked for differently."""

    data: tuple[Row, ...]
    """Test data: the place in the target file, then, now."""
    configuration: tuple[Row, ...]
    values: frozenset[str]
    """Data that only one of the headers has, as they would stand in a question."""


def apart(old: Judged, new: Judged, vendor: str) -> Apart:
    """How the wishes of two runs differ, as far as a vendor's APIs can notice."""
    then, now = old.tally.target(vendor), new.tally.target(vendor)
    data = list(_rows("data", then.get("data", {}), now.get("data", {})))
    if _states(then) != _states(now):
        data.append(("states", _states(then), _states(now)))
    differing = {value for _, value in {*_leaves("", then.get("data", {}))} ^ {*_leaves("", now.get("data", {}))}}
    # A datum that moved from one list to another is one that changed, whichever list it is in.
    configuration = [*_of_run(old, new), *_of_target(then, now)]
    values = frozenset(value for value in differing if len(value) >= _SHORTEST)
    return Apart(tuple(data), tuple(configuration), values)


def differences(old: Judged, new: Judged) -> tuple[Row, ...]:
    """Everything in the headers that a reader of a comparison should know."""
    rows = [(name, _told(old.header.get(name)), _told(new.header.get(name))) for name in ("clock", "python", "libraries")]
    rows.insert(0, ("suite", _suite(old), _suite(new)))
    then, now = old.header.get("contracts", {}), new.header.get("contracts", {})
    rows += [(f"contract {api}", _short(then, api), _short(now, api)) for api in sorted(then.keys() & now.keys())]
    rows += _of_run(old, new)
    vendors = dict.fromkeys(target["vendor"] for judged in (old, new) for target in judged.header.get("targets", ()))
    for vendor in vendors:
        before, after = old.tally.target(vendor), new.tally.target(vendor)
        if before and after:
            rows += [(f"{vendor}: {name}", left, right) for name, left, right in _of_target(before, after)]
            rows += [(f"{vendor}: {name}", left, right) for name, left, right in apart(old, new, vendor).data]
    return tuple(dict.fromkeys((name, left, right) for name, left, right in rows if left != right))


def _of_run(old: Judged, new: Judged) -> Iterator[Row]:
    yield from _members(_RUN, old.header, new.header)


def _of_target(then: Mapping[str, Any], now: Mapping[str, Any]) -> Iterator[Row]:
    # The embedded sandbox takes any free port.
    embedded = all(str(target.get("origin", "")).startswith(EMBEDDED) for target in (then, now))
    yield from _members([name for name in _TARGET if name != "base_url" or not embedded], then, now)


def _members(names: Iterable[str], then: Mapping[str, Any], now: Mapping[str, Any]) -> Iterator[Row]:
    for name in names:
        if then.get(name) != now.get(name):
            yield name, _told(then.get(name)), _told(now.get(name))


def _rows(place: str, then: Any, now: Any) -> Iterator[Row]:
    """The places at which two values differ: of mappings member by member."""
    if isinstance(then, Mapping) and isinstance(now, Mapping):
        for name in dict.fromkeys([*then, *now]):
            yield from _rows(f"{place}.{name}", then.get(name), now.get(name))
    elif then != now:
        yield place, _told(then), _told(now)


def _leaves(place: str, value: Any) -> Iterator[tuple[str, str]]:
    match value:
        case Mapping():
            for name, inner in value.items():
                yield from _leaves(f"{place}.{name}", inner)
        case list() | tuple():
            for inner in value:
                yield from _leaves(place, inner)
        case bool() | None:
            return
        case _:
            yield place, str(value)


def _states(target: Mapping[str, Any]) -> str:
    """The address of the provider states, below the target's own where it is one of its own."""
    url = str(target.get("states") or "")
    return url.removeprefix(str(target.get("base_url", "")))


def _suite(judged: Judged) -> str:
    suite = judged.header.get("suite") or {}
    return f"{suite.get('version', '')} {suite.get('digest', '')}".strip()


def _short(digests: Mapping[str, str], api: str) -> str:
    return digests.get(api, "")[:12]


def _told(value: Any) -> str:
    """A value of a header in a few words."""
    match value:
        case None | "" | [] | {} | ():
            return "none"
        case str():
            text = value
        case list() | tuple():
            text = ", ".join(map(str, value))
        case _:
            text = json.dumps(value, ensure_ascii=False)
    return shortened(text, _TOLD)
