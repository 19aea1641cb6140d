"""SMS: Kannel's sendsms over HTTP."""

from __future__ import annotations

import re
import weakref

import httpx

from .sending import GatewayDown, MessageRefused, Outgoing

_PHONE = re.compile(r"\+[0-9]{11,15}")


class KannelSms:
    """Sends through Kannel's smsbox. `url` is its sendsms address, for example http://host:13013/cgi-bin/sendsms.

    The message travels in a POST with X-Kannel headers, so that neither phone nor text stands in a log of addresses.
    """

    def __init__(self, url: str, user: str, password: str, timeout: float = 5.0) -> None:
        self._url = url
        self._headers = {
            "X-Kannel-Username": user,
            "X-Kannel-Password": password,
            "X-Kannel-Coding": "2",  # UCS-2: every text may hold Kazakh letters
            "Content-Type": "text/plain; charset=UTF-8",
        }
        self._http = httpx.Client(
            timeout=timeout,
            follow_redirects=False,
            verify=url.startswith("https:"),  # what proves certificates takes 20 ms to load, and plain http has none
            trust_env=False,
        )
        weakref.finalize(self, self._http.close)

    def send(self, message: Outgoing) -> None:
        """Hand the message to Kannel, which delivers or queues it. Raises GatewayDown or MessageRefused."""
        if not _PHONE.fullmatch(message.to):
            raise MessageRefused("the address is not a phone number")
        headers = self._headers | {"X-Kannel-To": message.to}
        try:
            answer = self._http.post(self._url, headers=headers, content=message.text.encode())
        except httpx.HTTPError as error:
            raise GatewayDown(type(error).__name__) from None
        if answer.status_code == 202:  # "0: Accepted for delivery" or "3: Queued for later delivery"
            return
        # 400 and 413 are about this message; all else (403: our password; 404: our address; 503: come later) is not.
        if answer.status_code in (400, 413):
            raise MessageRefused(f"Kannel answers {answer.status_code}")
        raise GatewayDown(f"Kannel answers {answer.status_code}")
