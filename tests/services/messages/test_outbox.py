"""The outbox: nothing lost, nothing sent twice while a worker lives, nothing said to a log."""

import dataclasses
import datetime as dt
import logging
import multiprocessing
import threading

import pytest

from portal import db as database
from portal.gateways.sandbox import SandboxSender
from portal.gateways.sending import GatewayDown, MessageRefused, Outgoing
from portal.models import Message, SandboxMessage
from portal.services.messages.outbox import send_due, write_mail, write_sms

NOW = dt.datetime(2026, 11, 23, 5, 0, tzinfo=dt.UTC)
PHONE = "+77010000001"


class Phone:
    """A gateway that remembers; `trouble` is raised instead while it is set."""

    def __init__(self):
        self.got = []
        self.trouble = None
        self.pause = threading.Event()

    def send(self, message):
        if self.trouble:
            raise self.trouble
        self.pause.wait(0.002)  # long enough for others to come in between
        self.got.append(message.key)


@dataclasses.dataclass
class Fakes:
    sms: Phone = dataclasses.field(default_factory=Phone)
    mail: Phone = dataclasses.field(default_factory=Phone)


@pytest.fixture(autouse=True)
def tables(database_url):
    database.db.initialize(database.make_database(database_url))
    database.connect()
    yield
    database.db.close()


@pytest.fixture
def gateways():
    return Fakes()


def after(**delta):
    return NOW + dt.timedelta(**delta)


def write(key="a", **more):
    write_sms(key, PHONE, "Сәлем", NOW, **more)


def test_a_message_is_sent_once(gateways):
    write()
    assert send_due(gateways, NOW) == 1
    assert send_due(gateways, after(days=1)) == 0
    assert gateways.sms.got == ["a"]


def test_the_same_key_twice_is_one_message(gateways):
    write()
    write_sms("a", "+77019999999", "Other", NOW)
    assert [(row.to, row.text) for row in Message.select()] == [(PHONE, "Сәлем")]


def test_the_same_key_again_does_not_break_the_callers_transaction():
    with database.db.atomic():
        write("a")
        write("a")
        write("b")
    assert Message.select().count() == 2


def test_a_message_of_a_transaction_rolled_back_is_not_sent(gateways):
    with database.db.atomic() as transaction:
        write()
        transaction.rollback()
    assert send_due(gateways, NOW) == 0


def test_a_message_without_an_address_is_an_error():
    with pytest.raises(ValueError, match="address"):
        write_sms("a", "", "text", NOW)


def test_letters_go_to_the_mail_gateway(gateways):
    write_mail("m", "a@example.kz", "Subject", "Text", NOW)
    send_due(gateways, NOW)
    assert (gateways.sms.got, gateways.mail.got) == ([], ["m"])


def test_a_gateway_down_then_up_delivers(gateways):
    write()
    gateways.sms.trouble = GatewayDown("503")
    assert send_due(gateways, NOW) == 0
    gateways.sms.trouble = None
    assert send_due(gateways, after(seconds=9)) == 0  # not yet
    assert send_due(gateways, after(seconds=11)) == 1


def test_the_pause_doubles_up_to_an_hour_and_ends_after_three_days(gateways):
    write()
    gateways.sms.trouble = GatewayDown("503")
    now, pauses = NOW, []
    while (message := Message.get()).failed_at is None:
        send_due(gateways, now)
        message = Message.get()
        pauses.append(round((message.send_after - now).total_seconds()))
        now = message.send_after if message.send_after > now else now
        assert len(pauses) < 200
    assert pauses[:5] == [10, 20, 40, 80, 160]
    assert max(pauses) == 3600
    assert Message.get().failed_at - NOW >= dt.timedelta(days=3)


def test_one_gateway_down_does_not_hold_up_the_other(gateways):
    write()
    write_mail("m", "a@example.kz", "Subject", "Text", NOW)
    gateways.sms.trouble = GatewayDown("503")
    assert send_due(gateways, NOW) == 1
    assert gateways.mail.got == ["m"]


def test_while_a_gateway_is_down_each_round_tries_one_message(gateways):
    for number in range(5):
        write(str(number))
    gateways.sms.trouble = GatewayDown("503")
    send_due(gateways, NOW)
    assert sorted(row.tries for row in Message.select()) == [0, 0, 0, 0, 1]


