"""A passport calls its person what it likes: `student` is confirmed, queued and put on paper exactly like `child`."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Callable
from pathlib import Path

import pytest
from flask import Flask

from portal.gateways.registries import RegistryClient, RegistryDown
from portal.models import Case, CaseName, Check, Organisation, Paper, QueueEntry
from portal.services.applications import renewals
from portal.services.cases.names import name_key
from portal.services.journeys.people import read_people
from portal.services.office import watch
from portal.services.passports.catalogue import BUILT_IN, check_file
from portal.services.review import decisions, desk
from tests import files_to_upload as files
from tests import review_data
from tests.conftest import Clock
from tests.review_data import make_staff
from tests.signing_in import last_code, sign_in
from tests.views.test_apply import Browser
from tests.views.test_home_schooling import CONCLUSION, FATHER_OF_A_PUPIL, day


def twin(service: str) -> str:
    """The built-in passport of a service, whose person is called `student` and nothing else is changed."""
    text = (BUILT_IN / f"{service}.yaml").read_text("utf-8")
    words = (
        ("child_", "student_"), ("prefill: child.", "prefill: student."), ("field: child,", "field: student,"),
        ("      - id: child\n", "      - id: student\n"),
        ("fields: [child]", "fields: [student]"), (f"id: {service}\n", f"id: {service}-twin\n"),
    )  # fmt: skip
    for old, new in words:
        assert old in text
        text = text.replace(old, new)
    return text.replace("student_confirmation_working_days", "child_confirmation_working_days")  # of the procedure


@pytest.fixture
def app(make_app: Callable[..., Flask], tmp_path: Path, fill_with_demo: Callable[[Flask], None]) -> Flask:
    folder = tmp_path / "passports"
    folder.mkdir()
    for service in ("home-schooling", "preschool-queue"):
        (folder / f"{service}-twin.yaml").write_text(twin(service), "utf-8")
        assert check_file(folder / f"{service}-twin.yaml")[1] == []
    app = make_app(passports_dir=folder)
    fill_with_demo(app)
    return app


@pytest.fixture
def browser(app: Flask) -> Browser:
    browser = Browser(app.test_client())
    sign_in(browser.client, FATHER_OF_A_PUPIL, "en")
    return browser


def begin(browser: Browser, service: str) -> str:
    """To the child's data; its IIN."""
    browser.get(f"/en/services/{service}-twin/apply")
    browser.send()
    browser.send(consent="yes")
    iin = browser.page.select_one("[name=student]")["value"]
    browser.send(student=iin)
    return iin


def finish(browser: Browser) -> Case:
    assert browser.path.endswith("/check"), browser.page.select_one("main").text
    browser.send()
    browser.send(code=last_code())
    return Case.select().order_by(Case.id.desc()).get()


def to_school(browser: Browser) -> None:
    browser.send(locality="oral")
    browser.send(school="oral-school", grade="class-3", language="kk")
    browser.send(conclusion_scan=[(io.BytesIO(files.pdf()), "a.pdf")], **CONCLUSION)
    browser.send(**day("wanted_from", "2026-12-01"))
    browser.send()
    browser.send(message_language="kk")


def test_a_student_is_confirmed_by_the_register_named_on_the_order_and_asked_to_renew(
    app: Flask, browser: Browser, clock: Clock
) -> None:
    iin = begin(browser, "home-schooling")
    browser.send(student_confirmed="yes")
    to_school(browser)
    case = finish(browser)
    passport = app.extensions["context"].passports.edition(case.service, case.edition)
    person = read_people(passport, case.answers, case.facts)[0]
    assert (person.iin, person.confirmed, case.unchecked) == (iin, True, False)
    assert CaseName.select().where(CaseName.case == case, CaseName.name == name_key(person.name)).exists()
    school = Organisation.get(Organisation.code == "oral-school")
    clerk, head = make_staff(school, "clerk"), make_staff(school, "akim", "head")
    desk.take(clerk, case.number, clock())
    decision = decisions.prepare(clerk, case.number, "grant", clock())
    review_data.sign(head, case.number, decision.id, clock())
    order = Paper.get(Paper.case == case, Paper.kind == "order")
    assert person.name in " ".join(order.data["clauses"])
    near = dt.datetime(2027, 5, 10, 5, tzinfo=dt.UTC)
    assert renewals.offer_renewals(app.extensions["context"].passports.list_services(near.date()), near) == 1
    draft = case.account.drafts.get()
    assert read_people(passport, draft.answers, draft.facts)[0] == person


@pytest.mark.parametrize("agrees", [True, False])
def test_a_student_typed_while_the_register_was_down_is_confirmed_later_if_the_birth_date_agrees(
    app: Flask, browser: Browser, clock: Clock, monkeypatch: pytest.MonkeyPatch, agrees: bool
) -> None:
    registries = app.extensions["context"].gateways.registries
    child = registries.list_children(FATHER_OF_A_PUPIL)[1]
    born = child.birth_date if agrees else child.birth_date + dt.timedelta(days=1)
    with monkeypatch.context() as down:
        for question in ("list_children", "find_child", "list_privileges"):
            down.setattr(RegistryClient, question, lambda *_: (_ for _ in ()).throw(RegistryDown("away")))
        browser.get("/en/services/preschool-queue-twin/apply")
        browser.send()
        browser.send(consent="yes")
        browser.send(student="other")
        browser.send(student_iin=child.iin)
        browser.send(relation="parent", student_name=child.name, **day("student_birth_date", born.isoformat()))
        if not agrees:
            browser.send()  # the birth date is unlike the IIN; it is right all the same
        browser.send(locality="oral")
        gardens = [box["value"] for box in browser.page.select("[name=kindergartens]")]
        browser.send(kindergartens=[gardens[0]], language="any", **day("wanted_from", "2026-12-01"))
        browser.send(priority="none")
        browser.send(message_language="kk")
        case = finish(browser)
        assert case.unchecked
        assert QueueEntry.get(QueueEntry.case == case).child_iin == child.iin
    clock.forward(minutes=2)
    settled = watch.check_again(registries, clock())
    assert settled == int(agrees)
    assert Check.get(Check.case == case).state == ("confirmed" if agrees else "pending")
    assert Paper.select().where(Paper.case == case, Paper.kind.in_(("queue_notice", "referral"))).exists()


def test_another_student_is_another_person(app: Flask, browser: Browser) -> None:
    begin(browser, "home-schooling")
    address = browser.path
    first = browser.page.select_one("main").text
    browser.get(address.replace("child-confirm", "child"))
    other = browser.page.select("[name=student]")[1]["value"]
    browser.send(student=other)
    assert browser.path == address
    assert browser.page.select_one("main").text != first


def test_the_register_is_asked_once_on_the_step_that_asks_for_a_person(
    browser: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = []
    answer = RegistryClient.list_children
    monkeypatch.setattr(RegistryClient, "list_children", lambda *args: asked.append(1) or answer(*args))
    browser.get("/en/services/home-schooling-twin/apply")
    browser.send()
    browser.send(consent="yes")
    asked.clear()
    page = browser.page.select_one("[name=student]")["value"]
    browser.send(student=page)
    assert browser.path.endswith("/child-confirm")
    assert len(asked) == 1
