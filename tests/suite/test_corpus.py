"""The shipped corpus belongs to the present contract, so that a standard run draws nothing."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from conformance.contract import apis, load
from conformance.suite.corpus import DEFAULT_SEED, MODES, corpus, digest, draw, length, shipped


@pytest.mark.parametrize("api", apis())
def test_the_shipped_corpus_belongs_to_the_present_contract(api: str) -> None:
    contract = load(api)
    kept = json.loads(shipped(contract).read_text(encoding="utf-8"))
    assert kept["openapi"] == digest(contract), "the OpenAPI file has changed: python -m conformance.suite.corpus"


@pytest.mark.parametrize("api", apis())
def test_every_operation_has_cases_of_both_modes(api: str) -> None:
    contract = load(api)
    found = {(case.operation, case.mode) for case in corpus(contract, DEFAULT_SEED)}
    assert found == {(operation, mode) for operation in contract.operations for mode in MODES}


def test_another_seed_is_drawn_once_and_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    contract = load("imaterialise/order-cancellation")
    first = corpus(contract, 3)
    kept = list(tmp_path.rglob("*-3.json"))
    assert len(kept) == 1
    assert corpus(contract, 3) == first
    assert len(first) <= length(contract) * len(MODES)


def test_the_same_seed_draws_the_same_cases() -> None:
    contract = load("imaterialise/order-cancellation")
    assert draw(contract, 5, 8) == draw(contract, 5, 8)


def test_the_same_seed_draws_the_same_cases_in_every_process() -> None:
    code = ("from conformance.contract import load; from conformance.suite.corpus import draw; "
            "print(draw(load('imaterialise/order-cancellation'), 5, 6))")  # fmt: skip
    drawn = {
        subprocess.run([sys.executable, "-c", code], env={**os.environ, "PYTHONHASHSEED": hashes},
                       capture_output=True, check=True, timeout=60).stdout
        for hashes in "12"
    }  # fmt: skip
    assert len(drawn) == 1
