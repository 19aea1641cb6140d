"""The whole way in w3m, a browser of letters: no script, no style, no mouse. Keys are pressed as a person would."""

from __future__ import annotations

import fcntl
import os
import pty
import re
import select
import shutil
import signal
import struct
import termios
import time
from collections.abc import Iterator

import pytest

from tests.browser.visitor import MOTHER, Visitor

pytestmark = [pytest.mark.browser, pytest.mark.needs("w3m")]

ROWS, COLUMNS = 160, 100  # tall enough for a whole page
ESCAPES = re.compile(r"\x1b(\[[0-9;?]*[A-Za-z]|[()][A-Z0-9]|[=>78])|[\x00-\x09\x0b-\x1f]")
SETTINGS = ("use_cookie=1", "accept_cookie=1", "show_cookie=0", "auto_image=0", "confirm_qq=0", "use_mouse=0")


class W3m:
    """w3m on a terminal of its own."""

    def __init__(self, address: str, home: str) -> None:
        self.process, self.terminal = pty.fork()
        if self.process == 0:
            environ = {"HOME": home, "TERM": "vt100", "LC_ALL": "C.UTF-8", "PATH": os.environ["PATH"]}
            options = [part for setting in SETTINGS for part in ("-o", setting)]
            os.execve(shutil.which("w3m") or "w3m", ["w3m", *options, address], environ)
        fcntl.ioctl(self.terminal, termios.TIOCSWINSZ, struct.pack("HHHH", ROWS, COLUMNS, 0, 0))

    def close(self) -> None:
        os.kill(self.process, signal.SIGKILL)
        os.waitpid(self.process, 0)
        os.close(self.terminal)

    def press(self, keys: str) -> str:
        """Press keys; what the terminal shows of it."""
        os.write(self.terminal, keys.encode())
        shown = b""
        while select.select([self.terminal], [], [], 0.12)[0]:
            shown += os.read(self.terminal, 65536)
        return ESCAPES.sub("", shown.decode("utf-8", "replace"))

    def screen(self) -> str:
        """All of the page, drawn anew."""
        return self.press("\x0c")

    def wait_for(self, text: str) -> str:
        """Until the page says so."""
        deadline = time.monotonic() + 10
        while time.monotonic() < deadline:
            shown = self.screen()
            if "".join(text.split()) in "".join(shown.split()):  # w3m leaps over blanks instead of printing them
                return shown
        raise AssertionError(f"w3m does not show {text!r} but:\n{shown}")

    def find(self, text: str) -> None:
        """Move to these words, searched from the top."""
        self.press("g")
        shown = self.press(f"/{text}\r")
        assert "Notfound" not in "".join(shown.split()), f"{text!r} is not in:\n{self.screen()}"

    def follow(self, words: str, nth: int = 1) -> None:
        """A link or a button; the `nth` place with these words."""
        self.find(words)
        self.press("n" * (nth - 1) + "\r")

    def write(self, label: str, text: str) -> None:
        """Into the line after this label."""
        self.find(label)
        self.press("\t")
        self.press("\r")
        self.press(f"{text}\r")

    def tick(self, label: str) -> None:
        """The box or the round one before this label."""
        self.find(label)
        self.press("\x1b\t")
        self.press("\r")

    def choose(self, label: str, number: int) -> None:
        """That many lines down in the list after this label."""
        self.find(label)
        self.press("\t")
        self.press("\r")
        self.press("j" * number)
        self.press("\r")


@pytest.fixture
def w3m(portal, tmp_path) -> Iterator[W3m]:
    browser = W3m(f"{portal.address}/en/", str(tmp_path))
    yield browser
    browser.close()


def test_the_whole_way_in_w3m(w3m: W3m, portal):
    mother = Visitor(portal, None, MOTHER, "en")  # type: ignore[arg-type] - only her phone is needed
    w3m.wait_for("What do you need?")
    w3m.follow("Kindergarten queue")
    w3m.wait_for("Where to apply")
    w3m.follow("Apply")
    w3m.wait_for("Start or continue")
    w3m.follow("Start or continue")
    w3m.wait_for("Send me a code")
    w3m.write("IIN", MOTHER.iin)
    w3m.follow("Send me a code")
    w3m.wait_for("Code from the message")
    w3m.write("^.*6 digits", mother.code(0))
    w3m.follow("Sign in$")
    w3m.wait_for("Step 1 of")
    w3m.tick("Yes, I agree")
    w3m.follow("Save and continue")
    w3m.wait_for("Which child is it for?")
    w3m.tick("Арман")
    w3m.follow("Save and continue")
    w3m.wait_for("Check the details")
    w3m.tick("Yes, all correct")
    w3m.follow("Save and continue")
    w3m.wait_for("Town or village")
    w3m.choose("Where do you need", 1)
    w3m.follow("Save and continue")
    w3m.wait_for("Which kindergartens")
    w3m.choose("Choice 1", 1)
    w3m.tick("Either")
    w3m.write("Day$", "1")
    w3m.write("Month$", "12")
    w3m.write("Year$", "2026")
    w3m.follow("Save and continue")
    w3m.wait_for("Priority")
    w3m.tick("No$")
    w3m.follow("Save and continue")
    w3m.wait_for("How can we reach you?")
    w3m.follow("Save and continue")
    w3m.wait_for("Check your answers")
    before = mother.codes_so_far()
    w3m.follow("Yes, sign")
    w3m.wait_for("The text that you sign")
    w3m.write("Code from", mother.code(before))
    w3m.follow("Sign and send", nth=2)  # the first is the heading
    w3m.wait_for("Sent and received")
    number = mother.messages()[0]
    w3m.follow("Receipt,")
    assert re.search(r"[A-Z0-9]{4}-[A-Z0-9]{5}", number)[0] in w3m.wait_for("Download as PDF")
