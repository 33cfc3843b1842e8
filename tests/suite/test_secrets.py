"""No credential reaches anything that a run writes or prints, though the target repeats them in every answer."""

from __future__ import annotations

from pathlib import Path
from typing import Any, cast

import pytest
from starlette.applications import Starlette

from conformance.contract import load_vendor, vendors
from conformance.sandbox.app import create_app
from conformance.sandbox.server import running
from conformance.sandbox.spawn import target_fields
from tests.suite.echoing import Echoing, forms
from tests.suite.judged import run, target_file


def canaries(vendor: str) -> dict[str, str]:
    """A value of its own for every credential of a vendor, with characters that each form writes in another way."""
    known = load_vendor(vendor)
    names = (*known.credentials, *known.optional_credentials)
    return {name: f'canary "{name}" </{vendor}&%+=\\>0123456789' for name in names}


@pytest.mark.parametrize("vendor", vendors())
def test_no_credential_is_written_or_printed(vendor: str, tmp_path: Path) -> None:
    secrets, theirs = canaries(vendor), target_fields(vendor)["credentials"]
    pairs = {name: (secrets[name], theirs[name]) for name in theirs}
    app = cast(Starlette, cast(Any, Echoing(create_app(), pairs)))
    with running(app) as url:
        file = target_file(tmp_path, url, vendor=vendor, credentials={name: secrets[name] for name in theirs})
        status, summary, printed = run(
            tmp_path, file, "--profile", "quick", "--junitxml", str(tmp_path / "out" / "junit.xml"),
            "--alluredir", str(tmp_path / "out" / "allure"), "--", "-rA", "--log-level=DEBUG",
        )  # fmt: skip
    assert status in {0, 1}, printed
    assert summary["requests"] > 100
    written = {path.name: path.read_bytes() for path in (tmp_path / "out").rglob("*") if path.is_file()}
    assert written.keys() >= {"run.jsonl", "summary.json", "junit.xml"}
    assert b"[redacted:" in written["run.jsonl"]
    found = [
        (name, form, place)
        for name in theirs
        for form, text in forms(secrets[name]).items()
        for place, content in {**written, "the terminal": printed.encode()}.items()
        if text.encode().lower() in content.lower()
    ]
    assert found == []
