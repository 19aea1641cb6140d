"""Letters: SMTP."""

from __future__ import annotations

import contextlib
import hashlib
import smtplib
import ssl
from collections.abc import Iterator
from email.message import EmailMessage
from urllib.parse import parse_qs, unquote, urlsplit

from ..production import is_loopback
from .sending import GatewayDown, MessageRefused, Outgoing


class SmtpMail:
    """Sends by SMTP: `smtp://user:password@host:port?from=address`, or `smtps://…` for TLS from the first byte.

    With `smtp` TLS is asked for; without it nothing goes to another machine, and a password to none.
    """

    def __init__(self, url: str, timeout: float = 10.0) -> None:
        parts = urlsplit(url)
        if parts.scheme not in ("smtp", "smtps") or not parts.hostname:
            raise ValueError("PORTAL_MAIL_URL has to look like smtp://user:password@host:port")
        self._direct_tls = parts.scheme == "smtps"
        self._host = parts.hostname
        self._port = parts.port or (465 if self._direct_tls else 587)
        self._user = unquote(parts.username or "")
        self._password = unquote(parts.password or "")
        self._timeout = timeout
        user_is_address = "@" in self._user
        default_sender = self._user if user_is_address else f"qyzmet@{self._host}"
        self._sender = parse_qs(parts.query).get("from", [default_sender])[0]

    def send(self, message: Outgoing) -> None:
        """Hand the letter to the server. Raises GatewayDown or MessageRefused."""
        try:
            letter = self._letter(message)
        except ValueError:
            raise MessageRefused("the letter cannot be written: a line end in a header?") from None
        try:
            with self._connection() as server:
                server.send_message(letter)
        except smtplib.SMTPRecipientsRefused as refusal:
            code = next(iter(refusal.recipients.values()))[0]
            raise _outcome(code) from None
        except smtplib.SMTPDataError as refusal:
            raise _outcome(refusal.smtp_code) from None
        except (smtplib.SMTPException, OSError) as error:  # ssl.SSLError and timeouts are OSErrors
            raise GatewayDown(type(error).__name__) from None

    def _letter(self, message: Outgoing) -> EmailMessage:
        letter = EmailMessage()
        letter["From"] = self._sender
        letter["To"] = message.to
        letter["Subject"] = message.subject
        # The same message always bears the same id: what is sent twice after a crash is shown once.
        digest = hashlib.sha256(message.key.encode()).hexdigest()[:32]
        letter["Message-ID"] = f"<{digest}@{self._sender.split('@')[-1]}>"
        letter["Auto-Submitted"] = "auto-generated"
        letter.set_content(message.text)
        return letter

    @contextlib.contextmanager
    def _connection(self) -> Iterator[smtplib.SMTP]:
        context = ssl.create_default_context()
        if self._direct_tls:
            server: smtplib.SMTP = smtplib.SMTP_SSL(self._host, self._port, timeout=self._timeout, context=context)
        else:
            server = smtplib.SMTP(self._host, self._port, timeout=self._timeout)
        with server:
            secure = self._direct_tls
            server.ehlo()
            if not secure and server.has_extn("starttls"):
                server.starttls(context=context)
                server.ehlo()
                secure = True
            if not secure and not is_loopback(self._host):
                raise GatewayDown("the mail server offers no TLS, nothing is sent")
            if self._user:
                if not secure:
                    raise GatewayDown("the mail server offers no TLS, the password is not sent")
                server.login(self._user, self._password)
            yield server


def _outcome(code: int) -> Exception:
    if code >= 500:
        return MessageRefused(f"the mail server answers {code}")
    return GatewayDown(f"the mail server answers {code}")
