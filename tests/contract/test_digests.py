"""The digests by which two runs tell which rows of a contract have changed."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from shutil import copytree

import pytest

from conformance.contract import load
from conformance.contract.digests import clause_digests, operation_digests
from conformance.contract.load import specs_folder

API = "imaterialise/cart-status"
Edited = Callable[..., tuple[set[str], set[str]]]


@pytest.fixture
def edited(tmp_path: Path) -> Edited:
    """Which clauses and operations change with an edit of one file of a contract."""

    def call(file: str, before: str, after: str) -> tuple[set[str], set[str]]:
        specs = copytree(specs_folder(), tmp_path / "specs")
        path = specs / API / file
        text = path.read_text(encoding="utf-8")
        assert before in text
        path.write_text(text.replace(before, after, 1), encoding="utf-8")
        contracts = [load(API), load(API, specs)]
        clauses, operations = ([told([one]) for one in contracts] for told in (clause_digests, operation_digests))
        return tuple({id_ for id_ in then | now if then.get(id_) != now.get(id_)}  # type: ignore[return-value]
                     for then, now in (clauses, operations))  # fmt: skip

    return call


def test_a_level_changes_its_own_row_only(edited: Edited) -> None:
    before, after = (f"- id: CS-101\n    level: {level}" for level in ("must", "should"))
    assert edited("requirements.yaml", before, after) == ({"CS-101"}, set())


def test_what_is_only_worded_otherwise_changes_nothing(edited: Edited) -> None:
    assert edited("requirements.yaml", "    hint: ", "    hint: Or so, ") == (set(), set())


def test_a_reading_changes_the_rows_that_it_belongs_to(edited: Edited) -> None:
    clauses, operations = edited("readings.yaml", "accepted: true", "accepted: false")
    assert clauses
    assert len(clauses) < len(load(API).requirements) / 4
    assert not operations


def test_a_schema_changes_its_operation(edited: Edited) -> None:
    assert edited("openapi.yaml", "enum: [", "enum: [Sold, ")[1] == {f"{API} postCartStatuses"}


def test_every_row_and_operation_has_one() -> None:
    contract = load(API)
    assert clause_digests([contract]).keys() == contract.requirements.keys()
    assert operation_digests([contract]).keys() == {f"{API} {id_}" for id_ in contract.operations}
