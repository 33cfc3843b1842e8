"""Carts as Cart Status shows them (Cart Status API, Structure of the Response)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from conformance.checks import Answer, Broken, Kept, Nonconformance, Outcome, Unreadable, verifies
from conformance.checks.outcome import kept_if

NOT_FOUND = 101
TOO_MANY = 102
WRONG_BODY = 501
ORDERED = "Ordered"

Entry = Mapping[str, Any]


def request(*ids: object) -> dict[str, Any]:
    """A question about carts, in the document's letter case."""
    return {"Carts": [{"CartID": id_} for id_ in ids]}


def entries(answer: Answer) -> list[Entry]:
    """The entries of an answer, in its order; none where `carts` is absent.

    Raises:
        Unreadable: `carts` is no list of objects.
    """
    listed = answer.document.get("carts") or []
    if not isinstance(listed, list) or not all(isinstance(entry, Mapping) for entry in listed):
        raise Unreadable("$.carts is no list of objects")
    return listed


def entry_of(answer: Answer, cart: str) -> tuple[int, Entry]:
    """The entry of a cart and its position, its id compared in any letter case.

    Raises:
        Nonconformance: the answer has none (the table: the ID that was specified in the request).
    """
    listed = entries(answer)
    for index, entry in enumerate(listed):
        if str(entry.get("cartID", "")).casefold() == cart.casefold():
            return index, entry
    shown = ", ".join(str(entry.get("cartID")) for entry in listed)
    requirement = "CS-111" if listed else "CS-033"
    expected = f"an entry for {cart}"
    raise Nonconformance([Broken(requirement, answer.where("carts"), expected, shown or "no entry", (answer.id,))])


def error_code(entry: Entry) -> object:
    """The code of an entry's cartError, or None."""
    error = entry.get("cartError")
    return error.get("code") if isinstance(error, Mapping) else None


def cart_checks(answer: Answer) -> Iterator[Outcome]:
    """What holds inside every entry, whatever was asked."""
    try:
        listed = entries(answer)
    except Unreadable:
        return  # the schema's finding
    if listed:
        where = answer.where("requestError")
        yield kept_if(not answer.document.get("requestError"), "CS-057", where=where, exchanges=(answer.id,),
                      expected="no requestError beside carts", actual="requestError and carts")  # fmt: skip
    for index, entry in enumerate(listed):
        yield from _members(answer, index, entry)


@verifies("CS-044", "CS-048", "CS-049", "CS-057")
def _members(answer: Answer, index: int, entry: Entry) -> Iterator[Outcome]:
    failed = bool(entry.get("cartError"))
    requirement = "CS-049" if failed else "CS-048"
    for member in ("cartStatus", "cartCreationDateTime"):
        shown = entry.get(member) not in (None, "")
        yield kept_if(shown is not failed, requirement, where=answer.where("carts", index, member),
                      expected="not shown beside cartError" if failed else "always shown",
                      actual="shown" if shown else "not shown", exchanges=(answer.id,))  # fmt: skip
    ordered, linked = entry.get("cartStatus") == ORDERED, entry.get("orderID") not in (None, "")
    where = answer.where("carts", index, "orderID")
    if linked and not ordered:
        status = entry.get("cartStatus") or "a cart with an error"
        yield Broken("CS-044", where, f"not shown for {status}", str(entry["orderID"]), (answer.id,))
    elif ordered and not linked:
        yield Broken("CS-044", where, "shown for Ordered", "not shown", (answer.id,))
    elif not failed:
        yield Kept("CS-044", (answer.id,))


def answered_in_order(answer: Answer, asked: Sequence[str]) -> Iterator[Outcome]:
    """One entry for each requested cart (CS-033), in the order of the request (CS-034)."""
    shown = [str(entry.get("cartID", "")).casefold() for entry in entries(answer)]
    wanted = [cart.casefold() for cart in asked]
    complete = sorted(shown) == sorted(wanted)
    yield kept_if(complete, "CS-033", where="$.carts", expected=f"one entry for each of {len(wanted)} carts",
                  actual=f"{len(shown)} entries, {len(set(shown) & set(wanted))} of them for carts that were asked for",
                  exchanges=(answer.id,))  # fmt: skip
    if complete:
        yield kept_if(shown == wanted, "CS-034", where="$.carts", expected="the order of the request",
                      actual=", ".join(shown), exchanges=(answer.id,))  # fmt: skip
