"""Labels and attachments for Allure: imported only where Allure is at work.

Epic is the vendor, feature the API, story the requirement. Exchanges are attached to failures alone, or else
the report of a run would hold a file for each of thousands. An error of the suite is broken, in Allure's words, and
nothing that failed.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import allure
import allure_commons
import pytest
from allure_commons.model2 import Status

from conformance.contract import Level
from conformance.run.finding import Verdict
from conformance.run.plugin import RUN
from conformance.run.selection import cited
from conformance.run.session import Broke
from conformance.run.told import exchange_lines

_SEVERITY = {
    Level.MUST: allure.severity_level.CRITICAL,
    Level.SHOULD: allure.severity_level.NORMAL,
    Level.MAY: allure.severity_level.MINOR,
}
_CATEGORIES = (
    {"name": "Deviates from the contract", "matchedStatuses": ["failed"]},
    {"name": "Errors of the suite, not of the target", "matchedStatuses": ["broken"]},
    {"name": "Blocked by another finding", "matchedStatuses": ["skipped"], "messageRegex": "(?s).*blocked: .*"},
    {"name": "Not testable: data or a permission is missing", "matchedStatuses": ["skipped"]},
)
"""Allure's own words for these would be product defects and test defects."""


class Labels:
    """The plugin, of pytest and of Allure."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._broken = False
        """Whether the test that runs has met nothing but errors of the suite."""
        allure_commons.plugin_manager.register(self)

    def pytest_unconfigure(self) -> None:
        """Leaves Allure as it was: another run in this process has labels of its own."""
        allure_commons.plugin_manager.unregister(self)

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtest_setup(self, item: pytest.Item) -> None:
        """Says what a test is about, before anything of it can fail or be skipped."""
        self._broken = False
        run, ids = item.config.stash.get(RUN, None), cited(item)
        if run is None or not ids:
            return
        contracts = [run.citations.contract_of(id_) for id_ in ids]
        rows = [contract.requirements[id_] for contract, id_ in zip(contracts, ids, strict=True)]
        label: Any = allure.dynamic
        label.epic(contracts[0].vendor.title)
        label.feature(contracts[0].title)
        label.story(*(f"{row.id} {row.text}" for row in rows))
        label.severity(_SEVERITY[min((row.level for row in rows), key=list(Level).index)])

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_makereport(self, item: pytest.Item, call: pytest.CallInfo[None]) -> Iterator[None]:
        """Attaches the exchanges that show why a test is red."""
        report: Any = yield
        run = item.config.stash.get(RUN, None)
        if run is not None and call.excinfo is not None and isinstance(call.excinfo.value, Broke):
            findings = call.excinfo.value.findings
            self._broken = all(finding.verdict is Verdict.SUITE_ERROR for finding in findings)
            for finding in findings:
                contract = run.citations.contract_of(finding.requirement)
                for id_ in finding.exchanges:
                    lines = exchange_lines(run.file.exchange(id_), finding.where, contract.vendor.credentials)
                    allure.attach("\n".join(lines), f"{finding.requirement} {id_}", allure.attachment_type.TEXT)
        return report  # type: ignore[no-any-return]

    @allure_commons.hookimpl(tryfirst=True)
    def report_result(self, result: Any) -> None:
        """Before Allure writes a result: what is ours has not failed, it broke."""
        if self._broken and result.status == Status.FAILED:
            result.status = Status.BROKEN

    @pytest.hookimpl(trylast=True)
    def pytest_sessionfinish(self, session: pytest.Session) -> None:
        """Writes what Allure shows of the whole run: what was judged, and into which heaps the red tests fall."""
        run = session.config.stash.get(RUN, None)
        if run is None or not self._folder.is_dir():
            return
        (self._folder / "categories.json").write_text(json.dumps(_CATEGORIES, indent=1) + "\n", encoding="utf-8")
        targets = [context.target for context in run.contexts.values()]
        told = {
            "target": ", ".join(dict.fromkeys(target.name for target in targets)),
            "base_url": ", ".join(dict.fromkeys(target.base_url for target in targets)),
            "profile": run.settings.profile,
            "seed": run.settings.seed,
            "clock": run.settings.clock.isoformat(),
        }
        lines = (f"{name}={_property(str(value))}\n" for name, value in told.items())
        (self._folder / "environment.properties").write_text("".join(lines), encoding="utf-8")


def _property(value: str) -> str:
    """A value of a Java properties file: in one line of ASCII, with the escapes that JSON has too."""
    return json.dumps(value)[1:-1]
