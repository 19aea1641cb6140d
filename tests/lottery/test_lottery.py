"""A procedure that somebody else wrote, installed beside the portal: from form to paper, through the front door.

It is the package in this folder, offered as an installed one offers itself: not a file of the portal knows of it.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from click.testing import CliRunner
from flask import Flask
from flask.testing import FlaskClient

import portal
from portal import db as database
from portal import worker
from portal.cli import main
from portal.models import Case, Message, Paper, StaffMember
from portal.services.passports.catalogue import check_file
from portal.services.procedures.protocol import Procedure
from portal.services.procedures.registry import list_procedures
from portal.services.procedures.table import GROUP, use_procedures
from tests.conftest import Clock
from tests.signing_in import FATHER, MOTHER, last_code, post, sign_in
from tests.staff_signing_in import sign_in_staff
from tests.views.test_apply import Browser

PASSPORT = Path(__file__).parent / "passport.yaml"


def install(site: Path, offered: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Leave what an installer leaves beside a package that offers a procedure."""
    information = site / "lottery-1.dist-info"
    information.mkdir(parents=True)
    (information / "METADATA").write_text("Metadata-Version: 2.1\nName: lottery\nVersion: 1\n")
    (information / "entry_points.txt").write_text(f"[{GROUP}]\nlottery = {offered}\n")
    monkeypatch.syspath_prepend(str(site))


@pytest.fixture
def installed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    install(tmp_path / "site", "tests.lottery.procedure:LOTTERY", monkeypatch)
    use_procedures()
    yield
    monkeypatch.undo()
    use_procedures()


@pytest.fixture
def app(
    installed: None, make_app: Callable[..., Flask], tmp_path: Path, fill_with_demo: Callable[[Flask], None]
) -> Flask:
    folder = tmp_path / "passports"
    folder.mkdir()
    shutil.copy(PASSPORT, folder)
    app = make_app(passports_dir=folder)
    assert app.extensions["context"].passports.problems == []
    fill_with_demo(app)
    return app


