"""The world that the tests of security walk through: two citizens, of one of them everything a person may have; staff.

The owner has a submitted application with papers, a complete draft that waits for its code, a submitted complaint, and
a complaint that waits for its code. The other citizen is signed in and has nothing of it; a third has only stated the
owner's IIN and proved a phone of their own. Of the staff there are an
officer, the head and the manager of the body that the cases are with, an officer of another body, an administrator and
an operator of the contact centre, all signed in. ROUTES names every endpoint
with addresses into this world; test_access.py holds it against the url map.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from bs4 import BeautifulSoup
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from portal import db as database
from portal.models import MODELS, AuditEntry, Case, Draft, Paper, RateCount, Session, StaffMember
from portal.services.demo.loading import load_demo
from portal.services.editions import published as editions
from portal.web import assets
from tests.conftest import Clock
from tests.signing_in import MOTHER, last_code, sign_in, state_identity
from tests.staff_signing_in import sign_in_staff
from tests.views.test_apply import Browser

OTHER = "010203590013"  # in the sandbox registers, without children
STAFF = {
    "officer": "oral.officer",
    "elsewhere": "aqsai.officer",
    "head": "oral.head",
    "manager": "oral.manager",
    "admin": "admin",
    "operator": "calls.operator",
}
CITIZENS = ("anonymous", "owner", "other", "stated")
ROLES = (*CITIZENS, *STAFF)
SAMPLE = (Path(__file__).parents[1] / "data" / "sample-service.yaml").read_bytes()


@dataclass
class World:
    app: Flask
    owner: FlaskClient
    other: FlaskClient
    stated: FlaskClient  # complains without signing in, with the owner's IIN
    anonymous: FlaskClient
    officer: FlaskClient
    elsewhere: FlaskClient  # an officer of another body
    head: FlaskClient
    manager: FlaskClient
    admin: FlaskClient
    operator: FlaskClient  # of the contact centre
    number: str = ""  # of the application
    paper: str = ""  # its receipt's code
    complaint: str = ""  # the number of the complaint
    draft: str = ""  # the key of the draft that waits for its code
    complaint_draft: str = ""
    edition: int = 0  # a passport that the administrator uploaded, not published
    member: int = 0  # the officer of another body, as administrators see them
    codes: list[str] = field(default_factory=list)  # every one-time code that was sent

    def client(self, role: str) -> FlaskClient:
        return getattr(self, role)


def build_world(app: Flask, clock: Clock) -> World:
    database.connect()
    load_demo(app.extensions["context"].settings, clock())
    world = World(app, **{role: app.test_client() for role in ROLES})
    sign_in(world.other, OTHER)
    world.codes.append(last_code())
    state_identity(world.stated)
    world.codes.append(last_code())
    sign_in(world.owner, MOTHER)
    world.codes.append(last_code())
    browser = Browser(world.owner)
    world.number = _apply(world, browser, child=0, send=True)
    world.paper = Paper.get(Paper.kind == "receipt").code
    RateCount.delete().execute()  # five codes an hour are enough for a person, not for this world
    world.complaint = _complain(world, browser, "Бірінші шағым", send=True)
    _complain(world, browser, "Екінші шағым", send=False)
    _apply(world, browser, child=1, send=False)
    world.draft = Draft.get(Draft.kind == "application").key
    world.complaint_draft = Draft.get(Draft.kind == "complaint").key
    for role, login in STAFF.items():
        sign_in_staff(world.client(role), login)
    RateCount.delete().execute()
    admin = StaffMember.get(StaffMember.login == STAFF["admin"])
    world.edition = editions.upload_edition(SAMPLE, app.extensions["context"].passports, admin, clock()).id
    world.member = StaffMember.get(StaffMember.login == STAFF["elsewhere"]).id
    return world


def _apply(world: World, browser: Browser, child: int, send: bool) -> str:
    browser.get("/kk/services/preschool-queue/apply")
    browser.send()
    browser.send(consent="yes")
    browser.send(child=[radio["value"] for radio in browser.page.select("[name=child]")][child])
    browser.send(child_confirmed="yes")
    browser.send(locality="oral")
    gardens = [box["value"] for box in browser.page.select("[name=kindergartens]")]
    browser.send(kindergartens=[gardens[0]], language="any", wanted_from="2026-12-01")
    browser.send(priority="none")
    browser.send(message_language="kk")
    return _sign(world, browser, send)


def _complain(world: World, browser: Browser, text: str, send: bool) -> str:
    browser.get("/kk/complaints/new?service=preschool-queue")
    browser.send(against="provider")
    browser.send(body="oral-edu", text=text, address="Орал, Демо көшесі, 1")
    return _sign(world, browser, send, asked=True)


def _sign(world: World, browser: Browser, send: bool, asked: bool = False) -> str:
    if not asked:
        browser.send()
    assert browser.path.endswith("/sign"), browser.path
    world.codes.append(last_code())
    if not send:
        return ""
    browser.send(code=world.codes[-1])
    number = browser.page.select_one("#reference").text
    assert Case.select().where(Case.number == number).exists()
    return number


Address = Callable[[World], str]


@dataclass(frozen=True)
class Route:
    """An endpoint with one method and an address into the world. The statuses are for a form sent empty but genuine."""

    endpoint: str
    method: str
    address: Address
    anonymous: int
    owner: int
    other: int
    what: str = ""
    staff: Mapping[str, int] = field(default_factory=dict)  # as for anonymous where a role is not named
    stated: int | None = None  # as for anonymous where it is not said

    def expected(self, role: str) -> int:
        status = getattr(self, role) if role in CITIZENS else self.staff.get(role)
        return self.anonymous if status is None else status


def _fixed(path: str) -> Address:
    return lambda world: path


def _public(endpoint: str, path: str, status: int = 200, method: str = "GET") -> Route:
    return Route(endpoint, method, _fixed(path), status, status, status)


def _mine(endpoint: str, path: str, owner: int, other: int, method: str = "GET", what: str = "") -> Route:
    """For people signed in; {number}, {draft} ... stand for what belongs to the owner."""
    return Route(endpoint, method, lambda world: path.format(**vars(world)), 303, owner, other, what)


def _sent(endpoint: str, path: str, owner: int, other: int, method: str = "GET", what: str = "") -> Route:
    """The same, but also for who has only stated who they are: it is no more theirs than another citizen's."""
    return replace(_mine(endpoint, path, owner, other, method, what), stated=other)


