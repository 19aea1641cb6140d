"""A date is read however people write it; what is none is refused with an example that the question would take."""

import datetime as dt

import pytest
import wtforms
from flask_babel import force_locale
from werkzeug.datastructures import MultiDict

from portal.forms.fields import DateQuestion
from portal.services.typed_dates import read_date
from tests.catalogue import BUILT_IN

TODAY = dt.date(2026, 11, 23)
SEPTEMBER = dt.date(2027, 9, 1)
AS_PEOPLE_WRITE = [
    "1.9.27", "1 9 27", "01.09.2027", "1/9/2027", "1-9-27", "2027-09-01", "2027.09.01", "1. 9. 2027", "010927",
    "01092027", "1 қыркүйек 2027", "2027 жылғы 1 қыркүйек", "1 кыркуйек 2027 ж.", "1 қыр 2027", "1 қыркүйекте 2027",
    "1 сентября 2027", "1 сентября 2027 г.", "1 сен 27", "1 сентября 2027 года", "1 September 2027", "Sept 1, 2027",
    "1 sep 27", "  1  қыркүйек   2027 ", "1\u00a0сентября\u00a02027", "1ші қыркүйек 2027",
]  # fmt: skip


def ask(field, **typed):
    spec = next(spec for spec in BUILT_IN.get("preschool-queue", TODAY).fields() if spec.id == field)
    form_of = type("Dates", (wtforms.Form,), {field: DateQuestion(spec=spec, lang="en")})
    form = form_of(MultiDict({f"{field}-{part}" if part else field: value for part, value in typed.items()}))
    form[field].today = TODAY
    return form


def refusal(field, day, month, year):
    form = ask(field, day=day, month=month, year=year)
    assert not form.validate()
    return " ".join(str(error) for error in form.errors[field])


@pytest.mark.parametrize("text", AS_PEOPLE_WRITE)
def test_a_date_is_read_as_people_write_it(text):
    assert read_date(text, TODAY) == SEPTEMBER


@pytest.mark.parametrize("text", AS_PEOPLE_WRITE)
def test_a_whole_date_may_be_pasted_into_the_first_box(app, text):
    with app.test_request_context():
        form = ask("wanted_from", day=text, month="", year="")
        assert form.validate(), form.errors
    assert form["wanted_from"].data == "2027-09-01"
    assert form["wanted_from"].parts == ["1", "9", "2027"]


@pytest.mark.parametrize(
    ("month", "year"), [("9", "27"), ("09", "2027"), ("қыркүйек", "2027"), ("сентября", "27"), ("September", "2027")]
)
def test_a_month_may_be_a_word_and_a_year_two_digits(app, month, year):
    with app.test_request_context():
        form = ask("wanted_from", day="1", month=month, year=year)
        assert form.validate(), form.errors
    assert form["wanted_from"].data == "2027-09-01"


@pytest.mark.parametrize("text", ["31 2 2027", "1 13 27", "1 9", "september", "1 9 2 27", "0 9 27", "1.9.999", "٣", ""])
def test_what_is_no_date_is_not_guessed_at(text):
    assert read_date(text, TODAY) is None


def test_a_birth_lies_behind_and_a_wish_ahead():
    assert read_date("12.4.23", TODAY, past=True) == dt.date(2023, 4, 12)
    assert read_date("12.4.98", TODAY, past=True) == dt.date(1998, 4, 12)
    assert read_date("12.4.98", TODAY) == dt.date(2098, 4, 12)


@pytest.mark.parametrize(("field", "year"), [("child_birth_date", "2022"), ("wanted_from", "2027")])
@pytest.mark.parametrize("typed", [("1", "15", "21"), ("31", "2", "2023"), ("9999999999", "5", "2023")])
def test_the_example_fits_the_question(app, field, year, typed):
    with app.test_request_context():
        assert year in refusal(field, *typed)


@pytest.mark.parametrize("today", [dt.date(2026, 1, 1), dt.date(2026, 6, 30), dt.date(2026, 12, 31), TODAY])
@pytest.mark.parametrize("field", ["child_birth_date", "wanted_from"])
def test_the_question_takes_its_own_example_on_any_day(app, today, field):
    with app.test_request_context():
        example = ask(field)
        example[field].today = today
        form = ask(field, day=example[field].example, month="", year="")
        form[field].today = today
        assert form.validate(), form.errors


@pytest.mark.parametrize(
    ("typed", "missing"), [(("", "9", "2027"), "day"), (("1", "", "2027"), "month"), (("1", "9", ""), "year")]
)
def test_a_missing_part_is_named(app, typed, missing):
    with app.test_request_context(), force_locale("en"):
        assert f"The {missing} is missing." in refusal("wanted_from", *typed)
