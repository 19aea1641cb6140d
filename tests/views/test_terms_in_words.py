"""What pages and papers say of days: until when an answer is due, when one may complain, how long it usually takes."""

from __future__ import annotations

import datetime as dt

import pytest
from bs4 import BeautifulSoup
from flask import Flask

from portal import db as database
from portal.models import Account, Case, Complaint, Event, Organisation, Paper, Signature, StaffMember
from portal.services.complaints import work as complaint_work
from portal.services.passports.catalogue import get_passport
from portal.services.reports import usual_time
from portal.services.review import decisions
from portal.services.review import desk as review
from tests import review_data
from tests.complaint_data import make_complaint
from tests.conftest import Clock
from tests.review_data import make_case
from tests.signing_in import MOTHER, last_code, post, sign_in
from tests.staff_signing_in import sign_in_staff

pytestmark = pytest.mark.usefixtures("demo_data")
LANGS = ("kk", "ru", "en")
THREE_MONTHS = {"kk": "үш ай ішінде", "ru": "в течение трёх месяцев", "en": "within three months"}
CODE = {"kk": "92-бап", "ru": "стать", "en": "rticle 92"}
NOTHING_DUE = ("accepted", "granted", "refused", "withdrawn")


class Desk:
    """The mother signed in, her home schooling at the school, and the school's people."""

    def __init__(self, app: Flask, clock: Clock) -> None:
        self.app, self.clock, self.client = app, clock, app.test_client()
        sign_in(self.client, MOTHER)
        database.connect()
        self.account = Account.get(Account.iin == MOTHER)
        self.school = Organisation.get(Organisation.code == "oral-school")
        self.officer, self.head = (StaffMember.get(StaffMember.login == f"school.{who}") for who in ("officer", "head"))
        self.quality = StaffMember.get(StaffMember.login == "quality.officer")

    def refuse(self, lang: str = "kk") -> Case:
        case = make_case(self.school, self.account, language=lang)
        review.take(self.officer, case.number, self.clock())
        made = decisions.prepare(
            self.officer, case.number, "refuse", self.clock(), ground="requirements-not-met",
            explanation="Құжат толық емес.",
        )  # fmt: skip
        review_data.sign(self.head, case.number, made.id, self.clock())
        return Case.get_by_id(case.id)

    def page(self, case: Case, lang: str = "kk", path: str = "") -> BeautifulSoup:
        return BeautifulSoup(self.client.get(f"/{lang}/cabinet/{case.number}{path}").text, "lxml").select_one("main")

    def paper(self, case: Case, kind: str) -> BeautifulSoup:
        code = Paper.get(Paper.case == case, Paper.kind == kind, Paper.replaced_at.is_null()).code
        answer = self.client.get(f"/{case.language}/cabinet/{case.number}/papers/{code}")
        return BeautifulSoup(answer.text, "lxml").select_one("article.paper")

    def status(self, case: Case, lang: str = "kk") -> BeautifulSoup:
        asked = {"number": case.number, "code": case.receipt_code}
        return BeautifulSoup(post(self.app.test_client(), f"/{lang}/status", asked).text, "lxml").select_one("main")

    def on_a_call(self) -> BeautifulSoup:
        client = self.app.test_client()
        sign_in_staff(client, "calls.operator")
        post(client, "/staff/calls", {"q": MOTHER})
        post(client, "/staff/calls/code", {"code": last_code()})
        database.connect()
        StaffMember.update(language="en").where(StaffMember.login == "calls.operator").execute()
        return BeautifulSoup(client.get("/staff/calls/caller").text, "lxml").select_one("main")


@pytest.fixture
def desk(app: Flask, clock: Clock) -> Desk:
    return Desk(app, clock)


def says_it(page: BeautifulSoup, lang: str) -> bool:
    return THREE_MONTHS[lang] in page.text and CODE[lang] in page.text


@pytest.mark.parametrize("lang", LANGS)
def test_a_refusal_says_on_paper_and_page_that_one_may_complain_within_three_months_and_to_whom(
    desk: Desk, lang: str
) -> None:
    case = desk.refuse(lang)
    for page in (desk.page(case, lang), desk.paper(case, "refusal"), desk.status(case, lang)):
        assert says_it(page, lang)
        for route in get_passport(case.service, case.edition).complaints:
            assert route.name.in_(lang) in page.text