def _staff(endpoint: str, path: str, method: str = "GET", what: str = "", otherwise: int = 403, **roles: int) -> Route:
    """For staff, by role; the others of the staff get `otherwise`. {number} ... stand for what the owner has."""
    statuses = {role: roles.get(role, otherwise) for role in STAFF}
    return Route(endpoint, method, lambda world: path.format(**vars(world)), 303, 303, 303, what, statuses)


def _every_staff(endpoint: str, path: str, status: int = 200, method: str = "GET") -> Route:
    return _staff(endpoint, path, method, otherwise=status)


def _admin(endpoint: str, path: str, status: int = 200, method: str = "GET") -> Route:
    """What administrators alone do."""
    return _staff(f"staff.{endpoint}", f"/staff/{path}", method, admin=status)


REPORTS = {
    "index": "",
    "figures": "/figures.csv",
    "refusals": "/refusals.csv",
    "complaints": "/complaints",
    "complaints_csv": "/complaints.csv",
}
COMPLAINT_WORK = {
    "ask_complainant": "/complainant",
    "ask_other_side": "/other-side",
    "note_reply": "/reply",
    "extend": "/extend",
    "answer": "/answer",
}
CALLS = {
    "code": "code",
    "caller": "caller",
    "end": "end",
    "disown": "disown",
    "complaint": "complaint",
    "write": "complaint/text",
    "sign": "complaint/sign",
}
READERS = ("officer", "head", "manager")


