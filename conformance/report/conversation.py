"""The shortest conversation that shows a finding: those exchanges without which a reader could not see it.

The last exchange of a finding shows it. Of the others that it names, those remain that changed something, and those that
hold a value the finding speaks of and the last answer does not show (where the expectation comes from). Those questions of
the same test join them that changed what the last question is about. The same question with the same answer is not told
twice. What was left out is named.
"""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from hashlib import sha256
from typing import Any
from urllib.parse import urlsplit

from conformance.contract import Contract
from conformance.report.cut import cut
from conformance.report.gathered import Gathered, exchanges
from conformance.run.finding import Finding
from conformance.wire import Exchange

_WORD = re.compile(r"[^\W_][\w.:+-]*")
_SHORTEST = 4
"""Shorter texts are found by chance: codes and counts."""
_MOST = 6
"""More exchanges than a reader follows."""
_SPARE = 2
"""How many others are told where no value says which of them matter."""
_PROVIDED = b'"operation":"provider state"'
_HEAD = 1000
"""The beginning of a line, in which an exchange has its id, operation and test."""


@dataclass(frozen=True)
class Step:
    """One exchange as it is shown."""

    exchange: Exchange
    """Its answer without the body."""
    asked: tuple[str, ...]
    """The lines of the request's body that are shown."""
    came: tuple[str, ...]
    """The lines of the answer's body that are shown."""


@dataclass(frozen=True)
class Conversation:
    """The steps in the order in which they were sent, the ids of what was left out, and where the test data came from."""

    steps: tuple[Step, ...]
    left_out: tuple[str, ...]
    provided: tuple[tuple[str, str], ...]
    """Each identifier of the question, and in which state it was provided (`an order in status Cancelled`)."""


@dataclass(frozen=True)
class _Trait:
    """What is to be known of an exchange to choose."""

    id: str
    print: str
    """The same for the same question with the same answer."""
    holds: frozenset[str]
    """Which of the finding's values its answer holds."""
    changes: bool
    asks: frozenset[str]
    """The values that the question holds."""


def converse(gathered: Gathered, finding: Finding, contract: Contract) -> Conversation:
    """The conversation behind a finding. Exchanges are read one at a time, and only cut ones are kept.

    Raises:
        OSError: the run file cannot be read.
    """
    words = values(f"{finding.expected} {finding.actual}")
    last = finding.exchanges[-1] if finding.exchanges else ""
    traits = [_trait(exchange, words, contract) for _, exchange in exchanges(gathered.path, finding.exchanges)]
    deciding = next((trait for trait in traits if trait.id == last), None)
    if deciding is None:
        return Conversation((), (), ())
    provided, earlier = _before(gathered, finding, deciding, contract)
    shown = {**dict.fromkeys(earlier, frozenset[str]()), **_needed(deciding, traits, words)}
    steps = [_step(exchange, finding.where if exchange.id == last else "", shown[exchange.id])
             for _, exchange in exchanges(gathered.path, shown)]  # fmt: skip
    left_out = tuple(trait.id for trait in traits if trait.id not in shown)
    return Conversation(tuple(steps), left_out, tuple(provided.items()))


def values(text: str) -> frozenset[str]:
    """The values that a text speaks of: numbers, dates and identifiers, by which an answer can be told from others."""
    found = (word.rstrip(".:") for word in _WORD.findall(text))
    return frozenset(word for word in found if len(word) >= _SHORTEST and any(char.isdigit() for char in word))


