"""One XSD: lxml gives the verdict, xmlschema explains a failure."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from itertools import islice
from pathlib import Path
from typing import Any

from lxml import etree

CHILDREN = "the elements in this order:"
"""How a problem about an element's children begins."""

MOST = 12
"""Explaining costs milliseconds for each row of a list, and what is wrong in a dozen rows is wrong in the next."""


class Xsd:
    """A schema for XML documents; both processors are built only when first needed."""

    def __init__(self, file: Path) -> None:
        self._file = file

    def prepare(self) -> None:
        """Builds both processors."""
        self._quick, self._explaining  # noqa: B018

    def problems(self, root: etree._Element) -> Iterator[tuple[str, str, str, bool]]:
        """Where, expected, actual, and whether it is only the order of elements; nothing when the tree is valid."""
        if self._quick.validate(root):
            return
        for error in islice(self._explaining.iter_errors(root), MOST):
            where = str(error.path or f"/{root.tag}")
            yield where, _expected(error), _actual(error), _misplaced(error)

    @cached_property
    def _quick(self) -> etree.XMLSchema:
        return etree.XMLSchema(etree.parse(str(self._file)))

    @cached_property
    def _explaining(self) -> Any:
        import xmlschema

        return xmlschema.XMLSchema(str(self._file))


def _misplaced(error: Any) -> bool:
    """All children are declared and none is missing: then only their order can be wrong."""
    declared = _declared(error)
    if not declared:
        return False
    shown = [str(child.tag) for child in error.elem]
    return shown != sorted(shown, key=declared.index) if set(shown) <= set(declared) else False


def _declared(error: Any) -> list[str]:
    """The element names of a content model in order; empty where the error is not about children."""
    if type(error).__name__ != "XMLSchemaChildrenValidationError":
        return []
    names = (particle.local_name for particle in error.validator.iter_elements())
    return list(dict.fromkeys(name for name in names if name))


def _expected(error: Any) -> str:
    declared = _declared(error)
    if declared:
        return f"{CHILDREN} " + ", ".join(declared)
    return str(error.reason or "valid by the XSD")


def _actual(error: Any) -> str:
    if _declared(error):
        return ", ".join(str(child.tag) for child in error.elem)
    return str(error.obj if isinstance(error.obj, str | int | float) else getattr(error.elem, "text", "")) or "empty"
