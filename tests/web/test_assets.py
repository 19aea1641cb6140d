"""Static files, and how the stylesheet reaches a page."""

import brotli
import pytest
from bs4 import BeautifulSoup

from portal.web.assets import assets, minify_css

CSS = assets()["site.css"]


def test_the_first_page_carries_its_style_and_asks_for_the_file_in_passing(client):
    page = BeautifulSoup(client.get("/kk/").text, "lxml")
    assert page.style.string == CSS.body.decode()
    assert page.select_one("link[rel=prefetch]")["href"] == CSS.address
    assert not page.select("link[rel=stylesheet]")


def test_the_stylesheets_cookie_proves_that_the_browser_has_it(client):
    answer = client.get(CSS.address)
    assert answer.headers["Set-Cookie"] == f"c={CSS.hash8}; Path=/; Max-Age=31536000; HttpOnly; SameSite=Lax"
    assert answer.headers["Cache-Control"] == "private, max-age=31536000, immutable"
    for address in ("/kk/", "/kk/status"):
        page = BeautifulSoup(client.get(address).text, "lxml")
        assert page.style is None
        assert page.select_one("link[rel=stylesheet]")["href"] == CSS.address


def test_a_cookie_of_an_older_stylesheet_proves_nothing(client):
    client.set_cookie("c", "00000000")
    assert "<style>" in client.get("/kk/").text


def test_in_production_the_cookie_is_bound_to_https(production_app):
    answer = production_app.test_client().get(CSS.address)
    assert answer.headers["Set-Cookie"].startswith(f"__Host-c={CSS.hash8}; Path=/;")
    assert answer.headers["Set-Cookie"].endswith("; Secure")


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
    assert len(CSS.body) <= 6.5 * 1024  # with the print rules of papers and passports


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
    assert b"//" not in CSS.body
    assert b"url(" not in CSS.body
