"""How many taps the kindergarten queue takes, besides typing and the codes: links, buttons, boxes, two for a list."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask import Flask

from tests.signing_in import MOTHER, last_code
from tests.views.test_apply import Browser

MOST = 24


class Hand:
    """Taps what it is told to, and counts; a control that is set already needs no tap."""

    def __init__(self, app: Flask) -> None:
        self.browser, self.taps = Browser(app.test_client()), 0

    def follow(self, address: str) -> None:
        assert self.browser.page.select_one(f"a[href='{address}']"), address
        self.taps += 1
        self.browser.get(address)

    def press(self, **answers: object) -> None:
        """Set these controls and press the main button."""
        for name, value in answers.items():
            control = self.browser.page.select_one(f"main [name={name.replace('__', '-')}]")
            assert control is not None, name
            if control.name == "select":
                self.taps += 2
            elif control.get("type") in ("radio", "checkbox"):
                self.taps += len(value) if isinstance(value, list) else 1
        self.taps += 1
        assert self.browser.send(**answers).status_code == 200


@pytest.mark.parametrize("kindergartens", [1, 2])
def test_the_kindergarten_way_is_at_most_24_taps_besides_typing(
    app: Flask, kindergartens: int, capsys: pytest.CaptureFixture[str], fill_with_demo: Callable[[Flask], None]
) -> None:
    fill_with_demo(app)
    hand = Hand(app)
    hand.browser.get("/kk/")
    hand.follow("/kk/services/preschool-queue")
    hand.follow("/kk/services/preschool-queue/apply")
    hand.follow("/kk/sign-in?next=/kk/services/preschool-queue/apply")
    hand.press(iin=MOTHER)
    hand.press(code=last_code())
    hand.press(consent="yes")
    hand.press(child=hand.browser.page.select_one("[name=child]")["value"])
    hand.press(child_confirmed="yes")
    hand.press(locality="oral")
    boxes = [box["value"] for box in hand.browser.page.select("[name=kindergartens]")][:kindergartens]
    hand.press(kindergartens=boxes, language="any", wanted_from__day="1 12 26")
    if kindergartens > 1:
        assert hand.browser.path.endswith("/order")
        hand.press()
    hand.press(priority="none")
    hand.press()
    hand.press()
    hand.press(code=last_code())
    assert hand.browser.page.select_one("#reference")
    with capsys.disabled():
        print(f"\n{kindergartens} kindergartens: {hand.taps} taps")
    assert hand.taps <= MOST