@pytest.mark.parametrize("lang", LANGS)
def test_the_three_months_are_never_the_court_s(desk: Desk, lang: str) -> None:
    case = desk.refuse(lang)
    court = next(route for route in get_passport(case.service, case.edition).complaints if route.to == "court")
    for page in (desk.page(case, lang), desk.paper(case, "refusal"), desk.status(case, lang)):
        said = [each.text for each in page.select("p") if THREE_MONTHS[lang] in each.text]
        assert said
        assert not any(court.name.in_(lang).lower() in each.lower() for each in said)


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("address", ["services/home-schooling", "services/preschool-queue", "help", "complaints/new"])
def test_three_months_are_named_before_there_is_a_complaint(desk: Desk, lang: str, address: str) -> None:
    page = BeautifulSoup(desk.client.get(f"/{lang}/{address}").text, "lxml")
    assert THREE_MONTHS[lang] in page.select_one("p.filing").text


def test_three_months_are_named_where_what_was_asked_is_granted(desk: Desk) -> None:
    granted = make_case(desk.school, desk.account, "granted")
    assert THREE_MONTHS["kk"] in desk.page(granted).select_one("p.filing").text


def test_a_text_signed_in_another_language_says_which(desk: Desk) -> None:
    case = make_complaint(desk.school, desk.account, at=desk.clock())
    Signature.create(
        case=case, method="code", signer_iin=MOTHER, text="Өтініш", text_hash="-", evidence={}, signed_at=desk.clock()
    )
    assert desk.page(case, "ru", "/sent").select_one("#sent")["lang"] == "kk"
    assert not desk.page(case, path="/sent").select_one("#sent").has_attr("lang")


def test_a_refusal_says_so_on_a_call_too(desk: Desk) -> None:
    desk.refuse()
    page = desk.on_a_call()
    assert says_it(page, "en")
    assert "To the authorised body" in page.text


@pytest.mark.parametrize("outcome", ["satisfied", "partly", "refused"])
def test_an_answer_says_so_and_names_the_instance_above(desk: Desk, outcome: str) -> None:
    case = make_complaint(desk.school, desk.account, about=make_case(desk.school, desk.account), at=desk.clock())
    assert not says_it(desk.page(case), "kk"), "nothing is answered yet"
    review.take(desk.officer, case.number, desk.clock())
    remedy = "" if outcome == "refused" else "Түзетілді."
    complaint_work.answer(desk.officer, case.number, outcome, "Себебі.", desk.clock(), remedy=remedy)
    above = get_passport(case.service, case.edition).complaints[1].name.kk
    for page in (desk.page(case), desk.paper(case, "complaint_answer"), desk.status(case)):
        assert says_it(page, "kk")
        assert above in page.text
    assert says_it(desk.on_a_call(), "en")


def test_the_last_answer_leads_to_the_court_alone_and_names_no_three_months(desk: Desk) -> None:
    case = make_complaint(desk.quality.organisation, desk.account, "authorised_body", at=desk.clock())
    review.take(desk.quality, case.number, desk.clock())
    complaint_work.answer(desk.quality, case.number, "refused", "Заңды.", desk.clock())
    for page in (desk.page(case), desk.paper(case, "complaint_answer"), desk.status(case)):
        assert not says_it(page, "kk")
        assert "Сотқа" in page.text


def test_what_the_portal_closed_by_itself_says_so_and_what_its_owner_withdrew_does_not(desk: Desk) -> None:
    closed, withdrawn = (make_case(desk.school, desk.account, "withdrawn") for _ in range(2))
    Event.create(case=closed, kind="already_queued", at=desk.clock(), actor="system")
    Event.create(case=withdrawn, kind="withdrawn", at=desk.clock(), actor="citizen")
    assert says_it(desk.page(closed), "kk")
    assert says_it(desk.status(closed), "kk")
    assert not says_it(desk.page(withdrawn), "kk")
    assert not says_it(desk.status(withdrawn), "kk")


@pytest.mark.parametrize("state", ["submitted", "in_review", "needs_correction", *NOTHING_DUE])
def test_the_due_date_is_shown_only_while_an_answer_is_awaited(desk: Desk, state: str) -> None:
    case = make_case(desk.school, desk.account, state)
    Event.create(case=case, kind="submitted", at=desk.clock(), actor="citizen")
    due = case.due_at.isoformat()
    shown = [page.select_one(f'time[datetime="{due}"]') is not None for page in (desk.page(case), desk.status(case))]
    assert shown == [state not in NOTHING_DUE] * 2
    on_a_call = desk.on_a_call().select_one(f'.facts time[datetime="{due}"]')
    assert (on_a_call is not None) == (state not in NOTHING_DUE)


