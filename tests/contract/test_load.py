"""A contract that cannot be read is refused with the file and the place."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from conformance.contract import ContractError, Level, apis, load, load_vendor, specs_folder, vendors

API = "imaterialise/order-status"


@pytest.fixture
def specs(tmp_path: Path) -> Path:
    """A copy of the contract, to be spoiled."""
    shutil.copytree(specs_folder(), tmp_path / "specs")
    return tmp_path / "specs"


def refused(specs: Path, api: str = API) -> str:
    """What is told, without the folder."""
    with pytest.raises(ContractError) as error:
        load(api, specs)
    return str(error.value).replace(f"{specs}/", "")


def test_every_api_can_be_loaded() -> None:
    assert {api.partition("/")[0] for api in apis()} == set(vendors())
    for api in apis():
        contract = load(api)
        assert (contract.id, contract.name) == (api, api.partition("/")[2])
        assert contract.operations
        assert contract.requirements


def test_a_requirement_knows_its_level_and_its_source() -> None:
    row = load(API).requirements["OS-106"]
    assert (row.level, row.codes) == (Level.MUST, (106,))
    assert str(row.source).startswith("order-status, Errors Section of the Response")


@pytest.mark.parametrize("name", ["openapi.yaml", "requirements.yaml", "readings.yaml"])
def test_a_missing_file_is_named(specs: Path, name: str) -> None:
    (specs / API / name).unlink()
    assert refused(specs) == f"{API}/{name}: this file of the contract is missing"


@pytest.mark.parametrize("name", ["openapi.yaml", "requirements.yaml", "readings.yaml"])
def test_a_file_that_is_no_yaml_is_named_with_the_line(specs: Path, name: str) -> None:
    (specs / API / name).write_text("a: 1\nb: [\n")
    told = refused(specs)
    assert told.startswith(f"{API}/{name}: not readable as YAML: ")
    assert "line 3" in told


@pytest.mark.parametrize("name", ["openapi.yaml", "requirements.yaml", "readings.yaml"])
def test_a_file_with_a_list_at_its_top_is_named(specs: Path, name: str) -> None:
    (specs / API / name).write_text("- 1\n")
    assert refused(specs) == f"{API}/{name}: a mapping is expected at the top"


@pytest.mark.parametrize("name", ["openapi.yaml", "requirements.yaml", "readings.yaml"])
def test_a_file_that_is_no_utf_8_is_named(specs: Path, name: str) -> None:
    (specs / API / name).write_bytes(b"a: \xff\n")
    assert refused(specs).startswith(f"{API}/{name}: cannot be read: ")


@pytest.mark.parametrize(
    ("name", "old", "new", "told"),
    [
        ("requirements.yaml", "id: OS-002", "id: OS-001", "OS-001: this id is used twice; ids are unique and never reused"),
        ("readings.yaml", "id: order-status-accept-values", "id: order-status-default-format",
         "order-status-default-format: this id is used twice; ids are unique and never reused"),
        ("requirements.yaml", "level: must", "level: shall", "malformed: 'shall' is not a valid Level"),
        ("requirements.yaml", "    area: transport\n", "", "'area': this member is missing"),
        ("readings.yaml", "    strength: medium\n", "", "'strength': this member is missing"),
        ("openapi.yaml", "operationId: getOrders", "operation: getOrders", "'operationId': this member is missing"),
        ("openapi.yaml", "#/components/schemas/Day", "#/components/schemas/Days",
         "malformed: the reference #/components/schemas/Days names nothing"),
    ],
)  # fmt: skip
def test_what_is_wrong_in_a_file_is_told_with_its_place(specs: Path, name: str, old: str, new: str, told: str) -> None:
    file = specs / API / name
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8")
    assert refused(specs) == f"{API}/{name}: {told}"


def test_an_unknown_vendor_and_an_unknown_api_are_told(specs: Path) -> None:
    assert refused(specs, "nobody/orders") == "nobody/vendor.yaml: this file of the contract is missing"
    known = ", ".join(f"imaterialise/{name}" for name in load_vendor("imaterialise", specs).apis)
    told = f"imaterialise/vendor.yaml: apis: no API 'imaterialise/orders'; there are {known}"
    assert refused(specs, "imaterialise/orders") == told


def test_the_digest_changes_with_what_a_verdict_can_depend_on_and_with_nothing_else(specs: Path) -> None:
    before = load(API, specs).digest
    (specs / API / "examples" / "more.txt").write_text("no matter")
    load.cache_clear()
    assert load(API, specs).digest == before
    with (specs / API / "requirements.yaml").open("a") as file:
        file.write("# read again\n")
    load.cache_clear()
    assert load(API, specs).digest != before
