"""Staff and their passwords, factors and keys, without a page."""

import datetime as dt
from concurrent.futures import ThreadPoolExecutor

import pytest
from argon2 import PasswordHasher

from portal import db as database
from portal.models import AuditEntry, Case, Message, Organisation, SecurityKey, Session, StaffMember
from portal.services.cases.timeline import CaseNotFound
from portal.services.demo.staff import demo_password, demo_secret
from portal.services.identity import sessions, slowing
from portal.services.identity.limits import LimitReached
from portal.services.keys.ring import use_keys
from portal.services.review import desk
from portal.services.staff import members, passwords, second_factor, security_keys, sign_in
from portal.services.staff.second_factor import FactorSpent, FactorWrong, code_at
from portal.services.staff.security_keys import KeyRefused, KeySite, LastKey
from portal.services.staff.sign_in import SignInRefused
from tests.software_key import SoftwareKey

GOOD = "қызыл алма жаңбыр терезе"
HERE = KeySite("localhost", "http://localhost")
OFFICE, HOME = "203.0.113.7", "198.51.100.9"


@pytest.fixture(autouse=True)
def connected(demo_data):
    database.connect()


@pytest.fixture
def now(clock):
    return clock()


def member(login="oral.officer"):
    return members.find_member(login)


def knock(login, password, now, address=OFFICE):
    return sign_in.prove_password(login, password, address, now)


def fail(times, now, login="oral.officer", address=OFFICE):
    for _ in range(times):
        with pytest.raises(SignInRefused):
            knock(login, "not the password", now, address)


# Passwords


@pytest.mark.parametrize(
    "password", [GOOD, "x" + "y" * 5 + "алты бесік", "a" * 3 + "B!9 ж" * 20, "   leading and trailing   "]
)
def test_v6_2_5_any_make_up_is_accepted(password):
    passwords.judge(password, ["somebody"])


def test_v6_2_1_twelve_characters_are_the_least():
    with pytest.raises(passwords.PasswordTooShort):
        passwords.judge("қызыл алма ", [])
    passwords.judge("қызыл алма ж", [])


def test_v6_2_9_up_to_128_characters_are_accepted():
    passwords.judge(("сөз word 7-" * 12)[:128], [])
    with pytest.raises(passwords.PasswordTooLong):
        passwords.judge(("сөз word 7-" * 12)[:129], [])


def test_v6_2_8_a_password_is_checked_exactly_as_it_was_typed(now):
    chosen = "  Қызыл Алма, жаңбыр  "
    members.choose_password(member(), chosen, now)
    assert knock("oral.officer", chosen, now).login == "oral.officer"
    for almost in (chosen.strip(), chosen.casefold(), chosen + " "):
        with pytest.raises(SignInRefused):
            knock("oral.officer", almost, now)


@pytest.mark.parametrize(
    "password", ["Password1234", "қазақстан2030", "йцукен123456", "qwertyuiop123", "abababababab", "1111111111111111"]
)
def test_v6_2_4_what_guessers_try_first_is_refused(password):
    with pytest.raises(passwords.PasswordCommon):
        passwords.judge(password, [])


def test_v6_2_4_the_shipped_list_holds_three_thousand_that_the_length_alone_would_let_pass():
    entries = [line for line in passwords.COMMON.read_text("utf-8").splitlines() if not line.startswith("# ")]
    assert len(set(entries)) == len(entries) >= 3000
    assert all(len(entry) >= passwords.SHORTEST and entry == entry.casefold() for entry in entries)


@pytest.mark.parametrize(
    "password", ["oral.officer!1", "Үлгіқызы-Айгүл", "qyzmet-oral-edu", "Oral Education 1", "QyzmetQyzmet!"]
)
def test_v6_2_11_words_about_the_owner_are_refused(password, now):
    with pytest.raises(passwords.PasswordAboutOwner):
        members.choose_password(member(), password, now)


def test_words_about_the_owner_may_stand_among_others(now):
    members.choose_password(member(), "Орал жазы: қызыл алма", now)


def test_v11_4_2_passwords_are_hashed_with_argon2id_and_anew_when_parameters_grow(now):
    assert member().password_hash.startswith("$argon2id$v=19$m=19456,t=2,p=1$")
    weaker = PasswordHasher(time_cost=1, memory_cost=8192, parallelism=1).hash(demo_password())
    StaffMember.update(password_hash=weaker).where(StaffMember.login == "oral.officer").execute()
    knock("oral.officer", demo_password(), now)
    assert not passwords.needs_rehash(member().password_hash)
    knock("oral.officer", demo_password(), now)