@pytest.mark.parametrize("state", ["granted", "refused"])
def test_an_answered_complaint_shows_no_due_date(desk: Desk, state: str) -> None:
    case = make_complaint(desk.school, desk.account, at=desk.clock())
    Case.update(state=state, is_open=False).where(Case.id == case.id).execute()
    assert desk.page(case).select_one(f'.facts time[datetime="{case.due_at.isoformat()}"]') is None


def test_the_day_of_registration_stands_on_the_pages_where_it_is_not_that_of_sending(desk: Desk) -> None:
    evening = dt.datetime(2026, 11, 23, 14, 0, tzinfo=dt.UTC)  # Monday, 19:00 in Kazakhstan
    morning = dt.datetime(2026, 11, 24, 4, 0, tzinfo=dt.UTC)
    late, at_once = (
        make_case(desk.school, desk.account, submitted_at=evening, registered_at=registered)
        for registered in (morning, evening)
    )
    for case in (late, at_once):
        Event.create(case=case, kind="submitted", at=evening, actor="citizen")
        for page in (desk.page(case), desk.status(case)):
            said = page.select_one(f'.facts time[datetime="{case.registered_at.isoformat()}"]')
            assert (said is not None) == (case is late)
            assert said is None or "2026 жылғы 24 қараша" in said.text


@pytest.mark.parametrize(
    ("lang", "minutes", "days"),
    [
        ("kk", ("1 минут", "3 сағат", "2 күн"), ("сол күні", "3 жұмыс күні", "4 жұмыс күні")),
        ("ru", ("1 минута", "3 часа", "2 дня"), ("в тот же день", "3 рабочих дня", "4 рабочих дня")),
        ("en", ("1 minute", "3 hours", "2 days"), ("the same day", "3 working days", "4 working days")),
    ],
)
def test_the_usual_time_has_a_unit_and_a_service_of_minutes_counts_minutes(
    desk: Desk, lang: str, minutes: tuple[str, ...], days: tuple[str, ...]
) -> None:
    monday = dt.datetime(2026, 11, 16, 5, 0, tzinfo=dt.UTC)
    for took in (10, 20, 30, 40, 150 * 60, 47 * 3600):  # seconds; half within 30 s, nine of ten 47 h
        _answered(desk, "preschool-queue", monday, dt.timedelta(seconds=took))
    for took in (0, 0, 0, 3, 4):
        _answered(desk, "home-schooling", monday, dt.timedelta(days=took))
    usual_time.usual_time.cache_clear()
    said = [BeautifulSoup(desk.client.get(f"/{lang}/services/{id}").text, "lxml").select_one("main").text
            for id in ("preschool-queue", "home-schooling")]  # fmt: skip
    assert minutes[0] in said[0]
    assert minutes[2] in said[0]
    for words in (days[0], days[2]):
        assert words in said[1]


def _answered(desk: Desk, service: str, at: dt.datetime, took: dt.timedelta) -> None:
    make_case(desk.school, desk.account, "granted", service=service, submitted_at=at, registered_at=at,
              answered_at=at + took)  # fmt: skip


def test_a_complaint_begins_with_no_service_chosen_and_offers_no_one_where_it_is_not_valid(desk: Desk) -> None:
    page = BeautifulSoup(desk.client.get("/en/complaints/new").text, "lxml").select_one("main")
    assert page.select_one("#service option")["value"] == ""
    assert not page.select("#service option[selected]:not([value=''])")
    assert post(desk.client, "/en/complaints/new", {"service": "", "against": "provider"}).status_code == 422
    labels = {label.input["value"]: label.text for label in page.select("label.choice")}
    kindergarten = get_passport("preschool-queue", "2015-04-07").short_title.en
    assert labels["state_corporation"].endswith(kindergarten)
    assert not labels["provider"].endswith(kindergarten)
    wrong = {"service": "home-schooling", "against": "state_corporation"}
    answer = post(desk.client, "/en/complaints/new", wrong)
    assert answer.status_code == 422
    assert BeautifulSoup(answer.text, "lxml").select_one("[value=state_corporation][checked]")
    assert "#against" in BeautifulSoup(answer.text, "lxml").select_one("#errors a")["href"]
    assert Complaint.select().count() == 0


def test_what_the_law_says_is_not_put_in_the_passports_mouth(desk: Desk) -> None:
    answer = post(desk.client, "/kk/complaints/new", {"service": "home-schooling", "against": "provider"})
    page = BeautifulSoup(desk.client.get(answer.location).text, "lxml").select_one("main .notice")
    assert "Шағым кімге беріледі" in page.text
    assert "«" not in page.text
    assert "Паспортта" not in page.text
