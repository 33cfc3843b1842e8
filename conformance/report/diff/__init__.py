"""Two runs held against each other: what is new, fixed, changed, unchanged or no longer judged, and whose change it is.

A deviation is compared by its finding's id (requirement and place), every other requirement by its verdict, a reading by
the options that were observed. Whose a change is, is decided by judging once more, never by guessing from version
numbers. Four outcomes are known of each thing that differs:

    old       as the old run judged it
    old again the old evidence, judged by today's suite and contract
    new again the new evidence, judged so too (the new run itself, where today's suite and contract made it)
    new       as the new run judged it

1.  old ≠ old again, or new ≠ new again: the same answers are judged otherwise, so it is the judge who has changed. It is
    the **contract** where the digest of the requirement's row (with its readings) differs between the headers, or
    that of its operation's schema while the suite is the same; else the **suite**. A contract that changed elsewhere
    counts only where the suite is the same. Where today's suite asks what the old run did not ask, the old answer is
    not known: this too is the suite's or the contract's.
2.  old again ≠ new again: the evidence differs. The first case that holds:
    a.  the requirement is blocked: whose it is, is told by the requirement that blocks it;
    b.  the run was stopped, or did not choose the tests (`--api`, `--requirement`, `--profile`): **interruption**, or
        **configuration**;
    c.  the finding is about a reading that only one of the runs pins: **configuration**;
    d.  one side could not be judged for want of data or because the target does not offer it: **test data** where the
        header's test data differ, **configuration** where the rest of the header does; where nothing in the header
        differs, the data at the target do, which is **test data** as well;
    e.  some test that judges it otherwise asks nothing that names a changed datum, and got another answer to the same
        question: **vendor**;
    f.  every such test names a datum that only one of the headers has: **test data**;
    g.  the questions differ, and so does the configuration or the seed: **configuration**;
    h.  else the **vendor**: what the suite asks follows from the header and the target's own answers, and the headers say
        the same.

    Two questions are the same when method, address below the base URL, header fields and body are; where the clocks of
    the runs differ, dates and times are left out. Where one datum is in all of a requirement's questions, a fault of
    the vendor that came at the same time cannot be told from the datum: (f) holds, and a third run with the old data
    tells.
3.  Both can hold; then both are told.

Memory: each run file is read several times, line by line. Kept are the verdicts of each test, the findings, and about 100
bytes for each exchange of the tests that judge otherwise; bodies are read by their place in the file, two at a time.
"""

from conformance.report.diff.compare import compare
from conformance.report.diff.model import Change, Comparison, Kind, Owner, Whose

__all__ = ["Change", "Comparison", "Kind", "Owner", "Whose", "compare"]