def test_a_refused_message_is_given_up_and_others_go_on(gateways):
    write("a")
    write("b")

    def refuse_a(message, send=gateways.sms.send):
        if message.key == "a":
            raise MessageRefused("400")
        send(message)

    gateways.sms.send = refuse_a
    assert send_due(gateways, NOW) == 1
    assert Message.get(key="a").failed_at is not None


def test_an_unexpected_error_postpones_one_message_and_others_go_on(gateways):
    write("a")
    write("b")

    def trip_on_a(message, send=gateways.sms.send):
        if message.key == "a":
            raise UnicodeError(message.text)
        send(message)

    gateways.sms.send = trip_on_a
    assert send_due(gateways, NOW) == 1
    assert Message.get(key="a").send_after > NOW


def test_a_code_that_expired_is_not_sent_and_its_text_is_wiped(gateways):
    write(expires_at=after(minutes=5))
    assert send_due(gateways, after(minutes=5)) == 0
    message = Message.get()
    assert (message.failed_at is not None, message.text) == (True, "")


def test_the_text_of_a_code_is_wiped_once_it_is_sent(gateways):
    write("code", expires_at=after(minutes=5))
    write("other")
    send_due(gateways, NOW)
    assert Message.get(key="code").text == ""
    assert Message.get(key="other").text == "Сәлем"


def test_codes_go_first(gateways):
    write("news")
    write_sms("code", PHONE, "1", after(seconds=1), expires_at=after(minutes=5))
    send_due(gateways, after(seconds=2))
    assert gateways.sms.got == ["code", "news"]


def test_what_a_killed_worker_held_is_sent_after_its_lease(gateways):
    write()

    def die(_):
        raise SystemExit  # stands for a kill: nothing is written down afterwards

    gateways.sms.send = die
    with pytest.raises(SystemExit):
        send_due(gateways, NOW)
    gateways = Fakes()
    assert send_due(gateways, after(seconds=59)) == 0
    assert send_due(gateways, after(seconds=62)) == 1


def test_the_sandbox_phone_shows_once_what_was_sent_twice():
    message = Outgoing("k", "sms", "+77010000001", "", "Сәлем", NOW)
    SandboxSender().send(message)
    SandboxSender().send(message)
    assert SandboxMessage.select().count() == 1


def test_neither_text_nor_address_reaches_a_log(gateways, caplog):
    caplog.set_level(logging.INFO)  # peewee logs its parameters at DEBUG
    write("a")
    write("b")
    gateways.sms.trouble = UnicodeError(f"Сәлем {PHONE}")
    send_due(gateways, NOW)
    assert "UnicodeError" in caplog.text
    assert "Сәлем" not in caplog.text
    assert PHONE not in caplog.text


def test_threads_that_send_at_once_never_send_one_message_twice(gateways):
    with database.db.atomic():
        for number in range(60):
            write(str(number))
    errors = []

    def work():
        database.connect()
        try:
            for _ in range(6):
                send_due(gateways, NOW, limit=20)
        except Exception as error:
            errors.append(error)
        finally:
            database.db.close()

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert errors == []
    assert sorted(gateways.sms.got, key=int) == [str(number) for number in range(60)]


def _work(url, results):
    database.db.initialize(database.make_database(url))
    database.connect()
    gateways = Fakes()
    for _ in range(6):
        send_due(gateways, NOW, limit=20)
    database.db.close()
    results.put(gateways.sms.got)


def test_processes_that_send_at_once_never_send_one_message_twice(database_url):
    with database.db.atomic():
        for number in range(60):
            write(str(number))
    clean = multiprocessing.get_context("forkserver")  # of a process that has no connection
    clean.set_forkserver_preload([__name__])
    results = clean.Queue()
    workers = [clean.Process(target=_work, args=(database_url, results)) for _ in range(3)]
    for worker in workers:
        worker.start()
    sent = [key for _ in workers for key in results.get(timeout=30)]
    for worker in workers:
        worker.join()
    results.close()
    results.join_thread()
    assert sorted(sent, key=int) == [str(number) for number in range(60)]