def _on_case(view: str, path: str, status: int, method: str = "GET") -> Route:
    """What officers and heads do with a case of their body; to another body's it is not there."""
    path = "/staff/cases/{complaint}" + path
    return _staff(f"staff.cases.{view}", path, method, officer=status, head=status, elsewhere=404)


STYLE = assets.assets()["site.css"].address

# In the order of a walk: what ends something comes last. Statuses: anonymous, owner, other citizen.
ROUTES = (
    _public("catalogue.root", "/", 303),
    _public("catalogue.home", "/kk/"),
    _public("catalogue.service", "/kk/services/preschool-queue"),
    _public("catalogue.service", "/kk/services/none", 404),
    _public("pages.help", "/kk/help"),
    _public("pages.privacy", "/kk/privacy"),
    _public("pages.accessibility", "/kk/accessibility"),
    _public("pages.providers", "/kk/providers"),
    _public("robots.robots_txt", "/robots.txt"),
    _public("robots.sitemap_xml", "/sitemap.xml"),
    _public("static", STYLE),
    _public("favicon", "/favicon.ico"),
    _public("static", "/static/site.css", 404),
    _public("health.healthz", "/healthz"),
    _public("health.readyz", "/readyz"),
    _public("health.metrics", "/metrics"),
    _public("health.csp", "/csp", 400, "POST"),
    _public("complaint_figures.index", "/kk/figures/complaints"),
    _public("complaint_figures.download", "/kk/figures/complaints.csv"),
    _public("status.status", "/kk/status"),
    _public("status.status", "/kk/status", 422, "POST"),
    Route("papers.verify", "GET", lambda world: f"/kk/verify/{world.paper}", 200, 200, 200),
    _public("papers.verify", "/kk/verify/XXXX", 404),
    Route("accounts.sign_in", "GET", _fixed("/kk/sign-in"), 200, 303, 303),
    Route("accounts.sign_in", "POST", _fixed("/kk/sign-in"), 422, 303, 303),
    _public("accounts.sign_out", "/kk/sign-out"),
    _public("sandbox.index", "/sandbox/"),
    _public("sandbox.styles", "/sandbox/styles"),
    _public("sandbox.people", "/sandbox/people"),
    _public("sandbox.staff", "/sandbox/staff"),
    _public("sandbox.phone", "/sandbox/phone?to=%2B77000000001"),
    _public("sandbox.mail", "/sandbox/mail"),
    _public("sandbox_eds.eds", "/sandbox/eds"),
    _public("sandbox_eds.sign", "/sandbox/eds", 400, "POST"),
    _public("sandbox.switch_registers", "/sandbox/registers", 400, "POST"),
    _public("apply.start", "/kk/services/preschool-queue/apply"),
    _public("apply.start", "/kk/services/home-schooling/apply"),
    _mine("apply.begin", "/kk/services/home-schooling/apply", 303, 303, "POST"),
    _mine("apply.begin", "/kk/services/preschool-queue/apply", 303, 303, "POST"),
    *(
        _mine("apply.step", f"/kk/apply/{{draft}}/{step}", 200, 404)
        for step in ("consent", "child", "child-confirm", "locality", "kindergartens", "priority", "contact")
    ),
    _mine("apply.step", "/kk/apply/{draft}/nothing", 303, 404, what="a step that is not there"),
    _mine("apply.step", "/kk/apply/{draft}/consent", 422, 404, "POST"),
    _mine("apply.step", "/kk/apply/{complaint_draft}/consent", 404, 404, what="a complaint is no application"),
    _mine("apply.step", "/kk/apply/{draft}/uploads", 303, 404, what="no step of that name"),
    _sent("uploads.start", "/kk/apply/{draft}/uploads", 412, 412, "POST", what="not as the protocol says"),
    _sent("uploads.piece", "/kk/apply/{draft}/uploads/none", 412, 412, "PATCH", what="not as the protocol says"),
    _sent("uploads.piece", "/kk/apply/{draft}/uploads/none", 412, 412, "DELETE", what="not as the protocol says"),
    _mine("apply.check", "/kk/apply/{draft}/check", 200, 404),
    _mine("apply.sign", "/kk/apply/{draft}/sign", 200, 404),
    _mine("apply.sign", "/kk/apply/{draft}/sign", 422, 404, "POST"),
    _mine("eds_signing.to_sign", "/kk/apply/{draft}/sign/file", 404, 404),  # nothing is prepared: EDS is not open there
    Route("without_sign_in.start", "GET", _fixed("/kk/complaints/without-sign-in"), 200, 303, 303, stated=303),
    Route("without_sign_in.start", "POST", _fixed("/kk/complaints/without-sign-in"), 422, 303, 303, stated=303),
    _public("without_sign_in.code", "/kk/complaints/without-sign-in/code", 303),
    _public("without_sign_in.code", "/kk/complaints/without-sign-in/code", 303, "POST"),
    _sent("complaints.new", "/kk/complaints/new", 200, 200),
    _sent("complaints.new", "/kk/complaints/new", 422, 422, "POST"),
    _sent("complaints.new", "/kk/complaints/new?about={number}", 200, 200, what="only one of my own"),
    _sent("complaints.resume", "/kk/complaints/{complaint_draft}", 200, 404),
    _sent("complaints.resume", "/kk/complaints/{complaint_draft}", 422, 404, "POST"),
    _sent("complaints.resume", "/kk/complaints/{draft}", 404, 404, what="an application is no complaint"),
    _sent("complaints.addressee", "/kk/complaints/{complaint_draft}/addressee", 303, 404, what="it is the right one"),
    _sent("complaints.addressee", "/kk/complaints/{complaint_draft}/addressee", 303, 404, "POST"),
    _sent("complaints.go_on", "/kk/complaints/after/{complaint}", 409, 404, "POST", what="its term runs"),
    _sent("complaints.sign", "/kk/complaints/{complaint_draft}/sign", 200, 404),
    _sent("complaints.sign", "/kk/complaints/{complaint_draft}/sign", 422, 404, "POST"),
    _sent("cabinet.index", "/kk/cabinet", 200, 200),
    _sent("cabinet.case", "/kk/cabinet/{number}", 200, 404),
    _sent("cabinet.case", "/kk/cabinet/{complaint}", 200, 404),
    _sent("cabinet.sent", "/kk/cabinet/{number}/sent", 200, 404),
    _sent("letters.write", "/kk/cabinet/{number}/write", 200, 404),
    _sent("letters.read", "/kk/cabinet/{number}/messages", 200, 404),
    _sent("letters.write", "/kk/cabinet/{number}/write", 422, 404, "POST"),
    _sent("dates.date", "/kk/cabinet/{complaint}/dates/answer.ics", 200, 404),
    _sent("dates.date", "/kk/cabinet/{complaint}/dates/none.ics", 404, 404, what="a day that it has not"),
    _sent("papers.court", "/kk/cabinet/{complaint}/court.pdf", 409, 404, what="its term runs"),
    _sent("cabinet.rate", "/kk/cabinet/{complaint}/rate", 303, 404, what="there is no result yet"),
    _sent("cabinet.rate", "/kk/cabinet/{complaint}/rate", 303, 404, "POST", what="there is no result yet"),
    _sent("cabinet.reply", "/kk/cabinet/{complaint}/reply", 303, 404, what="nothing is asked"),
    _sent("cabinet.reply", "/kk/cabinet/{complaint}/reply", 303, 404, "POST", what="nothing is asked"),
    _mine("cabinet.correct", "/kk/cabinet/{number}/correct", 303, 404, what="nothing is asked"),
    _mine("cabinet.correct", "/kk/cabinet/{number}/correct", 303, 404, "POST", what="nothing is asked"),
    _mine("correcting.sign", "/kk/cabinet/{number}/correct/sign", 303, 404, what="nothing is asked"),
    _mine("correcting.sign", "/kk/cabinet/{number}/correct/sign", 303, 404, "POST", what="nothing is asked"),
    _sent("papers.paper", "/kk/cabinet/{number}/papers/{paper}", 200, 404),
    _sent("papers.paper", "/kk/cabinet/{complaint}/papers/{paper}", 404, 404, what="the paper of another case"),
    _sent("papers.thumbnail", "/kk/cabinet/{number}/papers/{paper}.png", 200, 404),
    _sent("papers.pdf", "/kk/cabinet/{number}/papers/{paper}.pdf", 200, 404),
    _sent(
        "documents.show", "/kk/cabinet/{number}/documents/none", 404, 404, what="tests/views/test_uploads.py has one"
    ),
    _mine("settings.index", "/kk/cabinet/settings", 200, 200),
    _mine("settings.index", "/kk/cabinet/settings", 422, 422, "POST"),
    _mine("settings.open_sessions", "/kk/cabinet/settings/sessions", 200, 200),
    _mine("settings.phone", "/kk/cabinet/settings/phone", 200, 200),
    _mine("settings.phone", "/kk/cabinet/settings/phone", 422, 422, "POST"),
    _mine("cabinet.disown", "/kk/cabinet/{complaint}/not-mine", 404, 404, what="it is the owner's own"),
    _mine("cabinet.disown", "/kk/cabinet/{complaint}/not-mine", 404, 404, "POST"),
    _sent("cabinet.withdraw", "/kk/cabinet/{complaint}/withdraw", 200, 404),
    _sent("cabinet.withdraw", "/kk/cabinet/{complaint}/withdraw", 303, 404, "POST"),
    _mine("cabinet.take_up", "/kk/cabinet/{number}/offers/come_back", 409, 404, "POST"),
    _sent("cabinet.withdraw", "/kk/cabinet/{number}/withdraw", 200, 404),
    _sent("cabinet.delete_draft", "/kk/cabinet/drafts/{draft}/delete", 200, 404),
    _mine("apply.check", "/kk/apply/{draft}/check", 303, 404, "POST"),
    _mine("settings.open_sessions", "/kk/cabinet/settings/sessions", 303, 303, "POST"),
    _sent("cabinet.withdraw", "/kk/cabinet/{number}/withdraw", 303, 404, "POST"),
    _sent("cabinet.delete_draft", "/kk/cabinet/drafts/{draft}/delete", 303, 404, "POST"),
    Route("staff.signing_in.sign_in", "GET", _fixed("/staff/sign-in"), 200, 200, 200, "", dict.fromkeys(STAFF, 303)),
    Route("staff.signing_in.sign_in", "POST", _fixed("/staff/sign-in"), 422, 422, 422, "", dict.fromkeys(STAFF, 303)),
    _public("staff.signing_in.second_factor", "/staff/second-factor", 303),
    _public("staff.signing_in.second_factor", "/staff/second-factor", 303, "POST"),
    _public("staff.signing_in.own_password", "/staff/own-password", 303),
    _public("staff.signing_in.own_password", "/staff/own-password", 303, "POST"),
    _public("staff.signing_in.language", "/staff/language", 303, "POST"),
    _staff("staff.home.index", "/staff/", otherwise=303, admin=200),
    _staff("staff.work_list.index", "/staff/work", **dict.fromkeys(READERS, 200), elsewhere=200),
    _staff("staff.work_list.give", "/staff/work/give", officer=303, head=303, elsewhere=303),
    _staff("staff.work_list.give", "/staff/work/give", "POST", officer=422, head=422, elsewhere=422),
    _staff("staff.work_list.keep_view", "/staff/work/views", **dict.fromkeys(READERS, 303), elsewhere=303),
    _staff("staff.work_list.keep_view", "/staff/work/views", "POST", **dict.fromkeys(READERS, 422), elsewhere=422),
    _staff(
        "staff.work_list.forget_view",
        "/staff/work/views/1/delete",
        "POST",
        **dict.fromkeys(READERS, 303),
        elsewhere=303,
    ),
    _staff("staff.absences.index", "/staff/absences", officer=200, head=200, elsewhere=200),
    _staff("staff.absences.index", "/staff/absences", "POST", officer=422, head=422, elsewhere=422),
    _staff("staff.absences.end", "/staff/absences/1/end", "POST", officer=404, head=404, elsewhere=404),
    _staff("staff.work_list.search", "/staff/work/search", **dict.fromkeys(READERS, 303), elsewhere=303),
    _staff("staff.work_list.search", "/staff/work/search", "POST", **dict.fromkeys(READERS, 422), elsewhere=422),
    _staff("staff.cases.case", "/staff/cases/{complaint}", **dict.fromkeys(READERS, 200), elsewhere=404),
    _staff("staff.cases.case", "/staff/cases/{number}", **dict.fromkeys(READERS, 200), elsewhere=404),
    _staff("staff.cases.reveal", "/staff/cases/{complaint}/iin", "POST", **dict.fromkeys(READERS, 200), elsewhere=404),
    _staff(
        "staff.cases.document",
        "/staff/cases/{complaint}/documents/none",
        **dict.fromkeys(READERS, 404),
        elsewhere=404,
        what="tests/views/test_case_documents.py has one",
    ),
    _on_case("act", "/do/mark_enrolled", 200),
    _on_case("act", "/do/mark_enrolled", 409, "POST"),
    _on_case("assign", "/assign", 200),
    _on_case("assign", "/assign", 422, "POST"),
    _on_case("message", "/message", 200),
    _on_case("message", "/message", 422, "POST"),
    _on_case("read", "/message/read", 409, "POST"),
    _on_case("correction", "/correction", 200),
    _on_case("correction", "/correction", 422, "POST"),
    _on_case("end_correction", "/correction/end", 409, "POST"),
    _on_case("decision", "/decision", 200),
    _on_case("decision", "/decision", 422, "POST"),
    _on_case("drop", "/decision/drop", 409, "POST"),
    _staff("staff.cases.hand_back", "/staff/cases/{complaint}/decision/return", head=200),
    _staff("staff.cases.hand_back", "/staff/cases/{complaint}/decision/return", "POST", head=422),
    *(
        _staff(f"staff.cases.{view}", "/staff/cases/{complaint}/answer/" + path, method, head=status)
        for view, path in (("sign_answer", "sign"), ("return_answer", "return"))
        for method, status in (("GET", 200), ("POST", 422))
    ),
    _on_case("recall", "/decision/recall", 200),
    _on_case("recall", "/decision/recall", 422, "POST"),
    _staff("staff.cases.note", "/staff/cases/{complaint}/notes", **dict.fromkeys(READERS, 200), elsewhere=404),
    _staff("staff.cases.note", "/staff/cases/{complaint}/notes", "POST", **dict.fromkeys(READERS, 422), elsewhere=404),
    _staff("staff.cases.next", "/staff/cases/{complaint}/next", **dict.fromkeys(READERS, 303), elsewhere=303),
    *(
        _staff(
            f"staff.cases.{view}",
            "/staff/cases/{complaint}/" + path,
            **dict.fromkeys(READERS, status),
            elsewhere=404,
            what="tests/views/test_staff_signing.py has one",
        )
        for view, path, status in (
            ("draft_picture", "draft.png", 409),
            ("draft_pdf", "draft.pdf", 409),
            ("paper_picture", "papers/none.png", 404),
            ("paper_file", "papers/none.pdf", 404),
        )
    ),
    _staff("staff.account.letters", "/staff/account/letters", officer=200, head=200, elsewhere=200),
    _staff("staff.account.letters", "/staff/account/letters", "POST", officer=303, head=303, elsewhere=303),
    _staff("staff.to_sign.index", "/staff/to-sign", head=200),
    _staff("staff.to_sign.index", "/staff/to-sign", "POST", head=422),
    *(
        _staff(
            f"staff.ready_texts.{view}", f"/staff/texts{path}", method, officer=status, head=status, elsewhere=status
        )
        for view, path, status, method in (
            ("index", "", 200, "GET"),
            ("new", "/new", 200, "GET"),
            ("new", "/new", 422, "POST"),
            ("text", "/1", 404, "GET"),
            ("text", "/1", 404, "POST"),
            ("delete", "/1/delete", 404, "POST"),
        )
    ),
    _staff("staff.cases.sign", "/staff/cases/{complaint}/sign", head=200),
    _staff("staff.cases.sign", "/staff/cases/{complaint}/sign", "POST", head=422),
    _on_case("confirm_check", "/check", 409, "POST"),
    _on_case("keep_waiting", "/wait", 200),
    _on_case("keep_waiting", "/wait", 409, "POST"),
    *(
        _on_case(view, path, status, method)
        for view, path in COMPLAINT_WORK.items()
        for status, method in ((200, "GET"), (422, "POST"))
    ),
    _on_case("forward", "/forward", 409),  # by who has it alone
    _on_case("forward", "/forward", 409, "POST"),
    _on_case("take", "/take", 303, "POST"),
    *(
        _staff(f"staff.reports.{view}", f"/staff/reports{path}", manager=200, admin=200)
        for view, path in REPORTS.items()
    ),
    _staff("staff.overview.index", "/staff/overview", head=200, manager=200, admin=200),
    _staff("staff.places.index", "/staff/places", **dict.fromkeys(READERS, 200), elsewhere=200),
    _staff("staff.places.group", "/staff/places/oral-01/2023/kk", officer=200, head=200, elsewhere=404),
    _staff("staff.places.group", "/staff/places/oral-01/2023/kk", "POST", officer=422, head=422, elsewhere=404),
    _staff("staff.calls.index", "/staff/calls", operator=200),
    _staff("staff.calls.index", "/staff/calls", "POST", operator=422),
    _staff("staff.calls.ask_stated", "/staff/calls/stated", operator=200),
    _staff("staff.calls.ask_stated", "/staff/calls/stated", "POST", operator=422),
    *(
        _staff(f"staff.calls.{view}", f"/staff/calls/{path}", method, operator=303, what="nobody has proved who calls")
        for view, path in CALLS.items()
        for method in (("POST",) if view in ("end", "disown") else ("GET",) if view == "caller" else ("GET", "POST"))
    ),
    _admin("audit.index", "audit"),
    _admin("audit.download", "audit/journal.csv"),
    _admin("set_aside.index", "set-aside"),
    _admin("set_aside.try_now", "set-aside/1/try", 404, "POST"),
    _admin("reference.index", "reference"),
    *(
        _admin("reference.rows", f"reference/{name}")
        for name in ("organisations", "localities", "kindergartens", "moved-days")
    ),
    _admin("reference.rows", "reference/none", 404),
    _admin("reference.new", "reference/organisations/new"),
    _admin("reference.new", "reference/moved-days/new", 422, "POST"),
    _admin("reference.row", "reference/organisations/oral-edu"),
    _admin("reference.row", "reference/organisations/oral-edu", 422, "POST"),
    _admin("reference.history", "reference/organisations/oral-edu/history"),
    _admin("reference.delete_moved_day", "reference/moved-days/2026-01-01/delete", 404),
    _admin("reference.delete_moved_day", "reference/moved-days/2026-01-01/delete", 404, "POST"),
    _admin("reference_files.download", "reference-files/organisations.csv"),
    _admin("reference_files.upload", "reference-files/organisations"),
    _admin("reference_files.upload", "reference-files/organisations", 422, "POST"),
    _admin("passports.index", "passports"),
    _admin("passports.upload", "passports/upload"),
    _admin("passports.upload", "passports/upload", 422, "POST"),
    _admin("passports.edition", "passports/{edition}"),
    _admin("passports.history", "passports/{edition}/history"),
    _admin("passports.propose", "passports/{edition}/propose"),
    _admin("passports.propose", "passports/{edition}/propose", 422, "POST"),
    _admin("passports.take_back", "passports/{edition}/take-back", 409, "POST"),
    _admin("passports.publish", "passports/{edition}/publish"),
    _admin("passports.publish", "passports/{edition}/publish", 409, "POST"),
    _admin("passport_texts.download", "passport-files/preschool-queue/2015-04-07.yaml"),
    _admin("passport_texts.edit", "passport-files/preschool-queue/2015-04-07/edit"),
    _admin("passport_texts.edit", "passport-files/preschool-queue/2015-04-07/edit", 422, "POST"),
    _admin("passport_texts.compare", "passport-files/preschool-queue/compare"),
    _admin("passports.retire", "passports/{edition}/retire"),
    _admin("passports.retire", "passports/{edition}/retire", 409, "POST"),
    _admin("passport_preview.page", "passports/{edition}/preview"),
    _admin("passport_preview.step", "passports/{edition}/preview/reader"),
    _admin("passports.delete", "passports/{edition}/delete"),
    _admin("passports.delete", "passports/{edition}/delete", 303, "POST"),
    _admin("members.index", "members"),
    _admin("members.download", "members/staff.csv"),
    _admin("members.new", "members/new"),
    _admin("members.new", "members/new", 422, "POST"),
    _admin("members.member", "members/{member}"),
    _admin("members.member", "members/{member}", 303, "POST"),  # what is not sent stays
    _admin("members.history", "members/{member}/history"),
    _admin("members.switch", "members/{member}/disable"),
    _admin("members.switch", "members/{member}/disable", 303, "POST"),
    _admin("members.reset", "members/{member}/reset"),
    _admin("members.reset", "members/{member}/reset", 200, "POST"),
    _every_staff("staff.account.confirm", "/staff/confirm"),
    _every_staff("staff.account.confirm", "/staff/confirm", 422, "POST"),
    _every_staff("staff.account.index", "/staff/account"),
    _every_staff("staff.account.password", "/staff/account/password"),
    _every_staff("staff.account.password", "/staff/account/password", 422, "POST"),
    _every_staff("staff.account.app", "/staff/account/app"),
    _every_staff("staff.account.app", "/staff/account/app", 422, "POST"),
    _every_staff("staff.account.end_sessions", "/staff/account/sessions", 303, "POST"),
    _staff("staff.account.keys", "/staff/account/keys", admin=200),
    _staff("staff.account.keys", "/staff/account/keys", "POST", admin=422),
    _staff("staff.account.remove_key", "/staff/account/keys/1/remove", "POST", admin=404),
    _public("staff.signing_in.sign_out", "/staff/sign-out", 303, "POST"),
    Route("accounts.sign_out", "POST", _fixed("/kk/sign-out"), 303, 303, 303),
)

