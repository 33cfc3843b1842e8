"""What a header says of a run is enough to judge it again, and never a secret."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from conformance.run.opening import _described
from conformance.run.past import Past
from conformance.run.runfile import RunFileError
from conformance.target import from_fields

SECRET, OTHER = "5f6b0c1e-AbCd-4e55", "another-0123456789"
FIELDS: dict[str, Any] = {
    "name": "mine",
    "vendor": "dandomain",
    "base_url": "https://sandbox.example/shop",
    "environment": "sandbox",
    "credentials": {"key": SECRET, "read_key": OTHER, "update_key": SECRET, "delete_key": ""},
    "limits": {"max_requests": 7, "timeout_seconds": 3},
    "states": {"url": "/_states"},
    "data": {"shop": {"customer_number": [f"{SECRET}@example.com", 12], "site_id": 3}},
    "readings": {"dandomain-orders-unknown-order": "404"},
}
HEADER: dict[str, Any] = {
    "kind": "header", "version": 1, "clock": "2026-01-31T23:30:00+00:00", "local_date": "2026-02-01", "seed": 5,
    "profile": "quick", "read_only": True, "allow_incomplete": False, "apis": ["dandomain/orders"],
    "selected": ["DD-100"], "targets": [_described(from_fields(FIELDS, "mine.toml", {}))],
}  # fmt: skip


def written(folder: Path, *lines: Any) -> Path:
    path = folder / "run.jsonl"
    path.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
    return path


def refused(path: Path) -> str:
    with pytest.raises(RunFileError) as error:
        Past.read(path)
    return str(error.value).removeprefix(f"{path}: ")


def test_the_wishes_clock_and_seed_are_those_of_the_run(tmp_path: Path) -> None:
    path = written(tmp_path, HEADER)
    wishes = Past.read(path).settings(tmp_path)
    assert (wishes.clock.isoformat(), str(wishes.local_date)) == (HEADER["clock"], HEADER["local_date"])
    assert (wishes.seed, wishes.profile, wishes.read_only, wishes.allow_incomplete) == (5, "quick", True, False)
    assert (wishes.apis, wishes.requirements, wishes.evidence) == (("dandomain/orders",), ("DD-100",), path)


def test_the_target_is_what_it_was_but_for_its_secrets(tmp_path: Path) -> None:
    then = from_fields(FIELDS, "mine.toml", {})
    (target,) = Past.read(written(tmp_path, HEADER)).targets()
    for name in ("name", "vendor", "apis", "base_url", "environment", "media_types", "limits", "states_url", "readings",
                 "origin"):  # fmt: skip
        assert getattr(target, name) == getattr(then, name), name
    # Secrets that were one are one again, and what was not given is not there.
    assert set(target.credentials) == {"key", "read_key", "update_key"}
    assert target.credentials["key"] == target.credentials["update_key"] != target.credentials["read_key"]
    assert target.data["shop"] == {"customer_number": [f"{target.credentials['update_key']}@example.com", 12], "site_id": 3}


def test_no_secret_is_in_the_header() -> None:
    text = json.dumps(HEADER)
    assert SECRET not in text
    assert OTHER not in text
    assert HEADER["targets"][0]["same_credentials"] == {"key": "update_key"}
    assert HEADER["targets"][0]["data"]["shop"]["customer_number"][0] == "[redacted:update_key]@example.com"


@pytest.mark.parametrize(
    ("header", "told"),
    [
        ({"clock": None}, "line 1 lacks clock: an older release wrote it; make a new run with this one"),
        ({"targets": [{"vendor": "dandomain"}]},
         "line 1 lacks targets: origin, targets: limits: an older release wrote it; make a new run with this one"),
        ({"targets": []}, "the run found no target that it could use, so there is nothing to judge again"),
        ({"apis": ["dandomain/baskets"]}, "line 1: this release knows no API dandomain/baskets"),
    ],
)  # fmt: skip
def test_a_header_that_says_too_little_is_refused(tmp_path: Path, header: dict[str, Any], told: str) -> None:
    line = {name: value for name, value in {**HEADER, **header}.items() if value is not None}
    assert refused(written(tmp_path, line)) == told


def test_a_file_without_a_whole_line_is_refused(tmp_path: Path) -> None:
    assert refused(written(tmp_path)) == "holds no whole line; name a run.jsonl that a run wrote"


def test_how_the_run_ended_is_known_once_it_is_indexed(tmp_path: Path) -> None:
    plan = {"kind": "plan", "requirements": [], "tests": ["a test"], "narrowed": True}
    killed = Past.read(written(tmp_path, HEADER, plan, {"kind": "interrupted"}))
    killed.index(lambda method, url: True)
    assert (killed.tests, killed.narrowed, killed.stopped, killed.ended) == (frozenset({"a test"}), True, True, False)
    killed.exchanges.close()
    whole = Past.read(written(tmp_path, HEADER, plan, {"kind": "end", "seconds": 2.5, "requests": 0}))
    whole.index(lambda method, url: True)
    assert (whole.stopped, whole.ended, whole.seconds) == (False, True, 2.5)
    whole.exchanges.close()
