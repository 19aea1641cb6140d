import pytest
from bs4 import BeautifulSoup

from portal.models import Account, Message
from tests.signing_in import MOTHER, last_code, post, sign_in

HERE = "/en/cabinet/settings"
NEW = "+77010000000"


@pytest.fixture
def mother(client):
    sign_in(client)
    return client


def account():
    return Account.get(Account.iin == MOTHER)


def soup(answer):
    return BeautifulSoup(answer.text, "html.parser")


def messages_to(phone):
    return [message.text for message in Message.select().where(Message.to == phone).order_by(Message.id)]


def test_settings_are_for_those_who_signed_in(client):
    for address in (HERE, HERE + "/phone", HERE + "/sessions"):
        assert client.get(address).location.startswith("/en/sign-in?next=")


def test_language_and_reminders_are_saved(mother):
    page = soup(mother.get(HERE))
    assert page.select_one("main form input[name=language][value=kk]").has_attr("checked")
    assert page.select_one("input[name=reminders]").has_attr("checked")
    answer = post(mother, HERE, {"language": "ru"})
    assert answer.status_code == 303
    assert (account().language, account().reminders) == ("ru", False)
    assert soup(mother.get(answer.location)).select_one("[role=status]")


@pytest.mark.parametrize("language", ["", "xx", "kk'--"])
def test_another_language_is_refused_with_the_mend(mother, language):
    answer = post(mother, HERE, {"language": language})
    assert answer.status_code == 422
    page = soup(answer)
    assert page.find(id=page.select_one("fieldset#language")["aria-describedby"]).text
    assert account().language == "kk"


def test_v8_2_3_other_fields_change_nothing(mother):
    post(mother, HERE, {"language": "ru", "phone": NEW, "iin": "900101300017", "name": "x", "register_phone": NEW})
    assert (account().phone, account().register_phone) == ("+77000000001", "+77000000001")


def test_v6_3_7_the_phone_is_changed_by_a_code_to_the_new_one_and_the_old_one_is_told(mother):
    assert post(mother, HERE + "/phone", {"phone": "8 701 000 00 00"}).status_code == 303
    assert len(messages_to(NEW)) == 1
    assert account().phone == "+77000000001"
    answer = post(mother, HERE + "/phone", {"code": last_code()})
    assert answer.location == HERE + "?done=phone"
    assert account().phone == NEW
    assert "1414" in messages_to("+77000000001")[-1]
    assert NEW in mother.get(HERE).text


def test_v7_5_1_a_change_of_phone_asks_for_a_fresh_code_to_the_old_one_first(mother, clock):
    clock.forward(minutes=6)
    page = soup(mother.get(HERE + "/phone"))
    assert not page.select_one("input[name=phone]")
    post(mother, HERE + "/phone", {"phone": NEW})
    assert messages_to(NEW) == []
    assert len(messages_to("+77000000001")) == 2
    before = mother.get_cookie("s").value
    assert post(mother, HERE + "/phone", {"code": "000000"}).status_code == 422
    assert post(mother, HERE + "/phone", {"code": last_code()}).status_code == 303
    assert mother.get_cookie("s").value != before  # V7.2.4: a new key when a session may do more
    assert soup(mother.get(HERE + "/phone")).select_one("input[name=phone]")["value"] == NEW  # what was typed is kept
    post(mother, HERE + "/phone", {"phone": NEW})
    post(mother, HERE + "/phone", {"code": last_code()})
    assert account().phone == NEW


def test_another_number_may_be_given_instead_and_the_code_of_the_first_opens_nothing(mother):
    post(mother, HERE + "/phone", {"phone": NEW})
    first = last_code()
    assert soup(mother.get(HERE + "/phone?other=1")).select_one("input[name=phone]")
    post(mother, HERE + "/phone?other=1", {"phone": "+77010000002"})
    second = last_code()
    if first != second:
        assert post(mother, HERE + "/phone", {"code": first}).status_code == 422
    post(mother, HERE + "/phone", {"code": second})
    assert account().phone == "+77010000002"


def test_a_new_code_may_be_asked_for(mother):
    post(mother, HERE + "/phone", {"phone": NEW})
    post(mother, HERE + "/phone", {"again": "1"})
    assert len(messages_to(NEW)) == 2
    assert post(mother, HERE + "/phone", {"code": last_code()}).status_code == 303


@pytest.mark.parametrize(
    ("phone", "says"), [("", "Type a phone"), ("123", "not a mobile"), ("+49 170 1234567", "not a")]
)
def test_a_wrong_number_is_shown_again_with_the_mend(mother, phone, says):
    answer = post(mother, HERE + "/phone", {"phone": phone})
    assert answer.status_code == 422
    page = soup(answer)
    control = page.select_one("input[name=phone]")
    assert control["value"] == phone
    assert any(says in page.find(id=name).text for name in control["aria-describedby"].split())


def test_the_page_lists_where_else_one_is_signed_in_and_ends_it(app, mother, clock):
    assert not soup(mother.get(HERE + "/sessions")).select_one("main form")
    clock.forward(minutes=2)
    other = app.test_client()
    sign_in(other)
    page = soup(mother.get(HERE + "/sessions"))
    assert len(page.select("main li")) == 1
    assert post(mother, HERE + "/sessions").status_code == 303
    assert other.get(HERE).status_code == 303
    assert mother.get(HERE).status_code == 200
