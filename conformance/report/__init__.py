"""Reports: a run file in, words out. A report knows nothing that is not in the file or in the contract."""

from conformance.report.evidence import Evidence, read
from conformance.report.jsonform import to_json
from conformance.report.terminal import print_report, screen

__all__ = ["Evidence", "print_report", "read", "screen", "to_json"]
