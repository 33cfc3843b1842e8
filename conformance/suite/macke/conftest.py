"""Fixtures of the scenarios for Ich hab ne Macke."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from conformance.checks import Judge
from conformance.contract import Contract
from conformance.suite.context import Context
from conformance.suite.macke.clients import ORDERS, Market
from conformance.suite.macke.clients import market as market_of
from conformance.suite.macke.desk import Desk
from conformance.suite.macke.keeper import Keeper


@pytest.fixture
def context(conformance_contexts: Mapping[str, Context]) -> Context:
    """The run against the marketplace."""
    return conformance_contexts["macke"]


@pytest.fixture
def judge(context: Context) -> Judge:
    """Takes outcomes."""
    return context.judge


@pytest.fixture
def contract(context: Context) -> Contract:
    """The contract of the orders."""
    return context.contracts[ORDERS]


@pytest.fixture
def market(context: Context) -> Market:
    """The marketplace, asked directly."""
    return market_of(context)


@pytest.fixture
def keeper(context: Context) -> Keeper:
    """The marketplace, asked beside the order book."""
    return Keeper(context)


@pytest.fixture
def desk(context: Context) -> Desk:
    """Orders that may be changed."""
    return Desk(context)
