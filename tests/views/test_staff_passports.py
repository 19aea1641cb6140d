"""Passport editions on the staff pages: upload, faults, what differs, preview, publish, retire."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from bs4 import BeautifulSoup

from portal import db as database
from portal.forms.fields import TYPES
from portal.models import Organisation, PassportEdition, StaffMember
from portal.services.passports.catalogue import BUILT_IN
from tests.services.editions.test_published import QUEUE, SAMPLE, edited, field
from tests.signing_in import post
from tests.staff_signing_in import confirm_staff, sign_in_staff

BASE = "/staff/passports"


def upload(client, data: bytes, name: str = "new.yaml"):
    return post(client, f"{BASE}/upload", {"file": (io.BytesIO(data), name)}, content_type="multipart/form-data")


def page(answer) -> BeautifulSoup:
    return BeautifulSoup(answer.text, "lxml")


def publish(admin, id: int, day: str) -> None:
    """One administrator proposes, another publishes."""
    assert post(admin, f"{BASE}/{id}/propose", {"day": day}).status_code == 303
    other = admin.application.test_client()
    sign_in_staff(other, "admin2")
    assert post(other, f"{BASE}/{id}/publish").status_code == 303


def test_v8_2_1_only_administrators_touch_editions(client, demo_data):
    sign_in_staff(client, "oral.head")
    assert client.get(BASE).status_code == 403
    assert upload(client, SAMPLE).status_code == 403
    assert PassportEdition.select().count() == 0


def test_faults_are_listed_as_the_command_lists_them_and_nothing_is_kept(admin):
    answer = upload(admin, SAMPLE.replace(b"refusal_grounds:", b"refusal_ground:"))
    assert answer.status_code == 422
    said = [line.text for line in page(answer).select("#errors li")]
    assert said == ['line 36: refusal_ground: "refusal_ground" is not a key here; did you mean "refusal_grounds"?']
    assert PassportEdition.select().count() == 0
    assert "Choose a file." in post(admin, f"{BASE}/upload").text


def test_a_body_that_nobody_knows_is_named_and_nothing_goes_to_it(app, admin, clock):
    def nowhere(plain):
        plain["routing"] = {"by": "body", "body": "moon-akimat"}

    answer = upload(admin, edited(SAMPLE, nowhere))
    assert answer.status_code == 422
    said = page(answer).select_one("#errors li").text
    assert 'routing.body: "moon-akimat" is no organisation of the reference data' in said
    assert PassportEdition.select().count() == 0

    Organisation.create(code="moon-akimat", kind="provider", name_kk="Ай", name_ru="Луна", name_en="Moon")
    assert upload(admin, edited(SAMPLE, nowhere)).status_code == 303
    row = PassportEdition.get()
    address = f"/en/services/{row.service}"
    Organisation.delete().where(Organisation.code == "moon-akimat").execute()
    refused = post(admin, f"{BASE}/{row.id}/propose", {"day": "2026-11-23"})
    assert "is no organisation of the reference data" in refused.text
    assert PassportEdition.get().state == "draft"

    Organisation.create(code="moon-akimat", kind="provider", name_kk="Ай", name_ru="Луна", name_en="Moon")
    publish(admin, row.id, "2026-11-23")
    assert page(admin.get(address)).select_one(f"a[href='{address}/apply']")
    Organisation.delete().where(Organisation.code == "moon-akimat").execute()
    clock.forward(minutes=2)
    assert not page(admin.get(address)).select_one(f"a[href='{address}/apply']")
    assert admin.get(f"{address}/apply").status_code == 303


def test_what_is_no_yaml_is_named_with_its_line_in_the_reader_s_language_without_a_parser_s_words(admin):
    StaffMember.update(language="ru").execute()
    (said,) = page(upload(admin, b'a: [x, "y: z]\n')).select("#errors li")
    assert said.text.startswith("строка ")
    assert "возьмите в кавычки" in said.text
    assert "expected" not in said.text


@pytest.mark.parametrize("evil", [b"a: &a [*a]", b"\xff\xfe", b"!!python/object:os.system x", b"{" * 5000, b"x: \x00"])
def test_v1_5_2_hostile_files_are_refused_with_a_sentence(admin, evil):
    answer = upload(admin, evil)
    assert answer.status_code == 422
    assert page(answer).select("#errors li")


def test_an_edition_is_uploaded_compared_published_and_retired(app, admin, clock):
    def change(plain):
        plain["short_title"]["en"] = "Kindergarten place"
        field(plain, "contact_phone")["required"] = False

    answer = upload(admin, edited(QUEUE, change))
    assert answer.status_code == 303, answer.text
    shown = page(admin.get(answer.location))
    assert shown.select_one("[data-state=draft]")
    places = {
        row.select_one("th").text: [cell.text.strip() for cell in row.select("td")] for row in shown.select("tbody tr")
    }
    assert places["Short name"] == ["Changed", "English: Kindergarten queue", "English: Kindergarten place"]
    assert any(place.endswith(" · Required") and "contact_phone" not in place for place in places)
    assert "Kindergarten queue" in admin.get("/en/services/preschool-queue").text

    id = PassportEdition.get().id
    publish(admin, id, "2026-11-23")
    assert "Kindergarten place" in admin.get("/en/services/preschool-queue").text, "this process notices at once"
    assert post(admin, f"{BASE}/{id}/propose", {"day": "2026-11-23"}).status_code == 409
    assert post(admin, f"{BASE}/{id}/publish").status_code == 409
    assert "edition of 2015-04-07 serves again" in admin.get(f"{BASE}/{id}/retire").text
    assert post(admin, f"{BASE}/{id}/retire").status_code == 303
    assert "Kindergarten queue" in admin.get("/en/services/preschool-queue").text
    history = admin.get(f"{BASE}/{id}/history").text
    assert "Retired" in history
    assert "Published" in history


def test_a_comparison_shows_every_language_that_differs_and_the_place_in_words(admin):
    def change(plain):
        plain["text"][0]["body"][0] = {"kk": "Қазақша жаңа", "ru": "Новое по-русски", "en": "New in English"}

    answer = upload(admin, edited(QUEUE, change))
    for language in ("kk", "ru", "en"):
        StaffMember.update(language=language).execute()
        (row,) = page(admin.get(answer.location)).select("tbody tr")
        after = row.select("td")[2].text
        assert all(words in after for words in ("Қазақша жаңа", "Новое по-русски", "New in English"))
        assert "[" not in row.th.text


def test_an_edition_is_published_for_a_day_to_come_and_never_for_one_gone(app, admin, clock):
    id = int(upload(admin, SAMPLE).location.rsplit("/", 1)[1])
    answer = post(admin, f"{BASE}/{id}/propose", {"day": "22.11.2026"})
    assert answer.status_code == 422
    assert "This day has passed" in answer.text
    assert post(admin, f"{BASE}/{id}/propose", {"day": "soon"}).status_code == 422
    publish(admin, id, "24.11.2026")
    assert admin.get("/en/services/library-card").status_code == 404
    clock.forward(days=1)
    assert admin.get("/en/services/library-card").status_code == 200


def test_v7_5_3_publishing_asks_for_the_second_factor_again(admin, clock):
    id = int(upload(admin, SAMPLE).location.rsplit("/", 1)[1])
    other = admin.application.test_client()
    sign_in_staff(other, "admin2")
    post(admin, f"{BASE}/{id}/propose", {"day": "2026-11-23"})
    clock.forward(minutes=6)
    for client, deed, sent in ((admin, "propose", {"day": "2026-11-23"}), (other, "publish", {})):
        answer = post(client, f"{BASE}/{id}/{deed}", sent)
        assert answer.status_code == 303
        assert "/staff/confirm" in answer.location
    assert PassportEdition.get().state == "draft"
    confirm_staff(other, "admin2")
    assert post(other, f"{BASE}/{id}/publish").status_code == 303
    assert PassportEdition.get().state == "published"


def test_v2_3_5_who_proposed_an_edition_does_not_publish_it(admin):
    id = int(upload(admin, SAMPLE).location.rsplit("/", 1)[1])
    assert post(admin, f"{BASE}/{id}/publish").status_code == 409
    assert post(admin, f"{BASE}/{id}/propose", {"day": "23.11.2026"}).status_code == 303
    assert "proposed: 23.11.2026" in admin.get(BASE).text
    assert post(admin, f"{BASE}/{id}/publish").status_code == 403
    assert not page(admin.get(f"{BASE}/{id}")).select(f"a[href$='/{id}/publish']")
    assert PassportEdition.get().state == "draft"
    assert post(admin, f"{BASE}/{id}/take-back").status_code == 303
    assert PassportEdition.get().proposed_from == ""


def test_the_edition_in_force_is_downloaded_changed_and_compared(admin):
    files = "/staff/passport-files/preschool-queue"
    got = admin.get(f"{files}/2015-04-07.yaml")
    assert got.get_data() == QUEUE
    assert "attachment" in got.headers["Content-Disposition"]
    shown = page(admin.get(f"{files}/2015-04-07/edit")).select_one("textarea").text
    unchanged = post(admin, f"{files}/2015-04-07/edit", {"data": shown})
    assert "is published already" in page(unchanged).select_one("#errors").text
    text = shown.replace("2015-04-07", "2026-12-01").replace("Kindergarten queue", "Kindergarten place")
    done = post(admin, f"{files}/2015-04-07/edit", {"data": text.replace("\n", "\r\n")})
    assert done.status_code == 303
    places = page(admin.get(f"{files}/compare?old=2015-04-07&new=2026-12-01"))
    assert "Short name" in [row.th.text for row in places.select("tbody tr")]
    assert admin.get(f"{files}/compare?old=none").status_code == 404
    assert admin.get(f"{files}/1999-01-01.yaml").status_code == 404


def test_a_fault_in_the_page_is_named_with_its_line_and_what_was_written_stays(admin):
    answer = post(admin, "/staff/passport-files/preschool-queue/2015-04-07/edit", {"data": "id: x\nid: y\n"})
    assert answer.status_code == 422
    shown = page(answer)
    assert "line 2" in shown.select_one("#errors li").text
    assert "id: y" in shown.select_one("textarea").text


@pytest.mark.parametrize("name", [path.stem for path in sorted(BUILT_IN.glob("*.yaml"))])
@pytest.mark.parametrize("lang", ["kk", "ru", "en"])
def test_every_page_and_step_is_seen_as_a_citizen_would(admin, name, lang):
    if name == "home-schooling" and "upload" not in TYPES:
        pytest.skip("forms cannot ask for a file yet")
    data = edited((Path(BUILT_IN) / f"{name}.yaml").read_bytes(), lambda plain: None)
    id = int(upload(admin, data).location.rsplit("/", 1)[1])
    first = page(admin.get(f"{BASE}/{id}/preview?lang={lang}"))
    assert first.select_one("html")["lang"] == lang
    steps = [link["href"] for link in first.select("aside.notice a[href*='/preview/']")]
    assert len(steps) >= 5
    for address in steps:
        answer = admin.get(address)
        assert answer.status_code == 200, address
        shown = page(answer)
        assert shown.select_one("fieldset[disabled]").select("input, select, textarea, p")
        assert not shown.select("main form"), "nothing can be sent from a preview"


def test_a_preview_shows_the_questions_of_the_page_itself(admin):
    id = int(upload(admin, SAMPLE).location.rsplit("/", 1)[1])
    assert "Who is the card for?" in admin.get(f"{BASE}/{id}/preview/reader?lang=en").text
    assert admin.get(f"{BASE}/{id}/preview/nothing").status_code == 404
    assert admin.get(f"{BASE}/999/preview").status_code == 404


def test_a_draft_is_deleted_and_a_published_edition_is_not(admin):
    id = int(upload(admin, SAMPLE).location.rsplit("/", 1)[1])
    assert post(admin, f"{BASE}/{id}/delete").status_code == 303
    assert PassportEdition.select().count() == 0
    id = int(upload(admin, SAMPLE).location.rsplit("/", 1)[1])
    publish(admin, id, "2026-11-23")
    assert post(admin, f"{BASE}/{id}/delete").status_code == 409


@pytest.mark.parametrize(
    ("lang", "sentence"),
    [
        ("kk", "45-жол: policy.correction_deadlin: «correction_deadlin» мәнін ешбір ереже оқымайды; "
               "«correction_deadline» дегіңіз келді ме?"),
        ("ru", "строка 45: policy.correction_deadlin: «correction_deadlin» не читает ни одно правило; "
               "вы имели в виду «correction_deadline»?"),
    ],
)  # fmt: skip
def test_faults_are_said_in_the_readers_language_with_line_and_mend(admin, lang, sentence):
    database.connect()
    StaffMember.update(language=lang).execute()
    line = SAMPLE[: SAMPLE.index(b"\nsteps:")].count(b"\n") + 2
    unread = b'\npolicy: {correction_deadlin: [{effective_from: "2026-01-05", value: pauses}]}\nsteps:'
    said = [each.text for each in page(upload(admin, SAMPLE.replace(b"\nsteps:", unread))).select("#errors li")]
    assert said == [sentence.replace("45", str(line))]


def test_the_day_of_the_file_is_offered_and_another_one_is_warned_about(admin):
    def later(plain):
        plain["effective"] = {"from": "2027-03-01"}

    id = int(upload(admin, edited(SAMPLE, later)).location.rsplit("/", 1)[1])
    assert page(admin.get(f"{BASE}/{id}/propose")).select_one("[name=day]")["value"] == "01.03.2027"
    assert page(admin.get(f"{BASE}/{id}/publish")).select_one("main form") is None, "nobody has proposed it"
    assert post(admin, f"{BASE}/{id}/propose", {"day": "2027-01-01"}).status_code == 303
    assert page(admin.get(f"{BASE}/{id}/publish")).select_one("main form") is None, "the proposer does not publish"
    other = admin.application.test_client()
    sign_in_staff(other, "admin2")
    assert "The file says another day: 01.03.2027" in other.get(f"{BASE}/{id}/publish").text


def test_the_only_edition_in_force_is_not_retired_by_one_person(admin):
    id = int(upload(admin, SAMPLE).location.rsplit("/", 1)[1])
    publish(admin, id, "2026-11-23")
    refused = post(admin, f"{BASE}/{id}/retire")
    assert refused.status_code == 422
    assert "nobody could apply" in refused.text
    assert PassportEdition.get().state == "published"


def test_an_edition_that_never_came_into_force_is_said_to_be_so(admin):
    id = int(upload(admin, SAMPLE).location.rsplit("/", 1)[1])
    publish(admin, id, "2026-12-23")
    assert "It has not come into force yet" in admin.get(f"{BASE}/{id}/retire").text
    assert post(admin, f"{BASE}/{id}/retire").status_code == 303
    assert "it was to be in force from 23.12.2026" in admin.get(f"{BASE}/{id}").text


def test_the_text_of_a_draft_is_not_replaced_unseen_and_a_proposal_is_named_before(admin):
    id = int(upload(admin, SAMPLE).location.rsplit("/", 1)[1])
    row = PassportEdition.get()
    address = f"/staff/passport-files/{row.service}/{row.edition}/edit"
    was = page(admin.get(address)).select_one("[name=was]")["value"]
    upload(admin, SAMPLE + b"# theirs\n")
    refused = post(admin, address, {"data": SAMPLE.decode(), "was": was})
    assert refused.status_code == 422
    assert "somebody else has changed this text meanwhile" in refused.text
    assert "# theirs" in PassportEdition.get().text
    post(admin, f"{BASE}/{id}/propose", {"day": "2026-12-01"})
    assert "takes the proposal back" in admin.get(address).text


def test_the_journal_says_what_was_done_to_a_passport(admin):
    id = int(upload(admin, SAMPLE).location.rsplit("/", 1)[1])
    publish(admin, id, "2026-12-23")
    post(admin, f"{BASE}/{id}/retire")
    journal = page(admin.get("/staff/audit"))
    done = [cell.text for cell in journal.select("table b")]
    said = {"uploaded an edition of a passport", "proposed an edition", "published an edition", "retired an edition"}
    assert said <= set(done)
    assert "2026-12-23" in journal.text
    history = admin.get(f"{BASE}/{id}/history").text
    assert "sha256" not in history
    assert "Published" in history
