"""Each part that pages are drawn with looks as in its picture, on a phone and on a desk.

The pictures are small and grey, so that other fonts pass and a lost rule does not. After a change that is meant:
`RENEW=1 pytest tests/browser/test_styles.py` draws them anew; look at them before they are committed.
"""

from __future__ import annotations

import io
import os
from pathlib import Path

import pytest
from PIL import Image, ImageChops, ImageFilter, ImageStat
from playwright.sync_api import Locator

pytestmark = [pytest.mark.browser, pytest.mark.needs("chromium")]

PICTURES = Path(__file__).with_name("styles")
WIDTHS = {"phone": 360, "desk": 1280}
SMALL = 120  # pixels, the width of a picture
MOST_HEIGHT = 0.2  # by which part of its height another font may make a part longer or shorter
MOST_DIFFERENCE = 9.0  # of 255, the mean over a picture once it is blurred


def picture_of(part: Locator) -> Image.Image:
    drawn = Image.open(io.BytesIO(part.screenshot())).convert("L")
    return drawn.resize((SMALL, max(1, round(drawn.height * SMALL / drawn.width))), Image.Resampling.LANCZOS)


def difference(one: Image.Image, other: Image.Image) -> float:
    """The mean distance of two pictures, stretched to the same height and blurred: letters become lines."""
    one, other = (image.resize(other.size).filter(ImageFilter.GaussianBlur(2)) for image in (one, other))
    return ImageStat.Stat(ImageChops.difference(one, other)).mean[0]


@pytest.mark.parametrize("screen", WIDTHS)
def test_each_part_looks_as_in_its_picture(portal, make_context, screen):
    context = make_context(
        viewport={"width": WIDTHS[screen], "height": 900}, is_mobile=False, has_touch=False, device_scale_factor=1
    )
    page = context.new_page()
    page.goto("/sandbox/styles")
    parts = {part.get_attribute("data-part"): part for part in page.locator("[data-part]").all()}
    assert len(parts) >= 18
    if os.environ.get("RENEW"):
        PICTURES.mkdir(exist_ok=True)
        for name, part in parts.items():
            picture_of(part).quantize(16).save(PICTURES / f"{name}-{screen}.png", optimize=True)
    kept = {path.stem.removesuffix(f"-{screen}") for path in PICTURES.glob(f"*-{screen}.png")}
    assert kept == parts.keys(), "a part without a picture, or a picture without its part"
    changed = {}
    for name, part in parts.items():
        now, then = picture_of(part), Image.open(PICTURES / f"{name}-{screen}.png").convert("L")
        taller = abs(now.height - then.height) / then.height
        apart = difference(now, then)
        if taller > MOST_HEIGHT or apart > MOST_DIFFERENCE:
            changed[name] = (round(taller, 2), round(apart, 1))
    assert changed == {}


def test_a_part_that_lost_its_rules_is_seen(portal, make_context):
    context = make_context(viewport={"width": 360, "height": 900}, is_mobile=False, device_scale_factor=1)
    page = context.new_page()
    page.goto("/sandbox/styles")
    page.evaluate("() => document.querySelectorAll('style, link[rel=stylesheet]').forEach((each) => each.remove())")
    lost = []
    for part in page.locator("[data-part]").all():
        name = part.get_attribute("data-part")
        now, then = picture_of(part), Image.open(PICTURES / f"{name}-phone.png").convert("L")
        if abs(now.height - then.height) / then.height > MOST_HEIGHT or difference(now, then) > MOST_DIFFERENCE:
            lost.append(name)
    assert {"badges", "answers", "cards", "tracker", "icons", "fields"} <= set(lost)
