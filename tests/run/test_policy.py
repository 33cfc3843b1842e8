"""The verdict policy as a truth table."""

from __future__ import annotations

from itertools import permutations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from conformance.checks import Broken, Observed
from conformance.checks.judge import Attempt
from conformance.contract import load
from conformance.run.finding import DEVIATIONS, Finding, Verdict, finding_id, worst
from conformance.run.policy import Ending, Judgement, Policy

CONTRACT = load("imaterialise/order-status")
POLICY = Policy((CONTRACT,), {})
MUST, SHOULD, MAY, OTHER = "OS-106", "OS-056", "OS-065", "OS-108"
LEVELS = {"must": MUST, "should": SHOULD, "may": MAY}
ENDED = Ending()


def attempt(*broken: str, kept: tuple[str, ...] = (), observed: tuple[Observed, ...] = ()) -> Attempt:
    found = Attempt(broken=[Broken(id_, "$.x", "this", "that") for id_ in broken], observed=list(observed))
    found.kept.update(kept)
    return found


def judged(*attempts: Attempt, cited: tuple[str, ...] = (), ending: Ending = ENDED, policy: Policy = POLICY) -> Judgement:
    return policy.judge("a test", cited, attempts, ending)


def findings(judgement: Judgement) -> list[tuple[str, str]]:
    return [(str(finding.verdict), finding.requirement) for finding in judgement.findings]


def test_the_levels_of_this_table_are_those_of_the_contract() -> None:
    assert {level: str(CONTRACT.requirements[id_].level) for level, id_ in LEVELS.items()} == {
        level: level for level in LEVELS
    }


@pytest.mark.parametrize("level", LEVELS)
def test_what_is_kept_passes_whatever_its_level(level: str) -> None:
    result = judged(attempt(kept=(LEVELS[level],)), cited=(LEVELS[level],))
    assert (result.verdicts, result.findings) == ({LEVELS[level]: "pass"}, [])


@pytest.mark.parametrize(("level", "verdict"), [("must", "fail"), ("should", "warn"), ("may", "observed")])
@pytest.mark.parametrize("n", [1, 2, 3])
def test_what_is_broken_at_every_attempt_counts_by_its_level(level: str, verdict: str, n: int) -> None:
    id_ = LEVELS[level]
    result = judged(*[attempt(id_, kept=(id_,))] * n, cited=(id_,))
    assert result.verdicts == {id_: verdict}
    assert [(f.verdict, f.failed, f.attempts) for f in result.findings] == [(verdict, n, n)] * (level != "may")


@pytest.mark.parametrize("level", LEVELS)
@pytest.mark.parametrize(("k", "n"), [(1, 2), (1, 3), (2, 3), (3, 4)])
def test_what_is_broken_at_some_attempts_is_inconclusive_whatever_its_level(level: str, k: int, n: int) -> None:
    id_ = LEVELS[level]
    for order in set(permutations([True] * k + [False] * (n - k))):
        result = judged(*(attempt(*[id_] * fails, kept=(id_,)) for fails in order), cited=(id_,))
        assert result.verdicts == {id_: "inconclusive"}
        assert [(f.verdict, f.failed, f.attempts) for f in result.findings] == [("inconclusive", k, n)]


def test_what_only_an_unfinished_attempt_met_is_inconclusive_beside_what_every_attempt_met() -> None:
    unfinished = [attempt(MUST, OTHER, kept=("OS-103",))]
    result = POLICY.judge("a test", (MUST,), [attempt(MUST), attempt(MUST)], ENDED, unfinished=unfinished)
    assert result.verdicts == {MUST: "fail", OTHER: "inconclusive"}
    assert [(f.requirement, f.failed, f.attempts) for f in result.findings] == [(MUST, 2, 2), (OTHER, 1, 3)]


def test_an_unfinished_attempt_that_met_nothing_new_changes_nothing() -> None:
    result = POLICY.judge("a test", (MUST,), [attempt(MUST)], ENDED, unfinished=[attempt(MUST), attempt()])
    assert (result.verdicts, [(f.failed, f.attempts) for f in result.findings]) == ({MUST: "fail"}, [(1, 1)])


