"""The rules of i.materialise, every one a method of a few lines, so that any single one can be replaced.

`Rules` reads the documents as the evidence of their examples and of public clients supports. A fault or a
personality subclasses it and overrides one method. Where an answer takes several steps, each is a method.
"""

from __future__ import annotations

from conformance.sandbox.imaterialise.rules.cancellation import CancellationRules
from conformance.sandbox.imaterialise.rules.carts import CartRules
from conformance.sandbox.imaterialise.rules.orders import OrderRules
from conformance.sandbox.imaterialise.rules.refused import RefusedError

__all__ = ["RefusedError", "Rules"]


class Rules(OrderRules, CartRules, CancellationRules):
    """The default rules of the three APIs."""
