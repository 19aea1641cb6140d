"""Static files, and how the stylesheet reaches a page."""

import re

import brotli
import pytest
from bs4 import BeautifulSoup

from portal.web.assets import FOLDER, assets
from portal.web.stylesheet import minify_css, put_tokens_in, read_rules, read_tokens, used_by

CSS = assets()["site.css"]


RULES = read_rules(CSS.body.decode())


def test_the_first_page_carries_the_rules_it_uses_and_asks_for_the_file_in_passing(client):
    answer = client.get("/kk/help")
    page = BeautifulSoup(answer.text, "lxml")
    carried = page.style.string
    assert carried == used_by(RULES, answer.text, printed=False)
    assert "header{" in carried
    assert ".stages" not in carried
    assert page.select_one("link[rel=prefetch]")["href"] == CSS.address
    assert not page.select("link[rel=stylesheet]")


@pytest.mark.parametrize("address", ["/kk/", "/kk/help", "/kk/status", "/kk/sign-in"])
def test_from_the_second_page_on_the_stylesheet_is_a_file_fetched_ahead_or_not(client, address):
    client.get(address)
    for _ in range(2):
        page = BeautifulSoup(client.get(address).text, "lxml")
        assert page.style is None
        assert page.select_one("link[rel=stylesheet]")["href"] == CSS.address


def test_the_icon_is_inside_the_first_page_and_then_a_file(client):
    assert (
        BeautifulSoup(client.get("/kk/").text, "lxml")
        .select_one("link[rel=icon]")["href"]
        .startswith("data:image/svg+xml,")
    )
    assert not BeautifulSoup(client.get("/kk/").text, "lxml").select("link[rel=icon]")
    icon = client.get("/favicon.ico")
    assert icon.content_type == "image/svg+xml; charset=utf-8"
    assert "max-age=31536000" in icon.headers["Cache-Control"]
    assert len(icon.data) < 300


def test_a_kept_page_tells_each_new_browser_that_it_was_shown_one(client):
    mark = f"l=kk{CSS.hash8[:2]}; Path=/; Max-Age=31536000; HttpOnly; SameSite=Lax"
    for _ in range(2):  # drawn, then from what is kept
        fresh = client.application.test_client()
        assert mark in fresh.get("/kk/").headers.getlist("Set-Cookie")
        assert mark not in fresh.get("/kk/").headers.getlist("Set-Cookie")


def test_a_cookie_of_an_older_stylesheet_proves_nothing(client):
    client.set_cookie("l", "kk")
    assert "<style>" in client.get("/kk/").text


def test_in_production_the_cookie_is_bound_to_https(production_app):
    marks = production_app.test_client().get("/kk/help").headers.getlist("Set-Cookie")
    (mark,) = [mark for mark in marks if mark.startswith("__Host-l=")]
    assert mark.startswith(f"__Host-l=kk{CSS.hash8[:2]}; Path=/;")
    assert mark.endswith("; Secure")


def test_the_page_carries_every_rule_of_what_stands_in_it_and_no_other():
    rules = read_rules(
        "a:hover,.x>b{top:0}.y{top:1}@media print{.x{top:2}.y{top:3}}@media (min-width:1rem){.y b{top:4}}"
    )
    page = '<p class="x"><a href="">1</a><b>2</b></p>'
    assert used_by(rules, page, printed=False) == "a:hover,.x>b{top:0}"
    assert used_by(rules, page, printed=True) == "a:hover,.x>b{top:0}@media print{.x{top:2}}"
    assert used_by(RULES, " ".join(re.findall(r"[\w-]+", CSS.body.decode())), printed=True) == CSS.body.decode()


def test_colours_are_named_once_and_sent_as_values():
    assert put_tokens_in("a { color: var(--sea) }", {"--sea": "#00587a"}) == "a { color: #00587a }"
    source = (FOLDER / "site.css").read_text()
    beyond = source[source.index("}") :]
    assert set(re.findall(r"#[0-9a-f]{3,8}\b", beyond)) <= {"#fff", "#000", "#0003"}
    assert b"var(" not in CSS.body + assets()["staff.css"].body


def contrast(one: str, other: str) -> float:
    """WCAG's contrast of two colours, 1 to 21."""
    lights = sorted(_light(colour) for colour in (one, other))
    return (lights[1] + 0.05) / (lights[0] + 0.05)


def _light(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


WHITE = "#ffffff"
TOGETHER = [
    ("ink", WHITE), ("ink", "mist"), ("ink", "good-area"), ("ink", "act-area"), ("ink", "bad-area"),
    ("quiet", WHITE), ("quiet", "mist"), ("deep", WHITE), ("deep", "mist"), ("sea", WHITE), ("sea", "mist"),
    ("good", WHITE), ("good", "good-area"), ("act", WHITE), ("act", "act-area"), ("bad", WHITE), ("bad", "bad-area"),
    ("sea", "good-area"), ("sea", "act-area"), ("sea", "bad-area"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "behind"), TOGETHER)
def test_colours_that_stand_together_have_a_contrast_of_7(text, behind):
    tokens = {name: value.strip() for name, value in read_tokens((FOLDER / "site.css").read_text()).items()}
    assert contrast(tokens[f"--{text}"], tokens.get(f"--{behind}", behind)) >= 7


def test_other_files_are_kept_for_good_and_set_no_cookie(client):
    script = assets()["htmx-2.0.11.min.js"]
    answer = client.get(script.address, headers={"Accept-Encoding": "br"})
    assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert "Set-Cookie" not in answer.headers
    assert brotli.decompress(answer.data) == script.body
    assert len(answer.data) < 15_500


@pytest.mark.parametrize(
    "name", ["site.css", "site.00000000.css", "htmx-LICENSE.txt", "..%2Fbase.html", "../config.py"]
)
def test_only_hashed_names_of_static_files_are_served(client, name):
    assert client.get(f"/static/{name}").status_code == 404


def test_the_stylesheet_stays_small():
    assert len(CSS.body) <= 12 * 1024  # fetched once; a first page carries what it uses (test_weight.py)


def test_minifying_keeps_what_blanks_mean():
    css = minify_css(
        "a:hover > b ,\n i { margin: 0 auto;  width: max(1rem, 50% - 2rem) ; }\n"
        "/* gone */ @media print { p { top: 0 } }"
    )
    assert css == "a:hover>b,i{margin:0 auto;width:max(1rem,50% - 2rem)}@media print{p{top:0}}"


def test_no_page_names_another_host(client):
    for address in ("/kk/", "/kk/services/preschool-queue", "/ru/services/home-schooling", "/en/help", "/en/privacy"):
        page = BeautifulSoup(client.get(address).text, "lxml")
        addresses = [tag.get("href") or tag.get("src") or tag.get("action") or "" for tag in page.find_all(True)]
        assert all(a.startswith(("/", "#", "tel:", "data:")) for a in addresses if a)
    assert set(re.findall(rb"//[^']*", CSS.body)) == {b"//www.w3.org/2000/svg"}  # a name, not an address
    assert re.findall(rb"url\((.{20})", CSS.body) == [b'"data:image/svg+xml,']
