"""What is to be known of an exchange to tell which others belong to it: what it asks about, and what its answer holds."""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from hashlib import sha256
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from conformance.contract import Contract, Operation
from conformance.wire import Exchange

_WORD = re.compile(r"[^\W_][\w.:+-]*")
_SHORTEST = 4
"""Shorter texts are found by chance: codes and counts."""


@dataclass(frozen=True)
class Trait:
    """What is to be known of one exchange."""

    id: str
    print: str
    """The same for the same question with the same answer."""
    holds: frozenset[str]
    """Which of the values that matter its answer holds."""
    changes: bool
    asks: frozenset[str]
    """The values that the question holds; short ones where its path has a place for them."""
    accepted: bool

    @staticmethod
    def of(exchange: Exchange, words: Collection[str], contract: Contract) -> Trait:
        """The trait of an exchange, where these values matter."""
        request, response = exchange.request, exchange.response
        body = response.body if response else b""
        question = "\0".join((request.method, request.url, repr(request.headers), sha256(request.body).hexdigest()))
        answer = f"{response.status} {sha256(body).hexdigest()}" if response else exchange.failure
        operation = contract.operations.get(exchange.operation.rpartition(" ")[2])
        asks = values(f"{urlsplit(request.url)[2:4]} {request.body.decode('utf-8', 'replace')}")
        return Trait(
            exchange.id,
            f"{question}\0{answer}",
            frozenset(word for word in words if word.encode() in body),
            operation is not None and operation.changes_state,
            asks - values(operation.path) | _parameters(operation, request.url) if operation else asks,
            response is not None and response.status < 400,
        )


def values(text: str) -> frozenset[str]:
    """The values that a text speaks of: numbers, dates and identifiers, by which an answer can be told from others."""
    found = (word.rstrip(".:") for word in _WORD.findall(text))
    return frozenset(word for word in found if len(word) >= _SHORTEST and any(char.isdigit() for char in word))


def named(exchange: Exchange) -> frozenset[tuple[str, str]]:
    """The members and parameters of a question with their values, in small letters: `("siteid", "26")`."""
    given = [(name.lower(), value) for name, value in parse_qsl(urlsplit(exchange.request.url).query)]
    return frozenset([*given, *_leaves(_json(exchange.request.body))])


def answered(exchange: Exchange) -> dict[str, str]:
    """The outermost members of an answer, as texts."""
    shown = _json(exchange.response.body) if exchange.response else None
    return {name: str(value) for name, value in shown.items()} if isinstance(shown, dict) else {}


def _parameters(operation: Operation, url: str) -> frozenset[str]:
    """The identifiers in the path of a question."""
    parts = re.split(r"\{\w+\}", operation.path)
    match = re.search("([^/]+)".join(map(re.escape, parts)) + "$", urlsplit(url).path, re.IGNORECASE)
    given = map(unquote, match.groups()) if match else ()
    return frozenset(value for value in given if any(char.isdigit() for char in value))


def _leaves(value: Any, name: str = "") -> Iterator[tuple[str, str]]:
    if isinstance(value, dict):
        for key, member in value.items():
            yield from _leaves(member, key)
    elif isinstance(value, list):
        for entry in value:
            yield from _leaves(entry, name)
    elif value is not None:
        yield name.lower(), str(value)


def _json(body: bytes) -> Any:
    try:
        return json.loads(body)
    except (ValueError, RecursionError):
        return None
