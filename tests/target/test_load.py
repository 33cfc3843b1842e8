"""A target file says what it means, or is refused with the file, the place and what to do."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from conformance.contract import Format
from conformance.target import Limits, Target, TargetError, bare_url, from_fields, from_file

SECRET = "5f6b0c1e-secret"
MINE: dict[str, Any] = {
    "name": "mine",
    "vendor": "imaterialise",
    "base_url": "https://sandbox.example",
    "credentials": {"api_code": SECRET},
}


def target(**changes: Any) -> Target:
    return from_fields({**MINE, **changes}, origin="mine.toml", environ={"CODE": SECRET, "EMPTY": ""})


def refused(**changes: Any) -> str:
    fields = {key: value for key, value in {**MINE, **changes}.items() if value is not None}
    with pytest.raises(TargetError) as error:
        from_fields(fields, origin="mine.toml", environ={"EMPTY": ""})
    assert SECRET not in str(error.value)
    return str(error.value)


URL = 'base_url: an absolute URL is expected, such as "https://sandbox.example"'
KNOWN_LIMITS = "max_requests, max_response_mebibytes, requests_per_second, timeout_seconds"
WRONG: dict[str, tuple[dict[str, Any], str]] = {
    "unknown member": ({"base_ulr": ""}, "base_ulr: is not a member of a target file; did you mean 'base_url'?"),
    "unknown member like none": ({"xyz": 1}, "xyz: is not a member of a target file; there are apis, base_url, "
                                 "credentials, data, environment, limits, media_types, name, readings, states, vendor"),
    "unknown credential": ({"credentials": {"apicode": SECRET}},
                           "credentials.apicode: is not a member of a target file; did you mean 'api_code'?"),
    "unknown limit": ({"limits": {"qqq": 1}}, f"limits.qqq: is not a member of a target file; there are {KNOWN_LIMITS}"),
    "unknown member of states": ({"states": {"uri": "/x"}},
                                 "states.uri: is not a member of a target file; did you mean 'url'?"),
    "no vendor": ({"vendor": None}, "vendor: is missing"),
    "unknown vendor": ({"vendor": "imaterialize"}, "vendor: no vendor 'imaterialize'; did you mean 'imaterialise'?"),
    "vendor of the wrong kind": ({"vendor": 3}, "vendor: a text is expected, not 3"),
    "no address": ({"base_url": None}, "base_url: is missing"),
    "relative address": ({"base_url": "sandbox.example"}, URL),
    "address of another scheme": ({"base_url": "ftp://sandbox.example"}, URL),
    "address without a host": ({"base_url": "https://:8080"}, URL),
    "address with half a bracket": ({"base_url": "https://[::1"}, URL),
    "address with a port of letters": ({"base_url": "https://sandbox.example:http"}, URL),
    "credentials in the address": ({"base_url": f"https://me:{SECRET}@sandbox.example"},
                                   "base_url: credentials belong into [credentials], not into the URL"),
    "name of the wrong kind": ({"name": ["mine"]}, "name: a text is expected, not ['mine']"),
    "unknown API": ({"apis": ["order-stauts"]},
                    "apis: i.materialise has no API 'order-stauts'; did you mean 'order-status'?"),
    "no API": ({"apis": []}, "apis: a list is expected, of order-status, cart-status, order-cancellation"),
    "API of the wrong kind": ({"apis": "order-status"},
                              "apis: a list is expected, of order-status, cart-status, order-cancellation"),
    "unknown environment": ({"environment": "staging"},
                            "environment: \"sandbox\" or \"production\" is expected, not 'staging'"),
    "unknown media type": ({"media_types": ["application/jsn"]},
                           "media_types: not in the documents: 'application/jsn'; did you mean 'application/json'?"),
    "no media type": ({"media_types": []},
                      "media_types: a list is expected, of application/json, text/json, text/xml, application/xml"),
    "no credentials": ({"credentials": None}, "credentials.api_code: is missing; the documents require it"),
    "empty credential": ({"credentials": {"api_code": "${EMPTY}"}},
                         "credentials.api_code: is missing; the documents require it"),
    "credential of the wrong kind": ({"credentials": {"api_code": [SECRET]}}, "credentials.api_code: a text is expected"),
    "credentials of the wrong kind": ({"credentials": SECRET}, "credentials: a table is expected: [credentials]"),
    "credential from an unset variable": ({"credentials": {"api_code": "x${NOT_SET}"}},
                                          "credentials.api_code: the environment variable NOT_SET is not set"),
    "limits of the wrong kind": ({"limits": 5}, "limits: a table is expected: [limits]"),
    "states of the wrong kind": ({"states": "/_states"}, "states: a table is expected: [states]"),
    "states address of the wrong kind": ({"states": {"url": 5}}, "states.url: a text is expected, not 5"),
    "data of the wrong kind": ({"data": []}, "data: a table is expected: [data]"),
    "pin of the wrong kind": ({"readings": {"cart-limit": 10}},
                              "readings.cart-limit: the id of an option is expected, as text"),
}  # fmt: skip


@pytest.mark.parametrize(("changes", "told"), WRONG.values(), ids=WRONG)
def test_what_is_wrong_is_told_with_its_place(changes: dict[str, Any], told: str) -> None:
    assert refused(**changes) == f"mine.toml: {told}"


@pytest.mark.parametrize("value", [0, -1, "5", True, float("nan"), float("inf")])
@pytest.mark.parametrize("limit", ["timeout_seconds", "requests_per_second", "max_requests", "max_response_mebibytes"])
def test_a_limit_is_a_positive_number(limit: str, value: object) -> None:
    told = f"mine.toml: limits.{limit}: a positive number is expected, not {value!r}"
    assert refused(limits={limit: value}) == told


@pytest.mark.parametrize("host", ["i.materialise.com", "I.Materialise.com", "i.materialise.com:8443", "i.materialise.com."])
def test_a_production_host_cannot_be_declared_a_sandbox(host: str) -> None:
    told = refused(base_url=f"https://{host}/api", environment="sandbox")
    assert told == "mine.toml: environment: i.materialise.com is the vendor's production host and cannot be a sandbox"
    assert not target(base_url=f"https://{host}").changes_allowed


def test_a_missing_file_is_told_with_the_command_that_writes_one(tmp_path: Path) -> None:
    file = tmp_path / "none.toml"
    with pytest.raises(TargetError) as error:
        from_file(file)
    assert str(error.value) == f"{file}: there is no such file; `conformance target init VENDOR` writes one"


@pytest.mark.parametrize(
    ("content", "told"),
    [(b"name = ", "not valid TOML: "), (f'api_code = "{SECRET}'.encode(), "not valid TOML: "),
     (b'name = "\xff"', "cannot be read: ")],
)  # fmt: skip
def test_a_file_that_is_no_toml_is_told_by_name(tmp_path: Path, content: bytes, told: str) -> None:
    file = tmp_path / "mine.toml"
    file.write_bytes(content)
    with pytest.raises(TargetError) as error:
        from_file(file)
    assert str(error.value).startswith(f"{file}: {told}")
    assert SECRET not in str(error.value)


def test_a_folder_is_no_target_file(tmp_path: Path) -> None:
    with pytest.raises(TargetError, match="cannot be read"):
        from_file(tmp_path)


def test_a_file_is_read_with_the_environment_put_in(tmp_path: Path) -> None:
    file = tmp_path / "mine.toml"
    file.write_text('vendor = "imaterialise"\nbase_url = "https://sandbox.example/"\n'
                    '[credentials]\napi_code = "a-${FIRST}-${SECOND}"\n')  # fmt: skip
    found = from_file(file, environ={"FIRST": "1", "SECOND": "2"})
    assert (found.credentials, found.origin) == ({"api_code": "a-1-2"}, str(file))


def test_without_further_words_a_target_is_production_and_all_of_the_vendor() -> None:
    found = target(name="https://sandbox.example")
    assert (found.environment, found.changes_allowed) == ("production", False)
    assert found.apis == ("imaterialise/order-status", "imaterialise/cart-status", "imaterialise/order-cancellation")
    assert found.media_types == ("application/json", "text/json", "text/xml", "application/xml")
    assert (found.states_url, found.data, found.readings) == ("", {}, {})
    assert found.limits == Limits(30.0, 5.0, None, 32.0)


def test_without_a_name_a_target_is_called_by_its_address() -> None:
    fields = {key: value for key, value in MINE.items() if key != "name"}
    assert from_fields(fields, "mine.toml", {}).name == "https://sandbox.example"


@pytest.mark.parametrize(
    ("url", "rate"),
    [("http://127.0.0.1:8080", None), ("http://localhost", None), ("http://[::1]:1", None), ("http://10.0.0.1", 5.0),
     ("http://localhost.example", 5.0)],
)  # fmt: skip
def test_only_this_machine_is_driven_without_a_rate(url: str, rate: float | None) -> None:
    assert target(base_url=url).limits.requests_per_second == rate
    assert target(base_url=url, limits={"requests_per_second": 2}).limits.requests_per_second == 2


@pytest.mark.parametrize(
    ("given", "url"), [("/_states", "https://sandbox.example/_states"), ("http://other:1/s", "http://other:1/s"), ("", "")]
)
def test_the_states_address_may_be_relative_to_the_target(given: str, url: str) -> None:
    assert target(states={"url": given}).states_url == url


def test_a_target_offers_the_formats_of_its_media_types() -> None:
    found = target(media_types=["text/json"])
    assert (found.offers(Format.JSON), found.offers(Format.XML)) == (True, False)
    assert found.media_type(Format.JSON) == "text/json"
    with pytest.raises(LookupError, match=r"^mine offers no XML$"):
        found.media_type(Format.XML)


def test_no_secret_is_in_what_a_target_says_of_itself() -> None:
    found = target(credentials={"api_code": "${CODE}"})
    assert found.credentials["api_code"] == SECRET
    assert SECRET not in repr(found) + str(found) + repr(found.described())
    assert found.described()["credentials"] == ["api_code"]


def test_a_bare_address_takes_its_credentials_from_the_environment_and_changes_nothing() -> None:
    found = bare_url("http://127.0.0.1:1", ["imaterialise/cart-status"], {"CONFORMANCE_API_CODE": SECRET})
    assert (found.apis, found.credentials) == (("imaterialise/cart-status",), {"api_code": SECRET})
    assert not found.changes_allowed


@pytest.mark.parametrize("apis", [[], ["imaterialise/order-status", "macke/orders"]])
def test_a_bare_address_needs_apis_of_one_vendor(apis: list[str]) -> None:
    with pytest.raises(TargetError, match=r"^http://x: --api: a bare URL needs --api VENDOR/API"):
        bare_url("http://x", apis, {})


def test_a_bare_address_names_the_variables_that_it_needs() -> None:
    with pytest.raises(TargetError) as error:
        bare_url("http://x", ["imaterialise/order-status"], {})
    assert str(error.value) == "http://x: credentials: set CONFORMANCE_API_CODE in the environment, or write a target file"


@pytest.mark.parametrize("environ", [{}, {"CONFORMANCE_API_CODE": "code"}])
def test_a_password_in_a_bare_address_is_refused_and_not_repeated(environ: dict[str, str]) -> None:
    with pytest.raises(TargetError) as error:
        bare_url(f"https://me:{SECRET}@sandbox.example", ["imaterialise/order-status"], environ)
    assert SECRET not in str(error.value)
    assert str(error.value).startswith("https://sandbox.example: ")
