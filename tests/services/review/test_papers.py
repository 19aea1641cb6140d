"""Orders and letters: the passport's words with the case's values, numbered by the body's books."""

from __future__ import annotations

import datetime as dt

import pytest
import yaml

from portal import db
from portal.models import Account, Case, Locality, Organisation, Paper, StaffMember
from portal.services.papers import issuing
from portal.services.papers.paper_kinds import PAPERS
from portal.services.passports.catalogue import Catalogue, check_file
from portal.services.passports.schema import Passport
from portal.services.review import papers as decision_papers

NOW = dt.datetime(2026, 11, 24, 6, 0, tzinfo=dt.UTC)
PASSPORT = Catalogue.load(today=lambda: NOW.date()).get("home-schooling")
NAMES = {"name_kk": "№ 14 мектеп", "name_ru": "Школа № 14", "name_en": "School No. 14"}


@pytest.fixture
def case(database_url):
    db.db.initialize(db.make_database(database_url))
    db.connect()
    body = Organisation.create(code="school-14", kind="school", duty_officer="Үлгіқызы Мәдина", **NAMES)
    towns = {f"{what}_{lang}": name for what in ("region", "name") for lang, name in
             (("kk", "Орал"), ("ru", "Уральск"), ("en", "Oral"))}  # fmt: skip
    Locality.create(code="oral", body=body, **towns)
    account = Account.create(iin="900101400017", name="Құрманғазықызы Үміткүл", created_at=NOW)
    yield make_case(account, body, "7F3M-2K9PX")
    db.db.close()


@pytest.fixture
def head(case):
    return StaffMember.create(
        login="head", name="Өтеғалиева Гүлнұр", organisation=case.body, role="head", password_hash="", created_at=NOW
    )


def make_case(account: Account, body: Organisation, number: str, language: str = "kk") -> Case:
    answers = {"child_name": "Әлихан Ғабдуллаұлы", "conclusion_number": "45/7", "grade": "class-5"}
    return Case.create(
        number=number, kind="application", draft_key=number, account=account, service="home-schooling",
        edition="2020-05-27", language=language, body=body, state="in_review", answers=answers,
        receipt_code="K7MH4XP9", submitted_at=NOW, registered_at=NOW, due_at=NOW + dt.timedelta(days=2),
    )  # fmt: skip


def passport_with(**changes: object) -> Passport:
    """The passport with a short form of its own, and these things changed."""
    words = {"kk": "сөз", "ru": "слово", "en": "word"}
    option = {"id": "class-5", "label": {"kk": "Бесінші сынып", "ru": "Пятый класс", "en": "Class 5"}}
    fields = [
        {"id": "child_name", "type": "text", "label": words},
        {"id": "conclusion_number", "type": "text", "label": words},
        {"id": "conclusion_until", "type": "date", "label": words, "required": False},
        {"id": "grade", "type": "choice", "label": words, "options": [option]},
    ]
    values = PASSPORT.model_dump(by_alias=True, mode="json", exclude_none=True)
    values["steps"] = [{"id": "all", "title": words, "fields": fields}]
    values.pop("renewal", None)
    return Passport.model_validate(values | changes)


def texts(kk: str) -> dict[str, str]:
    return {"kk": kk, "ru": kk, "en": kk}


GRANT = {
    "subject": texts("Үйде оқыту туралы"),
    "preamble": texts("№ {conclusion_number} қорытынды, {legal_basis}"),
    "clauses": [
        texts("{child_name}, {grade}."),
        texts("Мерзімі: {conclusion_until}."),
        texts("Жауапты: {responsible}."),
    ],
}


def said(paper: Paper):
    return PAPERS.get(paper.kind).read(paper.data)


def test_an_order_says_the_passport_s_words_with_the_answers_in_them(case, head):
    with db.db.atomic():
        order = said(decision_papers.issue_result(case, passport_with(grant=GRANT), head, NOW))
    assert order.subject == "Үйде оқыту туралы"
    assert (
        order.preamble
        == "№ 45/7 қорытынды, Қазақстан Республикасы Білім және ғылым министрінің 2020 жылғы 27 мамырдағы № 223 бұйрығы"
    )
    assert order.clauses == ("Әлихан Ғабдуллаұлы, бесінші сынып.", "Жауапты: Үлгіқызы Мәдина."), "no answer, no clause"
    assert (order.signer_post, order.signer_name, order.place) == ("Басшы", "Өтеғалиева Гүлнұр", "Орал")