def test_of_unfinished_attempts_only_those_that_met_something_new_are_counted() -> None:
    result = POLICY.judge("a test", (), [attempt()], ENDED, unfinished=[attempt(), attempt(MUST)])
    assert [(f.verdict, f.failed, f.attempts) for f in result.findings] == [("inconclusive", 1, 2)]


METHOD = "order-status-method"


@pytest.mark.parametrize(
    ("option", "pins", "verdict", "expected"),
    [
        ("get", {}, "observed", ""),
        ("get", {METHOD: "get"}, "observed", ""),
        ("get", {METHOD: "post"}, "fail", "the reading post, which the target file pins"),
        ("neither", {}, "fail", "get or post or both"),
        ("neither", {METHOD: "post"}, "fail", "the reading post, which the target file pins"),
    ],
)
def test_a_reading_of_a_must_is_observed_where_it_is_accepted_and_not_pinned_otherwise(
    option: str, pins: dict[str, str], verdict: str, expected: str
) -> None:
    observed = Observed("OS-001", METHOD, option, ("x1",))
    result = judged(attempt(observed=(observed,)), cited=("OS-001",), policy=Policy((CONTRACT,), pins))
    assert result.verdicts == {"OS-001": verdict}
    assert result.readings == ([observed] if verdict == "observed" else [])
    told = [(f.verdict, f.where, f.expected, f.actual, f.exchanges) for f in result.findings]
    assert told == [("fail", f"reading {METHOD}", expected, option, ("x1",))] * (verdict == "fail")


def test_a_reading_of_a_may_is_observed_even_if_it_is_none_of_the_options() -> None:
    observed = Observed(MAY, "order-status-xml-root", "something new")
    result = judged(attempt(observed=(observed,)), cited=(MAY,))
    assert (result.verdicts, result.findings, result.readings) == ({MAY: "observed"}, [], [observed])


ENDINGS = {
    "to its end": (ENDED, "suite_error", [("suite_error", MUST)]),
    "not testable": (Ending(reason="no order", verdict=Verdict.NOT_TESTABLE), "not_testable", [("not_testable", MUST)]),
    "not applicable": (Ending(reason="no XML", verdict=Verdict.NOT_APPLICABLE), "not_applicable", []),
    "blocked": (Ending(OTHER, "follows", Verdict.BLOCKED), "blocked", [("blocked", MUST)]),
    "our error": (Ending(reason="KeyError", verdict=Verdict.SUITE_ERROR), "suite_error", [("suite_error", MUST)]),
}


@pytest.mark.parametrize(("ending", "verdict", "told"), ENDINGS.values(), ids=ENDINGS)
def test_a_silent_requirement_gets_what_the_ending_says(
    ending: Ending, verdict: str, told: list[tuple[str, str]]
) -> None:
    result = judged(attempt(), cited=(MUST,), ending=ending)
    assert (result.verdicts, findings(result)) == ({MUST: verdict}, told)


@pytest.mark.parametrize("ending", [ending for ending, _, _ in ENDINGS.values()], ids=ENDINGS)
def test_a_fault_outweighs_every_ending(ending: Ending) -> None:
    assert judged(attempt(MUST), cited=(MUST,), ending=ending).verdicts == {MUST: "fail"}


@pytest.mark.parametrize(
    ("name", "verdict"),
    [("to its end", "pass"), ("not testable", "not_testable"), ("not applicable", "pass"), ("blocked", "blocked"),
     ("our error", "suite_error")],
)  # fmt: skip
def test_what_was_kept_stays_green_only_if_the_test_came_to_its_end_or_was_not_due(name: str, verdict: str) -> None:
    assert judged(attempt(kept=(MUST,)), cited=(MUST,), ending=ENDINGS[name][0]).verdicts == {MUST: verdict}


