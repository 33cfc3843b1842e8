from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from conformance.sandbox.macke import VENDOR, Rules
from conformance.sandbox.macke.accounts import FOREIGN
from conformance.sandbox.server import running

from .macke_client import LETTERS, NOW, NOW_SECONDS, Macke, error

SETTABLE = LETTERS.replace("N", "")
NOT_VALID = error(400, "Bad Request", "The status is not valid")
NO_STRING = error(400, "Bad Request", "vendor_ref must be a single string")
MALFORMED = error(400, "Bad Request", "Syntax error, malformed JSON")
JSON = {"Content-Type": "application/json"}


@pytest.fixture(scope="module")
def old(macke: Macke) -> str:
    """A seeded order, last modified before today, that these tests change."""
    (order_id,) = macke.ids({"sort_order": "asc", "items_per_page": 1, "updated_at_to": NOW_SECONDS - 86400})
    return str(order_id)


# Status


@pytest.mark.parametrize("letter", SETTABLE)
def test_every_letter_of_the_table_can_be_set(macke: Macke, letter: str) -> None:
    order_id = macke.new_order(status="P" if letter == "O" else "O")
    assert macke.put(order_id, {"status": letter}) == (200, {"order_id": order_id})
    assert macke.order(order_id)["status"] == letter
    assert int(order_id) in macke.ids({"status": letter})


@pytest.mark.parametrize("value", ["N", "Y", "X", "p", "PO", "", " ", None, 1, True, ["P"], {"status": "P"}, "\ud800"])
def test_any_other_status_is_refused_without_effect(macke: Macke, value: Any) -> None:
    order_id = macke.new_order()
    before = macke.order(order_id)
    assert macke.put(order_id, {"status": value, "vendor_ref": "not this"}) == (400, NOT_VALID)
    assert macke.order(order_id) == before


def test_a_change_sets_the_moment_and_nothing_else(macke: Macke, old: str) -> None:
    before = macke.order(old)
    letter = "P" if before["status"] != "P" else "C"
    assert macke.put(old, {"status": before["status"]}) == (200, {"order_id": old})
    assert macke.order(old) == before
    assert macke.put(old, {"status": letter, "notify_user": "1"})[0] == 200
    assert macke.order(old) == {**before, "status": letter, "updated_at": str(NOW_SECONDS)}
    assert int(old) in macke.ids({"updated_at_from": NOW_SECONDS, "updated_at_to": NOW_SECONDS, "items_per_page": 0})


@pytest.mark.parametrize("value", ["1", "0", 1, 0, True, False, "Y", "N", "", None, "yes", [], {"x": 1}])
def test_notify_user_is_taken_in_any_spelling(macke: Macke, value: Any) -> None:
    order_id = macke.new_order()
    assert macke.put(order_id, {"status": "P", "notify_user": value}) == (200, {"order_id": order_id})
    assert macke.put(order_id, {"notify_user": value}) == (200, {"order_id": order_id})
    assert macke.order(order_id)["status"] == "P"


def test_an_incomplete_order_leaves_its_hiding_place(macke: Macke) -> None:
    order_id = macke.new_order(status="N")
    assert int(order_id) not in macke.ids({"items_per_page": 0})
    assert int(order_id) in macke.ids({"items_per_page": 0, "status": "N"})
    assert macke.order(order_id)["status"] == "N"
    assert macke.put(order_id, {"status": "O"})[0] == 200
    assert int(order_id) in macke.ids({"items_per_page": 0})


# vendor_ref


@pytest.mark.parametrize("reference", ["ABC-1", 'ä/☃ &+%20#?"\\', "x" * 1000, " spaced ", "0", "null", "🍵", "a\u0000b"])
def test_a_reference_is_stored_found_and_replaced(macke: Macke, reference: str) -> None:
    first, second = macke.new_order(), macke.new_order()
    for order_id in (first, second):
        before = macke.order(order_id)
        assert macke.put(order_id, {"vendor_ref": reference}) == (200, {"order_id": order_id})
        assert macke.order(order_id) == {**before, "vendor_ref": reference}
    assert macke.search(reference) == [second, first]
    assert macke.put(second, {"vendor_ref": "another"})[0] == 200
    assert macke.search(reference) == [first]
    assert macke.put(first, {"vendor_ref": None})[0] == 200
    assert macke.order(first)["vendor_ref"] is None
    assert macke.send("GET", "/orders/search", params={"vendor_ref": reference}).status_code == 404


