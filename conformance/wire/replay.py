"""The recorder's twin: a `requests` transport adapter that answers from a run file, so that the same suite judges it again.

A recorded answer is given only to the very request that it answered, once, and only while the replay has made every
change that the run had made before it in the same test. What the evidence does not hold is `NotInEvidence`, never a guess.

Only the place of each exchange in the file is kept (about 300 bytes for each), never a body.
"""

from __future__ import annotations

import hashlib
import json
import threading
from array import array
from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import requests

from conformance.wire.exchange import TRANSPORT, Exchange, Request
from conformance.wire.guard import Guard
from conformance.wire.pace import Pace
from conformance.wire.recorder import INTERRUPTED, NotInEvidence, Recorder
from conformance.wire.redaction import Redactor

_LONGEST = 160
"""Of an address in a message."""
_NONE = -1

ChangesNothing = Callable[[str, str], bool]


class Evidence:
    """The exchanges of a run file, by what was asked and by which test. Built line by line, in the order of the file."""

    def __init__(self, path: Path, harmless: ChangesNothing) -> None:
        """An index without a line.

        Args:
            path: the run file, which is read again for each answer.
            harmless: whether a request with a method and an address changes nothing at the target.
        """
        self.lock = threading.Lock()
        self._stream = path.open("rb")
        self._harmless = harmless
        self._offsets = array("Q")
        self._tests = array("I")
        self._bursts: dict[int, int] = {}
        """For what was sent at the same moment as other requests: a number that these share."""
        self._epochs = array("I")
        """How many changes the target had been asked for before each exchange."""
        self._used = bytearray()
        self._numbers: dict[str, int] = {}
        self._names: list[str] = []
        self._own, self._any = _Chains(), _Chains()
        self._changes: defaultdict[int, list[int]] = defaultdict(list)
        """The exchanges of each test that changed something, the last one first once the index is complete."""
        self._epoch = 0
        self._last = _NONE
        self._present: Collection[str] = ()
        self._shared: set[tuple[str, int]] = set()
        self._given: set[int] = set()
        """What was given to a test that is new, and may be given to its own test too."""

    def __len__(self) -> int:
        return len(self._offsets)

    def add(self, line: Mapping[str, Any], offset: int) -> None:
        """Takes an exchange line that begins at a place of the file."""
        if line["failure"] == INTERRUPTED:
            return  # nobody knows what the answer would have been
        request, place = Exchange.from_json({**line, "response": None}).request, len(self._offsets)
        number = self._numbers.setdefault(line["test"], len(self._numbers))
        self._offsets.append(offset)
        self._tests.append(number)
        self._epochs.append(self._epoch)
        self._used.append(0)
        if line.get("burst"):
            self._bursts[place] = line["burst"]
        key = _key(request)
        self._own.add(_of_test(key, number), place)
        self._any.add(key, place)
        if not self._harmless(request.method, request.url):
            self._epoch += 1
            self._changes[number].append(place)

    def complete(self, tests: Collection[str]) -> None:
        """Ends building.

        Args:
            tests: those that will ask; the answers to a test that is not among them may serve another one.
        """
        self._present = tests
        self._names = list(self._numbers)
        self._own.complete()
        self._any.complete()
        for places in self._changes.values():
            places.reverse()

    def take(self, request: Request, test: str) -> tuple[Exchange, bool]:
        """The recorded exchange with this request, the next one where it was sent more than once; and whether it is new.

        Raises:
            NotInEvidence: there is none (any more), or the target was not in the state in which it answered.
        """
        key, number = _key(request), self._numbers.get(test, _NONE)
        place = self._of_own(key, number)
        if place == _NONE:
            place = self._of_another(key, test, number)
        if place == _NONE:
            raise NotInEvidence(f"not in the evidence: {request.method} {_path(request.url)}; only a new run can ask it")
        if self._used[place]:
            self._last = max(self._last, place)
        self._stream.seek(self._offsets[place])
        found = Exchange.from_json(json.loads(self._stream.readline()))
        new = place not in self._given
        if not self._used[place]:
            self._given.add(place)
        return (found if found.test == test else replace(found, test=test)), new

    def close(self) -> None:
        """Gives the file back."""
        self._stream.close()

    def _of_own(self, key: bytes, number: int) -> int:
        """The next exchange of the test itself, unless it left out a change that came before."""
        if number == _NONE:
            return _NONE
        chain = _of_test(key, number)
        place = self._own.first(chain, self._used)
        unmade = self._unmade_change(number)
        if place == _NONE or (unmade < place and not self._at_once(unmade, place)):
            return _NONE
        self._used[place] = 1
        return place

    def _at_once(self, one: int, other: int) -> bool:
        """Whether two exchanges were sent at the same moment, so that which of them came first is chance."""
        return one in self._bursts and self._bursts[one] == self._bursts.get(other)

    def _unmade_change(self, number: int) -> int:
        """The first change of a test that it has not made in this replay; a place behind all others where there is none."""
        changes = self._changes[number]
        while changes and self._used[changes[-1]]:
            changes.pop()
        return changes[-1] if changes else len(self._offsets)

    def _of_another(self, key: bytes, test: str, number: int) -> int:
        """An exchange of another test, from when the target was in the state in which it is now.

        One whose test is not in the suite any more is used up. What changed nothing also serves a test that is new, once,
        and remains for its own test.
        """
        now = self._epoch_after(self._last)
        for place in self._any.all(key):
            if self._used[place] or self._epochs[place] != now:
                continue
            if self._names[self._tests[place]] not in self._present:
                self._used[place] = 1
                return place
            harmless = self._epoch_after(place) == now
            if number == _NONE and harmless and (test, place) not in self._shared:
                self._shared.add((test, place))
                return place
        return _NONE

    def _epoch_after(self, place: int) -> int:
        """How many changes the target had been asked for when an exchange was over."""
        return self._epochs[place + 1] if place + 1 < len(self._epochs) else self._epoch


