"""The endpoint under test: the target file, its credentials, what may be done to it, and its test data."""

from conformance.target.load import bare_url, from_fields, from_file
from conformance.target.model import Limits, Target, TargetError
from conformance.target.testdata import Datum, TestData, Unmet

__all__ = [
    "Datum",
    "Limits",
    "Target",
    "TargetError",
    "TestData",
    "Unmet",
    "bare_url",
    "from_fields",
    "from_file",
]
