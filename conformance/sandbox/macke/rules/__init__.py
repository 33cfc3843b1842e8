"""The rules of Ich hab ne Macke, every one a method of a few lines, so that any single one can be replaced.

`Rules` does what the document says, and where it is silent what the shop software behind it does. A fault or a
personality subclasses it and overrides one method. Where an answer takes several steps, each is a method.
"""

from __future__ import annotations

from conformance.sandbox.macke.rules.refused import RefusedError
from conformance.sandbox.macke.rules.search import SearchRules
from conformance.sandbox.macke.rules.updates import UpdateRules

__all__ = ["RefusedError", "Rules"]


class Rules(SearchRules, UpdateRules):
    """The default rules of the API."""
