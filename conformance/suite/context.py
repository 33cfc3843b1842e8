"""What a run lends to every test: the target, its contracts, the clock, the seed, and the one way out."""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import requests
from requests import PreparedRequest

from conformance.checks import Answer, Judge
from conformance.contract import Contract
from conformance.target import Target, TestData
from conformance.wire import Exchange, Recorder


@dataclass(frozen=True)
class Profile:
    """How much is asked."""

    name: str
    examples: int
    """Examples of each semantic property."""
    steps: int
    """Steps of each state machine's run."""
    machines: int
    """Runs of each state machine."""
    generated: int
    """Generated cases of each operation and mode; live generation beyond the compiled corpus when above `compiled`."""
    live: bool = False


PROFILES: Mapping[str, Profile] = {
    profile.name: profile
    for profile in (
        Profile("quick", examples=8, steps=6, machines=1, generated=10),
        Profile("standard", examples=14, steps=10, machines=2, generated=16),
        Profile("thorough", examples=150, steps=25, machines=8, generated=200, live=True),
    )
}


@dataclass
class Context:
    """One run against one target."""

    target: Target
    contracts: Mapping[str, Contract]
    """Every contract of the vendor, by API id: a scenario of one API may ask another."""
    chosen: tuple[str, ...]
    """The APIs that are judged."""
    judge: Judge
    recorder: Recorder
    session: requests.Session
    data: TestData
    clock: datetime
    seed: int
    profile: Profile
    local_date: date | None = None
    """The date at that moment where the machine of the run stands."""
    pause: Callable[[float], None] = time.sleep
    """Waits so many seconds. Who answers from evidence need not."""
    roots: dict[str, str] = field(default_factory=dict)
    """API id → the requirement whose root finding blocks the whole API."""
    shared: dict[str, Any] = field(default_factory=dict)
    """What a vendor's fixtures learn once and keep for the run (the order book, the method that works)."""

    def offers(self, api: str) -> bool:
        """Whether the target has another API of the vendor, which some scenarios need beside their own."""
        return api in self.target.apis and api not in self.roots

    def random(self, purpose: str) -> random.Random:
        """A generator of its own for each purpose, so that one scenario's draws do not shift another's."""
        return random.Random(f"{self.seed}/{purpose}")  # noqa: S311 (test data, no secret)

    def todays(self, *zones: str) -> set[date]:
        """The dates that "today" can be at the target: in UTC, and in the vendor's own zones."""
        found = {self.clock.astimezone(UTC).date(), *([self.local_date] if self.local_date else ())}
        for zone in zones:
            try:
                found.add(self.clock.astimezone(ZoneInfo(zone)).date())
            except ZoneInfoNotFoundError:
                continue  # a machine without a zone database: the other candidates remain
        return found

    def send(self, request: requests.Request) -> Exchange:
        """Sends a request through the recorder; a failure to get an answer is an exchange too.

        Raises:
            Refused: the guard forbids it.
            BudgetSpent: the target allows no more requests.
        """
        prepared = self._sent(request)
        if self.recorder.closed_while_idle(prepared):
            # A server may close an idle connection at any time (RFC 9112, 9.5); who meets that asks again. Both
            # exchanges are on record.
            prepared = self._sent(request)
        return self.recorder.exchange_of(prepared)

    def _sent(self, request: requests.Request) -> PreparedRequest:
        prepared = self.session.prepare_request(request)
        with suppress(requests.RequestException):
            self.session.send(prepared, timeout=self.target.limits.timeout_seconds, allow_redirects=False)
        return prepared

    def answer(self, exchange: Exchange, contract: Contract, operation_id: str, accept: str | None) -> Answer:
        """An exchange beside its contract."""
        return Answer(exchange, contract, contract.operations[operation_id], accept)
