"""Many runs over time: what was judged, how long each deviation has lived, how flaky it is, how fast the answers came.

A history is one SQLite file that holds the results of runs and no evidence (about 60 kB for a standard run of all APIs), or
simply a folder with run files, which are then added up each time. Runs belong together by their label (a vendor, a
release; by default the target's name), and stand in the order of their clocks.

Memory: a run file is read line by line; a history is held as a whole, about 100 bytes for each requirement of each run.
"""

from conformance.report.history.past import Column, Life, Pace, Past, Run
from conformance.report.history.store import add, read

__all__ = ["Column", "Life", "Pace", "Past", "Run", "add", "read"]
