"""Ich hab ne Macke in the sandbox: its orders API at its real paths."""

from __future__ import annotations

from conformance.sandbox.macke.operations import routes
from conformance.sandbox.macke.rules import Rules
from conformance.sandbox.macke.seed import seed
from conformance.sandbox.macke.states import states
from conformance.sandbox.vendor import Vendor

__all__ = ["VENDOR", "Rules"]


VENDOR = Vendor("macke", Rules, routes, seed, states)
