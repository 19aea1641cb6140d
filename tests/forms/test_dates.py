"""A date that is none is refused with an example that the question would take."""

import datetime as dt

import pytest
import wtforms
from werkzeug.datastructures import MultiDict

from portal.forms.fields import DateQuestion
from tests.catalogue import BUILT_IN

TODAY = dt.date(2026, 11, 23)


def refusal(field, day, month, year):
    spec = next(spec for spec in BUILT_IN.get("preschool-queue", TODAY).fields() if spec.id == field)
    form_of = type("Dates", (wtforms.Form,), {field: DateQuestion(spec=spec, lang="en")})
    form = form_of(MultiDict({f"{field}-day": day, f"{field}-month": month, f"{field}-year": year}))
    form[field].today = TODAY
    assert not form.validate()
    return " ".join(str(error) for error in form.errors[field])


@pytest.mark.parametrize(("field", "year"), [("child_birth_date", "2019"), ("wanted_from", "2027")])
@pytest.mark.parametrize("typed", [("1", "5", "21"), ("31", "2", "2023"), ("9999999999", "5", "2023")])
def test_the_example_fits_the_question(app, field, year, typed):
    with app.test_request_context():
        assert year in refusal(field, *typed)
