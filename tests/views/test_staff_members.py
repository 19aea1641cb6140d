"""Staff as administrators keep them, and the audit log as they read it."""

from __future__ import annotations

import ast
from pathlib import Path

from bs4 import BeautifulSoup

import portal
from portal import db as database
from portal.models import AuditEntry, Case, PassportEdition, ReferenceChange, StaffMember
from portal.services.records import audit
from portal.views.staff.journal_words import ACTIONS
from tests.signing_in import post
from tests.staff_signing_in import sign_in_staff

BASE = "/staff/members"


def named(login: str) -> StaffMember:
    return StaffMember.get(StaffMember.login == login)


def page(answer) -> BeautifulSoup:
    return BeautifulSoup(answer.text, "lxml")


def who(member: StaffMember, **changes: str) -> dict[str, str]:
    values = {"name": member.name, "organisation": member.organisation.code, "role": member.role, "email": member.email}
    return values | changes


def test_somebody_is_added_and_the_password_shown_once(admin):
    answer = post(
        admin, f"{BASE}/new",
        {"login": "new.officer", "name": "New", "organisation": "oral-edu", "role": "officer", "email": ""},
    )  # fmt: skip
    assert answer.status_code == 200
    assert len(page(answer).select_one("output").text) >= 12
    assert named("new.officer").organisation.code == "oral-edu"
    taken = post(
        admin, f"{BASE}/new",
        {"login": "new.officer", "name": "N", "organisation": "oral-edu", "role": "officer", "email": ""},
    )  # fmt: skip
    assert taken.status_code == 422
    assert "Somebody has this login already." in taken.text


def test_v8_3_2_a_role_that_is_changed_holds_from_the_next_request_on(app, admin):
    head = app.test_client()
    sign_in_staff(head, "oral.head")
    member = named("oral.head")
    assert post(admin, f"{BASE}/{member.id}", who(member, role="admin")).status_code == 303
    assert head.get("/staff/reference").status_code == 200
    assert post(admin, f"{BASE}/{member.id}", who(member, role="officer")).status_code == 303
    assert head.get("/staff/reference").status_code == 403
    told = page(admin.get(f"{BASE}/{member.id}/history")).text
    assert "admin" in told
    change = ReferenceChange.get(ReferenceChange.table == "staff_member")
    assert (change.before["role"], change.after["role"]) == ("head", "admin")
    assert not [name for name in change.after if "password" in name or "secret" in name]


def test_v6_4_4_only_another_administrator_resets_a_factor_and_all_sessions_die(app, admin):
    other = app.test_client()
    sign_in_staff(other, "admin2")
    me, second = named("admin"), named("admin2")
    assert post(admin, f"{BASE}/{me.id}/reset").status_code == 403
    assert post(admin, f"{BASE}/{me.id}/disable").status_code == 403
    assert post(admin, f"{BASE}/{me.id}", who(me, role="officer")).status_code == 403
    assert named("admin").role == "admin"
    answer = post(admin, f"{BASE}/{second.id}/reset")
    assert answer.status_code == 200
    assert page(answer).select_one("output").text
    assert other.get("/staff/").status_code == 303
    assert named("admin2").totp_secret == ""


def test_somebody_who_left_is_disabled_and_let_back(app, admin):
    officer = app.test_client()
    sign_in_staff(officer, "oral.officer")
    member = named("oral.officer")
    assert post(admin, f"{BASE}/{member.id}/disable").status_code == 303
    assert officer.get("/staff/").status_code == 303
    assert post(admin, f"{BASE}/{member.id}/enable").status_code == 303
    assert named("oral.officer").is_active


def test_before_somebody_is_disabled_the_page_says_what_they_hold(admin):
    member = named("oral.officer")
    assert "No case is in their hands." in admin.get(f"{BASE}/{member.id}/disable").text
    Case.update(assignee=member, state="in_review", is_open=True).where(Case.id == Case.get().id).execute()
    told = page(admin.get(f"{BASE}/{member.id}/disable")).select_one(".notice")
    assert "1 case is in their hands" in told.text
    assert "1 case in hand" in page(admin.get(f"{BASE}/{member.id}")).text
    assert "in hand" not in page(admin.get(f"{BASE}/new")).text
    post(admin, f"{BASE}/{member.id}/disable")
    assert Case.select().where(Case.assignee == member).count() == 0


def test_v7_5_3_changing_people_and_taking_their_list_asks_for_a_fresh_factor(admin, clock):
    member = named("oral.officer")
    assert admin.get(f"{BASE}/staff.csv").status_code == 200
    clock.forward(minutes=6)
    for answer in (
        admin.get(f"{BASE}/staff.csv"),
        post(admin, f"{BASE}/{member.id}", who(member, role="admin")),
        post(admin, f"{BASE}/{member.id}/reset"),
    ):
        assert answer.status_code == 303
        assert "/staff/confirm" in answer.location
    assert named("oral.officer").role == "officer"