def test_a_person_in_an_order_is_called_by_name_and_never_by_iin(case, head):
    words = texts("сөз")
    fields = [
        {"id": "child", "type": "person", "label": words},
        {"id": "child_iin", "type": "iin", "label": words},
        {"id": "name_of_child", "type": "text", "label": words, "prefill": "child.name"},
        {"id": "child_birth_date", "type": "date", "label": words},
    ]
    steps = [{"id": "all", "title": words, "fields": fields}]
    passport = passport_with(steps=steps, grant=GRANT | {"preamble": words, "clauses": [texts("Бала: {child}.")]})
    for chosen in ("150505500017", "other"):
        case.answers = {"child": chosen, "child_iin": "150505500017", "name_of_child": "Әлихан Ғабдуллаұлы"}
        with db.db.atomic():
            order = said(decision_papers.issue_result(case, passport, head, NOW))
        assert order.clauses == ("Бала: Әлихан Ғабдуллаұлы.",)


def test_orders_bear_the_next_number_of_their_body_s_year(case, head):
    passport = passport_with(grant=GRANT)
    second = make_case(case.account, case.body, "2222-22222")
    with db.db.atomic():
        given = [said(decision_papers.issue_result(each, passport, head, NOW)).order_number for each in (case, second)]
        next_year = said(decision_papers.issue_result(second, passport, head, NOW + dt.timedelta(days=60)))
    assert given == ["1", "2"]
    assert next_year.order_number == "1"


def test_a_passport_that_words_no_order_still_gives_one(case, head):
    values = passport_with()
    with db.db.atomic():
        order = said(decision_papers.issue_result(case, values.model_copy(update={"grant": None}), head, NOW))
    assert case.number in order.preamble
    assert PASSPORT.title.kk in order.clauses[0]


@pytest.mark.parametrize("lang", ["kk", "ru", "en"])
def test_a_refusal_gives_the_passport_s_ground_its_law_and_the_way_to_complain_with_its_terms(case, head, lang):
    case.language = lang
    ground = PASSPORT.refusal_grounds[-1]
    assert ground.law is not None
    with db.db.atomic():
        paper = decision_papers.issue_refusal(
            case, PASSPORT, [ground.id], "Қорытынды басқа балаға берілген.", head, NOW
        )
    letter = said(paper)
    assert letter.grounds == ((ground.text.in_(lang), ground.law.in_(lang)),)
    assert letter.letter_number == "1/2026"
    assert len(letter.appeal) == 3
    for route, way in zip(PASSPORT.complaints, letter.appeal, strict=True):
        assert way.startswith(route.name.in_(lang))
    assert " 5 " in letter.appeal[0]
    assert " 15 " in letter.appeal[1]
    sheet = issuing.lay_sheet(paper, "https://qyzmet.example.kz")
    assert sheet.layout.notes == (PASSPORT.complaints_law.in_(lang),)


@pytest.mark.parametrize("grounds", [[], ["bad-weather"]])
def test_a_refusal_needs_a_ground_of_the_passport(case, head, grounds):
    with pytest.raises(decision_papers.GroundUnknown):
        decision_papers.issue_refusal(case, PASSPORT, grounds, "Себебі", head, NOW)
    assert Paper.select().count() == 0


@pytest.mark.parametrize("term", ["runs_on", "pauses", "restarts"])
def test_a_request_for_corrections_says_what_why_until_when_and_what_becomes_of_the_term(case, head, term):
    asked = [("conclusion_number", "Суреттегі нөмірмен сәйкес емес")]
    with db.db.atomic():
        paper = decision_papers.issue_correction_request(
            case,
            passport_with(),
            asked,
            head,
            NOW,
            text="Суретті анық түсіріңіз.",
            until=dt.date(2026, 11, 25),
            term=term,
        )
    layout = issuing.lay_sheet(paper, "https://qyzmet.example.kz").layout
    assert ("сөз", "Суреттегі нөмірмен сәйкес емес") in layout.parts[0].lines
    assert any("2026 жылғы 25 қараша" in value for _, value in layout.lines)
    assert f"https://qyzmet.example.kz/kk/cabinet/{case.number}" in layout.parts[1].text[0]
    assert ("2026 жылғы 26 қараша" in " ".join(layout.parts[2].text)) is (term == "runs_on")


def test_typed_brackets_are_no_places_to_fill(case, head):
    case.answers = case.answers | {"child_name": "{number} {0} {"}
    with db.db.atomic():
        order = said(decision_papers.issue_result(case, passport_with(grant=GRANT), head, NOW))
    assert order.clauses[0].startswith("{number} {0} {, ")


def test_an_order_that_names_no_answer_is_a_fault_of_the_passport(tmp_path):
    values = passport_with(grant=GRANT | {"clauses": [texts("{child_nme}")]}).model_dump(
        by_alias=True, mode="json", exclude_none=True
    )
    file = tmp_path / "home.yaml"
    file.write_text(yaml.safe_dump(values, allow_unicode=True), "utf-8")
    _, problems = check_file(file)
    assert 'grant.clauses[0].kk: "{child_nme}" is no answer of this form; did you mean {child_name}?' in problems[0]
