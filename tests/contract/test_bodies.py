"""A body held against its schema: each kind of problem, the requirement that it breaks, and its place."""

from __future__ import annotations

from typing import Any

import pytest

from conformance.contract import load, specs_folder
from conformance.contract.bodies import ELEMENT_ORDER, Problem
from conformance.contract.references import resolved

CONTRACT = load("imaterialise/order-status")
BODY = CONTRACT.operations["getOrders"].answer
EXAMPLES = specs_folder() / CONTRACT.id / "examples"
ORDERS_XML = (EXAMPLES / "response-orders.xml").read_text(encoding="utf-8")
NIL = 'xmlns:i="http://www.w3.org/2001/XMLSchema-instance" i:nil="true"'
FOUND = BODY.read_xml(ORDERS_XML.encode()).document


def with_order(**changes: Any) -> dict[str, Any]:
    """The example with changed members of its order; None takes a member out."""
    order = {**FOUND["orders"][0], **changes}
    return {"orders": [{name: value for name, value in order.items() if value is not None}]}


def with_item(**changes: Any) -> dict[str, Any]:
    return with_order(orderItems=[{**FOUND["orders"][0]["orderItems"][0], **changes}])


def xml_problems(text: str) -> list[Problem]:
    return BODY.examine_xml(BODY.read_xml(text.encode())).problems


def places(problems: list[Problem]) -> list[tuple[str, str]]:
    return [(problem.requirement, problem.where) for problem in problems]


ORDER = "$.orders[0]"
JSON_PROBLEMS: dict[str, tuple[object, Problem]] = {
    "another type": (with_order(isOnHold="no"),
                     Problem("OS-116", f"{ORDER}.isOnHold", "a value of type boolean", '"no"')),
    "not one of a list": (with_order(statusCode=8),
                          Problem("OS-114", f"{ORDER}.statusCode", "one of 0, 1, 2, 3, 4, 5, 6, 7", "8")),
    "too long": (with_order(orderNumber="IMC9755821"),
                 Problem("OS-112", f"{ORDER}.orderNumber", "at most 9 characters", '"IMC9755821"')),
    "too short": (with_order(orderNumber=""), Problem("OS-112", f"{ORDER}.orderNumber", "at least 1 characters", '""')),
    "another form": (with_order(currency="eur"),
                     Problem("OS-129", f"{ORDER}.currency", "text of the form ^[A-Z]{3}$", '"eur"')),
    "too small": (with_item(quantity=0), Problem("OS-195", f"{ORDER}.orderItems[0].quantity", "at least 1", "0")),
    "too few entries": (with_order(orderItems=[]), Problem("OS-134", f"{ORDER}.orderItems", "at least 1 entries", "[]")),
    "an empty block": (with_order(shippingInfo={}), Problem("OS-132", f"{ORDER}.shippingInfo", "minProperties: 1", "{}")),
    "a text for a list": ({"orders": "none"}, Problem("OS-110", "$.orders", "a value of type array", '"none"')),
    "a list at the top": ([], Problem("OS-110", "$", "a value of type object", "[]")),
    "an optional member in other letters": (
        with_order(OrderRemarks="x", orderRemarks=None),
        Problem("OS-131", f"{ORDER}.orderRemarks", "the member name orderRemarks", "the member name OrderRemarks")),
    "null for a text": (with_order() | {"warning": None},
                        Problem("OS-136", "$.warning", "a value of type object", "null")),
}  # fmt: skip


@pytest.mark.parametrize(("document", "problem"), JSON_PROBLEMS.values(), ids=JSON_PROBLEMS)
def test_a_problem_in_json_is_told_with_its_requirement_and_place(document: object, problem: Problem) -> None:
    assert BODY.examine_json(document).problems == [problem]


def test_a_missing_member_is_told_at_its_own_place_with_what_shows() -> None:
    document = {"requestError": {"message": "No."}}
    assert BODY.examine_json(document).problems == [
        Problem("OS-128", "$.requestError.code", "always shown", "absent; shown are message")
    ]


def test_each_of_several_missing_members_is_told() -> None:
    found = BODY.examine_json({"requestError": {}}).problems
    assert places(found) == [("OS-127", "$.requestError.message"), ("OS-128", "$.requestError.code")]


def test_the_same_fault_in_every_row_is_told_once() -> None:
    rows = [*with_order(statusCode=8)["orders"], *with_order(statusCode=9)["orders"]]
    assert places(BODY.examine_json({"orders": rows}).problems) == [("OS-114", "$.orders[0].statusCode")]


