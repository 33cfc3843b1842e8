from __future__ import annotations

from collections.abc import Iterator

import pytest

from conformance.sandbox.server import running

from .client import NOW, Client


@pytest.fixture(scope="session")
def client() -> Iterator[Client]:
    """A sandbox whose clock stands at the end of a month, and whose data other tests add to."""
    with running(clock=lambda: NOW) as url:
        yield Client(url)