def test_given_passwords_are_random_and_good_enough_to_be_passwords():
    given = {passwords.make_password() for _ in range(50)}
    assert len(given) == 50
    for password in given:
        passwords.judge(password, ["admin"])


# The door


def test_v6_1_1_after_five_failures_each_try_waits_longer_and_nobody_is_locked_out_for_good(now):
    fail(5, now)
    waits = []
    for _ in range(9):
        with pytest.raises(LimitReached) as refusal:
            knock("oral.officer", demo_password(), now)
        waits.append(refusal.value.retry_after)
        now += dt.timedelta(seconds=refusal.value.retry_after)
        fail(1, now)
    assert waits == [15, 30, 60, 120, 240, 480, 900, 900, 900]
    longest = dt.timedelta(seconds=max(slowing.GUESSES))
    assert knock("oral.officer", demo_password(), now + longest).login == "oral.officer"
    fail(4, now + longest)  # a success wipes the slate


def test_v6_1_1_a_stranger_who_fails_on_purpose_makes_only_themselves_wait(now):
    for _ in range(30):
        try:
            knock("oral.officer", "not the password", now, HOME)
        except (SignInRefused, LimitReached):
            continue
    assert knock("oral.officer", demo_password(), now, OFFICE).login == "oral.officer"


def test_v6_1_1_tries_at_the_same_moment_share_nothing(now):
    def guess(_):
        database.connect()
        try:
            knock("oral.officer", "not the password", now)
        except SignInRefused:
            return "looked at"
        except LimitReached:
            return "waits"
        finally:
            database.db.close()

    with ThreadPoolExecutor(8) as threads:
        outcomes = list(threads.map(guess, range(24)))
    assert outcomes.count("looked at") == 5


def test_one_address_that_fails_everywhere_is_stopped(now, monkeypatch):
    monkeypatch.setitem(sign_in.limits.LIMITS, "wrong passwords of an address", ((3600, 4),))
    for login in ("a.one", "b.two", "c.three", "d.four"):
        fail(1, now, login)
    with pytest.raises(LimitReached):
        knock("oral.officer", demo_password(), now)
    knock("oral.officer", demo_password(), now, HOME)


def test_v6_3_8_an_unknown_login_costs_the_same_work_and_leaves_the_same_trace(now, monkeypatch):
    asked = []
    real = passwords._hasher.verify.__func__
    monkeypatch.setattr(
        PasswordHasher, "verify", lambda self, *given: asked.append(given[0][:30]) or real(self, *given)
    )
    fail(1, now, "oral.officer")
    fail(1, now, "nobody.here")
    assert asked[0] == asked[1] == "$argon2id$v=19$m=19456,t=2,p=1"
    actions = [(entry.actor, entry.action) for entry in AuditEntry.select()]
    assert actions[-2:] == [("anonymous", "staff_sign_in_refused")] * 2
    assert "nobody.here" not in str([*AuditEntry.select().tuples()])


def test_somebody_disabled_is_refused_as_if_unknown(now):
    members.disable_member(member(), now)
    fail(1, now)


# Codes


def test_v6_5_1_a_code_opens_once_also_when_tried_twice_at_the_same_moment(now):
    code = code_at(demo_secret("oral.officer"), now)

    def enter(_):
        database.connect()
        try:
            second_factor.prove(member(), code, now)
        except FactorSpent:
            return "spent"
        finally:
            database.db.close()
        return "in"

    with ThreadPoolExecutor(4) as threads:
        assert sorted(threads.map(enter, range(4))) == ["in", "spent", "spent", "spent"]


def test_v6_5_5_a_code_is_good_within_a_step_and_never_after_a_later_one(now):
    secret = demo_secret("oral.officer")
    with pytest.raises(FactorWrong):
        second_factor.prove(member(), code_at(secret, now - dt.timedelta(seconds=61)), now)
    with pytest.raises(FactorWrong):
        second_factor.prove(member(), code_at(secret, now + dt.timedelta(seconds=61)), now)
    second_factor.prove(member(), code_at(secret, now), now)
    with pytest.raises(FactorSpent):
        second_factor.prove(member(), code_at(secret, now - dt.timedelta(seconds=30)), now)
    second_factor.prove(member(), code_at(secret, now + dt.timedelta(seconds=30)), now)


