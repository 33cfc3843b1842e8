"""The pages of `diff` and `history` in a real browser. Skipped where there is no Chromium, or nothing to drive it with."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from conformance.report.diff import compare
from conformance.report.diff.page import to_page as diff_page
from conformance.report.history import add, read
from conformance.report.history.page import to_page as history_page

from .handmade import Made, exchange, finding

CHROMIUM = next((path for name in ("chromium", "chromium-browser", "google-chrome") if (path := shutil.which(name))), "")
if not CHROMIUM:
    pytest.skip("no Chromium on this machine (Debian: apt-get install chromium)", allow_module_level=True)
sync_api = pytest.importorskip("playwright.sync_api", reason="pip install 'order-api-conformance[browser]'")
axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="pip install 'order-api-conformance[browser]'")
HOSTILE = "</style><img src=x onerror=alert(1)><script>alert(1)</script>"


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    with sync_api.sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield chromium
        chromium.close()


def made(folder: Path) -> tuple[Path, Path]:
    row = finding(where=HOSTILE, expected=HOSTILE, actual=HOSTILE)
    old = Made(verdicts={"CS-036": "pass", "CS-037": "pass"}, exchanges=[exchange(answered='{"carts":[1]}')])
    new = Made("2026-11-23T10:00:00+00:00", {"CS-036": "fail", "CS-037": "observed"}, [row], {"cart-limit": "ten-allowed"},
               [exchange(answered=HOSTILE)], target={"name": HOSTILE})  # fmt: skip
    return old.write(folder / "old.jsonl"), new.write(folder / "new.jsonl")


def of_diff(folder: Path) -> str:
    return diff_page(compare(*made(folder), again=lambda path, _: path))


def of_history(folder: Path) -> str:
    for run in made(folder):
        add(folder, run)
        add(folder, run, "other")
    return history_page(read(folder))


@pytest.mark.parametrize("page", [of_diff, of_history])
@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (390, "dark")])
def test_a_page_is_accessible_fits_and_runs_nothing(
    browser: Any, tmp_path: Path, page: Callable[[Path], str], width: int, scheme: str
) -> None:
    file = tmp_path / "page.html"
    file.write_text(page(tmp_path), encoding="utf-8")
    context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme, offline=True)
    window, wrong = context.new_page(), list[str]()
    window.on("dialog", lambda dialog: wrong.append(dialog.message))
    window.on("console", lambda message: wrong.append(message.text))
    window.on("request", lambda request: None if request.url.startswith("file:") else wrong.append(request.url))
    window.goto(file.as_uri())
    assert wrong == []
    assert window.evaluate("document.images.length + document.scripts.length") == 0
    assert window.evaluate("document.documentElement.scrollWidth") <= width
    assert [row["id"] for row in axe.Axe().run(window).response["violations"]] == []
    context.close()
