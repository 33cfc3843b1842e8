"""Which suite judges: its version, and a digest of the code that asks and judges."""

from __future__ import annotations

import hashlib
from functools import cache
from importlib.metadata import version
from pathlib import Path

import conformance

_PACKAGE = Path(conformance.__file__).parent
_JUDGING = ("checks", "contract", "run", "suite", "target", "wire")
"""Reports and commands change no verdict."""
_DRAWING = ("hypothesis", "schemathesis")
"""Another release of these may draw other questions from the same seed, which the evidence then does not hold."""


def suite_identity() -> dict[str, str]:
    """What a run's header says of the suite. The digest tells two states apart that bear one version, as in development."""
    return {"name": "order-api-conformance", "version": conformance.__version__, "digest": _code_digest()}


def drawing_libraries() -> dict[str, str]:
    """The releases of the libraries that draw questions."""
    return {name: version(name) for name in _DRAWING}


@cache
def _code_digest() -> str:
    """Takes about 20 ms."""
    digest = hashlib.sha256()
    for folder in _JUDGING:
        for file in sorted((_PACKAGE / folder).rglob("*.py")):
            digest.update(str(file.relative_to(_PACKAGE)).encode() + b"\0" + file.read_bytes())
    return digest.hexdigest()[:16]
