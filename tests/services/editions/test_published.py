"""Editions: uploaded, published, retired; what differs; what becomes of drafts."""

from __future__ import annotations

import copy
import datetime as dt
import json
import re
from pathlib import Path

import pytest
from bs4 import BeautifulSoup

from portal import db as database
from portal.models import AuditEntry, Draft, Organisation, PassportEdition, ReferenceChange, StaffMember
from portal.services.editions import published as editions
from portal.services.editions.differences import compare
from portal.services.journeys.journey import Journey
from portal.services.journeys.moves import move_answers
from portal.services.passports.catalogue import Catalogue, ServiceNotFound
from portal.services.passports.faults import Faults
from portal.services.passports.file import read_yaml
from portal.services.passports.reading import read_passport
from portal.services.reference.provision import responsible_body
from tests.signing_in import post, sign_in

SAMPLE = (Path(__file__).parents[2] / "data" / "sample-service.yaml").read_bytes()
QUEUE = (Path(editions.__file__).parents[2] / "passports" / "preschool-queue.yaml").read_bytes()
TODAY = dt.date(2026, 11, 23)


@pytest.fixture
def admin(app, clock):
    database.connect()
    body = Organisation.create(code="centre", kind="authorised_body", name_kk="О", name_ru="О", name_en="O")
    Organisation.create(
        code="oral-edu", kind="state_corporation", name_kk="О", name_ru="О", name_en="O"
    )  # whom the sample names
    yield StaffMember.create(
        login="admin", name="Admin", organisation=body, role="admin", password_hash="", created_at=clock()
    )
    database.db.close()


def edited(data: bytes, change) -> bytes:
    plain = copy.deepcopy(read_yaml(data))
    plain["edition"] = "2026-12-01"
    change(plain)
    return json.dumps(plain, ensure_ascii=False).encode()  # JSON is YAML


def field(plain: dict, id: str) -> dict:
    return next(spec for step in plain["steps"] for spec in step["fields"] if spec["id"] == id)


def publish(data: bytes, admin, clock, catalogue, day: dt.date = TODAY) -> PassportEdition:
    row = editions.upload_edition(data, catalogue, admin, clock())
    return published(row.id, day, admin, clock)


def published(id: int, day: dt.date, admin, clock) -> PassportEdition:
    """One administrator proposes, another publishes."""
    editions.propose_edition(id, day, admin, clock())
    return editions.publish_edition(id, another(admin, clock), clock())


def another(admin: StaffMember, clock) -> StaffMember:
    facts = {"name": "Second", "organisation": admin.organisation, "role": "admin", "password_hash": ""}
    return StaffMember.get_or_create(login="admin.two", defaults={**facts, "created_at": clock()})[0]


def test_a_published_edition_is_read_within_a_minute_also_by_another_process(app, client, admin, clock):
    assert client.get("/en/").status_code == 200
    publish(SAMPLE, admin, clock, app.extensions["context"].passports)  # as another process would
    assert "Library card" not in client.get("/en/").text
    clock.forward(minutes=1)
    client.get("/en/status")  # the home page itself does without the database, and would without one
    assert "Library card" in client.get("/en/").text
    assert client.get("/en/services/library-card").status_code == 200


def test_an_edition_comes_into_force_on_its_day_and_replaces_the_one_before(app, client, admin, clock):
    def retitle(plain):
        plain["short_title"]["en"] = "A place in a kindergarten"

    publish(edited(QUEUE, retitle), admin, clock, app.extensions["context"].passports, TODAY + dt.timedelta(days=1))
    app.extensions["editions"].look(clock(), at_once=True)
    assert "Kindergarten queue" in client.get("/en/services/preschool-queue").text
    clock.forward(days=1)
    assert "A place in a kindergarten" in client.get("/en/services/preschool-queue").text
    assert (
        app.extensions["context"].passports.edition("preschool-queue", "2015-04-07").short_title.en
        == "Kindergarten queue"
    )


