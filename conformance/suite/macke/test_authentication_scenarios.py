"""Who may ask at all. The page does not speak of credentials: these rows are the platform's HTTP Basic authentication."""

from __future__ import annotations

import base64
from collections.abc import Callable, Mapping

import pytest

from conformance.checks import Answer, Broken, Judge, Kept, Observed, verifies
from conformance.checks.outcome import kept_if
from conformance.contract import Contract
from conformance.suite.context import Context
from conformance.suite.macke.clients import Market, basic
from conformance.suite.macke.common import Seen, told, unchanged
from conformance.suite.macke.desk import Desk
from conformance.suite.macke.keeper import Keeper
from conformance.suite.macke.orders import revealed

UNAUTHORISED = (401, 403)
Ask = Callable[[Mapping[str, str]], Answer]


def shut_out(answer: Answer, requirement: str, sent: str) -> Kept | Broken:
    """401 or 403, and nothing of the data."""
    shown = f" and {len(revealed(answer))} orders" if answer.refused_by_http and revealed(answer) else ""
    return kept_if(answer.status in UNAUTHORISED and not shown, requirement, where="status",
                   expected=f"HTTP 401 or 403 and no data for {sent}", actual=told(answer) + shown,
                   exchanges=(answer.id,))  # fmt: skip


@verifies("MK-010", "MK-017", "MK-018")
def test_the_list_needs_credentials(market: Market, judge: Judge) -> None:
    answer = market.list(authentication={})
    judge(shut_out(answer, "MK-010", "no credentials"))
    for _ in range(3):  # who is let in now and then is let in
        judge(shut_out(market.list(authentication={}), "MK-010", "no credentials"))
    seen = Seen("MK-017", "macke-orders-unauthorised-status")
    for one in (answer, market.list(authentication=basic("nobody@example.com", "x" * 32))):
        if one.status in UNAUTHORISED:
            seen.add(str(one.status), one)
    judge(seen.outcome())
    challenge = "sent" if answer.response.header("WWW-Authenticate") else "not-sent"
    judge(Observed("MK-018", "macke-orders-challenge", challenge, (answer.id,)))


@verifies("MK-011")
def test_details_need_credentials(keeper: Keeper, judge: Judge) -> None:
    order = keeper.some(1)[0]
    judge(shut_out(keeper.market.get(order.id, authentication={}), "MK-011", "no credentials"))


@verifies("MK-012")
def test_an_update_needs_credentials(desk: Desk, contract: Contract, judge: Judge) -> None:
    order = desk.order()
    letter = "P" if order.status != "P" else "O"
    for credentials in ({}, basic("nobody@example.com", "x" * 32)):
        answer = desk.market.put(order.id, {"status": letter}, authentication=credentials)
        judge(shut_out(answer, "MK-012", "an update without credentials"))
        judge(unchanged(contract, order, desk.look(order.id), "MK-012", (answer.id,)))


@verifies("MK-013")
def test_a_search_needs_credentials(market: Market, judge: Judge) -> None:
    judge(shut_out(market.search("ABC1234", authentication={}), "MK-013", "no credentials"))


@verifies("MK-014", "MK-015")
def test_e_mail_address_and_key_belong_together(context: Context, market: Market, judge: Judge) -> None:
    email, key = (context.target.credentials[name] for name in ("email", "api_key"))
    draws = context.random("wrong key")
    wrong = "".join(draws.choice("ABCDEFGHJKLMNPQRSTUVWXYZ23456789") for _ in key)
    judge(shut_out(market.list(authentication=basic(email, wrong)), "MK-014", "a wrong API key"))
    judge(shut_out(market.list(authentication=basic(email, "")), "MK-014", "an empty API key"))
    for almost, what in ((key[:-1] + _other(key[-1]), "last"), (_other(key[0]) + key[1:], "first")):
        judge(shut_out(market.list(authentication=basic(email, almost)), "MK-014", f"a key whose {what} letter is wrong"))
    judge(shut_out(market.list(authentication=basic("nobody@example.com", key)), "MK-015", "another e-mail address"))


def _other(letter: str) -> str:
    return "7" if letter != "7" else "8"


@verifies("MK-016")
@pytest.mark.parametrize("header", ["", "Basic", "Basic %%%", "Bearer 0123456789abcdef", "no-colon"])
def test_a_malformed_header_is_refused(market: Market, judge: Judge, header: str) -> None:
    if header == "no-colon":
        header = "Basic " + base64.b64encode(b"nobody").decode()
    answer = market.list(authentication={"Authorization": header})
    judge(shut_out(answer, "MK-016", "an Authorization header that is no HTTP Basic"))
