"""The commands about the contract and about targets."""

from __future__ import annotations

import csv
import io
import json
import re
import subprocess
import sys
import tomllib
from collections.abc import Callable
from pathlib import Path

import pytest

from conformance.contract import apis, load, load_vendor, vendors
from conformance.target import from_fields, from_file
from conformance.target.template import template

from .conftest import Done

Command = Callable[..., Done]
HEAVY = {"pytest", "hypothesis", "schemathesis", "xmlschema", "jsonschema", "requests", "lxml", "rich", "yaml", "sqlalchemy"}


def test_help_imports_nothing_heavy() -> None:
    done = subprocess.run(
        [sys.executable, "-X", "importtime", "-m", "conformance", "--help"], capture_output=True, text=True, check=True
    )
    imported = {line.rpartition("|")[2].strip().partition(".")[0] for line in done.stderr.splitlines()}
    assert imported & HEAVY == set()
    assert done.stdout.startswith("Usage: conformance [OPTIONS] COMMAND [ARGS]...\n")


def test_every_requirement_is_listed_in_every_form(command: Command) -> None:
    expected = [id_ for api in apis() for id_ in load(api).requirements]
    rows = json.loads(command("requirements", "--format", "json").out)
    assert [row["id"] for row in rows] == expected
    table = csv.DictReader(io.StringIO(command("requirements", "--format", "csv").out))
    assert [row["id"] for row in table] == expected
    text = command("requirements").out
    assert [line.split()[0] for line in text.splitlines() if re.match(r"  [A-Z]+-\d+ ", line)] == expected


def test_the_list_can_be_kept_to_one_api(command: Command) -> None:
    rows = json.loads(command("requirements", "--format", "json", "--api", "cart-status").out)
    assert {row["api"] for row in rows} == {"imaterialise/cart-status"}
    done = command("requirements", "--api", "cart-statsu")
    assert (done.status, done.err) == (3, "Error: --api: no API 'cart-statsu'; see `conformance requirements`\n")


def test_a_requirement_is_explained_with_its_readings_and_tests(command: Command) -> None:
    done = command("explain", "OS-106")
    assert done.status == 0
    lines = done.out.splitlines()
    assert lines[1] == "OS-106 (must, errors), i.materialise Order Status API"
    assert "  source      Order Status API, Errors Section of the Response, row 106" in lines
    assert "  operations  GET /web-api/order, POST /web-api/order" in lines
    assert "test_a_reversed_range_is_refused_with_106[json]" in done.out.replace("\n", "").replace(" ", "")
    assert "Reading order-status-code-space, i.materialise Order Status API" in lines


def test_a_reading_is_explained_with_the_options_that_are_accepted(command: Command) -> None:
    done = command("explain", "cart-limit")
    assert done.status == 0
    assert "  accepted  ten-allowed: the target accepts exactly ten carts\n" in done.out
    assert "  judges    CS-037, CS-102\n" in done.out


def test_an_unknown_id_is_answered_with_a_suggestion(command: Command) -> None:
    done = command("explain", "os106")
    assert (done.status, done.out) == (3, "")
    assert done.err.startswith("Error: no requirement or reading 'os106'; did you mean OS-106")


def test_the_contract_and_its_suite_hold_together(command: Command) -> None:
    done = command("contract", "lint")
    rows = sum(len(load(api).requirements) for api in apis())
    assert (done.status, done.out) == (0, f"{len(apis())} contracts, {rows} requirements: no problem.\n")


@pytest.mark.parametrize("vendor", vendors())
def test_a_new_target_file_can_be_used_at_once(command: Command, tmp_path: Path, vendor: str) -> None:
    file = tmp_path / "new.toml"
    assert command("target", "init", vendor, "--out", str(file)).status == 0
    known = load_vendor(vendor)
    target = from_file(file, {f"CONFORMANCE_{name.upper()}": "secret" for name in known.credentials})
    assert target.vendor == known
    assert target.apis == tuple(f"{vendor}/{api}" for api in known.apis)
    assert target.environment == "sandbox"
    assert set(target.credentials) == set(known.credentials)
    done = command("target", "init", vendor, "--out", str(file))
    assert (done.status, "is already there; --force writes over it" in done.err) == (3, True)
    assert command("target", "init", vendor, "--out", str(file), "--force").status == 0


@pytest.mark.parametrize("vendor", vendors())
def test_a_new_target_file_has_a_place_for_every_need(vendor: str) -> None:
    known = load_vendor(vendor)
    fields = tomllib.loads(re.sub(r"\$\{\w+\}", "secret", template(known)))
    for need in known.needs.values():
        value: object = {"data": fields["data"]}
        for part in need.data.split("."):
            assert isinstance(value, dict)
            value = value[part]
        assert value == []
    # What is commented out is right too, once the comment sign is gone.
    optional = re.sub(r"^# (?=\w+ = |\[\w)", "", template(known), flags=re.M).replace("${", "").replace("}", "")
    pinned = {**tomllib.loads(optional), "readings": {}}
    assert from_fields(pinned, "the template").states_url.endswith("/_states")


def test_an_unknown_vendor_is_told_which_there_are(command: Command) -> None:
    done = command("target", "init", "nobody")
    assert done.status == 3
    assert f"Error: no vendor 'nobody'; there are {', '.join(vendors())}\n" in done.err


def test_the_doctor_looks_at_every_api_in_every_media_type(
    command: Command, target: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from conformance.sandbox.imaterialise.accounts import OWN_API_CODE

    monkeypatch.setenv("MY_CODE", OWN_API_CODE)
    done = command("doctor", str(target))
    lines = done.out.splitlines()
    assert done.status == 0
    assert lines[0] == "ok   name: 127.0.0.1 is 127.0.0.1"
    assert "ok   imaterialise/order-status in text/xml: answers" in lines
    assert "ok   imaterialise/order-cancellation in text/xml: not asked, every question changes state" in lines
    assert "ok   writes: allowed" in lines
    assert OWN_API_CODE not in done.out


def test_the_doctor_says_what_to_mend(command: Command, target: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MY_CODE", "33333333-3333-4333-8333-333333333333")
    done = command("doctor", str(target))
    assert done.status == 3
    assert "FIX  imaterialise/cart-status in text/xml: HTTP 401; check credentials.api_code" in done.out.splitlines()
    target.write_text(re.sub(r"127\.0\.0\.1:\d+", "127.0.0.1:1", target.read_text()))
    done = command("doctor", str(target))
    assert done.status == 3
    assert re.search(r"^FIX  connection: 127\.0\.0\.1:1: .+; check base_url, and firewalls", done.out, re.M)


def test_the_sandbox_says_how_to_point_a_target_at_it(tmp_path: Path) -> None:
    with subprocess.Popen(
        [sys.executable, "-m", "conformance", "sandbox"], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as child:
        assert child.stdout is not None
        url = child.stdout.readline().strip()
        child.terminate()
        _, told = child.communicate(timeout=10)
    files = dict(zip(*[iter(re.split(r"\nFor (\w+):\n", told)[1:])] * 2, strict=True))
    assert tuple(files) == vendors()
    for vendor, text in files.items():
        target = from_fields({**tomllib.loads(text), "base_url": url}, "what it said")
        assert target.states_url == f"{url}/_states/{vendor}"
