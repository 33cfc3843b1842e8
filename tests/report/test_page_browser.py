"""The report page in a real browser. Skipped where there is no Chromium, or nothing to drive it with."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any, TypeAlias

import pytest

from conformance.report.page import write
from conformance.run.finding import Verdict

from .conversations import CANCEL, about, cancelled, provided
from .lines import CARTS, END, ORDERS, exchange, finding, header, verdicts, written
from .test_page import HOSTILE, hostile_lines

Browser: TypeAlias = Any
Page: TypeAlias = Any
"""The driver's types, which a machine without a browser need not have."""
CHROMIUM = next((path for name in ("chromium", "chromium-browser", "google-chrome") if (path := shutil.which(name))), "")
if not CHROMIUM:
    pytest.skip("no Chromium on this machine (Debian: apt-get install chromium)", allow_module_level=True)
sync_api = pytest.importorskip("playwright.sync_api", reason="pip install 'order-api-conformance[browser]'")
axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="pip install 'order-api-conformance[browser]'")


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_api.sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield chromium
        chromium.close()


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A page with two causes, three exchanges, blocked and untestable requirements, and two APIs."""
    folder = tmp_path_factory.mktemp("page")
    body = b'{"orders":[{"orderNumber":"IMC1","total":1.10}],"requestError":{"message":"no","code":108}}'
    shown = [{**exchange(f"x{number:05d}", body), "operation": f"{ORDERS} getOrders", "test": "a test"} for number in (1, 2)]
    xml = exchange("x00003", b"<R><Code>1</Code></R>", content_type="text/xml")
    path = written(
        folder, header(ORDERS, CARTS), *shown, {**xml, "operation": f"{CARTS} postCartStatuses"},
        finding("OS-106", where="$.requestError.code", exchanges=("x00001", "x00002"), failed=3, attempts=3),
        finding("CS-102", Verdict.WARN, where="/R/Code", exchanges=("x00003",), failed=3, attempts=3),
        finding("OS-108", Verdict.BLOCKED, blocked_by="OS-106", actual="follows from OS-106"),
        verdicts(OS_106="fail", OS_108="blocked", CS_102="warn", OS_103="pass"), END,
    )  # fmt: skip
    write(path, folder / "page.html")
    return folder / "page.html"


def opened(browser: Browser, file: Path, fragment: str = "", **context: Any) -> tuple[Page, list[str]]:
    """The page in a fresh window, and everything that went wrong in it."""
    window = browser.new_context(**{"viewport": {"width": 1280, "height": 900}, "offline": True, **context}).new_page()
    wrong: list[str] = []

    def refuse(dialog: Any) -> None:
        wrong.append("a dialog opened")
        dialog.dismiss()

    window.on("pageerror", lambda error: wrong.append(str(error)))
    window.on("console", lambda message: wrong.append(message.text) if message.type == "error" else None)
    window.on("dialog", refuse)
    window.on("request", lambda request: wrong.append(request.url) if not request.url.startswith("file:") else None)
    window.goto(f"{file.as_uri()}{fragment}")
    return window, wrong


def shown_rows(window: Page) -> list[str]:
    rows: list[str] = window.eval_on_selector_all(
        "#table tbody tr:not(.detail)", "rows => rows.filter(row => !row.hidden).map(row => row.id)"
    )
    return rows


def test_filters_and_search_narrow_the_requirements(browser: Browser, report: Path) -> None:
    window, wrong = opened(browser, report)
    everything = len(shown_rows(window))
    assert everything == 213
    window.get_by_role("checkbox", name="fail").check()
    assert shown_rows(window) == ["OS-106"]
    window.get_by_role("checkbox", name="warn").check()
    assert shown_rows(window) == ["OS-106", "CS-102"]
    window.locator("#f-api").select_option(CARTS)
    assert shown_rows(window) == ["CS-102"]
    assert window.locator("#found").inner_text() == "1 of 213 requirements"
    window.get_by_role("button", name="Show all").click()
    assert len(shown_rows(window)) == everything
    window.keyboard.press("Escape")
    window.locator("h1").click()
    window.keyboard.press("/")
    window.keyboard.type("DATE RANGE is wrong")
    assert shown_rows(window) == ["OS-106"]
    assert not wrong
    window.context.close()


def test_the_matrix_drills_down_and_a_row_opens_to_its_exchanges(browser: Browser, report: Path) -> None:
    window, wrong = opened(browser, report)
    window.locator(".matrix a[data-area='errors']").first.click()
    rows = shown_rows(window)
    assert "OS-106" in rows
    assert all(row.startswith("OS-") for row in rows)
    assert window.url.endswith("#requirements?api=imaterialise/order-status&area=errors")
    window.locator("#OS-106 td").nth(3).click(position={"x": 5, "y": 5})
    detail = window.locator("tr.detail")
    detail.wait_for()
    assert "a test" in detail.inner_text()
    detail.get_by_role("button", name="x00002").click()
    dialog = window.get_by_role("dialog")
    assert "HTTP 200 OK" in dialog.inner_text()
    assert '\n  "orders": [\n    {\n      "orderNumber": "IMC1",\n      "total": 1.10\n    }\n  ]' in dialog.inner_text()
    dialog.get_by_role("button", name="Raw").first.click()
    assert '"total":1.10}],' in dialog.inner_text()
    window.keyboard.press("Escape")
    assert not dialog.is_visible()
    assert not wrong
    window.context.close()


@pytest.mark.parametrize(
    ("fragment", "selector"),
    [
        ("#findings", "#findings h2"),
        ("#OS-106", "tr#OS-106.open"),
        ("#OS-106-000001", "article#OS-106-000001"),
        ("#requirements?verdict=warn", "tr#CS-102:not([hidden])"),
        ("#x00003", "dialog[open] pre"),
        ("#lifecycles", "#lifecycles svg"),
    ],
)
def test_links_are_stable(browser: Browser, report: Path, fragment: str, selector: str) -> None:
    window, wrong = opened(browser, report, fragment)
    window.locator(selector).first.wait_for()
    assert window.locator(selector).first.evaluate("e => e.getBoundingClientRect().top < innerHeight")
    if not fragment.startswith("#x"):
        named = window.evaluate("document.getElementById(location.hash.slice(1).split('?')[0]).getBoundingClientRect().top")
        assert abs(named - 64) <= 2  # beneath the bar
    assert not wrong
    window.context.close()


def test_without_javascript_answer_findings_and_tables_can_be_read(browser: Browser, report: Path) -> None:
    window, _ = opened(browser, report, java_script_enabled=False)
    assert window.locator("h1").inner_text() == "The target deviates from its contract"
    assert window.locator("article").count() == 2
    assert window.locator("#CS-102").is_visible()
    assert not window.locator("#q").is_visible()
    assert window.locator("#main > noscript .notice").is_visible()
    window.context.close()


def test_hostile_answers_stay_text_and_nothing_runs(browser: Browser, tmp_path: Path) -> None:
    write(written(tmp_path, *hostile_lines()), tmp_path / "page.html")
    window, wrong = opened(browser, tmp_path / "page.html", "#OS-106")
    window.locator("tr.detail").wait_for()
    window.evaluate("location.hash = '#x1'")
    window.locator("dialog[open] pre").first.wait_for()
    told = window.locator("dialog").inner_text()
    assert "<script>alert(1)</script>" in told
    assert r"\u202eevil\u2066" in told
    assert window.locator("dialog img, dialog script, dialog a").count() == 0
    window.keyboard.press("Escape")
    window.locator("#xq").fill("alert")
    window.locator("#list td").first.wait_for()
    assert window.locator("a:not([href^='#'])").count() == 0
    assert window.evaluate("document.body.innerText.match(/[\\u202a-\\u202e\\u2066-\\u2069\\u2028\\0\\x1b]/)") is None
    assert HOSTILE[:30] in window.locator("article").inner_text()
    assert not wrong
    window.context.close()


def test_the_policy_refuses_what_is_not_the_pages_own(browser: Browser, report: Path) -> None:
    window, wrong = opened(browser, report)
    refused = window.evaluate("""() => {
        try { document.querySelector("h1").innerHTML = "<b>x</b>"; return "taken"; } catch { return "refused"; }
    }""")
    window.evaluate("() => document.head.appendChild(document.createElement('style')).append('h1 { color: red }')")
    assert refused == "refused"
    assert window.locator("h1").evaluate("e => getComputedStyle(e).color") != "rgb(255, 0, 0)"
    assert wrong
    window.context.close()


@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (390, "dark")])
def test_axe_has_nothing_to_say_and_nothing_is_wider_than_the_screen(
    browser: Browser, report: Path, width: int, scheme: str
) -> None:
    context = {"viewport": {"width": width, "height": 844}, "color_scheme": scheme, "bypass_csp": True}
    window, _ = opened(browser, report, "#OS-106", **context)
    window.locator("tr.detail").wait_for()
    assert [row["id"] for row in axe.Axe().run(window).response["violations"]] == []
    assert window.evaluate("document.documentElement.scrollWidth") == width
    window.evaluate("location.hash = '#x00001'")
    window.locator("dialog[open] pre").first.wait_for()
    assert [row["id"] for row in axe.Axe().run(window).response["violations"]] == []
    window.context.close()


@pytest.fixture(scope="module")
def wide(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A page with texts that are wider than a telephone, and a conversation of several steps."""
    folder = tmp_path_factory.mktemp("wide")
    long = "Impossible to cancel order. Production has already been started. " * 3
    lines = [provided("x00001", "IMC1000"), cancelled("x00002", "IMC1000", isCanceled=True, note="IMC1000" * 30),
             cancelled("x00003", "IMC1000", requestError={"code": 508, "message": long})]  # fmt: skip
    told = about("OC-507", "x00003", expected=f"error 507 {long}", actual=f"error 508 {'x' * 300}",
                 where="$.requestError.message")  # fmt: skip
    never = finding("OS-106", Verdict.INCONCLUSIVE, failed=1, attempts=3)
    path = written(folder, header(CANCEL, ORDERS), *lines, told.to_json(), never,
                   verdicts(OC_507="fail", OS_106="inconclusive", OS_103="not_testable"), END)  # fmt: skip
    write(path, folder / "page.html")
    return folder / "page.html"


