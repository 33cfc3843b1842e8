"""The curl line, read back by a shell."""

from __future__ import annotations

import shutil
import subprocess

import pytest

from conformance.wire import Request
from conformance.wire.curl import curl_line

URL = "http://mine.example/web-api/order"
MARK = "[redacted:api_code]"
SPEAK = 'curl() { printf "%s\\0" "$@"; }; CONFORMANCE_API_CODE="s e\\$c\'r\\"et" CONFORMANCE_EMAIL=me; '


def read_back(line: str) -> list[str]:
    """The words that a shell passes to curl."""
    shell = shutil.which("bash")
    if shell is None:
        pytest.skip("no bash here")
    out = subprocess.run([shell, "-c", SPEAK + line], capture_output=True, check=True).stdout
    return out.decode().split("\0")[:-1]


def test_the_credential_is_named_and_put_in_by_the_shell() -> None:
    line = curl_line(Request("GET", f"{URL}?a=1&b=2", (("apiCode", MARK), ("Accept", "text/xml"))))
    assert line == f"curl -sS -i '{URL}?a=1&b=2' -H \"apiCode: $CONFORMANCE_API_CODE\" -H 'Accept: text/xml'"
    assert read_back(line)[-3:] == ["apiCode: s e$c'r\"et", "-H", "Accept: text/xml"]


@pytest.mark.parametrize("text", ["plain", "it's", 'say "no"', "$HOME `id` \\ !x", "a\nb\tc\x1b\x7f é", "", "\u202e", "-x"])
def test_every_body_and_header_survives_the_shell(text: str) -> None:
    headers = (("Accept", "*/*"), ("Content-Type", "text/plain"), ("X-A", f"{MARK}{text}{MARK}"))
    words = read_back(curl_line(Request("POST", URL, headers, f"<{text}>".encode())))
    assert words[-2:] == ["--data-raw", f"<{text}>"]
    secret = "s e$c'r\"et"
    assert words[-3] == f"X-A: {secret}{text}{secret}"


@pytest.mark.parametrize(
    ("request_", "words"),
    [
        (Request("GET", URL, (("Accept", "a/b"),)), ["-sS", "-i", URL, "-H", "Accept: a/b"]),
        (Request("POST", URL, (("Accept", "a/b"),)), ["-sS", "-i", "-X", "POST", URL, "-H", "Accept: a/b"]),
        (Request("GET", URL, (("Accept", "a/b"),), b"x"),
         ["-sS", "-i", "-X", "GET", URL, "-H", "Accept: a/b", "-H", "Content-Type:", "--data-raw", "x"]),
        (Request("HEAD", URL, (("Accept", "a/b"),)), ["-sS", "-I", URL, "-H", "Accept: a/b"]),
        (Request("GET", URL, (("apiCode", ""),)), ["-sS", "-i", URL, "-H", "apiCode;", "-H", "Accept:"]),
        (Request("GET", f"{URL}?q=[1]", (("Accept", "a/b"),)), ["-sS", "-i", "-g", f"{URL}?q=[1]", "-H", "Accept: a/b"]),
        (Request("GET", URL, (("User-Agent", "us"), ("Accept", "a/b"), ("Content-Length", "3"))),
         ["-sS", "-i", URL, "-H", "Accept: a/b"]),
    ],
)  # fmt: skip
def test_the_line_asks_exactly_what_was_asked(request_: Request, words: list[str]) -> None:
    assert read_back(curl_line(request_)) == words


def test_basic_authentication_is_left_to_curl() -> None:
    request = Request("GET", URL, (("Authorization", f"Basic bWU6{MARK}"), ("Accept", "a/b")))
    words = read_back(curl_line(request, ("email", "api_code")))
    assert words == ["-sS", "-i", URL, "-u", "me:s e$c'r\"et", "-H", "Accept: a/b"]


@pytest.mark.parametrize("body", [b"\xff\x00", b"nul \0", b"x" * 5000])
def test_a_body_that_no_shell_can_carry_is_left_in_the_run_file(body: bytes) -> None:
    line = curl_line(Request("POST", URL, (("Accept", "a/b"), ("Content-Type", "t/p")), body))
    assert line.endswith(" --data-binary @body # its body stands in the run file")
