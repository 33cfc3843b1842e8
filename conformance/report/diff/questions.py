"""The exchanges of a few tests, by what they ask: the keys and places of each, and a body only when it is looked at."""

from __future__ import annotations

import hashlib
import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import unquote

from conformance.report.diff.judged import Judged
from conformance.run.runfile import exchange_at, glimpse
from conformance.wire import Exchange, Request
from conformance.wire.exchange import PROVIDER_STATE, TRANSPORT

_VOLATILE = frozenset({"date", "content-length", "connection", "keep-alive", "server", "last-modified", "expires", "age"})
_MOMENT = re.compile(
    rb"\d{4}-\d\d-\d\d(?:(?:T|%20| )\d\d(?::|%3A)\d\d(?:(?::|%3A)\d\d(?:[.,]\d+)?)?(?:Z|[+-]\d\d:?\d\d)?)?"
    rb"|\d\d-\d\d-\d{4}|/Date\(-?\d+(?:[+-]\d{4})?\)/|(?<!\d)1[5-9]\d{8}(?:\d{3})?(?!\d)"
)
"""Dates and times as the three vendors write them, and seconds or milliseconds since 1970 that lie in our years."""


@dataclass(frozen=True)
class Place:
    """An exchange: what it asks (a digest), and where it stands in the run file."""

    key: bytes
    offset: int
    touched: bool
    """Whether the question names a datum that only one of the runs has."""


@dataclass
class Questions:
    """The exchanges of a run that belong to some tests."""

    path: Path
    bases: tuple[str, ...]
    moments: bool
    """Whether dates and times are left out of comparisons, as the clocks of the runs differ."""
    by_test: dict[str, list[Place]] = field(default_factory=lambda: defaultdict(list))
    by_id: dict[str, Place] = field(default_factory=dict)
    """Those that findings name."""

    def exchange(self, place: Place) -> Exchange:
        """The exchange at a place, read now."""
        return exchange_at(self.path, place.offset)

    def of(self, tests: Iterable[str]) -> Iterator[Place]:
        """The exchanges of some tests, in their order."""
        for test in tests:
            yield from self.by_test.get(test, ())

    def key(self, request: Request) -> bytes:
        """A digest of everything in which two questions can differ."""
        address = request.url
        for base in self.bases:
            address = address.removeprefix(base)
        fields = sorted((name.lower(), value) for name, value in request.headers if name.lower() not in TRANSPORT)
        told = b"\0".join([request.method.encode(), address.encode("utf-8", "replace"), repr(fields).encode(), request.body])
        return hashlib.blake2b(self.steady(told), digest_size=12).digest()

    def steady(self, data: bytes) -> bytes:
        """A text without the moments that follow from the clock, and without the target's own address."""
        for base in self.bases:
            data = data.replace(base.encode(), b"")
        return _MOMENT.sub(b"<moment>", data) if self.moments else data

    def answer(self, exchange: Exchange) -> bytes:
        """What an exchange says, so that two answers can be compared."""
        response = exchange.response
        if response is None:
            return exchange.failure.encode()
        fields = sorted((name.lower(), value) for name, value in response.headers if name.lower() not in _VOLATILE)
        return self.steady(f"{response.status} {fields}".encode() + b"\0" + response.body)


def questions(judged: Judged, tests: Collection[str], ids: Collection[str], values: Mapping[str, Collection[str]],
              *, moments: bool) -> Questions:  # fmt: skip
    """Reads a run file once more, for the exchanges of some tests.

    Args:
        judged: the run.
        tests: whose exchanges are kept.
        ids: exchanges that findings name; kept too.
        values: by vendor, the data that only one of the runs has.
        moments: whether to leave dates and times out.
    """
    bases = tuple(dict.fromkeys(target["base_url"].rstrip("/") for target in judged.header.get("targets", ())))
    found = Questions(judged.path, bases, moments)
    naming = {vendor: _naming(own) for vendor, own in values.items() if own}
    for seen in glimpse(judged.path):
        # How data are made is no question: a target that makes an order for each run gives each another number.
        if seen.operation == PROVIDER_STATE or (seen.id not in ids and seen.test not in tests):
            continue
        request = seen.exchange().request
        wanted = naming.get(seen.operation.partition("/")[0]) or next(iter(naming.values()), None)
        place = Place(found.key(request), seen.place, wanted is not None and _names(request, wanted))
        if seen.test in tests:
            found.by_test[seen.test].append(place)
        if seen.id in ids:
            found.by_id[seen.id] = place
    return found


def _naming(values: Collection[str]) -> re.Pattern[str]:
    every = "|".join(re.escape(value) for value in sorted(values, key=len, reverse=True))
    return re.compile(rf"(?<!\w)(?:{every})(?!\w)", re.IGNORECASE)


def _names(request: Request, naming: re.Pattern[str]) -> bool:
    return bool(naming.search(unquote(request.url)) or naming.search(request.body.decode("utf-8", "replace")))
