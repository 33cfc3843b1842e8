"""Spoiling the finished body of an answer."""

from __future__ import annotations

from starlette.responses import Response

from conformance.sandbox.dandomain import Rules
from conformance.sandbox.dandomain.rules.transport import Operation
from conformance.sandbox.dandomain.writing import Value


class BodyRules(Rules):
    """Changes the body of successful answers, after everything else."""

    def body_of(self, operation: Operation, body: bytes, media_type: str) -> bytes:
        """What is sent instead of a body."""
        return body

    def respond(self, operation: Operation, value: Value, media_type: str) -> Response:
        response = super().respond(operation, value, media_type)
        body = self.body_of(operation, bytes(response.body), media_type)
        return Response(body, response.status_code, {"Content-Type": response.headers["Content-Type"]})
