"""Which suite judges."""

from __future__ import annotations

import re

import conformance
from conformance.run.version import suite_identity


def test_the_suite_is_named_by_version_and_code() -> None:
    told = suite_identity()
    assert (told["name"], told["version"]) == ("order-api-conformance", conformance.__version__)
    assert re.fullmatch(r"[0-9a-f]{16}", told["digest"])
    assert suite_identity() == told