def test_guessing_codes_is_slowed_for_the_account_wherever_it_comes_from(now):
    for _ in range(5):
        with pytest.raises(FactorWrong):
            second_factor.prove(member(), "000000", now)
    with pytest.raises(LimitReached):
        second_factor.prove(member(), code_at(demo_secret("oral.officer"), now), now)


def test_v6_5_2_the_secret_stands_in_the_table_sealed_and_opens_for_its_owner_alone(now):
    assert demo_secret("oral.officer") not in str([*StaffMember.select().tuples()])
    sealed = member("oral.officer2").totp_secret
    StaffMember.update(totp_secret=sealed).where(StaffMember.login == "oral.officer").execute()
    with pytest.raises(FactorWrong):
        second_factor.prove(member(), code_at(demo_secret("oral.officer2"), now), now)


def test_v11_2_2_sealed_secrets_follow_the_keys(now, settings):
    new = ("newer", b"n" * 32)
    try:
        from_old = (new, *settings.keys)
        use_keys(from_old)
        assert second_factor.reseal() == StaffMember.select().count()
        assert second_factor.reseal() == 0
        use_keys((new,))
        second_factor.prove(member(), code_at(demo_secret("oral.officer"), now), now)
    finally:
        use_keys(settings.keys)


# Members


def add(login="new.one", role="officer", now=None, **more):
    return members.add_member(login, "Жаңа Адам", Organisation.get(Organisation.code == "oral-edu"), role, now, **more)


@pytest.mark.parametrize("login", ["", "ab", "a b c", "Ә.әә", "a" * 61, "-abc", "a@b.kz"])
def test_a_login_is_plain(login, now):
    with pytest.raises(members.LoginUnfit):
        add(login, now=now)


def test_a_login_is_one_persons(now):
    with pytest.raises(members.LoginTaken):
        add("Oral.Officer", now=now)


def test_v6_4_1_a_given_password_lets_in_for_three_days(now):
    new, password = add(now=now)
    assert knock("new.one", password, now + dt.timedelta(days=2, hours=23)) == new
    with pytest.raises(SignInRefused):
        knock("new.one", password, now + dt.timedelta(days=3))


def test_v6_4_1_a_given_password_cannot_be_chosen_as_ones_own(now):
    new, password = add(now=now)
    with pytest.raises(passwords.PasswordUnchanged):
        members.choose_password(new, password, now)


def test_v6_4_4_only_a_second_admin_resets_a_lost_factor(now):
    admin = member("admin")
    for by in (admin, member("oral.head")):
        with pytest.raises(members.NotByThemselves):
            members.reset_factor(admin, by, now)
    members.reset_factor(admin, member("admin2"), now)


def test_v6_4_4_a_reset_factor_ends_everything_that_let_in(now):
    admin, key = member("admin"), SoftwareKey()
    question = security_keys.ask_new(admin, HERE)
    security_keys.add_key(admin, key.make(question.options), question.challenge, HERE, "blue", now, "")
    sessions.store(sessions.new_key(), None, {}, now, admin)
    initial = members.reset_factor(admin, member("admin2"), now)
    assert Session.select().where(Session.staff == admin).count() == SecurityKey.select().count() == 0
    with pytest.raises(SignInRefused):
        knock("admin", demo_password(), now)
    again = knock("admin", initial, now)
    assert again.totp_secret == ""
    assert again.initial_until is not None


@pytest.mark.parametrize(
    ("deed", "kind"),
    [
        (lambda her, now: members.choose_password(her, GOOD, now), "password"),
        (lambda her, now: members.reset_factor(her, member("admin2"), now), "factor"),
        (lambda her, now: members.change_member(her, now, by=member("admin2"), email="new@demo.invalid"), "address"),
    ],
)
def test_v6_3_7_a_change_of_how_one_signs_in_is_told_at_the_old_address(deed, kind, now):
    deed(member(), now)
    letter = Message.get()
    assert (letter.channel, letter.to) == ("mail", "oral.officer@demo.invalid")
    assert "әкімшісіне" in letter.text


def test_who_has_no_address_is_told_through_their_organisation(now):
    StaffMember.update(email="").execute()
    members.choose_password(member(), GOOD, now)
    assert Message.get().to == "oral-edu@demo.invalid"


def test_nobody_raises_their_own_role(now):
    officer = member()
    for change in ({"role": "admin"}, {"organisation": Organisation.get(Organisation.code == "aqsai-edu")}):
        with pytest.raises(members.NotByThemselves):
            members.change_member(officer, now, by=officer, **change)
    with pytest.raises(members.RoleUnknown):
        members.change_member(officer, now, by=member("admin"), role="king")


