"""The kill matrix as one page of HTML, with nothing to load."""

from __future__ import annotations

from pathlib import Path

from conformance.contract import apis, load
from conformance.proof.figures import rows
from conformance.proof.matrix import Matrix


def page(matrix: Matrix) -> str:
    """The page. Every text is escaped: some come from answers."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    environment = Environment(
        loader=FileSystemLoader(Path(__file__).parent), autoescape=True, undefined=StrictUndefined, trim_blocks=True,
        lstrip_blocks=True,
    )  # fmt: skip
    titles = {api: load(api).title for api in apis()}
    clauses = {id_: row.text for api in apis() for id_, row in load(api).requirements.items()}
    figures = [(name.replace("*", ""), figure) for name, figure in rows(matrix)]
    return environment.get_template("page.html.jinja").render(
        matrix=matrix, figures=figures, titles=titles, clauses=clauses, reasons=matrix.gate()
    )
