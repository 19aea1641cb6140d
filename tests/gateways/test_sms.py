"""SMS through Kannel: against a server that answers as Kannel may, and through a real Kannel to a fake SMS centre."""

import contextlib
import datetime as dt
import logging
import os
import shutil
import socket
import subprocess
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import unquote_to_bytes

import pytest

from portal.gateways.sending import GatewayDown, MessageRefused, Outgoing
from portal.gateways.sms import KannelSms

NOW = dt.datetime(2026, 11, 23, 5, 0, tzinfo=dt.UTC)
PHONE = "+77010000001"
TEXT = "Qyzmet: кіру коды 123456. Ешкімге айтпаңыз. ӘҒҚҢӨҰҮҺІ"


def message(text=TEXT, to=PHONE):
    return Outgoing("k", "sms", to, "", text, NOW)


PATH = os.environ.get("PATH", "") + os.pathsep + "/usr/sbin"  # Debian keeps Kannel where only root looks


@contextlib.contextmanager
def smsbox(status, pause=0.0):
    asked = []

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self):
            body = self.rfile.read(int(self.headers["Content-Length"]))
            asked.append((self.requestline, dict(self.headers), body))
            time.sleep(pause)
            with contextlib.suppress(OSError):
                self.send_response(status)
                self.end_headers()

        def log_message(self, *_):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/cgi-bin/sendsms", asked
    finally:
        server.shutdown()
        server.server_close()


def test_the_text_goes_as_utf8_and_nothing_personal_in_the_address(caplog):
    caplog.set_level(logging.DEBUG)
    with smsbox(202) as (url, asked):
        KannelSms(url, "portal", "secret").send(message())
    (line, headers, body), *_ = asked
    assert line.startswith("POST /cgi-bin/sendsms HTTP")
    assert body.decode() == TEXT
    assert headers["X-Kannel-To"] == PHONE
    assert headers["X-Kannel-Coding"] == "2"
    assert headers["X-Kannel-Username"] == "portal"
    for secret in (PHONE, PHONE[1:], "secret", "123456"):
        assert secret not in caplog.text


@pytest.mark.parametrize("status", [400, 413])
def test_what_is_wrong_with_the_message_is_for_good(status):
    with smsbox(status) as (url, _), pytest.raises(MessageRefused, match=str(status)):
        KannelSms(url, "u", "p").send(message())


@pytest.mark.parametrize("status", [301, 403, 404, 500, 503])
def test_anything_else_is_tried_again(status):
    with smsbox(status) as (url, _), pytest.raises(GatewayDown, match=str(status)):
        KannelSms(url, "u", "p").send(message())


def test_a_phone_that_is_no_phone_is_refused_before_it_is_sent():
    with smsbox(202) as (url, asked):
        with pytest.raises(MessageRefused):
            KannelSms(url, "u", "p").send(message(to="+7701\r\nX-Kannel-From: me"))
        assert asked == []


def test_a_slow_gateway_is_down():
    with smsbox(202, pause=0.5) as (url, _), pytest.raises(GatewayDown):
        KannelSms(url, "u", "p", timeout=0.2).send(message())


def test_nobody_listening_is_down():
    with pytest.raises(GatewayDown):
        KannelSms("http://127.0.0.1:9/cgi-bin/sendsms", "u", "p").send(message())


CONFIGURATION = """
group = core
admin-port = {admin}
admin-password = a
smsbox-port = {boxes}
box-allow-ip = 127.0.0.1
log-level = 1

group = smsc
smsc = fake
smsc-id = FAKE
port = {centre}
connect-allow-ip = 127.0.0.1

group = smsbox
bearerbox-host = 127.0.0.1
sendsms-port = {http}
sendsms-chars = "0123456789+"
log-level = 1

group = sendsms-user
username = portal
password = secret
max-messages = 3
default-sender = 1414
"""


def free_ports(count):
    with contextlib.ExitStack() as open_ones:
        sockets = [open_ones.enter_context(socket.socket()) for _ in range(count)]
        for each in sockets:
            each.bind(("127.0.0.1", 0))
        return [each.getsockname()[1] for each in sockets]


def connect(port, patience=15.0):
    deadline = time.monotonic() + patience
    while True:
        try:
            return socket.create_connection(("127.0.0.1", port), timeout=10)
        except OSError:
            assert time.monotonic() < deadline, f"nothing listens on {port}"
            time.sleep(0.05)


@pytest.fixture
def kannel(tmp_path):
    """A real Kannel: the address of its smsbox, and the SMS centre's end of the line as a file of what it receives."""
    if shutil.which("bearerbox", path=PATH) is None:
        (pytest.fail if os.environ.get("CI") == "true" else pytest.skip)("Kannel is not installed: bearerbox")
    names = ("admin", "boxes", "centre", "http")
    ports = dict(zip(names, free_ports(len(names)), strict=True))
    (tmp_path / "kannel.conf").write_text(CONFIGURATION.format(**ports))
    with contextlib.ExitStack() as running:

        def start(program):
            command = [shutil.which(program, path=PATH), "kannel.conf"]
            log = running.enter_context(open(tmp_path / f"{program}.log", "wb"))
            process = subprocess.Popen(command, cwd=tmp_path, stdout=log, stderr=log)
            running.callback(process.wait, 10)
            running.callback(process.kill)

        start("bearerbox")
        connect(ports["boxes"]).close()
        start("smsbox")
        connect(ports["http"]).close()
        centre = running.enter_context(connect(ports["centre"]))
        received = running.enter_context(centre.makefile("rb"))
        yield f"http://127.0.0.1:{ports['http']}/cgi-bin/sendsms", received


@pytest.mark.needs("bearerbox")
def test_a_real_kannel_delivers_kazakh_letters(kannel):
    url, received = kannel
    KannelSms(url, "portal", "secret").send(message())
    sender, to, coding, text = received.readline().split()
    assert (sender, to, coding) == (b"1414", PHONE.encode(), b"ucs-2")
    assert unquote_to_bytes(text.replace(b"+", b" ")).decode("utf-16-be") == TEXT


@pytest.mark.needs("bearerbox")
def test_a_real_kannel_sends_the_longest_kazakh_text_as_one_sms(kannel):
    url, received = kannel
    for text in ("ә" * 70, "last"):
        KannelSms(url, "portal", "secret").send(message(text))
    assert received.readline().split()[3].count(b"%04%D9") == 70
    assert b"%00l%00a%00s%00t" in received.readline()


@pytest.mark.needs("bearerbox")
def test_a_real_kannel_with_another_password_is_tried_again(kannel):
    url, _ = kannel
    with pytest.raises(GatewayDown, match="403"):
        KannelSms(url, "portal", "wrong").send(message())
