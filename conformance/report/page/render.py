"""Fills the template. Every text is made visible and escaped here; scripts and styles are named by their digests."""

from __future__ import annotations

import base64
import hashlib
import json
import math
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from conformance.report.evidence import Evidence
from conformance.report.layout import plural
from conformance.report.legible import moments
from conformance.report.page import view
from conformance.report.page.drawing import Mark, drawn, followed
from conformance.report.page.findings import DETAILED, Group
from conformance.report.page.gather import Gathered
from conformance.report.page.latency import Latency, axis
from conformance.report.page.pack import Packed, squeezed
from conformance.wire.excerpt import visible

if TYPE_CHECKING:
    from conformance.run.baseline import Assessment

_FOLDER = Path(__file__).parent
_POLICY = (
    "default-src 'none'; script-src '{script}'; style-src '{style}'; img-src data:; base-uri 'none'; form-action 'none'; "
    "require-trusted-types-for 'script'; trusted-types 'none'"
)
_COLUMNS = 60


def render(
    evidence: Evidence, gathered: Gathered, packed: Packed, groups: Sequence[Group], assessment: Assessment | None
) -> str:
    """The page as one text."""
    every = view.rows(evidence, gathered)
    areas, lines = view.matrix(every)
    style, script = _asset("page.css"), _asset("page.js")
    return _environment().get_template("page.html.j2").render(
        policy=_POLICY.format(script=_digest(script), style=_digest(style)),
        style=Markup(style),  # noqa: S704 (our own files)
        script=Markup(script),  # noqa: S704
        answer=view.answer(evidence, every, assessment),
        assessment=assessment,
        evidence=evidence,
        groups=groups,
        summed=view.summed([group.cause for group in groups]),
        detailed=DETAILED,
        areas=areas,
        every_area=sorted({row.requirement.area for row in every}),
        matrix=lines,
        rows=every,
        verdicts=[name for name in view.ORDER if any(row.verdict == name for row in every)],
        unjudged=view.unjudged(evidence),
        readings=view.observed(evidence, gathered),
        lifecycles=list(_lifecycles(evidence, gathered)),
        coverages=list(gathered.coverages.values()),
        latencies=_latencies(gathered.latencies),
        configuration=view.configuration(evidence),
        packed=packed,
        details=squeezed(view.details(every, gathered, packed)),
        index=squeezed(packed.rows),
    )  # fmt: skip


def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(_FOLDER), autoescape=True, trim_blocks=True, lstrip_blocks=True, undefined=StrictUndefined,
        finalize=_shown,
    )  # fmt: skip
    environment.filters["plural"] = plural
    environment.filters["moments"] = moments
    environment.filters["tojson_plain"] = lambda value: json.dumps(value, ensure_ascii=False)
    environment.globals.update(glyphs=view.GLYPHS, word=view.spoken, bars=_bars)
    return environment


def _shown(value: Any) -> Any:
    """What a template writes: strangers' texts without a character that a browser obeys or hides."""
    return visible(value) if isinstance(value, str) and not isinstance(value, Markup) else value


def _asset(name: str) -> str:
    return (_FOLDER / name).read_text(encoding="utf-8")


def _digest(text: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode("ascii")


def _lifecycles(evidence: Evidence, gathered: Gathered) -> Any:
    rows = {id_: (row, contract) for contract in evidence.contracts for id_, row in contract.requirements.items()}

    def judge(requirement: str) -> Mark:
        if requirement not in rows:
            return Mark("", "")
        verdict = view.verdict_of(evidence, rows[requirement][0])
        tests = gathered.judged[requirement].count if requirement in gathered.judged else 0
        known = verdict if requirement in evidence.tally.verdicts else ""
        return Mark(
            known, f"{requirement}: {view.spoken(verdict)}, in {plural(tests, 'test')}. {rows[requirement][0].text}"
        )

    for contract in evidence.contracts:
        for diagram, follower in gathered.diagrams.get(contract.id, ()):
            steps = follower.steps if follower else {}
            picture = followed(diagram, steps, judge) if follower else drawn(diagram, judge)
            ids = sorted(diagram.requirements & rows.keys())
            yield {
                "contract": contract, "diagram": diagram, "followed": follower is not None, "steps": steps,
                "picture": Markup(picture),  # noqa: S704 (drawing escapes what it writes)
                "requirements": [(id_, view.verdict_of(evidence, rows[id_][0]), rows[id_][0].text) for id_ in ids],
            }  # fmt: skip


def _latencies(latencies: Mapping[str, Latency]) -> dict[str, Any]:
    shown = {name: latency for name, latency in latencies.items() if latency.count or latency.failures}
    least, most = axis(list(shown.values()))
    return {
        "least": least, "most": most, "columns": _COLUMNS,
        "rows": [
            {"operation": name, "latency": latency, "profile": latency.profile(least, most, _COLUMNS),
             "median": _COLUMNS * math.log(latency.quantile(0.5) / least, most / least) if latency.count else None}
            for name, latency in sorted(shown.items())
        ],
    }  # fmt: skip


def _bars(profile: Sequence[float], height: int) -> Markup:
    """The columns of a small plot, as one path: a step of 4 for each."""
    path = "".join(
        f"M{4 * column + 0.5} {height}v{-max(1.5, share * (height - 1)):.1f}h3V{height}z"
        for column, share in enumerate(profile) if share
    )  # fmt: skip
    return Markup('<path d="{}"/>').format(path)
