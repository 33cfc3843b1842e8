"""The badge."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from xml.etree.ElementTree import fromstring

import pytest

from conformance.report.badge import Badge, badge, to_shields, to_svg
from conformance.report.gathered import gather
from conformance.run.finding import Verdict

from .lines import END, ORDERS, finding, header, verdicts, written
from .varied import accepting, varied


@pytest.mark.parametrize(
    ("given", "more", "message", "error"),
    [
        ({"OS_106": "pass", "OS_007": "observed"}, (), "conforms: 2 requirements", False),
        ({"OS_106": "fail"}, (), "1 requirement not kept", False),
        ({"OS_106": "fail", "OS_103": "warn"}, (), "2 requirements not kept", False),
        ({"OS_106": "not_testable"}, (), "incomplete", False),
        ({}, (), "incomplete", False),
        ({"OS_106": "suite_error"}, (), "error of the suite", True),
        ({"OS_106": "pass"}, ({"kind": "trouble", "text": "<b>"},), "not judged", True),
    ],
)
def test_a_badge_says_the_verdict_in_a_few_words(
    tmp_path: Path, given: dict[str, str], more: tuple[dict[str, str], ...], message: str, error: bool
) -> None:
    shown = badge(gather(written(tmp_path, header(ORDERS), *([verdicts(**given)] if given else []), *more, END)))
    assert (shown.message, shown.error) == (message, error)


def test_what_the_baseline_accepts_is_no_alarm(tmp_path: Path) -> None:
    told = finding("OS-106"), finding("OS-103", Verdict.WARN, number=2)
    gathered = gather(written(tmp_path, header(ORDERS), *told, verdicts(OS_106="fail", OS_103="warn"), END))
    both = ("OS-106", Verdict.FAIL), ("OS-103", Verdict.WARN)
    assert badge(gathered, accepting(gathered, *both)).message == "conforms, 2 deviations accepted"
    assert badge(gathered, accepting(gathered, both[0])).message == "1 unexpected deviation"
    assert badge(gathered, accepting(gathered, *both, expires=date(2026, 1, 1))).message == "baseline out of date"


def test_the_endpoint_has_the_members_that_shields_reads() -> None:
    assert json.loads(to_shields(Badge("conforms: 2 requirements", "#1a7f37"))) == {
        "schemaVersion": 1, "label": "order API", "message": "conforms: 2 requirements", "color": "1a7f37", "isError": False,
    }  # fmt: skip


def test_the_picture_has_room_for_its_words_and_says_them_to_a_screen_reader(tmp_path: Path) -> None:
    for message in ("not judged", badge(varied(tmp_path)).message):
        root = fromstring(to_svg(Badge(message, "#c62828")))
        name = "{http://www.w3.org/2000/svg}"
        assert (root.get("role"), root.get("aria-label")) == ("img", f"order API: {message}")
        assert root.findtext(f"{name}title") == f"order API: {message}"
        boxes = [int(rect.get("width", 0)) for rect in root.findall(f"{name}g/{name}rect")]
        texts = root.findall(f"{name}g/{name}text")
        assert [text.text for text in texts] == ["order API", message]
        assert sum(boxes) == int(root.get("width", 0))
        assert [int(text.get("textLength", 0)) + 14 for text in texts] == boxes


@pytest.mark.parametrize("color", ["#1a7f37", "#c62828", "#9a5700", "#5c6370", "#444"])
def test_white_words_can_be_read_on_every_colour(color: str) -> None:
    digits = color[1:] if len(color) == 7 else "".join(char * 2 for char in color[1:])
    parts = [int(digits[place : place + 2], 16) / 255 for place in (0, 2, 4)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    assert 1.05 / (0.2126 * red + 0.7152 * green + 0.0722 * blue + 0.05) >= 4.5
