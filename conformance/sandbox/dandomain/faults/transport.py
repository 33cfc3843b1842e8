"""Faults in addresses, methods and statuses."""

from __future__ import annotations

from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from conformance.sandbox.dandomain.faults._asked import AskedRules
from conformance.sandbox.dandomain.rules import RefusedError, Rules
from conformance.sandbox.dandomain.rules.transport import Operation, Resource
from conformance.sandbox.dandomain.writing import Value
from conformance.sandbox.faults import breaks

# Addresses and methods


@breaks("DD-001", "DD-200", "DD-207", "DD-250")
class BreaksOffLongAnswers(Rules):
    """The connection ends before the end of an answer of more than 20,000 bytes."""

    def respond(self, operation: Operation, value: Value, media_type: str) -> Response:
        response = super().respond(operation, value, media_type)
        if len(response.body) <= 20_000:
            return response
        return _BrokenOff(bytes(response.body), response.status_code, dict(response.headers))


class _BrokenOff(Response):
    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        await send({"type": "http.response.start", "status": self.status_code, "headers": self.raw_headers})
        await send({"type": "http.response.body", "body": bytes(self.body)[:20_000], "more_body": True})


@breaks("DD-001", "DD-250")
class WantsOrdersInAFolder(Rules):
    """GetOrder answers at Orders/{number} behind the key only."""

    def resource(self, path: str) -> Resource:
        found = super().resource(path.replace("/Orders/", "/"))
        if "GET" in found.operations and found.operations["GET"] is Operation.GET and "/Orders/" not in path:
            raise RefusedError(404, "EndpointNotFound")
        return found


@breaks("DD-011")
class KnowsTheSmallSpellingOnly(AskedRules):
    """The path is understood with endpoints only, not with Endpoints."""

    def resource(self, path: str) -> Resource:
        if "/Endpoints/" in self.call.path:
            raise RefusedError(404, "EndpointNotFound")
        return super().resource(path)


@breaks("DD-012", "DD-600", "DD-001")
class ServesStatesElsewhere(Rules):
    """GetOrderStates answers at GetOrderStates behind the key, and not at OrderStates."""

    def resource(self, path: str) -> Resource:
        key, _, tail = path.partition("/")
        if tail.lower() == "orderstates":
            raise RefusedError(404, "EndpointNotFound")
        return super().resource(f"{key}/OrderStates" if tail.lower() == "getorderstates" else path)


@breaks("DD-012", "DD-500", "DD-001")
class ServesCustomersElsewhere(Rules):
    """GetOrdersByCustomerNumber answers at GetOrdersByCustomerNumber behind the key, and not at GetByCustomerNumber."""

    def resource(self, path: str) -> Resource:
        if "/getbycustomernumber" in path.lower():
            raise RefusedError(404, "EndpointNotFound")
        return super().resource(path.replace("/GetOrdersByCustomerNumber", "/GetByCustomerNumber"))


@breaks("DD-012", "DD-650")
class WantsCommentsByPost(Rules):
    """SetOrderComment is a POST."""

    def operation(self, resource: Resource, method: str) -> Operation:
        comments = Operation.SET_COMMENT in resource.operations.values()
        found = resource._replace(operations={"POST": Operation.SET_COMMENT}) if comments else resource
        return super().operation(found, method)


@breaks("DD-012", "DD-700")
class WantsTheStateFirst(Rules):
    """SetOrderState takes the state before the order in its path."""

    def resource(self, path: str) -> Resource:
        found = super().resource(path)
        return found._replace(arguments=found.arguments[::-1])


@breaks("DD-028")
class CompletesByLooking(Rules):
    """A GET of CompleteOrder completes the order."""

    def operation(self, resource: Resource, method: str) -> Operation:
        completes = method == "GET" and Operation.COMPLETE in resource.operations.values()
        return Operation.COMPLETE if completes else super().operation(resource, method)


@breaks("DD-028")
class SetsStatesByAnyMethod(Rules):
    """SetOrderState is done with whatever method it is asked for."""

    def operation(self, resource: Resource, method: str) -> Operation:
        sets = Operation.SET_STATE in resource.operations.values()
        return Operation.SET_STATE if sets else super().operation(resource, method)


@breaks("DD-028")
class DeletesByPost(Rules):
    """A POST of an order deletes it."""

    def operation(self, resource: Resource, method: str) -> Operation:
        return super().operation(resource, "DELETE" if method == "POST" and "DELETE" in resource.operations else method)


# Statuses


@breaks("DD-003", shows="DD-022")
class RedirectsToALogin(Rules):
    """An invalid key is redirected to a page."""

    def refusal(self, refused: RefusedError, media_type: str) -> Response:
        if refused.status == 401:
            return Response(status_code=302, headers={"Location": "/login"})
        return super().refusal(refused, media_type)


@breaks("DD-003")
class SaysNotModifiedForUnknownOrders(AskedRules):
    """GetOrder answers 304 for a number that belongs to no order."""

    def refusal(self, refused: RefusedError, media_type: str) -> Response:
        unknown = refused.status == 404 and self.asks(Operation.GET)
        return Response(status_code=304) if unknown else super().refusal(refused, media_type)


@breaks("DD-003")
class AnswersManyChoices(Rules):
    """GetOrdersByCustomerNumber answers its list with status 300."""

    def http_status(self, operation: Operation) -> int:
        return 300 if operation is Operation.LIST_BY_CUSTOMER else super().http_status(operation)
