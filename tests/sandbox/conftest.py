from __future__ import annotations

from collections.abc import Iterator

import pytest
from sqlalchemy import select

from conformance.sandbox.dandomain import VENDOR as DANDOMAIN
from conformance.sandbox.macke import VENDOR as MACKE
from conformance.sandbox.macke.models import Order
from conformance.sandbox.server import running
from conformance.sandbox.store import Store

from . import dandomain_client
from .client import NOW, Client
from .dandomain_client import Shop
from .macke_client import Macke


@pytest.fixture(scope="session")
def client() -> Iterator[Client]:
    """A sandbox whose clock stands at the end of a month, and whose data other tests add to."""
    with running(clock=lambda: NOW) as url:
        yield Client(url)


@pytest.fixture(scope="session")
def macke() -> Iterator[Macke]:
    """A marketplace whose clock stands still, and whose data other tests add to and change."""
    with running(vendors=[MACKE], clock=lambda: NOW) as url:
        yield Macke(url)


@pytest.fixture(scope="session")
def macke_untouched() -> Iterator[Macke]:
    """The same with its seed alone: who uses it only reads."""
    with running(vendors=[MACKE], clock=lambda: NOW) as url:
        yield Macke(url)


@pytest.fixture(scope="session")
def shop() -> Iterator[Shop]:
    """A DanDomain shop two days after Danish clocks were put forward, and whose orders other tests add to."""
    with running(vendors=[DANDOMAIN], clock=lambda: dandomain_client.NOW) as url:
        yield Shop(url)


@pytest.fixture(scope="session")
def macke_book() -> list[Order]:
    """Every order of that seed, those of other vendors too, the newest first."""
    store = Store()
    store.seed(MACKE.name, MACKE.seed, NOW)
    with store.session() as session:
        orders = session.scalars(select(Order)).all()
    return sorted(orders, key=lambda order: (order.timestamp, order.order_id), reverse=True)
