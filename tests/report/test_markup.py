"""Strangers' texts in Markdown, read back by a renderer."""

from __future__ import annotations

import html
import re

import pytest
from markdown_it import MarkdownIt

from conformance.report.markup import code, fenced, prose
from conformance.wire.excerpt import visible

HOSTILE = [
    "<script>alert(1)</script>", "`ends` the ``span``", "`", "``` ", "a\n\n# heading\n- item",
    "| a | b |\n|---|---|", "\\|`\\",
    "[link](javascript:alert(1))", "![pixel](http://evil.example/x.png)", "@somebody please look at #1", "https://evil.example",
    "www.evil.example", "&lt;b&gt;", "*a* _b_ ~~c~~", "$`x`$", ":smile:",
    "\x1b[2J\u202egnp.exe\r", "  padded  ", "<!-- hidden",
    "---", "1. one", "> quote", "\ud800", "</code></pre><img src=x onerror=alert(1)>",
]  # fmt: skip


def rendered(text: str) -> str:
    """As a forge would: tables, strikethrough, and raw HTML let through, so that none may be there."""
    return str(MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"]).render(text))


def texts(page: str) -> str:
    return html.unescape(re.sub(r"<[^>]+>", "", page))


@pytest.mark.parametrize("text", HOSTILE)
def test_a_code_span_holds_the_whole_text_and_nothing_else_comes_of_it(text: str) -> None:
    page = rendered(f"- before {code(text)} after, and {code('x')}")
    assert re.fullmatch(r"<ul>\n<li>before <code>[^<]*</code> after, and <code>x</code></li>\n</ul>\n", page)
    shown = visible(text.replace("\n", r"\n"))
    assert texts(page) == f"\nbefore {shown} after, and x\n\n"


@pytest.mark.parametrize("text", HOSTILE)
def test_a_sentence_is_a_paragraph_of_plain_words_or_a_code_span(text: str) -> None:
    page = rendered(f"Next: {prose(text)}")
    assert re.fullmatch(r"<p>Next: ([^<]*|<code>[^<]*</code>)</p>\n", page)


@pytest.mark.parametrize("text", HOSTILE)
def test_no_line_ends_a_block(text: str) -> None:
    block = fenced([text, "```", "last"], "http")
    page = rendered("\n".join([*block, "", "after"]))
    assert re.fullmatch(r'<pre><code class="language-http">[^<]*last\n</code></pre>\n<p>after</p>\n', page)


@pytest.mark.parametrize(
    ("text", "shown"),
    [("", "*nothing*"), ("  ", "*blanks*"),
     ("a", "`a`"), ("a`b", "``a`b``"), ("`", "`` ` ``"), ("x" * 400, f"`{'x' * 299}…`")],
)  # fmt: skip
def test_a_code_span_is_short_and_never_empty(text: str, shown: str) -> None:
    assert code(text) == shown


def test_words_of_ours_stay_readable() -> None:
    assert prose("Each item shows finishID, a GUID (36 characters).") == "Each item shows finishID, a GUID (36 characters)."
    assert prose("Orders> Order_1 [a]") == r"Orders\> Order\_1 \[a\]"
