"""Draws life cycles as inline SVG: nodes, edges coloured by verdict, links to the requirements.

Only classes, no styles: the page's policy forbids inline styles, and colours follow the reader's scheme.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from html import escape

from conformance.report.page.lifecycle import Diagram, State, Step, Taken
from conformance.wire.excerpt import visible

_WIDTH, _HEIGHT, _ACROSS, _DOWN, _MARGIN = 124, 40, 168, 118, 16
_STUB, _LINE, _LETTER = 26, 19, 7.4
_SHORT = 5
"""Letters of a name inside a circle; the whole name is its title."""
Place = tuple[float, float]


@dataclass(frozen=True)
class Mark:
    """How a part is drawn: its verdict ("" where it was not judged) and what a pointer is told."""

    verdict: str
    tip: str


Judge = Callable[[str], Mark]
"""Answers how the part that a requirement judges is drawn."""


def drawn(diagram: Diagram, judge: Judge) -> str:
    """The declared states and steps as an SVG element."""
    places = {state.id: _place(state) for state in diagram.states}
    lowest = max(
        places[s.id][1] + _HEIGHT / 2 + (_STUB + 4 + _LINE * len(s.refuses) if s.refuses else 0) for s in diagram.states
    )
    refusals = (places[s.id][0] + _LETTER / 2 * len(says) for s in diagram.states for says, _ in s.refuses)
    reach = [*(x + _WIDTH / 2 for x, _ in places.values()), *(_right(step, places) for step in diagram.steps), *refusals]
    width = max(reach) + _MARGIN
    height = max(lowest, max(y for _, y in places.values()) + _HEIGHT / 2) + _MARGIN
    parts = [_edge(step, places, judge(step.requirement)) for step in diagram.steps]
    parts += [part for state in diagram.states for part in _node(state, places[state.id], judge)]
    return _svg(width, height, diagram.title, parts)


def followed(diagram: Diagram, steps: Mapping[tuple[str, str], Taken], judge: Judge, most: int = 16) -> str:
    """States on a circle, and the steps that the exchanges show."""
    declared = [state.id for state in diagram.states]
    seen = dict.fromkeys(name for pair in steps for name in pair)
    names = [*declared, *(name for name in seen if name not in declared)][:most]
    radius = max(120.0, 24.0 * len(names))
    middle = radius + 60
    places = {
        name: (middle + radius * math.sin(2 * math.pi * index / len(names)),
               middle - radius * math.cos(2 * math.pi * index / len(names)))
        for index, name in enumerate(names)
    }  # fmt: skip
    parts = [_chord(pair, places, middle, taken) for pair, taken in steps.items() if places.keys() >= set(pair)]
    declared_by = {state.id: state.requirement for state in diagram.states}
    for name, (x, y) in places.items():
        mark = judge(declared_by.get(name, ""))
        shown = f"<title>{_safe(name)}</title>{_label(x, y, name if len(name) <= _SHORT else name[: _SHORT - 1] + '…')}"
        body = _linked(f'<circle cx="{x:.1f}" cy="{y:.1f}" r="22"/>{shown}', declared_by.get(name, ""), mark)
        parts.append(f'<g class="node v-{mark.verdict or "none"}">{body}</g>')
    return _svg(2 * middle, 2 * middle, diagram.title, parts)


def _svg(width: float, height: float, title: str, parts: list[str]) -> str:
    head = f'<svg class="life" viewBox="0 0 {width:.0f} {height:.0f}" width="{width:.0f}" height="{height:.0f}" role="group"'
    return f'{head} aria-label="{_safe(title)}">{"".join(parts)}</svg>'


def _place(state: State) -> Place:
    return _MARGIN + _WIDTH / 2 + state.at[0] * _ACROSS, _MARGIN + _HEIGHT / 2 + state.at[1] * _DOWN


def _node(state: State, at: Place, judge: Judge) -> list[str]:
    x, y = at
    mark = judge(state.requirement)
    box = f'<rect x="{x - _WIDTH / 2:.1f}" y="{y - _HEIGHT / 2:.1f}" width="{_WIDTH}" height="{_HEIGHT}" rx="10"/>'
    body = f"{box}{_label(x, y, state.id)}"
    parts = [f'<g class="node v-{mark.verdict or "none"}">{_linked(body, state.requirement, mark)}</g>']
    if not state.refuses:
        return parts
    low = y + _HEIGHT / 2
    marks = [(says, requirement, judge(requirement)) for says, requirement in state.refuses]
    worst = next((m.verdict for _, _, m in marks if m.verdict not in {"pass", "observed", ""}), marks[0][2].verdict)
    end = low + _STUB
    barrier = f"M{x:.1f} {low:.1f}V{end - 8:.1f}M{x - 11:.1f} {end - 8:.1f}h22"
    parts.append(f'<g class="edge stop v-{worst or "none"}"><path d="{barrier}"/></g>')
    for index, (says, requirement, own) in enumerate(marks):
        text = _label(x, end + 6 + index * _LINE, says)
        parts.append(f'<g class="edge v-{own.verdict or "none"}">{_linked(text, requirement, own)}</g>')
    return parts


def _edge(step: Step, places: Mapping[str, Place], mark: Mark) -> str:
    (x1, y1), (x2, y2) = _border(places[step.source], places[step.to]), _border(places[step.to], places[step.source])
    length = math.hypot(x2 - x1, y2 - y1) or 1
    dx, dy = (x2 - x1) / length, (y2 - y1) / length
    line = f'<path d="M{x1:.1f} {y1:.1f}L{x2 - 7 * dx:.1f} {y2 - 7 * dy:.1f}"/>{_head(x2, y2, dx, dy)}'
    label = _linked(_label(*_middle(step, places), step.label), step.requirement, mark) if step.label else ""
    return f'<g class="edge v-{mark.verdict or "none"}">{line}{label}</g>'


def _middle(step: Step, places: Mapping[str, Place]) -> Place:
    """Where a label stands: above a level line, to the right of an upright one, on a sloping one."""
    (x1, y1), (x2, y2) = places[step.source], places[step.to]
    x, y = (x1 + x2) / 2, (y1 + y2) / 2
    if abs(y2 - y1) < 1:
        return x, y - 12
    return (x + 8 + _LETTER / 2 * len(step.label), y) if abs(x2 - x1) < 1 else (x, y)


def _right(step: Step, places: Mapping[str, Place]) -> float:
    """How far to the right the label of a step reaches."""
    return _middle(step, places)[0] + _LETTER / 2 * len(step.label) if step.label else 0


def _border(of: Place, towards: Place) -> Place:
    """Where a line from the middle of a node leaves it."""
    dx, dy = towards[0] - of[0], towards[1] - of[1]
    scale = min(_WIDTH / 2 / abs(dx) if dx else math.inf, _HEIGHT / 2 / abs(dy) if dy else math.inf)
    scale = 0 if math.isinf(scale) else scale
    return of[0] + dx * scale, of[1] + dy * scale


def _chord(pair: tuple[str, str], places: Mapping[str, Place], middle: float, taken: Taken) -> str:
    (x1, y1), (x2, y2) = places[pair[0]], places[pair[1]]
    how = f"{pair[0]} to {pair[1]}: " + ", ".join(f"{number} {name}" for name, number in taken.outcomes.items())
    if pair[0] == pair[1]:
        away = math.hypot(x1 - middle, y1 - middle) or 1
        out = (x1 + (x1 - middle) / away * 26, y1 + (y1 - middle) / away * 26)
        shape = f'<circle class="loop" cx="{out[0]:.1f}" cy="{out[1]:.1f}" r="14"/>'
    else:
        # To its own right of the straight line, so that a step and its return do not lie on each other.
        cx, cy = (x1 + x2) / 2 + (y2 - y1) * 0.16, (y1 + y2) / 2 - (x2 - x1) * 0.16
        start, end = _round(x1, y1, cx, cy, 23), _round(x2, y2, cx, cy, 26)
        dx, dy = x2 - cx, y2 - cy
        length = math.hypot(dx, dy) or 1
        tail = (end[0] - 6 * dx / length, end[1] - 6 * dy / length)
        shape = f'<path d="M{start[0]:.1f} {start[1]:.1f}Q{cx:.1f} {cy:.1f} {tail[0]:.1f} {tail[1]:.1f}"/>'
        shape += _head(*end, dx / length, dy / length)
    return f'<g class="edge t-{taken.outcome}"><title>{_safe(how)}</title>{shape}</g>'


def _round(x: float, y: float, tx: float, ty: float, radius: float) -> Place:
    length = math.hypot(tx - x, ty - y) or 1
    return x + (tx - x) / length * radius, y + (ty - y) / length * radius


def _head(x: float, y: float, dx: float, dy: float) -> str:
    left, right = (x - 9 * dx - 4.5 * dy, y - 9 * dy + 4.5 * dx), (x - 9 * dx + 4.5 * dy, y - 9 * dy - 4.5 * dx)
    return f'<path class="head" d="M{x:.1f} {y:.1f}L{left[0]:.1f} {left[1]:.1f}L{right[0]:.1f} {right[1]:.1f}Z"/>'


def _label(x: float, y: float, text: str) -> str:
    return f'<text x="{x:.1f}" y="{y:.1f}">{_safe(text)}</text>'


def _linked(body: str, requirement: str, mark: Mark) -> str:
    title = f"<title>{_safe(mark.tip)}</title>" if mark.tip else ""
    return f'<a href="#{_safe(requirement)}">{title}{body}</a>' if requirement else f"{title}{body}"


def _safe(text: str) -> str:
    return escape(visible(text))
