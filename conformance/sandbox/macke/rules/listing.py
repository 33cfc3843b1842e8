"""Rules of GET /orders: pages, sorting, filters, and what the list shows of an order."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, false, func
from starlette.datastructures import QueryParams

from conformance.sandbox.macke.accounts import ACCOUNTS
from conformance.sandbox.macke.models import Order, Status
from conformance.sandbox.macke.rules.transport import TransportRules
from conformance.sandbox.macke.rules.wire import Document

Condition = ColumnElement[bool]

_LARGEST = 2**63 - 1
_SORTED_BY: dict[str, Sequence[ColumnElement[Any]]] = {
    "date": (Order.timestamp.expression,),
    "order_id": (),
    "status": (Order.status.expression,),
    "customer": (func.lower(Order.lastname), func.lower(Order.firstname)),
    "email": (func.lower(Order.email),),
    "total": (Order.total.expression,),
}


@dataclass(frozen=True)
class Asked:
    """What a query says of pages and sorting; `size` 0 is everything on one page."""

    page: int
    size: int
    sort_by: str
    sort_order: str


class ListRules(TransportRules):
    """From query parameters to a page of orders."""

    default_page_size = 10

    # Pages and sorting. Nothing here is refused: what makes no sense is the default.

    def asked(self, query: QueryParams) -> Asked:
        """Pages and sorting as the list will do them."""
        return Asked(self.page_number(query), self.page_size(query), self.sort_by(query), self.sort_order(query))

    def page_number(self, query: QueryParams) -> int:
        """`page`, 1 by default."""
        return max(self.leading_integer(query.get("page", "")) or 1, 1)

    def page_size(self, query: QueryParams) -> int:
        """`items_per_page`, 10 by default and without limit; 0 or empty is everything."""
        text = query.get("items_per_page")
        size = 0 if text == "" else self.leading_integer(text or "")
        return self.default_page_size if size is None or size < 0 else size

    def sort_by(self, query: QueryParams) -> str:
        """`sort_by`, date by default; the document names no other."""
        key = query.get("sort_by", "")
        return key if key in _SORTED_BY else "date"

    def sort_order(self, query: QueryParams) -> str:
        """`sort_order`, desc by default."""
        return "asc" if query.get("sort_order") == "asc" else "desc"

    def sequence(self, asked: Asked) -> Sequence[ColumnElement[Any]]:
        """The columns to sort by. Equal ones follow their ids in the same direction, so that pages never overlap."""
        columns = self.sort_columns(asked.sort_by)
        return [column.asc() if asked.sort_order == "asc" else column.desc() for column in columns]

    def sort_columns(self, key: str) -> Sequence[ColumnElement[Any]]:
        """What a `sort_by` compares, the id last."""
        return *_SORTED_BY[key], Order.order_id.expression

    def page_of(self, orders: Select[Any], asked: Asked) -> Select[Any]:
        """The orders of one page; none when it is past the last."""
        if not asked.size:
            return orders
        return orders.offset(min(self.first_of(asked), _LARGEST)).limit(asked.size)

    def first_of(self, asked: Asked) -> int:
        """How many orders come before the page."""
        return (asked.page - 1) * asked.size

    # Filters, every one of which must hold

    def conditions(self, query: QueryParams) -> list[Condition]:
        """What an order must satisfy to be listed. A filter that is empty, or 0 where a number is due, says nothing."""
        filters = (
            self.with_status(self.values(query, "status")),
            self.of_users(self.values(query, "user_id")),
            self.with_email(query.get("email", "").strip()),
            self.with_invoice(query.get("invoice_id", "")),
            self.updated_from(query.get("updated_at_from", "")),
            self.updated_to(query.get("updated_at_to", "")),
        )
        return [condition for condition in filters if condition is not None]

    def values(self, query: QueryParams, name: str) -> list[str]:
        """The values of `name[]`, or else the last `name`, but for empty ones."""
        several = [value for key, value in query.multi_items() if self.is_list(key, name)]
        return [value for value in several or [query.get(name, "")] if value]

    def is_list(self, key: str, name: str) -> bool:
        """Whether a parameter is an entry of a list of that name: `name[]` or `name[0]`."""
        return key.startswith(f"{name}[") and key.endswith("]")

    def with_status(self, letters: list[str]) -> Condition | None:
        """Orders with one of these letters; when none is named, all but the hidden ones."""
        return Order.status.in_(letters) if letters else Order.status.not_in(self.hidden_statuses())

    def hidden_statuses(self) -> tuple[str, ...]:
        """What is listed only when asked for: there is one hidden status, Incomplete."""
        return (Status.INCOMPLETE.value,)

    def of_users(self, texts: list[str]) -> Condition | None:
        """Orders placed by one of these customers. 0, a guest's, is not looked for."""
        numbers = [self.leading_integer(text) for text in texts if text != "0"]
        return Order.user_id.in_([number for number in numbers if number is not None]) if numbers else None

    def with_email(self, text: str) -> Condition | None:
        """Orders whose e-mail contains the text, in any letter case."""
        return Order.email.icontains(text, autoescape=True) if text else None

    def with_invoice(self, text: str) -> Condition | None:
        """The order with that invoice."""
        if text in ("", "0"):
            return None
        number = self.leading_integer(text)
        return false() if number is None else Order.invoice_id == number

    def updated_from(self, text: str) -> Condition | None:
        """Orders last modified at that second or later."""
        return Order.updated_at >= self.moment(text) if text else None

    def updated_to(self, text: str) -> Condition | None:
        """Orders last modified at that second or earlier."""
        return Order.updated_at <= self.moment(text) if text not in ("", "0") else None

    def moment(self, text: str) -> int:
        """Unix seconds; a date with dashes is only its year, as PHP reads numbers."""
        return self.leading_integer(text) or 0

    def leading_integer(self, text: str) -> int | None:
        """The integer that a text begins with, or None; PHP stops reading at the first letter."""
        match = re.match(r"\s*([+-]?[0-9]{1,400})", text, re.ASCII)
        return max(-_LARGEST, min(int(match[1]), _LARGEST)) if match else None

    # What is shown

    def list_document(self, orders: Sequence[Document], params: Document) -> Any:
        """The finished answer."""
        return {"orders": [*orders], "params": params}

    def params(self, query: QueryParams, asked: Asked, total: int) -> Document:
        """Every parameter of the query and how the list understood it; without pages there is no total."""
        params = self.echo(query) | {
            "page": asked.page,
            "items_per_page": asked.size,
            "include_incompleted": Status.INCOMPLETE in self.values(query, "status"),
            "sort_by": asked.sort_by,
            "sort_order": asked.sort_order,
            "sort_order_rev": "desc" if asked.sort_order == "asc" else "asc",
        }
        return params | {"total_items": self.integer(total)} if asked.size else params

    def echo(self, query: QueryParams) -> Document:
        """The query as it was sent, `name[]` as a list."""
        echoed: Document = {}
        for key, value in query.multi_items():
            name, bracket, _ = key.partition("[")
            if not bracket:
                echoed[name] = value
            elif isinstance(entries := echoed.setdefault(name, []), list):
                entries.append(value)
        return echoed

    def is_detailed(self, query: QueryParams) -> bool:
        """Whether every row is to be a full order: the shop software's own `get_orders_data`."""
        return query.get("get_orders_data", "") not in ("", "0")

    def listed(self, orders: Sequence[Order]) -> Sequence[Order]:
        """The selected orders that are really listed."""
        return orders

    def row(self, order: Order) -> Document:
        """An order in the list, in short. All that is here is stored, so it comes as strings or null."""
        return self.shared(order) | {
            "company": self.company(order),
            "issuer_name": None,
            "issuer_email": None,
            "invoice_id": self.invoice_id(order),
            "credit_memo_id": self.credit_memo_id(order),
        }

    def shared(self, order: Order) -> Document:
        """What the list and the details show alike."""
        return {
            "order_id": self.integer(order.order_id),
            "issuer_id": self.integer(order.issuer_id),
            "user_id": self.integer(order.user_id),
            "is_parent_order": "N",
            "parent_order_id": self.integer(0),
            "company_id": self.integer(order.company_id),
            "timestamp": self.timestamp(order),
            "firstname": order.firstname,
            "lastname": order.lastname,
            "email": order.email,
            "phone": order.phone,
            "status": self.status(order),
            "total": self.total(order),
        }

    def timestamp(self, order: Order) -> str | int | None:
        """Unix time in seconds when the order was placed."""
        return self.integer(order.timestamp)

    def status(self, order: Order) -> str:
        """The letter of the status."""
        return order.status

    def total(self, order: Order) -> str | float:
        """The sum to be paid by the customer."""
        return self.money(order.total)

    def company(self, order: Order) -> str:
        """The name of the vendor."""
        return next(account.company for account in ACCOUNTS.values() if account.company_id == order.company_id)

    def invoice_id(self, order: Order) -> str | int | None:
        """The invoice, or null."""
        return self.integer(order.invoice_id)

    def credit_memo_id(self, order: Order) -> str | int | None:
        """The credit memo, or null."""
        return self.integer(order.credit_memo_id)