@pytest.mark.parametrize(
    ("offered", "said"),
    [
        ("portal.services.review.procedure:Review", "is no instance of a named Procedure"),
        ("portal.services.procedures.protocol:UNDER_WAY", "is no instance of a named Procedure"),
        ("tests.lottery.procedure:NOTHING", "cannot be imported: AttributeError: "),
        ("tests.lottery.nowhere:LOTTERY", "cannot be imported: ModuleNotFoundError: "),
        ("tests.lottery.procedure:SECOND_REVIEW", "there is a procedure 'review' already"),
    ],
)
def test_what_cannot_be_put_in_is_refused_in_a_sentence_that_names_it(
    offered: str, said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    second = type("SecondReview", (Procedure,), {"name": "review"})()
    monkeypatch.setattr("tests.lottery.procedure.SECOND_REVIEW", second, raising=False)
    before = list_procedures()
    install(tmp_path / "site", offered, monkeypatch)
    answer = CliRunner().invoke(main, ["passports", "check"])
    assert answer.exit_code == 1
    assert f"the entry point lottery = {offered} of {GROUP}" in answer.output
    assert said in answer.output
    assert list_procedures() == before


def apply(app: Flask, iin: str) -> Browser:
    browser = Browser(app.test_client())
    sign_in(browser.client, iin, "en")
    browser.get("/en/services/garden-plot/apply")
    browser.send()
    browser.send(wish="Carrots")
    browser.send()
    browser.send(code=last_code())
    return browser


def state(browser: Browser) -> tuple[str, str]:
    found = browser.page.select_one("[data-state]")
    return found["data-state"], found.text


def work(app: Flask, clock: Clock) -> None:
    database.connect()
    worker.run_once(app.extensions["context"], clock())


def head_of(case: Case, app: Flask) -> FlaskClient:
    database.connect()
    client = app.test_client()
    sign_in_staff(client, "oral.head")
    database.connect()
    head = StaffMember.get(StaffMember.login == "oral.head")
    Case.update(body=head.organisation).where(Case.id == case.id).execute()
    return client


def test_it_runs_from_the_form_to_the_paper(app: Flask, clock: Clock) -> None:
    mother, father = apply(app, MOTHER), apply(app, FATHER)
    assert [state(each) for each in (mother, father)] == [("accepted", "In the draw")] * 2
    assert len(mother.page.select_one("#lot").text) == 6
    assert "Lots will be drawn." in mother.page.text
    clock.forward(days=3)
    work(app, clock)
    for each, iin in ((mother, MOTHER), (father, FATHER)):
        sign_in(each.client, iin, "en")
        each.get(each.path)
    assert sorted(state(each)[0] for each in (mother, father)) == ["granted", "refused"]
    winner = mother if state(mother)[0] == "granted" else father
    assert state(winner)[1] == "The plot is yours"
    assert Message.select().where(Message.key.contains(":granted:")).count() == 1
    paper = next(link for link in winner.page.select("a[href*='/papers/']") if "Order" in link.text)
    code = paper["href"].rsplit("/", 1)[-1]
    shown = winner.client.get(paper["href"])
    assert "Carrots" in shown.text
    assert winner.client.get(paper["href"] + ".pdf").data.startswith(b"%PDF")
    assert code in winner.client.get(f"/en/verify/{code}").text
    work(app, clock)
    assert Paper.select().where(Paper.kind == "order").count() == 1, "drawn once"


def test_who_asks_for_the_same_twice_is_told_so_in_place_of_a_second_case(app: Flask) -> None:
    apply(app, MOTHER)
    again = apply(app, MOTHER)
    assert again.title == "There is an application already"
    assert Case.select().count() - Case.select().where(Case.draft_key.startswith("demo")).count() == 1


def test_what_withdrawing_gives_away_is_said_before(app: Flask) -> None:
    browser = apply(app, MOTHER)
    browser.get(browser.path + "/withdraw")
    assert "You lose your lot." in browser.page.text
    browser.send()
    assert state(browser)[0] == "withdrawn"


def test_the_status_page_says_what_the_procedure_says(app: Flask) -> None:
    apply(app, MOTHER)
    case = Case.get(Case.service == "garden-plot")
    answer = post(app.test_client(), "/en/status", {"number": case.number, "code": case.receipt_code})
    page = BeautifulSoup(answer.text, "lxml")
    assert (page.select_one("[data-state]").text, bool(page.select_one("#lot"))) == ("In the draw", True)


def test_an_officer_has_the_buttons_that_the_procedure_gives(app: Flask) -> None:
    browser = apply(app, MOTHER)
    case = Case.get(Case.service == "garden-plot")
    head = head_of(case, app)
    address = f"/staff/cases/{case.number}"
    assert BeautifulSoup(head.get(address).text, "lxml").select_one("#text-strike_out") is not None
    without = post(head, f"{address}/do/strike_out", {"text": " "})
    assert (without.status_code, Case.get_by_id(case.id).state) == (422, "accepted")
    assert post(head, f"{address}/do/nothing").status_code == 409
    assert post(head, f"{address}/do/strike_out", {"text": "The plot is outside."}).status_code == 303
    browser.get(browser.path)
    assert state(browser)[0] == "refused"
    assert "The plot is outside." in browser.page.text


def test_what_it_needs_of_a_passport_is_checked(installed: None, tmp_path: Path) -> None:
    broken = tmp_path / "broken.yaml"
    broken.write_text(
        PASSPORT.read_text("utf-8").replace("- id: wish\n        type: text", "- id: hope\n        type: text")
    )
    _, problems = check_file(broken)
    assert problems == ['broken.yaml: line 38: steps: the procedure lottery needs a field "wish" of type text; add it']


def test_without_the_package_no_passport_may_name_it(tmp_path: Path) -> None:
    _, problems = check_file(PASSPORT)
    assert problems == [
        'passport.yaml: line 5: procedure: "lottery" cannot stand here; write one of preschool_queue, review'
    ]


def test_no_file_of_the_portal_knows_of_it() -> None:
    root = Path(portal.__file__).parent
    found = [path.name for path in root.rglob("*") if path.is_file() and path.suffix in (".py", ".html", ".yaml")]
    assert found
    assert not [path for path in root.rglob("*.py") if "lottery" in path.read_text("utf-8")]
