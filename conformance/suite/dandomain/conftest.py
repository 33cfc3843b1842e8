"""Fixtures of the DanDomain scenarios."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from conformance.checks import Judge
from conformance.suite.context import Context
from conformance.suite.dandomain.book import Bookkeeper
from conformance.suite.dandomain.clients import Shop
from conformance.suite.dandomain.clients import shop as shop_of
from conformance.suite.dandomain.shopdata import ShopData


@pytest.fixture
def context(conformance_contexts: Mapping[str, Context]) -> Context:
    """The run against the DanDomain target."""
    return conformance_contexts["dandomain"]


@pytest.fixture
def judge(context: Context) -> Judge:
    """Takes outcomes."""
    return context.judge


@pytest.fixture
def shop(context: Context) -> Shop:
    """The shop, asked with the key that may do everything."""
    return shop_of(context)


@pytest.fixture
def data(context: Context) -> ShopData:
    """What makes an order valid, and orders of the run's own."""
    return ShopData(context)


@pytest.fixture
def keeper(context: Context) -> Bookkeeper:
    """The shop, asked beside the book of all its orders."""
    return Bookkeeper(context)
