"""A blank question is drawn once a language; an answer or an error never shows on somebody else's page."""

from __future__ import annotations

import datetime as dt

import pytest
from flask import g

from portal.forms.drawing import draw_question
from portal.forms.steps import step_form
from portal.services.journeys.journey import Journey
from portal.services.passports.schema import Step

TODAY = dt.date(2026, 11, 23)
WORDS = {"kk": "Тегі", "ru": "Фамилия", "en": "Surname"}
STEP = Step.model_validate(
    {
        "id": "questions",
        "title": WORDS,
        "fields": [
            {"id": "surname", "type": "text", "label": WORDS},
            {
                "id": "kind",
                "type": "choice",
                "label": WORDS,
                "options": [{"id": "one", "label": WORDS}, {"id": "two", "label": WORDS}],
            },
            {"id": "born", "type": "date", "label": WORDS},
        ],
    }
)


@pytest.fixture
def draw(app):
    passport = app.extensions["context"].passports.get("preschool-queue").model_copy(update={"steps": (STEP,)})

    def draw(lang="kk", answers=None, typed=None):
        with app.test_request_context(f"/{lang}/", method="POST" if typed else "GET", data=typed):
            g.lang = lang
            form = step_form(Journey(passport, answers or {}, {}), STEP, lang, TODAY)
            if typed:
                g.stale_token = False
                form.validate()
            return [str(draw_question(question)) for question in form.questions]

    return draw


def test_a_blank_question_is_the_same_each_time_and_in_its_own_language(draw):
    for lang, word in WORDS.items():
        first, again = draw(lang), draw(lang)
        assert first == again
        assert all(word in html for html in first)


def test_answers_show_on_their_own_page_only(draw):
    blank = draw()
    filled = draw(answers={"surname": "Құрманғазықызы", "kind": "two", "born": "1990-01-31"})
    assert "Құрманғазықызы" in filled[0]
    assert 'value="two" checked' in filled[1]
    assert 'value="1990"' in filled[2]
    assert draw() == blank
    assert not any("checked" in html or "Құрман" in html or "1990" in html for html in blank)


def test_errors_and_what_was_typed_wrongly_show_on_their_own_page_only(draw):
    blank = draw()
    wrong = draw(typed={"surname": "", "kind": "three", "born-day": "31", "born-month": "2", "born-year": "2020"})
    assert all('aria-invalid="true"' in html for html in wrong)
    assert 'value="31"' in wrong[2]
    assert draw() == blank


def test_typed_markup_stays_text(draw):
    assert "<svg" not in draw(answers={"surname": '"><svg onload=x>'})[0]


def test_forms_of_one_step_share_nothing_that_was_read_into_them(app, draw):
    """Questions are copied from the first one made; what that one was asked with may not come along."""
    passport = app.extensions["context"].passports.get("preschool-queue").model_copy(update={"steps": (STEP,)})
    with app.test_request_context("/kk/"):
        g.lang = "kk"
        first = step_form(Journey(passport, {"surname": "Құрманғазықызы"}, {}), STEP, "kk", TODAY)
        second = step_form(Journey(passport, {}, {}), STEP, "kk", TODAY)
    assert [question._form for question in (*first.questions, *second.questions)] == [first] * 3 + [second] * 3
    assert second["q_surname"].data is None or second["q_surname"].data == ""
    kept = type(first).q_surname.made
    assert (kept["_form"], kept["meta"], "data" in kept) == (None, None, False)