@pytest.mark.parametrize("value", [{"a": "b"}, ["ABC1234"], [], {}, 1, 0, 1.5, True, False, "\ud800", "a\udc00b"])
def test_what_is_no_single_string_is_refused_and_not_stored(macke: Macke, value: Any) -> None:
    order_id = macke.new_order()
    macke.put(order_id, {"vendor_ref": "kept"})
    assert macke.put(order_id, {"vendor_ref": value, "status": "C"}) == (400, NO_STRING)
    order = macke.order(order_id)
    assert (order["vendor_ref"], order["status"]) == ("kept", "O")


def test_an_empty_reference_is_a_string(macke: Macke) -> None:
    order_id = macke.new_order()
    assert macke.put(order_id, {"vendor_ref": ""})[0] == 200
    assert macke.order(order_id)["vendor_ref"] == ""


def test_one_body_sets_both(macke: Macke, old: str) -> None:
    before = macke.order(old)
    letter = "F" if before["status"] != "F" else "D"
    body = {"status": letter, "notify_user": 0, "vendor_ref": "both", "total": "1.00", "order_id": "1", "email": "x"}
    assert macke.put(old, body) == (200, {"order_id": old})
    after = {"status": letter, "vendor_ref": "both", "updated_at": str(NOW_SECONDS)}
    assert macke.order(old) == before | after


def test_unknown_members_alone_change_nothing(macke: Macke) -> None:
    order_id = macke.new_order()
    before = macke.order(order_id)
    assert macke.put(f"{order_id}/", {"total": 1, "Status": "P"}) == (200, {"order_id": order_id})
    assert macke.order(order_id) == before


# Refusals


@pytest.mark.parametrize(
    ("body", "document"),
    [
        ("", MALFORMED),
        ("{", MALFORMED),
        ('{"status": "P"', MALFORMED),
        ("{'status': 'P'}", MALFORMED),
        ("status=P", MALFORMED),
        ('{"status": "P", "x": NaN}', MALFORMED),
        (b'{"status": "\xff"}', MALFORMED),
        ("[" * 100000, MALFORMED),
        ("[]", error(400, "Bad Request", "The request body must be an object")),
        ('["P"]', error(400, "Bad Request", "The request body must be an object")),
        ("null", error(400, "Bad Request", "The request body must be an object")),
        ('"P"', error(400, "Bad Request", "The request body must be an object")),
        ("1", error(400, "Bad Request", "The request body must be an object")),
        ("{}", error(400, "Bad Request", "Missing parameters")),
    ],
)
def test_a_body_that_is_no_update_is_400(macke: Macke, old: str, body: str | bytes, document: Any) -> None:
    before = macke.order(old)
    answer = macke.send("PUT", f"/orders/{old}", data=body, headers=JSON)
    assert (answer.status_code, answer.json()) == (400, document)
    assert macke.order(old) == before


@pytest.mark.parametrize("body", [{"status": "P"}, {"vendor_ref": "X"}, {"status": "?"}, {"anything": 1}])
def test_an_unknown_or_foreign_order_is_404(macke: Macke, body: Any) -> None:
    foreign = macke.new_order(account="foreign")
    before = macke.order(foreign, account=FOREIGN)
    for name in (foreign, "999999", "0", "abc"):
        assert macke.put(name, body) == (404, error(404, "Not Found"))
    assert macke.order(foreign, account=FOREIGN) == before


@pytest.mark.parametrize(
    "media_type", [None, "", "text/plain", "text/json", "application/x-www-form-urlencoded", "application/xml", "json"]
)
def test_a_body_that_is_not_declared_as_json_is_415(macke: Macke, old: str, media_type: str | None) -> None:
    headers = {} if media_type is None else {"Content-Type": media_type}
    answer = macke.send("PUT", f"/orders/{old}", data=b'{"status": "P"}', headers=headers)
    assert (answer.status_code, answer.json()) == (415, error(415, "Unsupported Media Type"))


