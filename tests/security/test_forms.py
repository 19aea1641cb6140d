"""Forms sent past the browser: what is missing, doubled, of another kind, too long or not on offer stores nothing."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

import pytest
from bs4 import BeautifulSoup
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from portal.models import MODELS, Case, Draft
from portal.services.passports.catalogue import Catalogue
from portal.services.passports.schema import FieldSpec
from tests.conftest import Clock
from tests.security.test_injection import ASKED_BY_NAME, FIELDS_OF_FORMS, hostile
from tests.security.world import PAGES, World, fields_of, html_of, rows
from tests.signing_in import last_code, post, token

PASSPORT = Catalogue.load().get("preschool-queue", Clock().now.date())
STEPS = [step.id for step in PASSPORT.steps]
MARK = "EVIL7"
MANY = ("choices", "ordered")
LISTS = ("choice", "choices", "ordered", "locality", "person", "consent")


def address_of(world: World, step: str) -> str:
    return f"/kk/apply/{world.draft}/{step}"


def spoiled(spec: FieldSpec, good: dict[str, list[str]]) -> dict[str, dict[str, list[str]]]:
    """Ways to answer this question wrongly, by name, as whole forms."""
    parts = [name for name in good if name.partition("-")[0] == spec.id] or [spec.id]
    rest = {name: values for name, values in good.items() if name not in parts}
    forms = {
        "of another kind": {**rest, spec.id: ["☃ {} []"]},
        "an object": {**rest, f"{spec.id}[$ne]": ["x"], f"{spec.id}.x": ["x"]},
        "over-long": {**rest, spec.id: ["9" * 20_000]},
    }
    if spec.required:
        forms |= {"missing": rest, "empty": {**rest, **{name: [""] for name in parts}}}
    else:
        del forms["an object"]
    if spec.type not in MANY:
        forms["doubled"] = {**rest, **{name: [*good.get(name, ["1"]), "2"] for name in parts}}
    if spec.type in LISTS:
        forms["not on offer"] = {**rest, spec.id: ["nothing-of-the-kind"]}
        forms["on offer beside something else"] = {**rest, spec.id: [*good.get(spec.id, []), "nothing-of-the-kind"]}
    if spec.type == "ordered":
        forms["the same twice"] = {**rest, spec.id: [good[spec.id][0]] * 2}
    if spec.type in ("text", "long_text"):
        del forms["of another kind"]
    return forms


@pytest.mark.parametrize("step", STEPS)
def test_v2_2_1_a_step_takes_only_answers_of_its_kind(world: World, step: str):
    if step in ("child-iin", "child-details", "guardianship"):  # asked where the register does not know the child
        start_with_typed_child(world)
    page = world.owner.get(address_of(world, step))
    assert page.status_code == 200
    good, before, wrong = fields_of(page), rows(), []
    specs = [spec for found in PASSPORT.steps if found.id == step for spec in found.fields]
    for spec in specs:
        if not [name for name in shown_names(page) if name.partition("-")[0] == spec.id]:
            continue  # not asked of this child
        for what, form in spoiled(spec, good).items():
            answer = post(world.owner, address_of(world, step), form)
            if answer.status_code != 422:
                wrong.append(f"{spec.id} {what}: {answer.status_code}")
    assert wrong == []
    assert rows() == before


def shown_names(page: Any) -> set[str]:
    return set(re.findall(r'name="([^"]+)"', html_of(page)))


def start_with_typed_child(world: World) -> None:
    draft = Draft.get(Draft.key == world.draft)
    draft.answers = {**draft.answers, "child": "other", "child_iin": "230501600017", "relation": "guardian"}
    draft.facts = {}
    draft.done = STEPS
    draft.save()


@dataclass(frozen=True)
class Form:
    """A form apart from the steps, with answers that it takes and those of them that it needs."""

    path: str
    answers: dict[str, str]
    needed: tuple[str, ...]


OTHERS = {
    "iin": Form("/kk/sign-in", {"iin": "911119390015"}, ("iin",)),
    "settings": Form("/kk/cabinet/settings", {"language": "ru", "reminders": "y"}, ("language",)),
    "phone": Form("/kk/cabinet/settings/phone", {"phone": "8 701 000 00 00"}, ("phone",)),
    "addressee": Form(
        "/kk/complaints/new",
        {"service": "preschool-queue", "about": "", "against": "provider"},
        ("service", "against"),
    ),
    "complaint": Form(
        "/kk/complaints/{complaint_draft}",
        {"body": "{body}", "text": "Мәтін", "address": "Орал", "official": "", "outcome": ""},
        ("body", "text", "address"),
    ),
    "sign": Form("/kk/apply/{draft}/sign", {"code": "000000"}, ("code",)),
    "complaint sign": Form("/kk/complaints/{complaint_draft}/sign", {"code": "000000"}, ("code",)),
    "status": Form("/kk/status", {"number": "{number}", "code": "CCCCCCCC"}, ("number", "code")),
}


@pytest.mark.parametrize("name", OTHERS)
def test_v2_2_1_every_other_form_takes_only_what_it_asks_for(world: World, name: str):
    form = OTHERS[name]
    client = world.anonymous if name == "iin" else world.owner
    body = fields_of(world.owner.get(f"/kk/complaints/{world.complaint_draft}")).get("body", [""])[0]
    path = form.path.format(**vars(world))
    good = {key: value.format(**vars(world), body=body) for key, value in form.answers.items()}
    client.get(path)
    kept = (Draft,) if name == "complaint" else ()  # what is written of a complaint is kept, whatever is missing
    before, wrong = rows(*kept), []
    for field in good:
        forms: dict[str, dict[str, Any]] = {
            "doubled": {**good, field: [good[field], "2"]},
            "over-long": {**good, field: "9" * 20_000},
        }
        if field in form.needed:
            forms["missing"] = {key: value for key, value in good.items() if key != field}
            forms["blank"] = {**good, field: " \t\u200b"}
        if field in ("body", "service", "against", "about", "language"):
            forms["not on offer"] = {**good, field: "nothing-of-the-kind"}
        if field == "reminders":
            del forms["over-long"]  # a box that is ticked, whatever it says
        for what, data in forms.items():
            answer = post(client, path, data)
            if answer.status_code != 422:
                wrong.append(f"{field} {what}: {answer.status_code}")
    assert wrong == []
    assert rows(*kept) == before
    answers = str([draft.answers for draft in Draft.select()])
    assert "nothing-of-the-kind" not in answers
    assert "9" * 10_000 not in answers


def test_v8_2_3_fields_that_no_form_asks_for_never_change_a_row(world: World):
    columns = {column for model in MODELS for column in model._meta.columns} | {
        "is_admin", "role", "owner_id", "status", "account_id", "case_id", "session", "lang", "method", "_method",
    }  # fmt: skip
    before_sign = world.owner.get(f"/kk/apply/{world.draft}/sign")
    assert before_sign.status_code == 200
    pages = [route.address(world) for route in PAGES if route.owner == 200 and route.anonymous == 303]
    sent = 0
    for address in pages:
        page = world.owner.get(address)
        if 'method="post"' not in html_of(page) or "/withdraw" in address or "/delete" in address:
            continue
        form = fields_of(page)
        extra = {name: MARK for name in columns | ASKED_BY_NAME if name not in shown_names(page) and name != "again"}
        for query in ({}, extra):
            answer = world.owner.post(
                (action_of(page) or address).partition("?")[0], data={**extra, **form}, query_string=query
            )
            assert answer.status_code in (200, 303, 422), address
            sent += answer.status_code == 303
    assert sent >= 10, "most forms are to be taken as they stand"
    assert MARK not in str({model: [*model.select().tuples()] for model in MODELS})


def action_of(page: Any) -> str | None:
    """Where the page's main form goes, if not to the page itself."""
    form = BeautifulSoup(html_of(page), "html.parser").select_one("main form")
    return form.get("action") if form else None


