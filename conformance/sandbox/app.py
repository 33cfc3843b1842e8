"""The application: every vendor found beside this module, its data seeded, its routes mounted."""

from __future__ import annotations

import pkgutil
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from importlib import import_module
from typing import Any

from starlette.applications import Starlette
from starlette.routing import BaseRoute

import conformance.sandbox as vendors_folder
from conformance.sandbox.states import state_routes
from conformance.sandbox.store import Store
from conformance.sandbox.vendor import Clock, Vendor, utc_now


def create_app(
    vendors: Sequence[Vendor[Any]] | None = None,
    database_url: str = "sqlite://",
    clock: Clock = utc_now,
    overrides: Sequence[type] = (),
) -> Starlette:
    """The sandbox of these vendors (default: all) over a database, seeded relative to the clock's today.

    Each override is a subclass of a vendor's rules and is laid over them, the later over the earlier. Raises
    `ValueError` for one that fits no vendor. A database that is seeded already is kept as it is.
    """
    chosen = find_vendors() if vendors is None else vendors
    if strange := [
        override for override in overrides if not any(_fits(override, vendor) for vendor in chosen)
    ]:
        raise ValueError(
            f"{strange[0].__qualname__} overrides the rules of no vendor: subclass the vendor's Rules"
        )
    store = Store(database_url)
    routes: list[BaseRoute] = []
    for vendor in chosen:
        rules = rules_of(vendor, overrides)
        store.seed(vendor.name, getattr(rules, "seed", vendor.seed), clock())  # rules may bring data of their own
        routes += vendor.routes(store, rules, clock)
    routes += state_routes(store, {vendor.name: vendor.states(store) for vendor in chosen}, clock)

    @asynccontextmanager
    async def lifespan(_app: Starlette) -> AsyncIterator[None]:
        yield
        store.close()

    return Starlette(routes=routes, lifespan=lifespan)


def find_vendors() -> list[Vendor[Any]]:
    """The `VENDOR` of every package in this folder, by name."""
    packages = sorted(module.name for module in pkgutil.iter_modules(vendors_folder.__path__) if module.ispkg)
    modules = [import_module(f"{vendors_folder.__name__}.{name}") for name in packages]
    return [module.VENDOR for module in modules if hasattr(module, "VENDOR")]


def find_vendor(name: str) -> Vendor[Any]:
    """The vendor of this name; raises `LookupError` where there is none."""
    for vendor in find_vendors():
        if vendor.name == name:
            return vendor
    raise LookupError(f"no vendor {name!r}")


def rules_of(vendor: Vendor[Any], overrides: Sequence[type]) -> Any:
    """The vendor's rules with those overrides that fit it laid over them."""
    fitting = tuple(override for override in reversed(overrides) if _fits(override, vendor))
    return type("Rules", (*fitting, vendor.rules), {})()


def find_override(name: str) -> type:
    """The class that `module:Class` names; raises `ValueError` when there is none."""
    module, _, attribute = name.partition(":")
    try:
        found = getattr(import_module(module), attribute)
    except (ImportError, AttributeError, ValueError) as error:
        raise ValueError(f"no override {name!r} (write module:Class): {error}") from error
    if not isinstance(found, type):
        raise ValueError(f"override {name!r} is not a class")
    return found


def _fits(override: type, vendor: Vendor[Any]) -> bool:
    return issubclass(override, vendor.rules)
