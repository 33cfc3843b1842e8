"""DanDomain in the sandbox: its OrderService at its real path, the key in the path."""

from __future__ import annotations

from conformance.sandbox.dandomain.operations import routes
from conformance.sandbox.dandomain.rules import Rules
from conformance.sandbox.dandomain.seed import seed
from conformance.sandbox.dandomain.states import states
from conformance.sandbox.vendor import Vendor

__all__ = ["VENDOR", "Rules"]


VENDOR = Vendor("dandomain", Rules, routes, seed, states)