@pytest.mark.parametrize("width", [320, 390, 600, 770, 1024, 1280])
def test_nothing_is_clipped_or_wider_than_the_screen(browser: Browser, wide: Path, width: int) -> None:
    window, wrong = opened(browser, wide, "#exchanges", viewport={"width": width, "height": 844})
    window.locator("#list td").first.wait_for()
    window.evaluate("document.querySelectorAll('details').forEach(each => { each.open = true; })")
    assert window.evaluate("document.documentElement.scrollWidth") == width
    clipped = window.evaluate("""() => [...document.querySelectorAll(".ln, .here, .finding pre, .latency, #list")]
        .filter(each => each.scrollWidth > each.clientWidth + 1 || each.getBoundingClientRect().right > innerWidth)
        .map(each => each.outerHTML.slice(0, 80))""")
    assert clipped == []
    assert not wrong
    window.context.close()


@pytest.mark.parametrize(("width", "scheme"), [(1280, "dark"), (390, "light")])
def test_axe_has_nothing_to_say_of_an_open_conversation(browser: Browser, wide: Path, width: int, scheme: str) -> None:
    context = {"viewport": {"width": width, "height": 844}, "color_scheme": scheme, "bypass_csp": True}
    window, _ = opened(browser, wide, "#exchanges", **context)
    window.locator("#list td").first.wait_for()
    window.evaluate("document.querySelectorAll('details').forEach(each => { each.open = true; })")
    assert [row["id"] for row in axe.Axe().run(window).response["violations"]] == []
    window.context.close()


def test_what_came_before_can_be_opened_and_belongs_to_the_exchanges_shown(browser: Browser, wide: Path) -> None:
    window, wrong = opened(browser, wide, "#OC-507-abc123")
    article = window.locator("#OC-507-abc123")
    assert [row.inner_text() for row in article.locator(".given li").all()] == ["IMC1000: an order (status: Ordered)"]
    article.get_by_text("Its answer").click()
    assert '"isCanceled": true' in article.locator(".earlier").inner_text()
    article.get_by_role("button", name="x00002").click()
    assert "IMC1000IMC1000" in window.get_by_role("dialog").inner_text()
    assert not wrong
    window.context.close()


def test_the_keyboard_reaches_everything(browser: Browser, report: Path) -> None:
    window, wrong = opened(browser, report)
    window.keyboard.press("Tab")
    assert window.evaluate("document.activeElement.textContent") == "Skip to the report"
    row = window.locator("#OS-106 a").first
    row.focus()
    window.keyboard.press("Enter")
    window.locator("tr.detail").wait_for()
    assert row.get_attribute("aria-expanded") == "true"
    window.keyboard.press("Enter")
    assert window.locator("tr.detail").count() == 0
    assert not wrong
    window.context.close()