def test_v15_3_7_a_name_twice_in_an_address_means_the_first_everywhere(world: World):
    world.owner.get("/kk/")  # the first page of a session brings its stylesheet along
    for route in PAGES:
        address = route.address(world).partition("?")[0]
        names = sorted(ASKED_BY_NAME)
        once = world.owner.get(address, query_string={name: ["1"] for name in names})
        twice = world.owner.get(address, query_string={name: ["1", "2"] for name in names})
        assert (once.status_code, steady(once)) == (twice.status_code, steady(twice)), address


def steady(answer: Any) -> str:
    """A page without what differs each time: tokens, a letter's key, and the present address in links."""
    if answer.status_code == 303:
        return answer.location.partition("?")[0]
    return re.sub(r'value="[\w=-]{32}"|name="once" [^>]*|href="[^"]*"|action="[^"]*"', "", html_of(answer))


def test_v15_3_7_what_belongs_in_the_body_counts_nowhere_else(world: World):
    body = fields_of(world.owner.get(f"/kk/complaints/{world.complaint_draft}"))["body"][0]
    before = rows()
    for name, form in OTHERS.items():
        client = world.anonymous if name == "iin" else world.owner
        good = {key: value.format(**vars(world), body=body) for key, value in form.answers.items()}
        answer = post(client, form.path.format(**vars(world)), query_string=good)
        assert answer.status_code == 422, name
        in_query = client.post(form.path.format(**vars(world)), data=good, query_string={"csrf_token": token(client)})
        assert in_query.status_code == 400, name
    for step in STEPS:
        page = world.owner.get(address_of(world, step))
        if page.status_code == 200:
            form = fields_of(page)
            assert post(world.owner, address_of(world, step), query_string=form).status_code == 422, step
    assert rows() == before


