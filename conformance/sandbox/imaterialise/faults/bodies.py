"""Faults of bodies: cut, mislabelled, in a charset of their own, no JSON and no XML."""

from __future__ import annotations

from starlette.responses import Response

from conformance.sandbox.documents import Document
from conformance.sandbox.faults import breaks
from conformance.sandbox.imaterialise.faults._calls import CARTS, ORDERS, AnswersInstead, html
from conformance.sandbox.imaterialise.rules import Rules


@breaks("OS-009")
class CutsLongAnswers(Rules):
    """Ends answers about orders after ten thousand bytes."""

    def write(self, document: Document, root: str, media_type: str) -> bytes:
        return super().write(document, root, media_type)[:10_000]


@breaks("OS-009")
class LabelsXmlAsHtml(AnswersInstead):
    """Labels XML about orders as HTML."""

    operation = ORDERS

    def instead(self, plain: Response, document: Document, code: int | None) -> Response:
        if "xml" in plain.headers["Content-Type"]:
            plain.headers["Content-Type"] = "text/html; charset=utf-8"
        return plain


@breaks("OS-009")
class LabelsNothing(AnswersInstead):
    """Sends orders without a Content-Type."""

    operation = ORDERS

    def instead(self, plain: Response, document: Document, code: int | None) -> Response:
        del plain.headers["Content-Type"]
        return plain


@breaks("OS-009", "OS-108")
class AnswersAPageWhereNothingIsFound(AnswersInstead):
    """Answers 200 and a page for people where no order was found."""

    operation = ORDERS

    def instead(self, plain: Response, document: Document, code: int | None) -> Response:
        return html(200, "No orders") if code == 108 else plain


@breaks("OS-009")
class ForgetsToEscapeInXml(Rules):
    """Writes & as it is into XML about orders."""

    def write(self, document: Document, root: str, media_type: str) -> bytes:
        data = super().write(document, root, media_type)
        return data.replace(b"&amp;", b"&") if "orders" in document else data


@breaks("OS-009")
class WritesLatinOne(Rules):
    """Writes orders in Latin-1 and calls it UTF-8."""

    def write(self, document: Document, root: str, media_type: str) -> bytes:
        data = super().write(document, root, media_type)
        return data.decode("utf-8").encode("latin-1", "replace") if "orders" in document else data


@breaks("OS-009")
class WritesMembersTwice(Rules):
    """Writes currency twice into each order in JSON, with two values."""

    def write(self, document: Document, root: str, media_type: str) -> bytes:
        data = super().write(document, root, media_type)
        return data.replace(b'"currency":', b'"currency":"XXX","currency":') if "json" in media_type else data


@breaks("CS-017")
class ForgetsToEscapeCartIds(Rules):
    """Writes the text of a malformed cart id into the answer as it is."""

    def write(self, document: Document, root: str, media_type: str) -> bytes:
        data = super().write(document, root, media_type)
        return data.replace(b"&amp;", b"&").replace(b"&lt;", b"<").replace(b'\\"', b'"') if "carts" in document else data


@breaks("CS-017")
class EndsCartsWithAComma(Rules):
    """Writes a comma after the last cart in JSON, as the document's example does."""

    def write(self, document: Document, root: str, media_type: str) -> bytes:
        data = super().write(document, root, media_type)
        return data.replace(b"}]}", b"},]}") if "carts" in document else data


@breaks("CS-017", "CS-501")
class AnswersBrokenCartBodiesWithAPage(AnswersInstead):
    """Answers 200 and a page for people where a question about carts cannot be parsed."""

    operation = CARTS

    def instead(self, plain: Response, document: Document, code: int | None) -> Response:
        return html(200, "Bad Request") if code == 501 else plain


@breaks("OC-017")
class WritesPythonForJson(Rules):
    """Writes isCanceled as True and False in JSON."""

    def write(self, document: Document, root: str, media_type: str) -> bytes:
        data = super().write(document, root, media_type)
        return data.replace(b":true", b":True").replace(b":false", b":False") if "isCanceled" in document else data


@breaks("OC-017")
class ForgetsTheEndOfXml(Rules):
    """Does not close the root of XML about cancellations."""

    def write(self, document: Document, root: str, media_type: str) -> bytes:
        data = super().write(document, root, media_type)
        return data.removesuffix(f"</{root}>".encode()) if "isCanceled" in document else data


@breaks("OC-017")
class WritesAWarningBeforeTheJson(Rules):
    """Writes a line of its own before the JSON of a refused cancellation."""

    def write(self, document: Document, root: str, media_type: str) -> bytes:
        data = super().write(document, root, media_type)
        warned = "requestError" in document and "isCanceled" in document and "json" in media_type
        return b"Warning: undefined index in cancel.php on line 7\n" + data if warned else data