def test_a_retired_edition_serves_nobody_but_its_cases(app, admin, clock, monkeypatch):
    catalogue = app.extensions["context"].passports
    monkeypatch.setattr(catalogue, "successor", lambda *_: True)
    row = publish(SAMPLE, admin, clock, catalogue)
    watch = editions.EditionWatch(catalogue)
    watch.look(clock())
    assert catalogue.get("library-card", TODAY)
    editions.retire_edition(row.id, catalogue, admin, clock())
    assert not watch.look(clock()), "it looks once a minute"
    assert watch.look(clock(), at_once=True)
    with pytest.raises(ServiceNotFound):
        catalogue.get("library-card", TODAY)
    assert catalogue.edition("library-card", "2026-01-05").title.en
    with pytest.raises(editions.NotPublished):
        editions.retire_edition(row.id, catalogue, admin, clock())


def test_faults_are_named_as_the_command_names_them(app, admin, clock):
    with pytest.raises(Faults) as refused:
        editions.upload_edition(
            SAMPLE.replace(b"title:", b"titel:", 1), app.extensions["context"].passports, admin, clock()
        )
    said = [str(fault) for fault in refused.value.faults]
    assert 'line 6: titel: "titel" is not a key here; did you mean "title"?' in said
    assert PassportEdition.select().count() == 0


def test_what_is_published_never_changes(app, admin, clock):
    catalogue = app.extensions["context"].passports
    with pytest.raises(Faults, match="is published already"):
        editions.upload_edition(QUEUE, catalogue, admin, clock())
    row = publish(SAMPLE, admin, clock, catalogue)
    with pytest.raises(Faults, match="is published already"):
        editions.upload_edition(SAMPLE, catalogue, admin, clock())
    with pytest.raises(editions.NotADraft):
        editions.propose_edition(row.id, TODAY, admin, clock())
    with pytest.raises(editions.NotADraft):
        editions.publish_edition(row.id, admin, clock())
    with pytest.raises(editions.NotADraft):
        editions.delete_draft_edition(row.id, admin, clock())


def test_v2_3_5_nobody_publishes_alone(app, admin, clock):
    """Who proposed an edition does not publish it; and what was proposed is the text that is published."""
    catalogue = app.extensions["context"].passports
    row = editions.upload_edition(SAMPLE, catalogue, admin, clock())
    with pytest.raises(editions.NotProposed):
        editions.publish_edition(row.id, another(admin, clock), clock())
    editions.propose_edition(row.id, TODAY, admin, clock())
    with pytest.raises(editions.SamePerson):
        editions.publish_edition(row.id, admin, clock())
    editions.upload_edition(SAMPLE, catalogue, admin, clock())
    with pytest.raises(editions.NotProposed):
        editions.publish_edition(row.id, another(admin, clock), clock())
    editions.propose_edition(row.id, TODAY, admin, clock())
    editions.take_back_proposal(row.id, another(admin, clock), clock())
    with pytest.raises(editions.NotProposed):
        editions.publish_edition(row.id, another(admin, clock), clock())
    assert PassportEdition.get().state == "draft"


def test_a_day_that_passed_while_nobody_published_is_refused(app, admin, clock):
    row = editions.upload_edition(SAMPLE, app.extensions["context"].passports, admin, clock())
    editions.propose_edition(row.id, TODAY, admin, clock())
    clock.forward(days=1)
    with pytest.raises(editions.DayHasPassed):
        editions.publish_edition(row.id, another(admin, clock), clock())


def test_an_edition_never_comes_into_force_in_the_past_or_after_its_end(app, admin, clock):
    data = SAMPLE.replace(b'effective: {from: "2026-01-05"}', b'effective: {from: "2026-01-05", to: "2026-12-31"}')
    row = editions.upload_edition(data, app.extensions["context"].passports, admin, clock())
    with pytest.raises(editions.DayHasPassed):
        editions.propose_edition(row.id, TODAY - dt.timedelta(days=1), admin, clock())
    with pytest.raises(editions.EndsBefore):
        editions.propose_edition(row.id, dt.date(2027, 1, 1), admin, clock())
    assert published(row.id, TODAY, admin, clock).effective_to == "2026-12-31"