def test_v2_3_1_no_step_is_taken_before_those_before_it(world: World):
    Draft.update(done=STEPS[:1]).where(Draft.key == world.draft).execute()
    before = rows()
    for step in [*STEPS[2:], "check", "sign"]:
        answer = post(world.owner, address_of(world, step), {"code": last_code()})
        assert answer.status_code == 303, step
        assert answer.location.endswith(("/check", f"/{STEPS[1]}")), step
    assert rows() == before


def answers() -> st.SearchStrategy[dict[str, list[str]]]:
    known = st.sampled_from(
        ["yes", "other", "oral", "any", "none", "kk", "1", "31", "2", "2026", "2026-12-01", "9999-12-31", "0001-01-01",
         "230501600017", "+77010000000", "-1", "٣", "²", "1e5", "NaN", "null", "[]", "{}"]
    )  # fmt: skip
    names = st.sampled_from(sorted(FIELDS_OF_FORMS | {"q_child", "data", "errors", "meta", "process", "csrf_token"}))
    return st.dictionaries(names, st.lists(known | hostile(), min_size=1, max_size=3), max_size=6)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(step=st.sampled_from([*STEPS, "check", "sign"]), sent=answers())
def test_whatever_a_step_is_sent_it_never_breaks(world: World, step: str, sent: dict[str, list[str]]):
    address = address_of(world, step)
    answer = world.owner.post(address, data={"csrf_token": token(world.owner), **sent})
    assert answer.status_code in (303, 400, 404, 409, 422, 429), sent
    assert world.owner.get(address).status_code in (200, 303, 404)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(name=st.sampled_from(sorted(OTHERS)), sent=answers())
def test_whatever_another_form_is_sent_it_never_breaks(world: World, name: str, sent: dict[str, list[str]]):
    path = OTHERS[name].path.format(**vars(world))
    client = world.anonymous if name == "iin" else world.owner
    answer = client.post(path, data={"csrf_token": token(client), **sent})
    assert answer.status_code in (200, 303, 400, 404, 409, 422, 429), sent


@pytest.mark.parametrize("day", ["0001-01-01", "1900-01-01", "2027-02-28", "9999-12-31"])
def test_a_date_at_the_end_of_time_breaks_no_page(world: World, day: str):
    page = world.owner.get(address_of(world, "kindergartens"))
    form = {name: value for name, value in fields_of(page).items() if not name.startswith("wanted_from")}
    answer = world.owner.post(address_of(world, "kindergartens"), data={**form, "wanted_from": day})
    assert answer.status_code in (303, 422)
    assert post(world.owner, address_of(world, "check")).status_code == 303
    sent = post(world.owner, address_of(world, "sign"), {"code": last_code()})
    assert sent.status_code == 303
    assert world.owner.get(sent.location).status_code == 200
    assert Case.select().where(Case.draft_key == world.draft).count() == 1


@pytest.mark.parametrize("part", ["day", "month", "year"])
@pytest.mark.parametrize("typed", ["9999999999", "-1", "0", "00000", "1e3"])
def test_parts_of_a_date_that_no_calendar_has_are_refused_in_words(world: World, part: str, typed: str):
    page = world.owner.get(address_of(world, "kindergartens"))
    form = {name: value for name, value in fields_of(page).items() if name != "wanted_from"}
    parts = {"wanted_from-day": "1", "wanted_from-month": "2", "wanted_from-year": "2027"}
    answer = world.owner.post(address_of(world, "kindergartens"), data={**form, **parts, f"wanted_from-{part}": typed})
    assert answer.status_code == 422
    assert "2027" in answer.text
