"""The rules of DanDomain, every one a method of a few lines, so that any single one can be replaced.

`Rules` reads the document as its samples and its public clients support. A fault or a personality subclasses it
and overrides one method. Where an answer takes several steps, each is a method.
"""

from __future__ import annotations

from conformance.sandbox.dandomain.rules.creation import CreationRules
from conformance.sandbox.dandomain.rules.orders import OrderRules
from conformance.sandbox.dandomain.rules.refused import RefusedError

__all__ = ["RefusedError", "Rules"]


class Rules(CreationRules, OrderRules):
    """The default rules of the OrderService."""
