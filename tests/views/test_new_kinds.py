"""A kind is a file: a paper, an event and a message that nobody has heard of, each dropped in by its own file alone."""

from __future__ import annotations

import importlib
import re
import sys
from pathlib import Path
from types import ModuleType

import pytest
from flask import Flask
from flask.testing import FlaskClient

from portal import db as database
from portal.models import Event, Message
from portal.services.cases import event_kinds
from portal.services.cases.timeline import add_event
from portal.services.kinds import KindExists, KindMisnamed, Kinds, UnknownKind, Words, WordsMissing
from portal.services.messages import message_kinds
from portal.services.messages.notices import tell, write_to_office
from portal.services.papers import issuing, paper_kinds
from tests.conftest import Clock
from tests.paper_samples import text_of
from tests.views.test_papers import page, sign_in
from tests.views.test_staff_complaints import Bureau

pytestmark = pytest.mark.usefixtures("demo_data")

PAPER = '''"""A card that lets somebody read in the library."""

from __future__ import annotations

from dataclasses import dataclass

from ...kinds import Words
from ..paper_kind import PaperKind
from ..parts import Layout, lines

_SHELF = Words(kk="Сөре", ru="Полка", en="Shelf")


@dataclass(frozen=True)
class LibraryCardData:
    number: str
    body: str
    shelf: str


def lay(data: LibraryCardData, language: str, base_url: str) -> Layout:
    return Layout(lines=lines(language, (_SHELF, data.shelf)))


KIND = PaperKind(
    id="library_card",
    title=Words(kk="Оқырман билеті", ru="Читательский билет", en="Library card"),
    name=Words(kk="Билет", ru="Билет", en="Card"),
    data=LibraryCardData,
    lay=lay,
    sealed_at_once=True,
)
'''
EVENT = '''"""A book is lent."""

from ...kinds import Words
from ..event_kind import EventKind

KIND = EventKind(
    id="book_lent",
    citizen=Words(kk="Кітап алдыңыз: {book}.", ru="Вы взяли книгу: {book}.", en="You borrowed {book}."),
    office=Words(kk="{by} берді: {book}.", ru="{by} выдал(а): {book}.", en="{by} lent {book}."),
    court=Words(kk="Кітап берілді.", ru="Выдана книга.", en="A book was lent."),
)
'''
MESSAGE = '''"""A book is to be brought back."""

from ...kinds import Words
from ..message_kind import Letter, MessageKind

KIND = MessageKind(
    id="book_due",
    sms=Words(kk="Qyzmet: {number}. Кітап мерзімі {due}.", ru="Qyzmet: {number}. Книга до {due}.",
              en="Qyzmet: {number}. The book is due by {due}."),
    letter=Letter(
        subject=Words(kk="{number}: кітап", ru="{number}: книга", en="{number}: a book"),
        text=Words(kk="Кітап мерзімі: {due}.", ru="Книга до {due}.", en="The book is due by {due}."),
        to=("holder",),
    ),
)
'''


def drop_in(package: ModuleType, kinds: Kinds, name: str, source: str, folder: Path, patch: pytest.MonkeyPatch) -> None:
    """The file as if it stood in the package's folder when the portal starts; all is as before after the test."""
    folder.mkdir(exist_ok=True)
    (folder / f"{name}.py").write_text(source, "utf-8")
    patch.setattr(package, "__path__", [*package.__path__, str(folder)])
    patch.setattr(kinds, "_kinds", dict(kinds._kinds))
    patch.delitem(sys.modules, f"{package.__name__}.{name}", raising=False)
    importlib.invalidate_caches()
    kinds.load([str(folder)], package.__name__)


@pytest.fixture
def bureau(app: Flask, clock: Clock) -> Bureau:
    return Bureau(app, clock)


@pytest.fixture
def citizen(bureau: Bureau, app: Flask) -> FlaskClient:
    client = app.test_client()
    sign_in(client, bureau.account, bureau.clock())
    return client


def test_a_new_paper_is_one_file_from_issue_to_verification(bureau, citizen, tmp_path, monkeypatch):
    drop_in(paper_kinds, paper_kinds.PAPERS, "library_card", PAPER, tmp_path / "papers", monkeypatch)
    data = paper_kinds.PAPERS.get("library_card").data(number=bureau.case.number, body="Кітапхана", shelf="Б-7")
    with database.db.atomic():
        paper = issuing.issue_paper(bureau.case, "library_card", data, bureau.clock(), "kk")
    address = f"/en/cabinet/{bureau.case.number}"
    assert "Card" in page(citizen.get(address)).select_one(f'a[href$="{paper.code}"]').text
    shown = page(citizen.get(f"{address}/papers/{paper.code}")).select_one("article").get_text(" ", strip=True)
    assert "Оқырман билеті" in shown
    assert "Сөре Б-7" in shown
    pdf = citizen.get(f"{address}/papers/{paper.code}.pdf")
    assert pdf.data.startswith(b"%PDF")
    assert "Library" not in text_of(pdf.data)
    assert re.search(r"Сөре\s+Б-7", text_of(pdf.data))
    assert "Читательский билет" in citizen.get(f"/ru/verify/{paper.code}").text
    assert "Library card" in bureau.enter().get(bureau.address).text