@pytest.mark.parametrize("media_type", ["application/json; charset=utf-8", "APPLICATION/JSON", "application/json;x=y"])
def test_parameters_of_the_media_type_do_not_count(macke: Macke, media_type: str) -> None:
    body = json.dumps({"status": "P"})
    answer = macke.send("PUT", f"/orders/{macke.new_order()}", data=body, headers={"Content-Type": media_type})
    assert answer.status_code == 200


# Time, other servers, many clients


def test_the_moment_is_the_clocks() -> None:
    times = [NOW]
    with running(vendors=[VENDOR], clock=lambda: times[0]) as url:
        macke = Macke(url)
        order_id = macke.new_order()
        times[0] += timedelta(seconds=90)
        macke.put(order_id, {"vendor_ref": "R"})
        assert macke.order(order_id)["updated_at"] == str(NOW_SECONDS)
        macke.put(order_id, {"status": "O"})
        assert macke.order(order_id)["updated_at"] == str(NOW_SECONDS)
        macke.put(order_id, {"status": "P"})
        assert macke.order(order_id)["updated_at"] == str(NOW_SECONDS + 90)


class StatusOnlyIsAlwaysFine(Rules):
    def unknown_order(self, name: str, body: Any) -> Any:
        return {"order_id": name} if "vendor_ref" not in body else super().unknown_order(name, body)


class TouchesEverything(StatusOnlyIsAlwaysFine):
    def vendor_ref_change(self, value: object, now: datetime) -> dict[str, Any]:
        return super().vendor_ref_change(value, now) | {"updated_at": 1} if isinstance(value, str) else {}


def test_other_ways_to_update_are_one_method_away() -> None:
    with running(vendors=[VENDOR], clock=lambda: NOW, overrides=[TouchesEverything]) as url:
        macke = Macke(url)
        assert macke.put(999999, {"status": "P"}) == (200, {"order_id": "999999"})
        assert macke.put(999999, {"vendor_ref": "P"})[0] == 404
        order_id = macke.new_order()
        assert macke.put(order_id, {"vendor_ref": ["ignored"]}) == (200, {"order_id": order_id})
        assert macke.order(order_id)["vendor_ref"] is None
        macke.put(order_id, {"vendor_ref": "R"})
        assert macke.order(order_id)["updated_at"] == "1"


@pytest.mark.parametrize("database", ["sqlite://", "sqlite:///{}/macke.db"])
def test_many_clients_at_once_lose_no_update(tmp_path: Path, database: str) -> None:
    with running(vendors=[VENDOR], clock=lambda: NOW, database_url=database.format(tmp_path)) as url:
        order_id = Macke(url).new_order()

        def change(number: int) -> int:
            macke, body = Macke(url), {"status": "P"} if number % 2 else {"vendor_ref": f"R{number}"}
            statuses = {macke.put(order_id, body)[0], macke.send("GET", "/orders").status_code}
            return max(statuses)

        with ThreadPoolExecutor(8) as pool:
            assert set(pool.map(change, range(40))) == {200}
        order = Macke(url).order(order_id)
        assert order["status"] == "P"
        assert order["vendor_ref"] in {f"R{number}" for number in range(0, 40, 2)}


def test_a_database_file_keeps_what_happened(tmp_path: Path) -> None:
    database = f"sqlite:///{tmp_path / 'sandbox.db'}"
    with running(vendors=[VENDOR], clock=lambda: NOW, database_url=database) as url:
        order_id = Macke(url).new_order()
        Macke(url).put(order_id, {"status": "E", "vendor_ref": "kept"})
        before = Macke(url).order(order_id)
    with running(vendors=[VENDOR], clock=lambda: NOW, database_url=database) as url:
        assert Macke(url).order(order_id) == before
        assert int(Macke(url).new_order()) > int(order_id)
