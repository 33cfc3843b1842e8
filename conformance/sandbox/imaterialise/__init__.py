"""i.materialise in the sandbox: its three APIs at their real paths."""

from __future__ import annotations

from conformance.sandbox.imaterialise.accounts import OWN_API_CODE
from conformance.sandbox.imaterialise.operations import routes
from conformance.sandbox.imaterialise.rules import Rules
from conformance.sandbox.imaterialise.seed import seed
from conformance.sandbox.imaterialise.states import states
from conformance.sandbox.vendor import Vendor

__all__ = ["VENDOR", "Rules", "target_fields"]


def target_fields() -> dict[str, object]:
    """The target file that fits this sandbox, without `base_url`; the states URL is a path below it."""
    return {
        "name": "reference sandbox",
        "vendor": "imaterialise",
        "environment": "sandbox",
        "credentials": {"api_code": OWN_API_CODE},
        "states": {"url": "/_states/imaterialise"},
    }


VENDOR = Vendor("imaterialise", Rules, routes, seed, states, target_fields)
