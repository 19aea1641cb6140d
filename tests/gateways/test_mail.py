"""Letters by SMTP, against a small server that speaks just enough of it."""

import contextlib
import datetime as dt
import socketserver
import threading

import pytest

from portal.gateways.mail import SmtpMail
from portal.gateways.sending import GatewayDown, MessageRefused, Outgoing

NOW = dt.datetime(2026, 11, 23, 5, 0, tzinfo=dt.UTC)


def letter(**changes):
    fields = {"key": "k", "channel": "mail", "to": "a@example.kz", "subject": "Өтініш", "text": "Сәлем"}
    return Outgoing(**fields | changes, written_at=NOW)


@contextlib.contextmanager
def smtp(**answers):
    """A server that says 250 to everything but the verbs in `answers`; gives its address and what it heard."""
    heard = []

    class Handler(socketserver.StreamRequestHandler):
        def say(self, text):
            self.wfile.write(text.encode() + b"\r\n")

        def handle(self):
            self.say("220 test")
            for line in self.rfile:
                command = line.decode().strip()
                heard.append(command)
                verb = command.split(" ")[0].split(":")[0].upper()
                if verb == "QUIT":
                    self.say("221 bye")
                    return
                if verb == "DATA" and "DATA" not in answers:
                    self.say("354 go on")
                    heard.extend(iter(lambda: self.rfile.readline().decode().rstrip("\r\n"), "."))
                    self.say(answers.get("END", "250 taken"))
                else:
                    self.say(answers.get(verb, "250 ok"))

    class Server(socketserver.ThreadingTCPServer):
        daemon_threads = True
        handle_error = staticmethod(lambda *_: None)

    with Server(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
        yield f"127.0.0.1:{server.server_address[1]}", heard
        server.shutdown()


def test_a_letter_bears_its_addresses_and_the_same_id_whenever_it_is_sent():
    with smtp() as (address, heard):
        for _ in range(2):
            SmtpMail(f"smtp://{address}?from=noreply@example.kz").send(letter())
    assert any(line.lower().startswith("mail from:<noreply@example.kz>") for line in heard)
    assert any(line.lower().startswith("rcpt to:<a@example.kz>") for line in heard)
    ids = [line for line in heard if line.startswith("Message-ID:")]
    assert len(ids) == 2
    assert ids[0] == ids[1]


@pytest.mark.parametrize("verb", ["RCPT", "DATA", "END"])
def test_a_5xx_about_the_letter_is_for_good_and_a_4xx_is_not(verb):
    for answer, outcome in (("550 no such user", MessageRefused), ("451 later", GatewayDown)):
        with smtp(**{verb: answer}) as (address, _), pytest.raises(outcome):
            SmtpMail(f"smtp://{address}").send(letter())


def test_a_refused_sender_is_our_fault_and_is_tried_again():
    with smtp(MAIL="550 not you") as (address, _), pytest.raises(GatewayDown):
        SmtpMail(f"smtp://{address}").send(letter())


def test_a_password_is_never_sent_without_tls():
    with smtp() as (address, heard):
        with pytest.raises(GatewayDown, match="TLS"):
            SmtpMail(f"smtp://portal:secret@{address}").send(letter())
        assert not any(line.upper().startswith("AUTH") for line in heard)


def test_starttls_is_used_where_it_is_offered():
    with smtp(EHLO="250-test\r\n250 STARTTLS", STARTTLS="454 not just now") as (address, heard):
        with pytest.raises(GatewayDown):
            SmtpMail(f"smtp://{address}").send(letter())
        assert "STARTTLS" in heard


def test_a_line_end_in_the_subject_cannot_add_a_header():
    with smtp() as (address, heard):
        with pytest.raises(MessageRefused):
            SmtpMail(f"smtp://{address}").send(letter(subject="a\r\nBcc: b@example.kz"))
        assert heard == []


def test_nobody_listening_is_down():
    with pytest.raises(GatewayDown):
        SmtpMail("smtp://127.0.0.1:9").send(letter())


def test_an_address_of_another_kind_is_an_error_at_start():
    with pytest.raises(ValueError, match="PORTAL_MAIL_URL"):
        SmtpMail("mail.example.kz")
