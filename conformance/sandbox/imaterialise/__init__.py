"""i.materialise in the sandbox: its three APIs at their real paths."""

from __future__ import annotations

from conformance.sandbox.imaterialise.operations import routes
from conformance.sandbox.imaterialise.rules import Rules
from conformance.sandbox.imaterialise.seed import seed
from conformance.sandbox.imaterialise.states import states
from conformance.sandbox.vendor import Vendor

__all__ = ["VENDOR", "Rules"]


VENDOR = Vendor("imaterialise", Rules, routes, seed, states)
