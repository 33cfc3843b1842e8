"""The lint refuses each way in which a contract can fall apart. Each case spoils a copy of the real one."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from conformance.contract import Contract, load, specs_folder
from conformance.contract.lint import lint

API = "imaterialise/cart-status"


def complaints(folder: Path, *, tests: dict[str, tuple[str, ...]] | None = None, uncited: str = "") -> list[str]:
    """What the lint says of a copy whose every testable requirement is cited, but for one."""
    contract = load(API, folder)
    cited = {id_ for id_, row in contract.requirements.items() if not row.untested} - {uncited}
    found = lint([contract], tests or {}, cited)
    return [str(complaint).removeprefix(f"{folder}/{API}/") for complaint in found]


@pytest.fixture
def spoiled(tmp_path: Path) -> Callable[[str, str, str], Path]:
    """Replaces the first occurrence of a text in a file of a copy."""

    def spoil(name: str, old: str, new: str) -> Path:
        shutil.copytree(specs_folder(), tmp_path / "specs")
        file = tmp_path / "specs" / API / name
        text = file.read_text(encoding="utf-8")
        assert old in text
        file.write_text(text.replace(old, new, 1), encoding="utf-8")
        return tmp_path / "specs"

    return spoil


CASES = {
    "a parameter or member without a requirement": (
        "openapi.yaml", "x-requirement: CS-111\n", "x-other: 1\n",
        "openapi.yaml: components.schemas.Cart.cartID: no requirement covers it; name one under x-requirement", "",
    ),
    "an operation that names an unknown requirement": (
        "openapi.yaml", "x-requirement: [CS-010", "x-requirement: [CS-999",
        "openapi.yaml: paths./web-api/cartstatus/statuses.post: requirements.yaml has no requirement 'CS-999'", "",
    ),
    "a response status without a requirement": (
        "openapi.yaml", "    MethodNotAllowed:\n      x-requirement: CS-027\n", "    MethodNotAllowed:\n",
        "openapi.yaml: components.responses.MethodNotAllowed: no requirement covers it", "",
    ),
    "an error code whose requirement is unknown": (
        "openapi.yaml", "requirement: CS-102\n", "requirement: CS-999\n",
        "openapi.yaml: paths./web-api/cartstatus/statuses.post.x-errors.102: requirements.yaml has no requirement", "",
    ),
    "a role that names an unknown requirement": (
        "openapi.yaml", "  answered: CS-010", "  answered: CS-999",
        "openapi.yaml: x-conformance.answered: requirements.yaml has no requirement 'CS-999'", "",
    ),
    "a requirement about an unknown operation": (
        "requirements.yaml", "operations: [postCartStatuses]", "operations: [getCarts]",
        "requirements.yaml: CS-010: operations: openapi.yaml has no operation 'getCarts'", "",
    ),
    "a requirement from an unknown document": (
        "requirements.yaml", "document: cart-status", "document: carts",
        "requirements.yaml: CS-010: source: vendor.yaml has no document 'carts'", "",
    ),
    "a requirement about an unknown member": (
        "requirements.yaml", '"$.carts[*].cartID"', '"$.carts[*].cartName"',
        ": fields: no body has a member $.carts[*].cartName", "",
    ),
    "a requirement about an unknown code": (
        "requirements.yaml", "codes: [102]", "codes: [104]",
        ": codes: openapi.yaml documents no error code 104", "",
    ),
    "a requirement with an unknown reading": (
        "requirements.yaml", "readings: [cart-limit]", "readings: [cart-limits]",
        "readings: readings.yaml has no reading 'cart-limits'", "",
    ),
    "a reading about an unknown requirement": (
        "readings.yaml", "requirements: [CS-037, CS-102]", "requirements: [CS-037, CS-998]",
        "readings.yaml: cart-limit: requirements: requirements.yaml has no requirement 'CS-998'", "",
    ),
    "a reading that its requirement does not name": (
        "readings.yaml", "requirements: [CS-037, CS-102]", "requirements: [CS-037, CS-102, CS-010]",
        "readings.yaml: cart-limit: requirements: CS-010 does not name this reading in turn", "",
    ),
    "a JSON example that breaks the schema": (
        "examples/response-three-carts.json", '"cartStatus": "', '"cartStatus": "Un',
        "examples/response-three-carts.json: $.carts[0].cartStatus: expected one of ", "",
    ),
    "a JSON example that is not well-formed": (
        "examples/response-three-carts.json", "{", "",
        "examples/response-three-carts.json: body: not well-formed JSON", "",
    ),
    "an XML example that breaks the schema": (
        "examples/response-ordered-cart.xml", "<CartStatus>", "<CartStatus>Un",
        "examples/response-ordered-cart.xml: /CartStatusResponse/Carts/Cart[1]/CartStatus: expected one of ", "",
    ),
    "an example in the OpenAPI file that breaks the schema": (
        "openapi.yaml", "cartStatus: Ordered", "cartStatus: Paid",
        " as application/json: $.carts[", "got \"Paid\"",
    ),
    "a listed example that is not there": (
        "examples/examples.yaml", "file: response-three-carts.json", "file: response-no-carts.json",
        "examples/examples.yaml: response-no-carts.json: this file is in the list and not in the folder", "",
    ),
    "an example that no list names": (
        "examples/examples.yaml", "file: response-three-carts.json", "file: response-no-carts.json",
        "examples/examples.yaml: response-three-carts.json: this file is in the folder and not in the list", "",
    ),
    "an example of an unknown operation": (
        "examples/examples.yaml", "operation: postCartStatuses", "operation: getCarts",
        "examples/request-four-carts.json: examples.yaml: openapi.yaml has no operation 'getCarts'", "",
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", CASES)
def test_the_lint_refuses(spoiled: Callable[[str, str, str], Path], case: str) -> None:
    name, old, new, beginning, ending = CASES[case]
    found = complaints(spoiled(name, old, new))
    assert any(beginning in line and ending in line for line in found), found


def test_the_contract_itself_is_refused_nothing() -> None:
    assert complaints(specs_folder()) == []


def test_a_requirement_that_nothing_cites_is_refused() -> None:
    assert complaints(specs_folder(), uncited="CS-102") == [
        "requirements.yaml: CS-102: no check cites it; write one, or say under `untested` why none can"
    ]


def test_a_requirement_that_is_called_untestable_and_cited_is_refused() -> None:
    row = next(row for row in load(API).requirements.values() if row.untested)
    assert complaints(specs_folder(), tests={"test_a.py::test_it": (row.id,)}) == [
        f"requirements.yaml: {row.id}: a check cites it, and yet `untested` says that nothing can show it"
    ]


def test_a_test_that_cites_an_unknown_id_or_none_is_refused() -> None:
    tests = {"suite/test_a.py::test_it[json]": ("CS-999",), "suite/test_a.py::test_other": ()}
    assert complaints(specs_folder(), tests=tests) == [
        "suite/test_a.py: test_it[json]: cites CS-999, which no requirements.yaml has",
        "suite/test_a.py: test_other: cites no requirement; add @verifies(…)",
    ]


def test_ids_are_unique_over_all_apis() -> None:
    from dataclasses import replace

    carts, orders = load(API), load("imaterialise/order-status")
    borrowed: Contract = replace(
        carts,
        requirements={**carts.requirements, "OS-106": orders.requirements["OS-106"]},
        readings={**carts.readings, "order-status-method": orders.readings["order-status-method"]},
    )
    found = [str(complaint) for complaint in lint([orders, borrowed], {}, set(orders.requirements))]
    told = "imaterialise/order-status has this id too; ids are unique over all APIs"
    assert f"{carts.folder}/requirements.yaml: OS-106: {told}" in found
    assert f"{carts.folder}/readings.yaml: order-status-method: {told}" in found