PAGES = tuple(route for route in ROUTES if route.method == "GET")
FORMS = tuple(route for route in ROUTES if route.method == "POST")


def rows(*without: Any) -> dict[str, list[str]]:
    """Every row of every table but sessions, counts and the audit log, in an order of its own."""
    left_out = (Session, RateCount, AuditEntry, *without)
    return {model.__name__: sorted(map(repr, model.select().tuples())) for model in MODELS if model not in left_out}


def html_of(answer: TestResponse) -> str:
    """The page as text; nothing where the answer is no page."""
    return answer.text if (answer.content_type or "").startswith("text/html") else ""


def fields_of(page: TestResponse) -> dict[str, list[str]]:
    """The main form as a browser without script would send it back untouched."""
    soup = BeautifulSoup(page.text, "html.parser")
    data: dict[str, list[str]] = {}
    for control in soup.select("main form input[name], main form select[name], main form textarea[name]"):
        if control.get("type") in ("radio", "checkbox") and not control.has_attr("checked"):
            continue
        chosen = control.select_one("option[selected]") or control.select_one("option")
        data.setdefault(control["name"], []).append(chosen["value"] if chosen else control.get("value", control.text))
    return data


def names_on(page: TestResponse) -> set[str]:
    """The names of all controls of a page."""
    return {control["name"] for control in BeautifulSoup(html_of(page), "html.parser").select("main form [name]")}


def every_page(world: World, role: str = "owner") -> Iterator[tuple[Route, TestResponse]]:
    for route in PAGES:
        yield route, world.client(role).get(route.address(world))
