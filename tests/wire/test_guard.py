"""What may be sent to a target at all."""

from __future__ import annotations

from dataclasses import replace

import pytest
import requests

from conformance.wire import Guard, Refused

BASE = "http://shop.example:8080"
STATES = "http://states.example/_states"
HARMLESS, CHANGING = f"{BASE}/web-api/carts", f"{BASE}/web-api/cancel"
GUARD = Guard(BASE, read_only=False, why_read_only="it is production", harmless=frozenset({("POST", "/web-api/carts")}),
              states_url=STATES)  # fmt: skip
READ_ONLY = replace(GUARD, read_only=True)


def request(method: str, url: str) -> requests.PreparedRequest:
    return requests.Request(method, url).prepare()


@pytest.mark.parametrize("method", ["GET", "HEAD", "OPTIONS"])
def test_a_read_only_target_may_be_asked(method: str) -> None:
    READ_ONLY.check(request(method, f"{CHANGING}?number=1"))


def test_a_read_only_target_may_be_asked_by_post_where_the_contract_calls_it_harmless() -> None:
    READ_ONLY.check(request("POST", f"{HARMLESS}?x=1"))


@pytest.mark.parametrize(
    ("method", "url"),
    [
        ("POST", CHANGING),
        ("POST", f"{BASE}/unknown"),
        ("POST", f"{HARMLESS}/"),
        ("PUT", HARMLESS),
        ("DELETE", HARMLESS),
        ("PATCH", HARMLESS),
        ("BREW", HARMLESS),
    ],
)
def test_a_read_only_target_gets_nothing_that_the_contract_does_not_call_harmless(method: str, url: str) -> None:
    path = url.removeprefix(BASE)
    with pytest.raises(Refused, match=f"^{method} {path} changes state and it is production$"):
        READ_ONLY.check(request(method, url))


@pytest.mark.parametrize(
    "url", ["http://other.example/", "http://shop.example/", "http://shop.example:80/", f"http://evil/{BASE}"]
)
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_no_other_host_is_ever_asked(method: str, url: str) -> None:
    for guard in (GUARD, READ_ONLY):
        with pytest.raises(Refused, match=f"^the target is {BASE}; a request to .* is never sent$"):
            guard.check(request(method, url))


def test_the_letter_case_of_the_host_does_not_matter() -> None:
    GUARD.check(request("GET", "http://SHOP.example:8080/"))


def test_a_permission_may_forbid_a_change_and_says_why() -> None:
    guard = replace(GUARD, permissions=[lambda _: "", lambda sent: f"{sent.method}: the order is not ours"])
    with pytest.raises(Refused, match=r"^POST: the order is not ours$"):
        guard.check(request("POST", CHANGING))


def test_permissions_are_not_asked_about_what_changes_nothing() -> None:
    guard = replace(GUARD, permissions=[lambda _: "never"])
    guard.check(request("GET", CHANGING))
    guard.check(request("POST", HARMLESS))


def test_permissions_that_say_nothing_let_a_change_pass() -> None:
    replace(GUARD, permissions=[lambda _: ""]).check(request("POST", CHANGING))


def test_provider_states_may_be_set_at_their_own_host() -> None:
    replace(GUARD, permissions=[lambda _: "never"]).check(request("POST", STATES))


@pytest.mark.parametrize("url", [STATES, f"{STATES}/more", "http://states.example/"])
def test_a_read_only_run_sets_no_provider_states(url: str) -> None:
    with pytest.raises(Refused):
        READ_ONLY.check(request("POST", url))
