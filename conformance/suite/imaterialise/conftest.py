"""Fixtures of the i.materialise scenarios."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from conformance.checks import Judge
from conformance.contract import Format
from conformance.suite.context import Context
from conformance.suite.imaterialise.bookkeeper import Bookkeeper
from conformance.suite.imaterialise.clients import OrderStatus, Posting, cancellation, cart_status, order_status
from conformance.suite.imaterialise.orderdata import OrderData


@pytest.fixture
def context(conformance_contexts: Mapping[str, Context]) -> Context:
    """The run against the i.materialise target."""
    return conformance_contexts["imaterialise"]


@pytest.fixture
def judge(context: Context) -> Judge:
    """Takes outcomes."""
    return context.judge


@pytest.fixture
def status(context: Context) -> OrderStatus:
    """Order Status, asked directly."""
    return order_status(context)


@pytest.fixture
def keeper(context: Context) -> Bookkeeper:
    """Order Status, asked beside the order book."""
    return Bookkeeper(context)


@pytest.fixture
def carts(context: Context) -> Posting:
    """Cart Status."""
    return cart_status(context)


@pytest.fixture
def cancel(context: Context) -> Posting:
    """Order Cancellation by Number."""
    return cancellation(context)


@pytest.fixture
def orders(context: Context) -> OrderData:
    """Orders in a certain state."""
    return OrderData(context)


@pytest.fixture(params=[Format.JSON, Format.XML], ids=str)
def form(request: pytest.FixtureRequest) -> Format:
    """Both formats, one after the other; one that the target does not offer is not applicable."""
    form: Format = request.param
    return form