def test_the_whole_life_of_an_edition_is_on_record(app, admin, clock, monkeypatch):
    catalogue = app.extensions["context"].passports
    monkeypatch.setattr(catalogue, "successor", lambda *_: True)
    editions.retire_edition(publish(SAMPLE, admin, clock, catalogue).id, catalogue, admin, clock())
    changes = list(ReferenceChange.select().order_by(ReferenceChange.id))
    assert [change.after["state"] for change in changes] == ["draft", "draft", "published", "retired"]
    assert [change.row for change in changes] == ["library-card 2026-01-05"] * 4
    deeds = [(entry.action, entry.object) for entry in AuditEntry.select().order_by(AuditEntry.id)]
    of_passport = [action for action, thing in deeds if thing == "passport:library-card 2026-01-05"]
    assert of_passport == ["passport_uploaded", "passport_proposed", "passport_published", "passport_retired"]


def test_a_published_text_that_no_longer_holds_leaves_the_others_serving(app, admin, clock):
    catalogue = Catalogue.load(today=TODAY)
    publish(SAMPLE, admin, clock, catalogue)
    PassportEdition.create(
        service="broken", edition="2026-01-01", text="id: broken", state="published", effective_from="2026-01-01",
        uploaded_at=clock(),
    )  # fmt: skip
    editions.EditionWatch(catalogue).look(clock())
    assert [passport.id for passport in catalogue.list_services()][-1] == "library-card"


def test_differences_name_the_place_and_both_words(app):
    def change(plain):
        plain["terms"]["service"] = {"working_days": 3}
        plain["steps"][1]["fields"][0]["options"].append(
            {"id": "parent", "label": dict.fromkeys(("kk", "ru", "en"), "P")}
        )
        plain["text"].insert(1, {"body": [dict.fromkeys(("kk", "ru", "en"), "New")]})
        del plain["refusal_grounds"]

    found = compare(read_passport(SAMPLE), read_passport(edited(SAMPLE, change)))
    said = [(each.section, each.kind, each.where) for each in found]
    assert ("terms", "changed", "terms.service.working_days") in said
    assert ("steps", "added", "steps.reader.fields.reader.options.parent.label") in said
    assert ("text", "added", "text[1].body[0]") in said
    assert ("refusal_grounds", "removed", "refusal_grounds.debt.text") in said
    assert next(each for each in found if each.section == "text").after["en"] == "New"
    assert len([each for each in found if each.section == "text"]) == 1, "one new statement changes no other"
    assert compare(read_passport(SAMPLE), read_passport(SAMPLE)) == []


def test_answers_survive_under_their_ids_and_the_rest_is_named():
    def change(plain):
        field(plain, "reader")["options"][0]["id"] = "self"
        field(plain, "consent")["label"] = dict.fromkeys(("kk", "ru", "en"), "Other words")

    old, new = read_passport(SAMPLE), read_passport(edited(SAMPLE, change))
    answers = {"consent": True, "reader": "me", "child_full_name": "A", "born": "2020-01-01"}
    move = move_answers(old, new, answers, {}, ["consent", "reader", "child"], TODAY)
    assert move.answers == {"consent": True, "child_full_name": "A", "born": "2020-01-01"}
    assert move.dropped == ["reader"]
    assert "consent" in move.done, "other words make no other question"
    assert move.asked_again == ["reader"]


@pytest.mark.parametrize(
    ("change", "answers", "dropped"),
    [
        (lambda p: field(p, "consent")["statement"].update(kk="Басқа"), {"consent": True}, ["consent"]),
        (lambda p: field(p, "child_full_name").update(max_length=3), {"child_full_name": "Abcd"}, ["child_full_name"]),
        (lambda p: field(p, "born").update(type="text", rules=[]), {"born": "2020-01-01"}, ["born"]),
        (lambda p: p["steps"][2]["fields"].pop(0), {"child_full_name": "A"}, ["child_full_name"]),
        (lambda p: p["terms"]["service"].update(working_days=9), {"born": "2020-01-01"}, []),
    ],
)  # fmt: skip
def test_an_answer_that_the_new_question_would_not_take_is_let_go(change, answers, dropped):
    old, new = read_passport(SAMPLE), read_passport(edited(SAMPLE, change))
    assert move_answers(old, new, answers, {}, [], TODAY).dropped == dropped