def test_the_list_of_staff_holds_nothing_secret(admin):
    text = admin.get(f"{BASE}/staff.csv").text
    assert "oral.officer" in text
    assert named("oral.officer").password_hash not in text
    assert AuditEntry.select().where(AuditEntry.action == "export").count() == 1


def test_the_audit_log_is_read_by_case_person_deed_and_day(admin, clock):
    case = Case.get()
    audit.record("account:1", "view", f"case:{case.id}", clock())
    for number in range(120):
        audit.record("account:1", "sign_in", f"account:{number}", clock())
    first = page(admin.get("/staff/audit?action=sign_in"))
    assert len(first.select("tbody tr")) == 50
    older = first.select_one("a.button.quiet")["href"]
    assert "action=sign_in" in older
    seen = [row.text for part in (first, page(admin.get(older))) for row in part.select("tbody tr td:nth-child(4)")]
    assert len(set(seen)) == 100, "no entry twice"
    found = page(admin.get(f"/staff/audit?case={case.number}"))
    assert [row.select("td")[2].text for row in found.select("tbody tr")] == ["opened a case"]
    assert page(admin.get("/staff/audit?actor=admin&action=read_audit")).select("tbody tr")
    assert not page(admin.get("/staff/audit?until=2020-01-01")).select("tbody tr")
    assert admin.get("/staff/audit?since=nonsense&before=x&case=%27").status_code == 200


def test_the_journal_is_in_words_with_links_to_everything_about_a_case_and_a_person(admin, clock):
    case, officer = Case.get(), named("oral.officer")
    audit.record(f"staff:{officer.id}", "reveal_iin", f"case:{case.id}", clock())
    row = page(admin.get(f"/staff/audit?case={case.number}")).select_one("tbody tr")
    assert "looked at an IIN in full" in row.text
    assert f"case {case.number}" in row.text
    assert "reveal_iin" not in row.text
    for link in row.select("a"):
        assert page(admin.get(link["href"])).select("tbody tr"), link["href"]


def test_every_deed_that_is_recorded_has_words(app, demo_data):
    """A new one: add it to portal/views/staff/journal_words.py."""
    recorded = set()
    for path in Path(portal.__file__).parent.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and ast.unparse(node.func) == "audit.record":
                recorded |= {leaf.value for leaf in ast.walk(node.args[1]) if isinstance(leaf, ast.Constant)}
    assert recorded - set(ACTIONS) == set()


def test_v1_2_10_the_journal_goes_out_as_a_file_with_what_was_asked_for(admin, clock):
    audit.record("system", "issue", "=1+1", clock())
    answer = admin.get("/staff/audit/journal.csv?action=issue")
    lines = answer.get_data().decode("utf-8-sig").splitlines()
    assert lines[0] == "When;Time;Who;What was done;To what;Details"
    assert lines[1] == "23.11.2026;10:00;the portal;a decision was issued;'=1+1;"
    assert len(lines) == 2
    assert AuditEntry.select().where(AuditEntry.action == "export", AuditEntry.object == "journal").count() == 1
    clock.forward(minutes=6)
    assert "/staff/confirm" in admin.get("/staff/audit/journal.csv").location


def test_administrators_arrive_at_a_page_that_says_what_waits_and_where_to_go(admin, clock):
    home = page(admin.get("/staff/"))
    for name in ("Staff", "Reference data", "Passports", "Journal"):
        assert home.select_one("header nav").find("a", string=name), name
        assert home.select_one("main").find("a", string=name), name
    other = named("admin2")
    PassportEdition.create(service="x", edition="2026-12-01", text="", state="draft", uploaded_at=clock(),
                           proposed_from="2026-12-01", proposed_by=other)  # fmt: skip
    assert "Proposed edition" in admin.get("/staff/").text


def test_a_refusal_to_staff_says_whom_to_ask_and_not_to_call_1414(client, demo_data):
    database.connect()
    StaffMember.update(language="en").execute()
    sign_in_staff(client, "oral.officer")
    answer = client.get("/staff/members")
    assert answer.status_code == 403
    assert "ask your head" in page(answer).select_one("main").text
    assert "1414" not in page(answer).select_one("main").text


def test_v8_2_1_only_administrators_see_staff_and_the_audit_log(client, demo_data):
    sign_in_staff(client, "oral.manager")
    for address in (BASE, f"{BASE}/new", f"{BASE}/1", f"{BASE}/staff.csv", "/staff/audit"):
        assert client.get(address).status_code == 403