@pytest.mark.parametrize(("level", "verdict"), [("must", "blocked"), ("should", "blocked"), ("may", "suite_error")])
def test_a_silent_requirement_follows_from_a_deviation_of_another(level: str, verdict: str) -> None:
    result = judged(attempt(LEVELS[level]), cited=(OTHER,))
    assert result.verdicts[OTHER] == verdict
    assert result.findings[-1].blocked_by == (LEVELS[level] if verdict == "blocked" else "")


def test_a_requirement_that_nobody_cites_has_its_verdict_all_the_same() -> None:
    assert judged(attempt(OTHER, kept=(MUST,))).verdicts == {OTHER: "fail", MUST: "pass"}


API = CONTRACT.id


def test_a_fault_is_told_in_full() -> None:
    (found,) = judged(Attempt(broken=[Broken(MUST, "$.x", "this", "that", ("x1",), "Do so.")]), cited=(MUST,)).findings
    assert found == Finding(
        id=finding_id(MUST, "$.x"), verdict=Verdict.FAIL, requirement=MUST, api=API, test="a test", where="$.x",
        expected="this", actual="that", exchanges=("x1",), next_step="Do so.", failed=1, attempts=1,
    )  # fmt: skip


WORDLESS = "the test ended without a word about this requirement"
OURS = "This is ours, not the vendor's: please report it with the run file."
SILENT: dict[str, tuple[Ending, str, str, str]] = {
    "to its end": (ENDED, WORDLESS, OURS, ""),
    "not testable": (Ending(reason="no order", verdict=Verdict.NOT_TESTABLE), "no order", "no order", ""),
    "blocked": (Ending(OTHER, "follows", Verdict.BLOCKED), "follows", f"Mend {OTHER} first, then run again.", OTHER),
    "our error": (Ending(reason="KeyError", verdict=Verdict.SUITE_ERROR), "KeyError", OURS, ""),
}


@pytest.mark.parametrize("name", SILENT)
def test_a_silent_requirement_is_told_in_full(name: str) -> None:
    ending, reason, next_step, blocked_by = SILENT[name]
    result = judged(attempt(), cited=(MUST,), ending=ending)
    verdict = result.verdicts[MUST]
    assert result.findings == [Finding(
        id=finding_id(MUST, verdict, "a test"), verdict=verdict, requirement=MUST, api=API, test="a test", actual=reason,
        next_step=next_step, blocked_by=blocked_by,
    )]  # fmt: skip


def test_only_what_is_blocked_names_what_blocks_it() -> None:
    ending = Ending(reason="no order", verdict=Verdict.NOT_TESTABLE)
    result = judged(attempt(OTHER), cited=(MUST,), ending=ending)
    assert result.verdicts == {OTHER: "fail", MUST: "not_testable"}
    assert [finding.blocked_by for finding in result.findings] == ["", ""]


def test_what_is_blocked_by_nothing_that_has_a_name_names_nothing() -> None:
    (found,) = judged(attempt(), cited=(MUST,), ending=Ending(reason="x", verdict=Verdict.BLOCKED)).findings
    assert found.blocked_by == ""


def test_a_part_that_could_not_be_judged_is_not_testable_with_its_reason_whatever_was_kept() -> None:
    found = attempt(kept=(MUST,))
    found.untested[MUST] = "no second order"
    result = judged(found, cited=(MUST,))
    assert result.verdicts == {MUST: "not_testable"}
    assert result.findings == [Finding(
        id=finding_id(MUST, "not_testable", "a test"), verdict=Verdict.NOT_TESTABLE, requirement=MUST, api=API,
        test="a test", actual="no second order", next_step="no second order",
    )]  # fmt: skip


def test_the_readings_of_every_attempt_are_kept() -> None:
    readings = [Observed(MAY, "order-status-xml-root", option) for option in ("as-named", "other")]
    result = judged(*(attempt(observed=(reading,)) for reading in readings), cited=(MAY,))
    assert (result.readings, result.verdicts) == (readings, {MAY: "observed"})


def test_what_never_showed_is_observed_unless_something_worse_was_said() -> None:
    silent = attempt(MUST)
    silent.unseen |= {MUST, OTHER}
    assert judged(silent).verdicts == {MUST: "fail", OTHER: "observed"}