def test_a_new_required_question_makes_its_step_asked_again():
    def change(plain):
        plain["steps"][1]["fields"].append(
            {"id": "why", "type": "text", "label": dict.fromkeys(("kk", "ru", "en"), "Why?")}
        )

    move = move_answers(
        read_passport(SAMPLE), read_passport(edited(SAMPLE, change)),
        {"consent": True, "reader": "me"}, {}, ["consent", "reader"], TODAY,
    )  # fmt: skip
    assert (move.dropped, move.done, move.asked_again) == ([], ["consent"], ["reader"])


@pytest.fixture
def half_way(app, client, admin, clock, demo_data):
    """A draft with two steps done."""
    database.connect()
    sign_in(client, lang="en")
    first = client.get(post(client, "/en/services/preschool-queue/apply").location)
    second = post(client, first.request.path, {"consent": "yes"})
    child = BeautifulSoup(client.get(second.location).text, "lxml").select_one("[name=child]")["value"]
    third = post(client, second.location, {"child": child})
    assert third.status_code == 303
    return third.location


def new_queue(plain):
    field(plain, "consent")["statement"]["en"] += " And more."


def test_a_draft_moves_to_the_newer_edition_and_its_owner_reads_once_what_changed(app, client, admin, clock, half_way):
    publish(edited(QUEUE, new_queue), admin, clock, app.extensions["context"].passports)
    clock.forward(minutes=1)
    answer = client.get(half_way)
    assert answer.status_code == 303
    page = client.get(answer.location)
    assert answer.location.endswith("/consent")
    assert "The rules of this service have changed" in page.text
    assert "I agree" in BeautifulSoup(page.text, "lxml").select_one(".notice li").text
    assert "The rules of this service have changed" not in client.get(answer.location).text
    draft = Draft.get()
    assert draft.edition == "2026-12-01"
    assert draft.answers["child_name"], "what the register said stays"
    assert "consent" not in draft.answers


def test_a_draft_of_a_service_that_is_offered_no_more_says_so_and_stays(app, client, admin, clock, half_way):
    def close(plain):
        plain.pop("steps")
        plain["apply_elsewhere"] = dict.fromkeys(("kk", "ru", "en"), "At the office")

    publish(edited(QUEUE, close), admin, clock, app.extensions["context"].passports)
    clock.forward(minutes=1)
    answer = client.get(half_way)
    assert answer.status_code == 409
    assert "not offered here any more" in answer.text
    assert client.get("/en/cabinet").status_code == 200
    assert Draft.select().count() == 1


def test_a_code_for_the_older_text_signs_nothing(app, client, admin, clock, half_way):
    draft = Draft.get()
    key = draft.key
    publish(edited(QUEUE, new_queue), admin, clock, app.extensions["context"].passports)
    clock.forward(minutes=1)
    answer = client.get(f"/en/apply/{key}/sign")
    assert answer.status_code == 303
    assert answer.location.endswith("/consent")


def test_an_edition_published_before_routing_was_asked_for_goes_on_serving(app, admin, clock):
    text = re.sub(rb"(?m)^routing: .*\n", b"", SAMPLE).decode()
    PassportEdition.create(
        service="library-card", edition="2026-01-05", text=text, state="published", effective_from="2026-01-05",
        uploaded_by=admin, uploaded_at=clock(),
    )  # fmt: skip
    catalogue = Catalogue.load()
    assert editions.EditionWatch(catalogue).look(clock())
    passport = catalogue.get("library-card", clock().date())
    assert passport.routing is None
    body = Organisation.create(code="first", kind="provider", name_kk="А", name_ru="А", name_en="A")
    assert responsible_body(Journey(passport)) == body