class _Chains:
    """For each key the places at which it stands, in their order: one number for each place and one entry for each key."""

    def __init__(self) -> None:
        self._first: dict[bytes, int] = {}
        self._latest: dict[bytes, int] = {}
        self._following: dict[int, int] = {}

    def add(self, key: bytes, place: int) -> None:
        if key in self._latest:
            self._following[self._latest[key]] = place
        else:
            self._first[key] = place
        self._latest[key] = place

    def complete(self) -> None:
        """Forgets what only building needs."""
        self._latest.clear()

    def first(self, key: bytes, used: bytearray) -> int:
        """The first place that is not used; those before it are forgotten."""
        place = self._first.get(key, _NONE)
        while place != _NONE and used[place]:
            place = self._first[key] = self._following.get(place, _NONE)
        return place

    def all(self, key: bytes) -> Iterator[int]:
        place = self._first.get(key, _NONE)
        while place != _NONE:
            yield place
            place = self._following.get(place, _NONE)


class Replay(Recorder):
    """Answers from the evidence of a run, and writes the exchanges that were asked for again to a new run file."""

    def __init__(
        self, *, evidence: Evidence, guard: Guard, redactor: Redactor, write: Callable[[Exchange], None],
        max_requests: int | None,
    ) -> None:  # fmt: skip
        # What depends on the network is in the evidence already: pace, limits of size, names.
        super().__init__(guard=guard, redactor=redactor, write=write, pace=Pace(None), max_requests=max_requests,
                         max_response_bytes=0, name=str, connections=1)  # fmt: skip
        self._evidence = evidence

    def send(self, request: requests.PreparedRequest, *_: Any, **__: Any) -> requests.Response:
        """Answers one request.

        Raises:
            Refused, BudgetSpent: as when it was recorded.
            NotInEvidence: the run did not ask this.
            requests.ConnectionError: no whole answer came then.
        """
        with self._evidence.lock:
            self._admitted(request)
            try:
                exchange, new = self._evidence.take(self._sent(request), self.test)
            except NotInEvidence as error:
                self.count -= 1
                self.missing = error
                raise
            if new:
                self._write(exchange)
        self._exchanges[request] = exchange
        if exchange.response is None:
            if exchange.closed_while_idle:
                self._closed_while_idle.add(request)
            raise requests.ConnectionError(exchange.failure)
        return self._rebuilt(request, exchange.response)


def _key(request: Request) -> bytes:
    """A digest of everything in which two questions can differ."""
    fields = sorted(pair for pair in request.headers if pair[0].lower() not in TRANSPORT)
    question = repr((request.method, request.url, fields, request.body))
    return hashlib.blake2b(question.encode(), digest_size=16).digest()


def _path(url: str) -> str:
    """An address without its host, for a message."""
    path = "/" + url.partition("://")[2].partition("/")[2]
    return path if len(path) <= _LONGEST else f"{path[:_LONGEST]}…"


def _of_test(key: bytes, number: int) -> bytes:
    return key + number.to_bytes(4, "big")
