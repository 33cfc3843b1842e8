"""Labels and attachments for Allure: imported only where Allure is at work.

Epic is the vendor, feature the API, story the requirement. Exchanges are attached to failures alone, or else
the report of a run would hold a file for each of thousands.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import allure
import pytest

from conformance.contract import Level
from conformance.run.plugin import RUN
from conformance.run.selection import cited
from conformance.run.session import Broke
from conformance.run.told import exchange_lines

_SEVERITY = {
    Level.MUST: allure.severity_level.CRITICAL,
    Level.SHOULD: allure.severity_level.NORMAL,
    Level.MAY: allure.severity_level.MINOR,
}


class Labels:
    """The plugin."""

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtest_setup(self, item: pytest.Item) -> None:
        """Says what a test is about, before anything of it can fail or be skipped."""
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
            for finding in call.excinfo.value.findings:
                contract = run.citations.contract_of(finding.requirement)
                for id_ in finding.exchanges:
                    lines = exchange_lines(run.file.exchange(id_), finding.where, contract.vendor.credentials)
                    allure.attach("\n".join(lines), f"{finding.requirement} {id_}", allure.attachment_type.TEXT)
        return report  # type: ignore[no-any-return]
