"""Runs with altered answers, several at a time, until enough of every vendor were altered; and the figures as text."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import partial

from conformance.proof.alter import KINDS
from conformance.proof.processes import Processes
from conformance.proof.strangeness import Away, Noticed, notice

LIMIT_SECONDS = 600.0
"""A run that takes longer has hung: there are no figures then."""
_NEVER = 10**9

Ended = tuple[str, int, Noticed]
"""A run: vendor, seed, and what became of the altered answers."""


def meet(vendors: Sequence[str], answers: int, *, jobs: int, first: int, every: int) -> Iterator[Ended]:
    """The runs, as they end.

    The seeds of a vendor count up from `first`; a run more is begun until those that ended altered enough.

    Args:
        vendors: whose sandboxes.
        answers: how many answers of each whose meaning changed.
        jobs: how many runs at a time.
        first: the first seed.
        every: how many answers pass for one that is altered.

    Raises:
        ChildProcessError: a run ended without figures.
    """
    for vendor in vendors:
        yield from _of_one(vendor, answers, jobs, first, every)


def _of_one(vendor: str, answers: int, jobs: int, first: int, every: int) -> Iterator[Ended]:
    """A fixed seed gives the same run whatever ran beside it; so only whole prefixes of the seeds are counted."""
    ended: dict[int, Noticed] = {}
    done, seed, next_ = 0, first, first
    warm = partial(notice, vendor, 0, _NEVER)
    with Processes(partial(notice, vendor, every=every), warm=warm, within=LIMIT_SECONDS) as running:
        while done < answers:
            while len(running) < jobs:
                running.start(seed)
                seed += 1
            for number, found in running.ended():
                if isinstance(found, ChildProcessError):
                    raise ChildProcessError(f"the run against {vendor} with seed {number} came to nothing: {found}")
                ended[number] = found
            while next_ in ended and done < answers:
                noticed = ended.pop(next_)
                done += noticed.altered.total()
                yield vendor, next_, noticed
                next_ += 1


def page(met: Mapping[str, Noticed], every: int) -> str:
    """The figures as a page of Markdown: vendor and kind, and what got away, grouped by why."""
    lines = [_HEAD.format(every=every), *table(met), "", "## What got away", ""]
    for vendor, noticed in met.items():
        lines += [f"### {vendor}", "", *_away(noticed), ""]
    return "\n".join(lines).rstrip() + "\n"


_HEAD = """# Strangers

What a proxy that knows no rule altered between sandbox and suite, and what the suite noticed. One answer in {every} is
altered, by fixed seeds. *Altered* counts the answers that then say something else in what the contract documents (class of
the status, media type, declared members and rows, error codes and messages); *caught* those that a finding cites, as the
only altered answer or as the latest of several. An answer that is only late breaks nothing by design: no document
promises a time. Why an answer got away is inferred: from the kind of alteration, from how its test ended, and from whether
the same was asked again; it is not looked up case by case. Written by `conformance perturb`.
"""


def table(met: Mapping[str, Noticed]) -> list[str]:
    """Vendor and kind: altered, caught, share."""
    lines = ["| vendor | kind | altered | caught | share | harmless |", "| --- | --- | ---: | ---: | ---: | ---: |"]
    for vendor, noticed in met.items():
        lines += [_row(vendor, kind, noticed.altered[kind], noticed.caught[kind], noticed.harmless[kind]) for kind in KINDS]
        lines.append(_row(f"**{vendor}**", "**all**", noticed.altered.total(), noticed.caught.total(),
                          noticed.harmless.total()))  # fmt: skip
    return lines


def _row(vendor: str, kind: str, altered: int, caught: int, harmless: int) -> str:
    share = f"{caught / altered:.1%}" if altered else "-"
    return f"| {vendor} | {kind} | {altered} | {caught} | {share} | {harmless} |"


def _away(noticed: Noticed) -> Iterator[str]:
    groups: dict[str, list[Away]] = {}
    for one in noticed.away:
        groups.setdefault(why(one), []).append(one)
    yield f"{len(noticed.away)} of {noticed.altered.total()} in {noticed.runs} runs; {noticed.outside} more altered answers"
    yield "went to the first contact or to cleaning up, which judge no answer by themselves, and are not counted."
    yield ""
    for reason, members in sorted(groups.items(), key=lambda group: -len(group[1])):
        yield f"- {reason}: {len(members)}"
        common = Counter(f"{one.kind} of {one.operation} ({_blank(one.told)})" for one in members).most_common(_MOST)
        yield from (f"  - {told}: {count}" for told, count in common)


_MOST = 8


def _blank(told: str) -> str:
    """What was altered, without the numbers of rows and sizes, and nothing that Markdown reads."""
    plain = re.sub(r"\d+ of \d+ bytes", "some bytes", re.sub(r"(?<=\.)\d+(?=\.|$)", "N", told))
    return re.sub("[^\\w .:/=-]", "", plain)[:60]


def why(away: Away) -> str:
    """Why an altered answer got away, as far as the kind of alteration and the end of its test tell."""
    if away.ending:
        return "its test ended early, for another altered answer, and did not come to judge it"
    times = "the only one to its question" if away.only else "one of several to its question, and the data may have changed"
    if away.kind in ("drop a member", "null a member", "rename a member"):
        return f"a member that may be absent, in an answer that was {times}"
    if away.kind in ("alter a value", "repeat a row", "drop a row", "swap two rows"):
        return f"a value or row of which nothing is documented, in an answer that was {times}"
    if away.kind == "another error code":
        return "a code in answer to a question for which no document names one"
    if away.kind == "the previous answer":
        return "a right answer to another question, and nothing in it names its question"
    if away.kind == "another status":
        return "a refusal where the documents leave open whether there is one"
    return "a refusal of which the documents leave the form open"
