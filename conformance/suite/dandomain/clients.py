"""Asks a shop's OrderService as an integrator does. The key stands in the path of every request."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from conformance.checks import Answer
from conformance.contract import Format
from conformance.suite.client import Api
from conformance.suite.context import Context
from conformance.suite.dandomain.created import as_ordered
from conformance.suite.dandomain.every import given_checks, interval_checks, label_checks
from conformance.suite.dandomain.interval import Moment
from conformance.suite.dandomain.orders import order_checks
from conformance.suite.dandomain.own import own_orders

ORDERS = "dandomain/orders"
KEY = "key"
JSON_TYPE = "application/json"


def wire_moment(moment: Moment) -> str:
    """A point in time as clients write it into a query: `2014-05-07`, or `2018-10-31T15:23:28` with a time of day."""
    if isinstance(moment, datetime):
        return moment.strftime("%Y-%m-%dT%H:%M:%S")
    return moment.isoformat() if isinstance(moment, date) else moment


@dataclass
class Shop:
    """The eleven operations, asked with one key. Every answer is judged before it is handed back."""

    api: Api
    accept: Format | str | None = Format.JSON
    """In which format answers are asked for, unless a call says otherwise; None asks for none."""

    @property
    def context(self) -> Context:
        """The run."""
        return self.api.context

    def create(self, order: object, **options: Any) -> Answer:
        """CreateOrder with an order, or with any other JSON value where the refusal is what counts."""
        return self.create_raw(json.dumps(order, ensure_ascii=False).encode(), **options)

    def create_raw(self, body: bytes | None, content_type: str | None = JSON_TYPE, **options: Any) -> Answer:
        """CreateOrder with a literal body."""
        return self._ask("CreateOrder", body=body, content_type=content_type, **options)

    def get(self, order_id: object, **options: Any) -> Answer:
        """GetOrder."""
        return self._of("GetOrder", order_id, **options)

    def delete(self, order_id: object, **options: Any) -> Answer:
        """DeleteOrder."""
        return self._of("DeleteOrder", order_id, **options)

    def complete(self, order_id: object, **options: Any) -> Answer:
        """CompleteOrder, with an empty body as the vendor's samples send it."""
        return self._of("CompleteOrder", order_id, **_empty_body(options))

    def set_state(self, order_id: object, state_id: object, **options: Any) -> Answer:
        """SetOrderState."""
        return self._of("SetOrderState", order_id, {"orderStateId": str(state_id)}, **_empty_body(options))

    def set_comment(self, order_id: object, comment: str | None, **options: Any) -> Answer:
        """SetOrderComment; None leaves the parameter out."""
        query = [("comment", comment)] if comment is not None else []
        return self._of("SetOrderComment", order_id, query=query, **_empty_body(options))

    def set_track_number(self, order_id: object, number: str | None, **options: Any) -> Answer:
        """SetTrackNumber; None leaves the parameter out."""
        query = [("tracknumber", number)] if number is not None else []
        return self._of("SetTrackNumber", order_id, query=query, **_empty_body(options))

    def states(self, **options: Any) -> Answer:
        """GetOrderStates."""
        return self._ask("GetOrderStates", **options)

    def created(self, start: Moment | None, end: Moment | None, **options: Any) -> Answer:
        """GetOrders: those created in an interval; None leaves an end out."""
        return self._in("GetOrders", start, end, **options)

    def modified(self, start: Moment | None, end: Moment | None, **options: Any) -> Answer:
        """GetOrdersInModifiedInterval; `more` holds further parameters, which only clients show."""
        return self._in("GetOrdersInModifiedInterval", start, end, **options)

    def of_customer(self, number: str, **options: Any) -> Answer:
        """GetOrdersByCustomerNumber."""
        return self._of("GetOrdersByCustomerNumber", None, {"customerNumber": number}, **options)

    def _in(
        self, operation: str, start: Moment | None, end: Moment | None, more: Mapping[str, str] | None = None,
        **options: Any,
    ) -> Answer:  # fmt: skip
        ends = (("start", start), ("end", end))
        query = [(name, wire_moment(moment)) for name, moment in ends if moment is not None]
        return self._ask(operation, query=[*query, *(more or {}).items()], **options)

    def _of(
        self, operation: str, order_id: object, more: Mapping[str, str] | None = None, **options: Any
    ) -> Answer:
        path = {**({"orderId": str(order_id)} if order_id is not None else {}), **(more or {})}
        return self._ask(operation, path={**path, **options.pop("path", {})}, **options)

    def _ask(self, operation: str, **options: Any) -> Answer:
        return self.api.ask(operation, **{"accept": self.accept, **options})


def _empty_body(options: Mapping[str, Any]) -> dict[str, Any]:
    """The samples send `Content-Length: 0` with every PUT; a server may refuse one without."""
    return {"body": b"", "content_type": JSON_TYPE, **options}


def shop(context: Context, credential: str = KEY) -> Shop:
    """The shop, asked with one of the target file's keys."""
    return shop_with(context, context.target.credentials[credential])


def shop_with(context: Context, key: str) -> Shop:
    """The shop, asked with a literal key."""
    own, form = own_orders(context), next(iter(context.target.formats), Format.JSON)
    checks = (order_checks, given_checks, interval_checks, as_ordered(own))
    api = Api(context, context.contracts[ORDERS], {}, checks, {"key": key}, own.seen, own.recall, (label_checks,))
    return Shop(api, form)
