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

    language = ""

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


# What is looked for on the way, in the order of the pages; another child for each language, as a child has one place.
WORDS = {
    "en": {
        "home": "What do you need?", "service": "Kindergarten queue", "where": "Where to apply", "apply": "Apply",
        "start": "Start or continue", "iin": "IIN", "send_code": "Send me a code", "code": "Code from the message",
        "digits": "^.*6 digits", "sign_in": "Sign in$", "step": "Step 1 of", "agree": "Yes, I agree",
        "save": "Save and continue", "which_child": "Which child is it for?", "child": "Арман",
        "check": "Check the details", "correct": "Yes, all correct", "town": "Town or village",
        "where_needed": "Where do you need", "gardens": "Which kindergartens", "garden": "Altyn", "any": "Either",
        "day": "Day$", "month": "Month$", "year": "Year$", "priority": "Priority", "none": "No$",
        "reach": "How can we reach you?", "answers": "Check your answers", "sign": "Yes, sign",
        "text": "The text that you sign", "code_from": "Code from the", "send": "Sign and send$",
        "sent": "A place",
        "receipt": "Receipt[0-9]", "pdf": "Download as PDF",
    },
    "kk": {
        "home": "Сізге не керек?", "service": "Балабақша кезегі", "where": "Қайда өтініш беріледі",
        "apply": "Өтініш беру", "start": "Бастау немесе жалғастыру", "iin": "ЖСН", "send_code": "Код жіберу",
        "code": "SMS арқылы келген код", "digits": "^.*6 цифр", "sign_in": "Кіру$", "step": "қадамның 1-қадамы",
        "agree": "Иә, келісемін", "save": "Сақтап, жалғастыру", "which_child": "Қай балаңыз үшін?", "child": "Аружан",
        "check": "Деректерді тексеріңіз", "correct": "Иә, бәрі дұрыс", "town": "Елді мекен",
        "where_needed": "Балабақша қай жерде", "gardens": "Қай балабақшаларды", "garden": "«Алтын",
        "any": "Кез келген тілде", "day": "Күні$", "month": "Айы$", "year": "Жылы$", "priority": "Жеңілдік",
        "none": "Жоқ$", "reach": "Сізге қалай хабар береміз?", "answers": "Жауаптарыңызды тексеріңіз",
        "sign": "Иә, қол қоямын", "text": "Қол қойылатын мәтін", "code_from": "SMS арқылы келген код$",
        "send": "Қол қойып, жіберу",
        "sent": "Орын табылды", "receipt": "Қолхат[0-9]", "pdf": "PDF жүктеп алу",
    },
}  # fmt: skip


@pytest.fixture(params=WORDS)
def w3m(request: pytest.FixtureRequest, portal, tmp_path) -> Iterator[W3m]:
    browser = W3m(f"{portal.address}/{request.param}/", str(tmp_path))
    browser.language = request.param
    yield browser
    browser.close()


def test_the_whole_way_in_w3m(w3m: W3m, portal):
    words = WORDS[w3m.language]
    mother = Visitor(portal, None, MOTHER, w3m.language)  # type: ignore[arg-type] - only her phone is needed
    w3m.wait_for(words["home"])
    w3m.follow(words["service"])
    w3m.wait_for(words["where"])
    w3m.follow(words["apply"])
    w3m.wait_for(words["start"])
    w3m.follow(words["start"])
    w3m.wait_for(words["send_code"])
    w3m.write(words["iin"], MOTHER.iin)
    before = mother.codes_so_far()
    w3m.follow(words["send_code"])
    w3m.wait_for(words["code"])
    w3m.write(words["digits"], mother.code(before))
    w3m.follow(words["sign_in"])
    w3m.wait_for(words["step"])
    w3m.tick(words["agree"])
    w3m.follow(words["save"])
    w3m.wait_for(words["which_child"])
    w3m.tick(words["child"])
    w3m.follow(words["save"])
    w3m.wait_for(words["check"])
    w3m.tick(words["correct"])
    w3m.follow(words["save"])
    w3m.wait_for(words["town"])
    w3m.choose(words["where_needed"], 1)
    w3m.follow(words["save"])
    w3m.wait_for(words["gardens"])
    w3m.tick(words["garden"])
    w3m.tick(words["any"])
    w3m.write(words["day"], "1")
    w3m.write(words["month"], "12")
    w3m.write(words["year"], "2026")
    w3m.follow(words["save"])
    w3m.wait_for(words["priority"])
    w3m.tick(words["none"])
    w3m.follow(words["save"])
    w3m.wait_for(words["reach"])
    w3m.follow(words["save"])
    w3m.wait_for(words["answers"])
    before = mother.codes_so_far()
    w3m.follow(words["sign"])
    w3m.wait_for(words["text"])
    w3m.write(words["code_from"], mother.code(before))
    w3m.follow(words["send"], nth=2)  # the first is the heading
    w3m.wait_for(words["sent"])
    number = mother.messages()[0]
    w3m.follow(words["receipt"])
    assert re.search(r"[A-Z0-9]{4}-[A-Z0-9]{5}", number)[0] in w3m.wait_for(words["pdf"])
