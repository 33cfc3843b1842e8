"""Small pages beside the report page: one HTML file each, with its style and without any script.

They take the colours and shapes from the report page's own style sheet.
"""

from __future__ import annotations

import base64
import hashlib
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from conformance.report.layout import plural
from conformance.wire.excerpt import visible

_STYLE = Path(__file__).parent / "page" / "page.css"
_POLICY = "default-src 'none'; style-src '{style}'; base-uri 'none'; form-action 'none'"


def still_page(folder: Path, name: str, **values: Any) -> str:
    """A page as one text.

    Args:
        folder: where its template (`name.html.j2`) and its own style (`name.css`) lie.
        name: of these two files.
        values: what the template shows; every text is made visible and escaped.
    """
    environment = Environment(
        loader=FileSystemLoader([folder, Path(__file__).parent]), autoescape=True, trim_blocks=True, lstrip_blocks=True,
        undefined=StrictUndefined, finalize=_shown,
    )  # fmt: skip
    environment.filters["plural"] = plural
    style = _STYLE.read_text(encoding="utf-8") + (folder / f"{name}.css").read_text(encoding="utf-8")
    digest = "sha256-" + base64.b64encode(hashlib.sha256(style.encode()).digest()).decode("ascii")
    return environment.get_template(f"{name}.html.j2").render(
        policy=_POLICY.format(style=digest), style=Markup(style), **values  # noqa: S704 (our own files)
    )  # fmt: skip


def _shown(value: Any) -> Any:
    return visible(value) if isinstance(value, str) and not isinstance(value, Markup) else value
