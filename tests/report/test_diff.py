"""What differs between two runs, and the parts of the decision whose change it is."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from conformance.report import screen
from conformance.report.diff import Change, Comparison, Kind, Owner, compare
from conformance.report.diff.jsonform import to_json
from conformance.report.diff.markdown import to_markdown
from conformance.report.diff.page import to_page
from conformance.report.diff.terminal import print_comparison
from conformance.report.markup import LONGEST
from conformance.run.runfile import RunFileError

from .handmade import TEST, Made, exchange, finding

Compare = Callable[..., Comparison]


@pytest.fixture
def compared(tmp_path: Path) -> Compare:
    """Compares two runs; the suite of today judges as that of then, unless another judgement is given."""

    def call(old: Made, new: Made, again: Made | str | None = None) -> Comparison:
        def judged(_: Path, out: Path) -> Path:
            if isinstance(again, str):
                raise RunFileError(again)
            return (again or old).write(out / "run.jsonl")

        files = old.write(tmp_path / "old.jsonl"), new.write(tmp_path / "new.jsonl")
        return compare(*files, again=lambda path, out: judged(path, out) if path == files[0] else path)

    return call


KEPT = Made(verdicts={"CS-036": "pass"}, exchanges=[exchange(answered='{"carts":[1]}')])
BROKEN = Made(verdicts={"CS-036": "fail"}, findings=[finding()], exchanges=[exchange()], clock="2026-11-23T10:00:00+00:00")


def only(comparison: Comparison) -> Change:
    [change] = [change for change in comparison.changes if change.kind is not Kind.UNCHANGED]
    return change


def owner(comparison: Comparison) -> tuple[Kind, Owner, str]:
    change = only(comparison)
    [whose] = change.whose
    return change.kind, whose.owner, whose.why


def test_another_answer_to_the_same_question_is_the_vendors(compared: Compare) -> None:
    comparison = compared(KEPT, BROKEN)
    assert owner(comparison) == (Kind.NEW, Owner.VENDOR, "the same question gets another answer")
    [whose] = only(comparison).whose
    assert whose.asked == "POST http://shop.example/statuses (x00001 in the old run, x00001 in the new one)"
    assert whose.difference == (" {", '-  "carts": [', "-    1", "-  ]", '+  "carts": []', " }")
    assert comparison.exit_status == 1


def test_what_was_broken_and_is_kept_is_fixed(compared: Compare) -> None:
    comparison = compared(BROKEN, KEPT)
    assert owner(comparison)[:2] == (Kind.FIXED, Owner.VENDOR)
    assert comparison.exit_status == 0
    assert comparison.remarks == (
        "The run that stands as the old one is the later one by its clock; are they in the right order?",
    )


def test_the_same_deviation_is_unchanged_whatever_its_day(compared: Compare) -> None:
    days = ("2026-11-22", "2026-11-23")
    one, other = (Made(verdicts={"CS-036": "fail"}, findings=[finding(actual=f"shown on {day}")]) for day in days)
    assert compared(one, other).counts == {Kind.UNCHANGED: 1}


def test_a_deviation_that_says_something_else_is_changed(compared: Compare) -> None:
    other = Made(verdicts={"CS-036": "fail"}, findings=[finding(actual="3 entries")], exchanges=[exchange(answered="[]")])
    assert owner(compared(BROKEN, other))[:2] == (Kind.CHANGED, Owner.VENDOR)


def test_old_evidence_that_is_judged_otherwise_is_the_suites(compared: Compare) -> None:
    assert owner(compared(KEPT, BROKEN, again=BROKEN)) == (
        Kind.NEW, Owner.SUITE,
        "the same suite judges the same answers in another way; the old evidence was judged “pass”, and is judged “fail” "
        "today",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("table", "key", "suite", "wanted"),
    [
        pytest.param("clauses", "CS-036", "2", (Owner.CONTRACT, "the contract's row CS-036 changed"), id="row"),
        pytest.param("clauses", "CS-037", "2", (Owner.SUITE, "the suite changed, from 1 to 2"), id="other-row"),
        pytest.param("operations", "imaterialise/cart-status postCartStatuses", "1",
                     (Owner.CONTRACT, "the contract says something else of imaterialise/cart-status postCartStatuses"),
                     id="schema"),
        pytest.param("operations", "imaterialise/cart-status postCartStatuses", "2",
                     (Owner.SUITE, "the suite changed, from 1 to 2 (the contract of imaterialise/cart-status "
                                   "postCartStatuses changed too)"), id="schema-and-suite"),
        pytest.param("contracts", "imaterialise/cart-status", "1",
                     (Owner.CONTRACT, "the contract of imaterialise/cart-status changed"), id="elsewhere"),
    ],
)  # fmt: skip
def test_the_suite_and_the_contract_are_told_apart(
    compared: Compare, table: str, key: str, suite: str, wanted: tuple[Owner, str]
) -> None:
    then = {table: {key: "1"}, "suite": {"version": "1"}}
    now = {table: {key: "2"}, "suite": {"version": suite}}
    if table != "clauses":
        then["clauses"], now["clauses"] = {}, {}
    old = Made(verdicts={"CS-036": "pass"}, header=then)
    new = Made(verdicts={"CS-036": "fail"}, findings=[finding()], header=now)
    _, whose, why = owner(compared(old, new, again=new))
    assert (whose, why.partition(";")[0]) == wanted


def test_both_can_have_changed(compared: Compare) -> None:
    again = Made(verdicts={"CS-036": "warn"}, findings=[finding(verdict="warn")])
    assert only(compared(KEPT, BROKEN, again=again)).owners == "suite and vendor"


def test_a_new_question_has_no_old_answer(compared: Compare) -> None:
    why = "not in the evidence: GET /; only a new run can ask it"
    silent = finding(verdict="not_testable", id="CS-036-bbbbbb", actual=why)
    change = only(compared(KEPT, BROKEN, again=Made(verdicts={"CS-036": "not_testable"}, findings=[silent])))
    [whose] = change.whose
    assert whose.owner is Owner.SUITE
    assert whose.why.endswith("today it asks what the old run did not ask, so the answer to that is not known")


def test_evidence_that_cannot_be_judged_again_leaves_it_open(compared: Compare) -> None:
    old = Made(verdicts={"CS-036": "pass"}, header={"suite": {"version": "0"}})
    comparison = compared(old, BROKEN, again="old.jsonl: an older release wrote it")
    assert owner(comparison)[:2] == (Kind.NEW, Owner.UNKNOWN)
    assert comparison.remarks == (
        "Whose changes they are cannot all be told: old.jsonl: an older release wrote it",
    )


def test_the_same_suite_needs_no_second_judgement_to_blame_the_vendor(compared: Compare) -> None:
    assert owner(compared(KEPT, BROKEN, again="old.jsonl: cannot be judged"))[:2] == (Kind.NEW, Owner.VENDOR)


def with_datum(run: Made, value: str, asked: str) -> Made:
    exchanges = [exchange(asked=asked, answered=run.exchanges[0]["response"]["text"])]
    return Made(run.clock, run.verdicts, run.findings, exchanges=exchanges, target={"data": {"carts": {"foreign": [value]}}})


def test_a_question_about_another_datum_is_test_data(compared: Compare) -> None:
    comparison = compared(with_datum(KEPT, "aaaa-1", "ask aaaa-1"), with_datum(BROKEN, "bbbb-2", "ask bbbb-2"))
    assert owner(comparison) == (Kind.NEW, Owner.TEST_DATA, "data.carts.foreign is bbbb-2, before aaaa-1")


def test_a_datum_that_is_not_asked_about_excuses_nothing(compared: Compare) -> None:
    comparison = compared(with_datum(KEPT, "aaaa-1", "ask"), with_datum(BROKEN, "bbbb-2", "ask"))
    assert owner(comparison) == (Kind.NEW, Owner.VENDOR, "the same question gets another answer")


def test_dates_in_questions_do_not_make_them_others(compared: Compare) -> None:
    old, new = with_datum(KEPT, "same", "from 2026-11-01"), with_datum(BROKEN, "same", "from 2026-11-02")
    assert owner(compared(old, new)) == (Kind.NEW, Owner.VENDOR, "the same question gets another answer")


def test_other_questions_from_another_seed_are_configuration(compared: Compare) -> None:
    old, new = (
        Made(run.clock, run.verdicts, run.findings, exchanges=[exchange(asked=f"ask {seed}")], header={"seed": seed})
        for seed, run in enumerate((KEPT, BROKEN))
    )
    assert owner(compared(old, new)) == (Kind.NEW, Owner.CONFIGURATION, "seed is 1, before 0")


def test_another_answer_from_another_address_is_the_vendors(compared: Compare) -> None:
    moved = {**exchange(), "request": {**exchange()["request"], "url": "http://other.example/statuses"}}
    new = Made(BROKEN.clock, BROKEN.verdicts, BROKEN.findings, exchanges=[moved], target={"base_url": "http://other.example"})
    comparison = compared(KEPT, new)
    assert owner(comparison) == (Kind.NEW, Owner.VENDOR, "the same question gets another answer")
    assert ("imaterialise: base_url", "http://shop.example", "http://other.example") in comparison.headers


def test_a_missing_datum_is_test_data(compared: Compare) -> None:
    silent = finding(verdict="not_testable", actual="needs a cart; add to the target file: [data.carts] foreign = [\"…\"]",
                     exchanges=[])  # fmt: skip
    new = Made(verdicts={"CS-036": "not_testable"}, findings=[silent], target={"data": {"carts": {}, "note": "n"}})
    old = Made(verdicts={"CS-036": "pass"}, target={"data": {"carts": {"foreign": ["aaaa-1"]}, "note": "m"}})
    assert owner(compared(old, new)) == (
        Kind.NO_LONGER_JUDGED, Owner.TEST_DATA, "data.carts.foreign is none, before aaaa-1",
    )  # fmt: skip


def test_data_that_went_missing_at_the_target_are_test_data(compared: Compare) -> None:
    silent = finding(verdict="not_testable", actual="the target shows no order", exchanges=[])
    new = Made(verdicts={"CS-036": "not_testable"}, findings=[silent])
    assert owner(compared(KEPT, new)) == (
        Kind.NO_LONGER_JUDGED, Owner.TEST_DATA,
        "the target file is the same, but the target has other data than it had: the target shows no order",
    )  # fmt: skip


def test_what_is_not_offered_any_more_is_configuration(compared: Compare) -> None:
    new = Made(verdicts={"CS-036": "not_applicable"}, target={"media_types": ["text/xml"]})
    assert owner(compared(KEPT, new)) == (
        Kind.NO_LONGER_JUDGED, Owner.CONFIGURATION, "media_types is text/xml, before application/json",
    )  # fmt: skip


def test_a_pin_is_configuration(compared: Compare) -> None:
    pinned = {"pinned_readings": {"cart-limit": "ten-refused"}}
    row = finding("CS-037", where="reading cart-limit", expected="the reading ten-refused", actual="ten-allowed")
    new = Made(verdicts={"CS-037": "fail"}, findings=[row], target=pinned)
    old = Made(verdicts={"CS-037": "observed"}, readings={})
    assert owner(compared(old, new)) == (
        Kind.NEW, Owner.CONFIGURATION, "the target file pins cart-limit to ten-refused, before to nothing",
    )  # fmt: skip


def test_tests_that_were_not_chosen_are_configuration(compared: Compare) -> None:
    new = Made(verdicts={}, tests=["another"])
    assert owner(compared(KEPT, new)) == (
        Kind.NO_LONGER_JUDGED, Owner.CONFIGURATION, "the new run did not choose the tests that judge it",
    )  # fmt: skip


def test_a_run_that_was_stopped_is_nobodys_change(compared: Compare) -> None:
    comparison = compared(KEPT, Made(verdicts={}, ended=False))
    assert owner(comparison) == (
        Kind.NO_LONGER_JUDGED, Owner.INTERRUPTION, "the new run was stopped before it came to this",
    )  # fmt: skip
    assert comparison.remarks[0].startswith("The new run was stopped before every test had its turn")


def test_what_is_blocked_is_the_root_s(compared: Compare) -> None:
    blocked = finding("CS-050", "blocked", actual="follows from CS-036", exchanges=[], blocked_by="CS-036")
    old = Made(verdicts={"CS-036": "pass", "CS-050": "pass"}, exchanges=KEPT.exchanges)
    new = Made(verdicts={"CS-036": "fail", "CS-050": "blocked"}, findings=[finding(), blocked], exchanges=BROKEN.exchanges)
    changes = {change.requirement: change for change in compared(old, new).changes}
    assert changes["CS-050"].kind is Kind.NO_LONGER_JUDGED
    assert [(whose.owner, whose.why) for whose in changes["CS-050"].whose] == [
        (Owner.VENDOR, "CS-036 blocks it, and the same question gets another answer")
    ]


def test_a_reading_that_changed_is_told(compared: Compare) -> None:
    ways = ("ten-allowed", "ten-refused")
    old, new = (Made(verdicts={"CS-037": "observed"}, readings={"cart-limit": way}) for way in ways)
    change = only(compared(old, new))
    assert (change.subject, change.id, change.before, change.now) == ("reading", "cart-limit", "ten-allowed", "ten-refused")
    assert change.owners == "vendor"


@pytest.mark.parametrize(
    ("made", "sentence"),
    [
        (Made(more=[{"kind": "trouble", "text": "nobody answers"}]), "there is nothing to compare: nobody answers"),
        (Made(header={"version": 7}), "line 1 is no header of version 1"),
    ],
)  # fmt: skip
def test_what_cannot_be_compared_is_refused(tmp_path: Path, made: Made, sentence: str) -> None:
    good, bad = KEPT.write(tmp_path / "good"), made.write(tmp_path / "bad")
    with pytest.raises(RunFileError, match=sentence):
        compare(good, bad)


HOSTILE = '</code><script>alert(1)</script>\x1b[2J`` ``` @team #1 | <b> \u202e'


@pytest.fixture
def hostile(compared: Compare) -> Comparison:
    row = finding(where=HOSTILE, expected=HOSTILE, actual=HOSTILE)
    new = Made(verdicts={"CS-036": "fail"}, findings=[row], exchanges=[exchange(answered=json.dumps({"carts": HOSTILE}))])
    return compared(KEPT, new)


def test_nothing_of_an_answer_becomes_markup(hostile: Comparison) -> None:
    page = to_page(hostile)
    assert "<script" not in page
    assert "&lt;script&gt;alert(1)" in page
    assert "\x1b" not in page
    assert 'content="default-src &#39;none&#39;; style-src &#39;sha256-' in page


def test_nothing_of_an_answer_becomes_markdown(hostile: Comparison) -> None:
    from markdown_it import MarkdownIt

    text = to_markdown(hostile)
    html = MarkdownIt("commonmark", {"html": True}).render(text)
    assert "<script" not in html
    assert "\x1b" not in text
    assert len(text) <= LONGEST


def test_nothing_of_an_answer_controls_a_terminal(hostile: Comparison, capsys: pytest.CaptureFixture[str]) -> None:
    print_comparison(hostile, screen())
    shown = capsys.readouterr().out
    assert "\x1b" not in shown
    assert "\\x1b[2J" in shown
    assert "1 new deviation" in shown


def test_json_tells_everything(hostile: Comparison) -> None:
    content: dict[str, Any] = json.loads(to_json(hostile))
    assert content["counts"] == {"new": 1, "changed": 0, "no longer judged": 0, "fixed": 0, "unchanged": 0}
    assert content["owners"] == {"vendor": 1}
    assert content["changes"][0]["new"]["test"] == TEST