def test_a_long_value_is_cut_for_the_reader() -> None:
    (problem,) = BODY.examine_json(with_order(orderRemarks="x" * 300)).problems
    assert problem.actual == '"' + "x" * 118 + "…"


def test_what_shows_is_known_by_its_requirements() -> None:
    shown = BODY.examine_json({"orders": [], "requestError": {"code": 108}}).shown
    assert shown == {"OS-110", "OS-126", "OS-128"}


def test_undeclared_members_and_elements_are_nobodys_fault() -> None:
    assert BODY.examine_json(with_order(more={"x": [1]}) | {"page": 1}).problems == []
    more = ORDERS_XML.replace("<Currency>", '<More a="1"><X/></More><Currency>').replace("</Orders>", "</Orders><Page/>")
    assert xml_problems(more) == []


def test_the_documents_own_examples_are_without_problems() -> None:
    assert BODY.examine_json(FOUND).problems == []
    for file in EXAMPLES.glob("*.xml"):
        assert xml_problems(file.read_text(encoding="utf-8")) == []


AT = "/OrderStatusResponse/Orders/Order[1]"
PRICE, ID = "<TotalPrice>24.78</TotalPrice>", "513bc274-205d-4377-88aa-ed3bc81a2bcf"
XML_PROBLEMS: dict[str, tuple[str, str, Problem]] = {
    "a word for a number": (PRICE, "<TotalPrice>much</TotalPrice>",
                            Problem("OS-130", f"{AT}/TotalPrice", "a value of type number", '"much"')),
    "a number that only Python reads": (PRICE, "<TotalPrice>2_4</TotalPrice>",
                                        Problem("OS-130", f"{AT}/TotalPrice", "invalid value '2_4' for xs:decimal", "2_4")),
    "no number": (PRICE, "<TotalPrice>NaN</TotalPrice>",
                  Problem("OS-130", f"{AT}/TotalPrice", "invalid value 'NaN' for xs:decimal", "NaN")),
    "a boolean in other words": ("<IsOnHold>false", "<IsOnHold>no",
                                 Problem("OS-116", f"{AT}/IsOnHold", "a value of type boolean", '"no"')),
    "a month that is none": ("2014-11-17T", "2014-13-17T",
                             Problem("OS-117", f"{AT}/RequestedDate", "month must be in 1..12", "2014-13-17T19:23:27.527")),
    "a structure for a value": ("<OrderNumber>IMC975582", "<OrderNumber><A>1</A>",
                                Problem("OS-112", f"{AT}/OrderNumber", "a value of type string", '{"A": "1"}')),
    "an element twice": ("<City>New York</City>", "<City>New York</City>" * 2,
                         Problem("OS-150", f"{AT}/ShippingInfo/City", "one element City", "City stands more than once")),
    "an element in other letters": (f"<OrderID>{ID}</OrderID>", f"<orderId>{ID}</orderId>",
                                    Problem("OS-111", f"{AT}/OrderID", "an element OrderID", "an element orderId")),
    "a needed element that is nil": ("<OrderNumber>", f"<OrderNumber {NIL}>",
                                     Problem("OS-112", f"{AT}/OrderNumber", "at least 1 characters", '""')),
}  # fmt: skip


@pytest.mark.parametrize(("old", "new", "problem"), XML_PROBLEMS.values(), ids=XML_PROBLEMS)
def test_a_problem_in_xml_is_told_with_its_requirement_and_place(old: str, new: str, problem: Problem) -> None:
    assert old in ORDERS_XML
    assert xml_problems(ORDERS_XML.replace(old, new, 1)) == [problem]


def test_a_missing_element_is_told_once_and_not_as_an_order_of_elements() -> None:
    assert places(xml_problems(ORDERS_XML.replace(PRICE, ""))) == [("OS-130", f"{AT}/TotalPrice")]


def test_elements_in_another_order_stand_for_the_requirement_on_order() -> None:
    turned = ORDERS_XML.replace(PRICE, "").replace("<Currency>", PRICE + "<Currency>")
    assert places(xml_problems(turned)) == [(ELEMENT_ORDER, AT)]


def test_an_order_has_a_number_whether_it_stands_alone_or_among_others() -> None:
    start, order, end = ORDERS_XML.partition("<Orders>")[0], ORDERS_XML, "</Orders></OrderStatusResponse>"
    order = order.partition("<Orders>")[2].partition("</Orders>")[0]
    wrong = order.replace("2014-11-17T", "2014-13-17T")
    for orders, number in ((wrong, 1), (order + wrong, 2)):
        found = places(xml_problems(f"{start}<Orders>{orders}{end}"))
        assert found == [("OS-117", f"/OrderStatusResponse/Orders/Order[{number}]/RequestedDate")]


