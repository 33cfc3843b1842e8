"""Rules that all operations share: paths, keys, formats, request bodies, refusals, answers."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum
from typing import NamedTuple

from starlette.responses import Response

from conformance.sandbox.calls import Call
from conformance.sandbox.dandomain.danish import local, milliseconds
from conformance.sandbox.dandomain.keys import PERMISSIONS, Permission
from conformance.sandbox.dandomain.rules.refused import RefusedError
from conformance.sandbox.dandomain.writing import Value, to_json, to_xml
from conformance.sandbox.documents import UnreadableError, from_json
from conformance.sandbox.negotiation import best_match

NAMESPACE = "http://schemas.datacontract.org/2004/07/DanDomain.Products.Shop.WebAPI.DTO.v1_0.Order"
SIMPLE_NAMESPACE = "http://schemas.microsoft.com/2003/10/Serialization/"


class Operation(StrEnum):
    """The operations by their names in the document; it has no CountByModifiedInterval, but its clients have."""

    CREATE = "CreateOrder"
    LIST = "GetOrders"
    GET = "GetOrder"
    DELETE = "DeleteOrder"
    COMPLETE = "CompleteOrder"
    LIST_BY_CUSTOMER = "GetOrdersByCustomerNumber"
    LIST_MODIFIED = "GetOrdersInModifiedInterval"
    COUNT_MODIFIED = "CountByModifiedInterval"
    STATES = "GetOrderStates"
    SET_COMMENT = "SetOrderComment"
    SET_STATE = "SetOrderState"
    SET_TRACK_NUMBER = "SetTrackNumber"


class Resource(NamedTuple):
    """What a path names: whose key, which operation for which method, and the rest of the path."""

    key: str
    operations: Mapping[str, Operation]
    arguments: list[str]


_NAMED: Mapping[str, tuple[str, Operation, int]] = {
    "orderstates": ("GET", Operation.STATES, 0),
    "getbydateinterval": ("GET", Operation.LIST, 0),
    "getbymodifiedinterval": ("GET", Operation.LIST_MODIFIED, 0),
    "countbymodifiedinterval": ("GET", Operation.COUNT_MODIFIED, 0),
    "getbycustomernumber": ("GET", Operation.LIST_BY_CUSTOMER, 1),
    "completeorder": ("PUT", Operation.COMPLETE, 1),
    "setordercomment": ("PUT", Operation.SET_COMMENT, 1),
    "settracknumber": ("PUT", Operation.SET_TRACK_NUMBER, 1),
    "setorderstate": ("PUT", Operation.SET_STATE, 2),
}
_PERMISSIONS: Mapping[Operation, Permission] = {
    Operation.CREATE: Permission.CREATE,
    Operation.DELETE: Permission.DELETE,
    Operation.COMPLETE: Permission.UPDATE,
    Operation.SET_COMMENT: Permission.UPDATE,
    Operation.SET_STATE: Permission.UPDATE,
    Operation.SET_TRACK_NUMBER: Permission.UPDATE,
}
_ROOTS: Mapping[Operation, str] = {
    Operation.CREATE: "order",
    Operation.GET: "order",
    Operation.LIST: "ArrayOforder",
    Operation.LIST_BY_CUSTOMER: "ArrayOforder",
    Operation.LIST_MODIFIED: "ArrayOforder",
    Operation.STATES: "ArrayOforderState",
    Operation.COUNT_MODIFIED: "int",
}
_ITEMS = {"ArrayOforder": "order", "ArrayOforderState": "orderState", "orderLines": "orderLine"}
_JSON, _XML = ("application/json", "text/json"), ("application/xml", "text/xml")


class TransportRules:
    """How a request to any operation is understood and its answer written."""

    # Paths and methods

    def resource(self, path: str) -> Resource:
        """What the path behind `OrderService/` names.

        The letter case of a fixed part does not count, nor does a second slash behind the key: a public client has it.
        """
        key, _, tail = path.partition("/")
        tail = tail.removeprefix("/")
        word, _, rest = tail.partition("/")
        if not tail:
            return Resource(key, {"POST": Operation.CREATE}, [])
        if (named := _NAMED.get(word.lower())) is None:
            return Resource(key, {"GET": Operation.GET, "DELETE": Operation.DELETE}, self.parts(tail, 1))
        method, operation, parts = named
        whole = operation is Operation.LIST_BY_CUSTOMER
        return Resource(key, {method: operation}, [rest] if whole else self.parts(rest, parts))

    def parts(self, path: str, count: int) -> list[str]:
        """So many parts of a path, the missing ones empty; a longer path names nothing: 404."""
        parts = path.split("/") if path else []
        if len(parts) > count:
            raise RefusedError(404, "EndpointNotFound")
        return [*parts, *[""] * (count - len(parts))]

    def operation(self, resource: Resource, method: str) -> Operation:
        """The operation that is asked for; 405 for a method that the path does not have."""
        if method in resource.operations:
            return resource.operations[method]
        raise RefusedError(405, "MethodNotAllowed", {"Allow": ", ".join(sorted(resource.operations))})

    # Keys

    def permissions(self, key: str) -> frozenset[Permission]:
        """What a key may do; 401 unless it is valid."""
        if (permissions := self.known_key(key)) is not None:
            return permissions
        raise RefusedError(401, "KeyNotValid", {"WWW-Authenticate": "key"})

    def known_key(self, key: str) -> frozenset[Permission] | None:
        """What a key may do, a GUID in any letter case; None for a key that the shop does not know."""
        return PERMISSIONS.get(key.lower())

    def permit(self, operation: Operation, permissions: frozenset[Permission]) -> None:
        """Refuse (403) an operation that the key has no permission for."""
        if self.required_permission(operation) not in permissions:
            raise RefusedError(403, "PermissionMissing")

    def required_permission(self, operation: Operation) -> Permission:
        """The order permission that is required to perform an operation."""
        return _PERMISSIONS.get(operation, Permission.READ)

    # The format of the answer

    def offered_media_types(self) -> tuple[str, ...]:
        """What an Accept header may ask for, the favourite first."""
        return (*_JSON, *_XML)

    def media_type(self, call: Call) -> str:
        """The media type of the answer: as asked, else JSON."""
        return best_match(call.header("accept") or "", self.offered_media_types()) or self.default_media_type()

    def default_media_type(self) -> str:
        """The vendor's samples ask for nothing and read JSON."""
        return _JSON[0]

    def content_type(self, media_type: str) -> str:
        """The answer's Content-Type."""
        return f"{media_type}; charset=utf-8"

    def is_json(self, media_type: str) -> bool:
        """Whether a media type is written as JSON, not as XML."""
        return media_type in _JSON

    # The request body

    def body(self, call: Call) -> dict[str, object]:
        """The members of a request body; 415 unless it says that it is JSON, 400 unless it is an object."""
        if not self.is_readable(call.header("content-type")):
            raise RefusedError(415, "ContentTypeNotSupported")
        try:
            content = from_json(call.body)
        except UnreadableError as error:
            raise RefusedError(400, "RequestBodyNotValid") from error
        if not isinstance(content, dict):
            raise RefusedError(400, "RequestBodyNotValid")
        return content

    def is_readable(self, content_type: str | None) -> bool:
        """Whether a body of this Content-Type is read: JSON under its two names, or unnamed."""
        return content_type is None or content_type.partition(";")[0].strip().lower() in _JSON

    # Answers

    def respond(self, operation: Operation, value: Value, media_type: str) -> Response:
        """The whole response for a finished value."""
        body = self.write(value, self.root_name(operation), media_type)
        return Response(body, self.http_status(operation), {"Content-Type": self.content_type(media_type)})

    def http_status(self, operation: Operation) -> int:
        """The HTTP status of success; also of a `false`."""
        return 200

    def refusal(self, refused: RefusedError, media_type: str) -> Response:
        """The answer that says no: a word that a program can look for, in the format asked for."""
        body = self.write(self.refusal_document(refused), "string", media_type)
        headers = {"Content-Type": self.content_type(media_type), **refused.headers}
        return Response(body, self.refusal_status(refused), headers)

    def refusal_status(self, refused: RefusedError) -> int:
        """The HTTP status of a refusal."""
        return refused.status

    def refusal_document(self, refused: RefusedError) -> Value:
        """What a refusal says."""
        return refused.word

    def write(self, value: Value, root: str, media_type: str) -> bytes:
        """The value in the format of the media type."""
        if self.is_json(media_type):
            return to_json(value, self.json_date)
        return to_xml(root, self.namespace(value), value, self)

    def root_name(self, operation: Operation) -> str:
        """The XML root: the name of what is answered."""
        return _ROOTS.get(operation, "boolean")

    def namespace(self, value: Value) -> str:
        """The XML namespace: that of orders, or that of the simple types."""
        return NAMESPACE if isinstance(value, dict | list) else SIMPLE_NAMESPACE

    def element_name(self, member: str) -> str:
        """The XML element of a member."""
        return member

    def item_name(self, member: str) -> str:
        """The XML element of a list's entries."""
        return _ITEMS[member]

    def json_date(self, instant: datetime) -> str:
        """An instant in JSON: milliseconds since 1970 in UTC, and the Danish offset for information."""
        return f"/Date({milliseconds(instant)}{local(instant):%z})/"

    def xml_date(self, instant: datetime) -> str:
        """An instant in XML: Danish local time without offset."""
        return local(instant).replace(tzinfo=None).isoformat()