ORDER = ["fail", "suite_error", "inconclusive", "warn", "blocked", "not_testable", "observed", "pass", "not_applicable"]


def test_of_several_verdicts_the_worst_counts_in_this_order() -> None:
    assert [str(verdict) for verdict in Verdict] == ORDER
    for index, verdict in enumerate(Verdict):
        for other in list(Verdict)[index:]:
            assert worst([other, verdict]) is worst([verdict, other]) is verdict
    assert {"fail", "inconclusive", "warn"} == DEVIATIONS


def test_of_no_verdict_none_counts() -> None:
    with pytest.raises(ValueError, match="empty"):
        worst([])


rows = st.integers(0, 10**6)


@settings(max_examples=50, deadline=None)
@given(rows, rows, rows, rows)
def test_the_id_of_a_finding_is_the_same_in_every_row(a: int, b: int, c: int, d: int) -> None:
    def id_(place: str) -> str:
        return finding_id(MUST, place)

    assert id_(f"$.orders[{a}].orderItems[{b}].quantity") == id_(f"$.orders[{c}].orderItems[{d}].quantity")
    assert id_(f"/R/Orders/Order[{a}]/OrderItems/OrderItem[{b}]") == id_(f"/R/Orders/Order[{c}]/OrderItems/OrderItem[{d}]")


def test_the_id_of_a_finding_tells_requirements_and_places_apart() -> None:
    places = ["$.orders[0].x", "$.orders[0].y", "$.orders.x", "/Orders/Order[1]/X"]
    assert len({finding_id(id_, place) for id_ in (MUST, OTHER) for place in places}) == 8
    assert finding_id(MUST, "$.orders[0].x") == "OS-106-3232ce"


def test_the_id_of_a_finding_is_known_to_baselines_and_never_changes() -> None:
    (fault,) = judged(attempt(MUST)).findings
    assert fault.id == "OS-106-7705e5"
    (silent,) = judged(attempt(), cited=(MUST,), ending=Ending(reason="x", verdict=Verdict.NOT_TESTABLE)).findings
    assert silent.id == "OS-106-5f0e05"


def test_two_faults_of_one_requirement_at_two_places_are_two_findings() -> None:
    places = ("$.a", "$.b")
    found = Attempt(broken=[Broken(MUST, place, "this", place) for place in places])
    assert {(row.where, row.actual) for row in judged(found).findings} == set(zip(places, places, strict=True))
    assert len({row.id for row in judged(found).findings}) == 2


def test_the_same_fault_in_two_rows_is_one_finding() -> None:
    rows = [Broken(MUST, f"$.orders[{row}].x", "this", "that", (f"x{row}",)) for row in range(2)]
    (finding,) = judged(Attempt(broken=rows), cited=(MUST,)).findings
    assert (finding.where, finding.exchanges) == ("$.orders[0].x", ("x0",))


def test_the_next_step_is_the_checks_own_or_the_requirements_or_the_place_in_the_document() -> None:
    def next_step(broken: Broken) -> str:
        return judged(Attempt(broken=[broken])).findings[0].next_step

    assert next_step(Broken(MUST, "$", "this", "that", hint="Do so.")) == "Do so."
    assert next_step(Broken("OS-002", "$", "this", "that")) == CONTRACT.requirements["OS-002"].hint
    bare = next(row for row in CONTRACT.requirements.values() if not row.hint)
    told = next_step(Broken(bare.id, "$.orders[3].x", "this", "that"))
    assert told in {f"Compare $.orders[*].x with {bare.source}.", ""}


def test_a_finding_survives_the_run_file() -> None:
    for finding in judged(attempt(MUST, SHOULD), cited=(OTHER,)).findings:
        assert Finding.from_json(finding.to_json()) == finding


def test_an_id_that_no_contract_has_is_a_mistake_of_the_caller() -> None:
    with pytest.raises(KeyError, match="XX-001"):
        judged(attempt("XX-001"))