def _needed(deciding: _Trait, traits: list[_Trait], words: Collection[str]) -> Mapping[str, frozenset[str]]:
    """The exchanges to show, each with the values around which it is cut."""
    others = {trait.print: trait for trait in reversed(traits) if trait.print != deciding.print}
    changing = [trait for trait in others.values() if trait.changes][: _MOST - 1]
    kept = {trait.id: trait.holds for trait in changing}
    missing = set(words) - deciding.holds
    missing -= {word for trait in changing for word in trait.holds}
    rest = [trait for trait in others.values() if trait.id not in kept]
    while rest and missing and len(kept) < _MOST - 1:
        best = max(rest, key=lambda trait: len(missing & trait.holds))
        if not missing & best.holds:
            break
        kept[best.id] = frozenset(missing & best.holds)
        rest.remove(best)
        missing -= best.holds
    if not kept:
        kept = {trait.id: trait.holds for trait in rest[:_SPARE]}
    return {**kept, deciding.id: deciding.holds}


def _trait(exchange: Exchange, words: Collection[str], contract: Contract) -> _Trait:
    request, response = exchange.request, exchange.response
    body = response.body if response else b""
    question = "\0".join((request.method, request.url, repr(request.headers), sha256(request.body).hexdigest()))
    answer = f"{response.status} {sha256(body).hexdigest()}" if response else exchange.failure
    operation = contract.operations.get(exchange.operation.rpartition(" ")[2])
    holds = frozenset(word for word in words if word.encode() in body)
    asks = values(f"{urlsplit(request.url)[2:4]} {request.body.decode('utf-8', 'replace')}")
    changes = operation is not None and operation.changes_state
    return _Trait(exchange.id, f"{question}\0{answer}", holds, changes, asks)


def _step(exchange: Exchange, where: str, words: frozenset[str]) -> Step:
    body = exchange.response.body if exchange.response else b""
    asked = cut(exchange.request.body) if exchange.request.body else []
    came = tuple(cut(body, where, words)) if body else ()
    response = exchange.response and replace(exchange.response, body=b"")
    return Step(replace(exchange, response=response), tuple(asked), came)


def _before(
    gathered: Gathered, finding: Finding, deciding: _Trait, contract: Contract
) -> tuple[dict[str, str], list[str]]:
    """In which state the test data of the deciding question was provided, by the target's provider states or its target
    file, and the latest questions of the same test that changed something about it."""
    asks = deciding.asks
    provided = {word: place for target in gathered.tally.header.get("targets", ())
                for place, names in _data(target.get("data", {}), "data") for word in names if word in asks}  # fmt: skip
    changed: dict[str, str] = {}
    test, end = f'"test":{json.dumps(finding.test, ensure_ascii=False)}'.encode(), f'"id":"{deciding.id}"'.encode()
    with gathered.path.open("rb") as stream:
        for data in stream if asks else ():
            head = data[:_HEAD]
            if end in head:
                break
            if _PROVIDED in head or test in head:
                exchange = Exchange.from_json(json.loads(data))
                trait = _trait(exchange, asks, contract)
                if _PROVIDED in head:
                    provided |= dict.fromkeys(trait.holds, _state(exchange.request.body))
                elif trait.changes and trait.asks & asks and trait.print != deciding.print and _accepted(exchange):
                    changed[trait.print] = exchange.id
    earlier = [id_ for id_ in changed.values() if id_ not in finding.exchanges]
    return {word: state for word, state in provided.items() if state}, earlier[-_SPARE:]


def _accepted(exchange: Exchange) -> bool:
    return exchange.response is not None and exchange.response.status < 400


def _state(body: bytes) -> str:
    """The name of a state, and what was asked of it: `an order (status: Cancelled)`."""
    try:
        asked = json.loads(body)
        given = ", ".join(f"{name}: {value}" for name, value in (asked.get("params") or {}).items())
        return f"{asked['state']} ({given})" if given else str(asked["state"])
    except (ValueError, KeyError, TypeError, AttributeError):
        return ""


def _data(node: Any, place: str) -> Iterator[tuple[str, list[str]]]:
    """The lists of a target file's test data, and where they stand in it."""
    if isinstance(node, Mapping):
        for name, inner in node.items():
            yield from _data(inner, f"{place}.{name}")
    else:
        yield place, [str(entry) for entry in (node if isinstance(node, list | tuple) else [node])]
