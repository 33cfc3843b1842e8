"""Who cites which requirement: tests, and checks on every answer. Found without running anything."""

from __future__ import annotations

import inspect
import pkgutil
from collections.abc import Iterator
from dataclasses import dataclass, field
from importlib import import_module
from types import ModuleType

import pytest

from conformance.contract import vendors
from conformance.run.launch import apart, own_environment, suite_folders
from conformance.run.selection import cited


def citations() -> dict[str, tuple[str, ...]]:
    """The ids that each test cites, by its node id, and those of each vendor's own checks on every answer.

    Nothing is refused here: a test may cite an unknown id or none at all.

    Raises:
        ImportError: a module of the suite cannot be collected.
    """
    collector = _Collector()
    arguments = ["-p", "no:cacheprovider", "-p", "no:terminal", "--collect-only", *suite_folders(vendors())]
    with own_environment():
        pytest.main([*apart(), *arguments], plugins=[collector])
    if collector.broken:
        raise ImportError("\n".join(collector.broken))
    packages = (import_module(f"conformance.suite.{vendor}") for vendor in vendors())
    return {**collector.cited, **dict(check for package in packages for check in _checks(package))}


def _checks(package: ModuleType) -> Iterator[tuple[str, tuple[str, ...]]]:
    """The functions outside of test modules that cite; pytest does not collect them."""
    for found in pkgutil.iter_modules(package.__path__):
        if found.name.startswith(("test_", "conftest")):
            continue
        module = import_module(f"{package.__name__}.{found.name}")
        file = module.__name__.replace(".", "/") + ".py"
        for name, function in inspect.getmembers(module, inspect.isfunction):
            ids = [id_ for mark in getattr(function, "pytestmark", ()) if mark.name == "verifies" for id_ in mark.args]
            if ids and function.__module__ == module.__name__:
                yield f"{file}::{name}", tuple(ids)


@dataclass(eq=False)  # pytest keeps plugins in sets
class _Collector:
    cited: dict[str, tuple[str, ...]] = field(default_factory=dict)
    broken: list[str] = field(default_factory=list)

    def pytest_configure(self, config: pytest.Config) -> None:
        for mark in ("verifies", "consumes", "last"):
            config.addinivalue_line("markers", mark)

    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        if report.failed:
            self.broken.append(f"{report.nodeid}: {report.longreprtext}")

    def pytest_collection_finish(self, session: pytest.Session) -> None:
        self.cited = {item.nodeid: cited(item) for item in session.items}