def test_what_is_done_to_members_is_on_record(now):
    new, _ = add(now=now, by=member("admin"))
    members.change_member(new, now, by=member("admin"), role="head")
    members.disable_member(new, now, member("admin"))
    members.enable_member(new, now, member("admin"))
    by_admin = AuditEntry.select().where(AuditEntry.actor == f"staff:{member('admin').id}")
    done = [(entry.action, entry.object) for entry in by_admin]
    assert [action for action, _ in done] == ["staff_added", "staff_changed", "staff_disabled", "staff_enabled"]
    assert {about for _, about in done} == {f"staff:{new.id}"}


def test_v8_4_1_staff_see_the_cases_of_their_own_organisation_only(now):
    case = Case.get()
    assert case.body.code == "oral-edu"
    for login in ("oral.officer", "oral.head", "oral.manager"):
        assert desk.get_desk(member(login), case.number, now).case == case
    for login in ("aqsai.officer", "quality.officer", "admin"):
        with pytest.raises(CaseNotFound):
            desk.get_desk(member(login), case.number, now)


# Security keys


@pytest.fixture
def blue(now):
    """The administrator's key."""
    key, admin = SoftwareKey(), member("admin")
    question = security_keys.ask_new(admin, HERE)
    security_keys.add_key(admin, key.make(question.options), question.challenge, HERE, "blue", now, "")
    return key


def prove(key, now, login="admin", place=HERE, challenge=""):
    question = security_keys.ask(member(login), HERE)
    return security_keys.prove(member(login), key.prove(question.options), challenge or question.challenge, place, now)


def test_a_key_opens_its_owners_account(blue, now):
    assert security_keys.must_use(member("admin"))
    assert prove(blue, now).name == "blue"
    assert SecurityKey.get().sign_count == 1


def test_a_key_opens_nothing_else(blue, now):
    with pytest.raises(KeyRefused):
        prove(blue, now, "admin2")
    with pytest.raises(KeyRefused):
        prove(SoftwareKey(), now)
    with pytest.raises(KeyRefused):
        prove(SoftwareKey(id=blue.id), now)  # somebody who only knows its number


def test_a_key_answers_one_question_at_one_place(blue, now):
    with pytest.raises(KeyRefused):
        prove(blue, now, challenge=security_keys.ask(member("admin"), HERE).challenge)
    with pytest.raises(KeyRefused):
        prove(blue, now, place=KeySite("localhost", "https://localhost"))
    blue.origin = "http://qyzmet.evil.example"
    with pytest.raises(KeyRefused):
        prove(blue, now)


def test_a_copy_of_a_key_that_counts_behind_is_refused(blue, now):
    prove(blue, now)
    prove(blue, now)
    blue.count = 0
    with pytest.raises(KeyRefused):
        prove(blue, now)


@pytest.mark.parametrize(
    "answer", ["", "{}", "[]", "null", "1", '{"id": 1}', '{"response": {"clientDataJSON": "!"}}', "{" * 5000]
)
def test_nonsense_is_no_key(blue, now, answer):
    admin = member("admin")
    question = security_keys.ask(admin, HERE)
    with pytest.raises(KeyRefused):
        security_keys.prove(admin, answer, question.challenge, HERE, now)
    with pytest.raises(KeyRefused):
        security_keys.add_key(admin, answer, question.challenge, HERE, "x", now, "")
    with pytest.raises(KeyRefused):
        security_keys.prove(admin, blue.prove(question.options), "", HERE, now)


def test_the_last_key_stays(blue, now):
    admin, red = member("admin"), SoftwareKey()
    with pytest.raises(LastKey):
        security_keys.remove_key(admin, str(SecurityKey.get().id), now)
    question = security_keys.ask_new(admin, HERE)
    added = security_keys.add_key(admin, red.make(question.options), question.challenge, HERE, "red", now, "")
    with pytest.raises(LookupError):
        security_keys.remove_key(member("admin2"), str(added.id), now)
    security_keys.remove_key(admin, str(added.id), now)
    with pytest.raises(KeyRefused):
        prove(red, now)


def test_a_key_is_added_once(blue, now):
    admin = member("admin2")
    question = security_keys.ask_new(admin, HERE)
    with pytest.raises(KeyRefused):
        security_keys.add_key(admin, blue.make(question.options), question.challenge, HERE, "x", now, "")