def test_places_begin_with_the_root_that_the_answer_has() -> None:
    other = ORDERS_XML.replace("OrderStatusResponse", "Answer")
    assert xml_problems(other) == []
    spoiled = other.replace("24.78", "NaN")
    assert places(xml_problems(spoiled)) == [("OS-130", "/Answer/Orders/Order[1]/TotalPrice")]


def test_a_bare_list_as_the_root_is_the_same_list() -> None:
    bare = ORDERS_XML.replace("<OrderStatusResponse>", "").replace("</OrderStatusResponse>", "")
    body = BODY.read_xml(bare.encode())
    assert (body.root, body.document) == ("Orders", FOUND)
    assert BODY.examine_xml(body).problems == []


def test_namespaces_comments_and_instructions_change_nothing() -> None:
    odd = ORDERS_XML.replace("<OrderStatusResponse>", '<OrderStatusResponse xmlns="urn:x"><!-- a --><?b c?>')
    odd = odd.replace("IMC975582", "IMC<!-- in between -->975582")
    body = BODY.read_xml(odd.encode())
    assert (body.namespace, body.document) == ("urn:x", FOUND)
    assert BODY.examine_xml(body).problems == []


@pytest.mark.parametrize("written", [f"<EstimatedShipmentDate {NIL}/>", "<EstimatedShipmentDate/>", ""])
def test_an_optional_element_may_be_nil_or_empty_or_absent(written: str) -> None:
    full = "<EstimatedShipmentDate>2014-12-01T00:00:00</EstimatedShipmentDate>"
    assert xml_problems(ORDERS_XML.replace(full, written)) == []


@pytest.mark.parametrize("use", ["<Orders>&e9;</Orders>", '<Orders a="&e9;"/>'])
def test_entities_are_never_expanded_into_much(use: str) -> None:
    grow = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 10))
    bomb = f'<!DOCTYPE a [<!ENTITY e0 "{"x" * 100}">{grow}]><OrderStatusResponse>{use}</OrderStatusResponse>'
    with pytest.raises(ValueError, match="not well-formed XML: Maximum entity amplification"):
        BODY.read_xml(bomb.encode())


def test_no_file_of_this_machine_is_read_for_an_entity() -> None:
    text = f'<!DOCTYPE a [<!ENTITY f SYSTEM "{(EXAMPLES / "examples.yaml").as_uri()}">]>'
    text += "<OrderStatusResponse><RequestError><Message>&f;</Message><Code>108</Code></RequestError></OrderStatusResponse>"
    body = BODY.read_xml(text.encode())
    assert body.document == {"requestError": {"message": "", "code": 108}}


@pytest.mark.parametrize("data", [b"", b"  ", b"text", b"<a>", b"<a/><b/>", b"\xff\xfe", b"<a>" * 5000])
def test_what_is_not_well_formed_is_refused(data: bytes) -> None:
    with pytest.raises(ValueError, match=r"^not well-formed XML: "):
        BODY.read_xml(data)


def test_references_are_replaced_by_what_they_name() -> None:
    document = {"a": {"$ref": "#/c/x~1y~0z"}, "b": [{"$ref": "#/a"}], "c": {"x/y~z": {"type": "string"}}}
    found = resolved(document)
    assert (found["a"], found["b"]) == ({"type": "string"}, [{"type": "string"}])


def test_what_stands_beside_a_reference_counts_more() -> None:
    found = resolved({"a": {"$ref": "#/b", "x": 1}, "b": {"x": 2, "y": 3}})
    assert found["a"] == {"x": 1, "y": 3}


LEADING_NOWHERE = {
    "other.yaml#/a": "leaves the document",
    "#/none": "names nothing",
    "#/list/0": "names nothing",
    "#/start": "contains itself",
    "#/round": "contains itself",
}


@pytest.mark.parametrize(("reference", "told"), LEADING_NOWHERE.items(), ids=LEADING_NOWHERE)
def test_a_reference_that_leads_nowhere_is_told(reference: str, told: str) -> None:
    document = {"start": {"$ref": reference}, "round": {"inner": {"$ref": "#/start"}}, "list": [1]}
    with pytest.raises(ValueError, match=f"^the reference {reference} {told}$"):
        resolved(document)
