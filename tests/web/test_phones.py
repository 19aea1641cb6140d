"""Telephone numbers in texts."""

import pytest

from portal.web.phones import dial, link_phones, spaced


@pytest.mark.parametrize(
    ("written", "dialled"),
    [
        ("1414", "1414"),
        ("8-800-080-7777", "+78000807777"),
        ("87112260465", "+77112260465"),
        ("+7 (711) 226-04-65", "+77112260465"),
        ("8 (7112) 26-04-65", "+77112260465"),
    ],
)
def test_a_number_becomes_a_link_that_dials_it(written, dialled):
    assert link_phones(f"Телефон {written}.") == f'Телефон <a href="tel:{dialled}">{written}</a>.'
    assert dial(written) == dialled


@pytest.mark.parametrize(
    "text", ["№ 172", "2015 жылғы 7 сәуір", "14140", "810205412345678", "www.1414.kz", "13.00-14.30"]
)
def test_other_figures_stay_as_they_are(text):
    assert link_phones(text) == text


def test_the_text_around_is_escaped():
    assert link_phones('<b> 1414 "x"') == '&lt;b&gt; <a href="tel:1414">1414</a> &#34;x&#34;'


def test_a_number_is_written_as_people_read_it_out():
    assert spaced("+77112260465") == "+7 711 226 04 65"
    assert spaced("1414") == "1414"