def test_a_new_event_is_one_file_told_to_citizen_officer_and_court(bureau, citizen, tmp_path, monkeypatch):
    drop_in(event_kinds, event_kinds.EVENTS, "book_lent", EVENT, tmp_path / "events", monkeypatch)
    with database.db.atomic():
        add_event(bureau.case, "book_lent", bureau.clock(), by="Әсем", book="<Абай жолы>")
    line = page(citizen.get(f"/kk/cabinet/{bureau.case.number}")).select_one("#timeline [data-event=book_lent]")
    assert "Кітап алдыңыз: <Абай жолы>." in line.text
    line = page(bureau.enter().get(bureau.address)).select_one("#timeline [data-event=book_lent]")
    assert "Әсем lent <Абай жолы>." in line.text
    bureau.clock.forward(days=60)
    sign_in(citizen, bureau.account, bureau.clock())
    assert "Выдана книга." in text_of(citizen.get(f"/ru/cabinet/{bureau.case.number}/court.pdf").data)


def test_a_new_message_is_one_file_in_the_outbox(bureau, tmp_path, monkeypatch):
    drop_in(message_kinds, message_kinds.MESSAGES, "book_due", MESSAGE, tmp_path / "messages", monkeypatch)
    with database.db.atomic():
        tell(bureau.case, "book_due", bureau.clock(), due="30.11.2026")
        write_to_office(bureau.case, "book_due", bureau.clock())
    sms, mail = Message.select().where(Message.case == bureau.case).order_by(Message.id.desc()).limit(2)[::-1]
    assert (sms.channel, sms.text) == ("sms", f"Qyzmet: {bureau.case.number}. Кітап мерзімі 30.11.2026.")
    assert (mail.channel, mail.to) == ("mail", bureau.case.body.email)


@pytest.mark.parametrize(
    ("package", "kinds", "name", "source"),
    [
        (paper_kinds, paper_kinds.PAPERS, "library_card", PAPER),
        (event_kinds, event_kinds.EVENTS, "book_lent", EVENT),
        (message_kinds, message_kinds.MESSAGES, "book_due", MESSAGE),
    ],
    ids=["paper", "event", "message"],
)
@pytest.mark.parametrize("lang", ["kk", "ru", "en"])
def test_no_kind_without_words_in_three_languages_can_be(package, kinds, name, source, lang, tmp_path, monkeypatch):
    blank = re.sub(rf'\b{lang}="[^"]*"', f'{lang}=""', source)
    with pytest.raises(WordsMissing):
        drop_in(package, kinds, name, blank, tmp_path / "kinds", monkeypatch)
    lacking = re.sub(rf'\b{lang}="[^"]*",?', "", source)
    with pytest.raises(TypeError, match=f"'{lang}'"):
        drop_in(package, kinds, name, lacking, tmp_path / "kinds", monkeypatch)
    assert kinds.find(name) is None


def test_languages_that_name_different_values_are_refused():
    with pytest.raises(WordsMissing, match="different values"):
        Words(kk="{number}", ru="{number}", en="{code}")


def test_a_kind_stands_in_the_file_of_its_name_and_once(tmp_path, monkeypatch):
    with pytest.raises(KindMisnamed):
        drop_in(event_kinds, event_kinds.EVENTS, "other", EVENT, tmp_path / "kinds", monkeypatch)
    with pytest.raises(KindExists):
        event_kinds.EVENTS.register(event_kinds.EVENTS.get("granted"))


def test_nothing_is_written_of_an_unknown_kind(bureau):
    with pytest.raises(UnknownKind):
        add_event(bureau.case, "unheard", bureau.clock())
    with pytest.raises(UnknownKind):
        tell(bureau.case, "unheard", bureau.clock())


def test_an_event_whose_kind_is_gone_shows_nobody_its_bare_id(bureau, citizen):
    Event.create(case=bureau.case, kind="long_gone", at=bureau.clock(), actor="system", data={"text": "Ішкі белгі"})
    shown = citizen.get(f"/kk/cabinet/{bureau.case.number}").text
    assert "long_gone" not in shown
    assert "Ішкі белгі" not in shown, "nobody said that the citizen may read it"
    line = page(bureau.enter().get(bureau.address)).select_one("#timeline [data-event=long_gone]")
    assert "A note was made about the case." in line.text
