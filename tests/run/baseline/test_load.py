"""A baseline file is read, or every fault in it is told with its line and what to write instead."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import jsonschema
import pytest
import yaml

from conformance.run.baseline import SCHEMA_FILE, Baseline, BaselineError, Entry
from conformance.run.finding import Verdict

from .files import entry, file

SCHEMA = json.loads(SCHEMA_FILE.read_text())
GOOD = """\
version: 1
accepted:
  - requirement: OS-106
    where: $.orders[0].status
    verdict: inconclusive
    max_rate: 0.34
    reading: {order-status-xml-root: as-named}
    reason: >-
      They mend it
      in spring.
    owner: Jane
    link: https://tracker.example/1
    first_seen: 2026-01-01
    expires: "2026-12-31"

  - {requirement: OS-108, verdict: not_testable, reason: no such order, owner: Jane, first_seen: 2026-01-01, expires: 2026-01-01}
readings:
  order-status-xml-root: [as-named, other]
"""  # noqa: E501 (an entry may stand in one line)


def refused(folder: Path, text: str) -> list[str]:
    """What is told about a file, without its path."""
    path = folder / "b.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(BaselineError) as caught:
        Baseline.read(path)
    lines = str(caught.value).split("\n")
    assert all(line.startswith(f"{path}: ") for line in lines)
    return [line.removeprefix(f"{path}: ") for line in lines]


def test_a_file_is_read_with_the_lines_of_its_entries(tmp_path: Path) -> None:
    path = tmp_path / "b.yaml"
    path.write_text(GOOD)
    assert Baseline.read(path) == Baseline(
        str(path),
        (
            Entry("OS-106", Verdict.INCONCLUSIVE, "They mend it in spring.", "Jane", date(2026, 1, 1), date(2026, 12, 31),
                  "$.orders[0].status", "https://tracker.example/1", "order-status-xml-root", "as-named", 0.34, 1, 3),
            Entry("OS-108", Verdict.NOT_TESTABLE, "no such order", "Jane", date(2026, 1, 1), date(2026, 1, 1),
                  number=2, line=16),
        ),
        {"order-status-xml-root": frozenset({"as-named", "other"})}, {"order-status-xml-root": 18},
    )  # fmt: skip


def test_the_smallest_file_accepts_nothing(tmp_path: Path) -> None:
    path = tmp_path / "b.yaml"
    path.write_text("version: 1\n")
    assert Baseline.read(path) == Baseline(str(path))


def test_the_schema_is_one_and_fits_what_is_read() -> None:
    jsonschema.Draft202012Validator.check_schema(SCHEMA)
    content = yaml.load(GOOD, Loader=yaml.BaseLoader)
    content["version"], content["accepted"][0]["max_rate"] = 1, 0.34
    jsonschema.Draft202012Validator(SCHEMA).validate(content)


WHOLE_FILES = {
    "": ["line 1: a mapping is expected at the top: version, accepted, readings"],
    "- a\n": ["line 1: a mapping is expected at the top: version, accepted, readings"],
    "version: [\n": [
        "line 2: not readable as YAML: did not find expected node content",
    ],
    "version: 1\nowner: \x00": ["not readable as YAML: unacceptable character #x0000: control characters are not allowed"],
    "accepted: []\n": ["line 1: lacks version"],
    "version: 2\n": ["line 1: version: 2 is not 1, the version of this form"],
    "version: 1\nacepted: []\n": ["line 2: unknown member 'acepted'; did you mean 'accepted'?"],
    "version: 1\nversion: 1\n": ["line 2: 'version' stands here a second time; keep one"],
    "version: 1\nfoo: 1\n": ["line 2: unknown member 'foo'; there are version, accepted, readings"],
    "version: 1\naccepted: {}\n": ["line 2: accepted: {} is not a list"],
    "version: 1\naccepted:\n": ["line 2: accepted: null is not a list"],
    "version: 1\naccepted:\n- one\n": ['line 3: entry 1: 0: "one" is not a mapping'],
    "version: 1\naccepted: &a [*a]\n": ["line 2: nested too deeply for a baseline"],
    "version: 1\naccepted:\n- where: *\n": ['line 3: not readable as YAML: did not find expected alphabetic or numeric '
                                           'character; a text that begins with * needs quotes ("*")'],
    "version: 1\naccepted: [!!python/name:os.system ]\n": ["line 2: '' is no plain value"],
    "version: 1\nreadings: {cart-limt: ten-allowed}\n": [
        "line 2: readings: no contract has the reading 'cart-limt'; did you mean 'cart-limit'?"],
    "version: 1\nreadings:\n  cart-limit: eleven\n": [
        "line 3: readings: cart-limit has no option 'eleven'; there are ten-allowed, ten-refused"],
    "version: 1\nreadings:\n  cart-limit: 10\n": [
        "line 3: the option that was observed is expected, or a list of several"],
}  # fmt: skip


@pytest.mark.parametrize(("text", "told"), WHOLE_FILES.items(), ids=range(len(WHOLE_FILES)))
def test_a_file_of_another_form_is_refused(tmp_path: Path, text: str, told: list[str]) -> None:
    assert refused(tmp_path, text) == told


ENTRIES = {
    "requirement: OS-999": "line 3: entry 1: no contract has 'OS-999'{}; see `conformance requirements`",
    "requirement: 106": 'line 3: entry 1: requirement: 106 is not a text (in quotes)',
    "where:": "line 4: entry 1: where: null is not a text (in quotes)",
    "verdict: failed": 'line 5: entry 1: verdict: "failed" is none of fail, warn, inconclusive, not_testable, blocked',
    "verdict: suite_error":
        'line 5: entry 1: verdict: "suite_error" is none of fail, warn, inconclusive, not_testable, blocked',
    "verdict: not_testable":
        "line 4: entry 1: where belongs to fail, warn and inconclusive: what was not judged has no place",
    "verdict: inconclusive":
        "line 3: entry 1: lacks max_rate: in which part of the attempts it may show at most (0.5, say)",
    "reason: ''": "line 6: entry 1: reason is empty",
    "reason: '   '": "line 6: entry 1: reason is empty",
    "reason: no": "line 6: entry 1: reason: false is not a text (in quotes)",
    "reason: 'TODO: why'": "line 6: entry 1: reason still says TODO; say why this is accepted",
    "owner: TODO": "line 7: entry 1: owner still says TODO; say whom to ask about it",
    "first_seen: 1.1.2026": 'line 8: entry 1: first_seen: "1.1.2026" is no date; write year-month-day, as in 2027-01-31',
    "first_seen: 20260101": "line 8: entry 1: first_seen: 20260101 is no date; write year-month-day, as in 2027-01-31",
    "expires: 2026-02-30": 'line 9: entry 1: expires: "2026-02-30" is no date; write year-month-day, as in 2027-01-31',
    "expires: 2026-1-31": 'line 9: entry 1: expires: "2026-1-31" is no date; write year-month-day, as in 2027-01-31',
    "expires: 2026-01-31T00:00:00":
        'line 9: entry 1: expires: "2026-01-31T00:00:00" is no date; write year-month-day, as in 2027-01-31',
    "expires: 2025-12-31": "line 9: entry 1: it expires on 2025-12-31, before it was first seen (2026-01-01)",
}  # fmt: skip
LINES = ["requirement: OS-106", "where: $", "verdict: fail", "reason: they mend it", "owner: Jane",
         "first_seen: 2026-01-01", "expires: 2026-01-31"]  # fmt: skip


def one_entry(*changes: str) -> str:
    names = {change.partition(":")[0]: change for change in changes}
    rows = [names.pop(line.partition(":")[0], line) for line in LINES]
    return "version: 1\naccepted:\n  - " + "\n    ".join([*rows, *names.values()]) + "\n"


@pytest.mark.parametrize(("change", "told"), ENTRIES.items(), ids=ENTRIES)
def test_a_wrong_member_is_told_with_its_line(tmp_path: Path, change: str, told: str) -> None:
    assert refused(tmp_path, one_entry(change)) == [told.format("; did you mean 'OS-209'?")]


ADDED = {
    "expire: 2026-01-31": "unknown member 'expire'; did you mean 'expires'?",
    "owner2: x": "unknown member 'owner2'; did you mean 'owner'?",
    "max_rate: 0.5": "max_rate belongs to inconclusive, the verdict on what shows in some attempts only",
    "reading: {nothing: x}": "no contract has the reading 'nothing'",
    "reading: {cart-limit: x}": "cart-limit has no option 'x'; there are ten-allowed, ten-refused",
    "reading: {cart-limit: ten-allowed, x: y}": "reading: one reading is expected, and one option",
    "reading: cart-limit": 'reading: "cart-limit" is not a mapping',
    "link: 12": "link: 12 is not a text (in quotes)",
}  # fmt: skip


@pytest.mark.parametrize(("line", "told"), ADDED.items(), ids=ADDED)
def test_a_member_that_does_not_belong_there_is_told(tmp_path: Path, line: str, told: str) -> None:
    assert refused(tmp_path, one_entry(line)) == [f"line 10: entry 1: {told}"]


@pytest.mark.parametrize("rate", ["0", "-0.5", "1.5"])
def test_a_rate_is_a_part_of_one(tmp_path: Path, rate: str) -> None:
    text = one_entry("verdict: inconclusive", f"max_rate: {rate}")
    assert refused(tmp_path, text) == [f"line 10: entry 1: max_rate: {rate} is no rate; write a part of 1, as in 0.5"]


def test_every_fault_is_told_at_once_in_the_order_of_the_lines(tmp_path: Path) -> None:
    text = one_entry("owner: ''", "expires: soon", "was: 1").replace("    where: $\n", "")
    assert [line.partition(": entry")[0] for line in refused(tmp_path, text)] == ["line 3", "line 6", "line 8", "line 9"]


def test_of_very_many_faults_the_first_are_told(tmp_path: Path) -> None:
    path = file(tmp_path, *(entry(reason="") for _ in range(30)))
    with pytest.raises(BaselineError) as caught:
        Baseline.read(path)
    assert str(caught.value).endswith(f"{path}: line 22: entry 20: reason is empty\n{path}: … and 10 more")


def test_the_same_acceptance_twice_is_refused(tmp_path: Path) -> None:
    path = file(tmp_path, entry(where="$.a[1]"), entry(where="$.a[1].b"), entry(where="$.a[*]", reason="another"))
    with pytest.raises(BaselineError) as caught:
        Baseline.read(path)
    assert str(caught.value) == f"{path}: line 5: entry 3: accepts the same as entry 1 (line 3); keep one"


def test_a_file_that_is_not_there_or_cannot_be_read_is_told(tmp_path: Path) -> None:
    hint = "there is no such file; `conformance baseline suggest RUN` writes one"
    for path, told in ((tmp_path / "none.yaml", hint), (tmp_path, "cannot be read: Is a directory")):
        with pytest.raises(BaselineError) as caught:
            Baseline.read(path)
        assert str(caught.value) == f"{path}: {told}"
    path = tmp_path / "latin.yaml"
    path.write_bytes("owner: Jürgen".encode("latin-1"))
    with pytest.raises(BaselineError) as caught:
        Baseline.read(path)
    assert str(caught.value) == f"{path}: cannot be read: it is not written in UTF-8"


def test_a_strange_text_in_the_file_drives_no_terminal(tmp_path: Path) -> None:
    assert refused(tmp_path, 'version: 1\n"\\e[2J\\n": 1\n')[0].startswith(r"line 2: unknown member '\x1b[2J\n'")
