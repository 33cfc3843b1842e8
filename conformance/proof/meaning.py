"""Whether an altered answer says something else in what the contract documents: only then can it be wrong.

Documented are the class of the status, statuses that are named by number, the media type, the declared members of the
body, and the codes and messages of errors. The order of rows counts only where a document gives one.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from conformance.checks.compare import Equal, declared, differences, same
from conformance.checks.errorobject import errors_in
from conformance.checks.passive import ERROR_STATUS, REFUSAL_FORM, XML_FORM
from conformance.contract import Contract, Level, Operation
from conformance.contract.tree import is_of_type, properties_of
from conformance.proof.alter import Answer
from conformance.suite.dandomain.orders import equal as equal_at_dandomain
from conformance.suite.macke.clients import NOTHING_FOUND
from conformance.suite.macke.orders import equal as equal_at_macke
from conformance.suite.macke.orders import orders_in

EQUAL: Mapping[str, Equal] = {"dandomain": equal_at_dandomain, "macke": equal_at_macke}
"""Whether two values mean the same, for vendors whose values have more than one documented form."""
_IN_SEQUENCE = {("postCartStatuses", "carts"), ("listOrders", "orders"), ("listOrders", "")}
"""Lists whose order a document gives."""
_BY_DATE = "listOrders"
UNAUTHORISED, NOT_FOUND, ERROR = 401, 404, 400
_PLAIN_MESSAGES = {"searchOrders": NOTHING_FOUND}


def changes_meaning(before: Answer, after: Answer, operation: Operation, contract: Contract) -> bool:
    """Whether a documented part of an answer says something else."""
    if before.status != after.status:
        return _says_by_status(before, after, operation, contract)
    if before.status == UNAUTHORISED:
        return False  # the status is all that is documented
    if before.status >= ERROR and not operation.errors:
        message = _PLAIN_MESSAGES.get(operation.id, "").encode() if before.status == NOT_FOUND else b""
        return bool(message) and (message in before.body) is not (message in after.body)
    if contract.roles.get(REFUSAL_FORM) and not _gives(before, operation) and not _gives(after, operation):
        return False
    if before.content_type.partition(";")[0] != after.content_type.partition(";")[0]:
        return True
    if before.body == after.body:
        return False
    return _differ(before, after, operation, contract)


def _says_by_status(before: Answer, after: Answer, operation: Operation, contract: Contract) -> bool:
    """Whether a status says something else: another class, or another than one that is named by number.

    Where the documents leave the status of a refusal open (a reading), all that may stand there say the same.
    """
    if operation.id == _BY_DATE and {before.status, after.status} == {200, NOT_FOUND} and not _rows(before, operation):
        return False
    open_ = {before.status // 100, after.status // 100} <= {2, 4} and UNAUTHORISED not in (before.status, after.status)
    role = contract.roles.get(ERROR_STATUS) or contract.roles.get(REFUSAL_FORM)
    if open_ and role and not _gives(before, operation) and (_gives_error(before, operation) or not operation.errors):
        return False
    return before.status // 100 != after.status // 100 or str(before.status) in operation.statuses


def _rows(answer: Answer, operation: Operation) -> Any:
    """The orders of a list of the marketplace; without any, 404 says the same as 200."""
    try:
        return orders_in(_read(answer, operation))
    except ValueError:
        return None


def _gives(answer: Answer, operation: Operation) -> bool:
    """Whether a body is what the operation gives when it succeeds; an error in it is none."""
    try:
        value = _read(answer, operation)
    except ValueError:
        return False
    if value is None or not is_of_type(value, operation.answer.schema):
        return False
    named = properties_of(operation.answer.schema)
    return not isinstance(value, dict) or (
        any(name in value for name in named) and not _gives_error(answer, operation)
    )


def _gives_error(answer: Answer, operation: Operation) -> bool:
    try:
        return any(True for _ in errors_in(_read(answer, operation)))
    except ValueError:
        return False


def _differ(before: Answer, after: Answer, operation: Operation, contract: Contract) -> bool:
    try:
        one, other = (_read(answer, operation) for answer in (before, after))
    except ValueError:
        return True
    if before.is_xml and contract.roles.get(XML_FORM):
        return False  # nothing is documented of the form of XML; that it is well-formed is
    if type(one) is not type(other):
        return True
    schema = _promised(operation.answer.schema, contract)
    left, right = (_arranged(declared(document, schema), operation.id) for document in (one, other))
    return next(differences(left, right, schema, (), EQUAL.get(contract.vendor.id, same)), None) is not None


def _promised(schema: Mapping[str, Any], contract: Contract) -> Mapping[str, Any]:
    """A schema without the members that the documents only allow: whatever stands there breaks nothing."""
    kept = {name: _promised(sub, contract) for name, sub in properties_of(schema).items() if not _allowed(sub, contract)}
    found = {**schema, **({"properties": kept} if "properties" in schema else {})}
    return {**found, "items": _promised(schema["items"], contract)} if "items" in schema else found


def _allowed(schema: Mapping[str, Any], contract: Contract) -> bool:
    rows = schema.get("x-requirement", [])
    ids = [rows] if isinstance(rows, str) else rows
    return bool(ids) and all(contract.requirements[id_].level is Level.MAY for id_ in ids)


def _read(answer: Answer, operation: Operation) -> Any:
    if answer.is_xml:
        return operation.answer.read_xml(answer.body).document
    return json.loads(answer.body)


def _arranged(node: Any, operation: str, name: str = "") -> Any:
    """A document whose lists stand in an order of ours, but for those whose order is documented."""
    if isinstance(node, dict):
        return {key: _arranged(value, operation, key) for key, value in node.items()}
    if not isinstance(node, list):
        return node
    rows = [_arranged(row, operation, "row") for row in node]
    if (operation, name) not in _IN_SEQUENCE:
        return sorted(rows, key=_key)
    if operation != _BY_DATE:
        return rows
    # Orders of the same second may change places.
    found: list[Any] = []
    for row in rows:
        if found and _moment(found[-1][0]) == _moment(row):
            found[-1].append(row)
        else:
            found.append([row])
    return [row for group in found for row in sorted(group, key=_key)]


def _moment(row: Any) -> str:
    return str(row.get("timestamp")) if isinstance(row, dict) else ""


def _key(row: Any) -> str:
    return json.dumps(row, sort_keys=True, default=str)
