"""Asking authorities about revocation, and remembering for some minutes what they said."""

from __future__ import annotations

import datetime as dt
import threading
from collections import OrderedDict

from ...gateways.ocsp import OcspClient
from ...gateways.sending import GatewayDown
from ..eds.certificates import Certificate
from ..eds.checking import Answered
from ..eds.problems import SignatureRefused
from ..eds.revocation import ask, judge

KEPT = dt.timedelta(minutes=5)  # how long an answer serves again
_MOST = 2048  # answers

_Key = tuple[bytes, int]


class Authorities:
    """An `Ask`. Thread-safe; never called inside a database transaction."""

    def __init__(self, client: OcspClient) -> None:
        self._client = client
        self._lock = threading.Lock()
        self._kept: OrderedDict[_Key, tuple[dt.datetime, Answered]] = OrderedDict()

    def __call__(self, certificate: Certificate, issuer: Certificate, moment: dt.datetime) -> Answered:
        key = (issuer.key_info, certificate.serial)
        with self._lock:
            at, answered = self._kept.get(key, (None, None))
        if at is not None and answered is not None and dt.timedelta(0) <= moment - at <= KEPT:
            return answered
        question = ask(certificate, issuer)
        try:
            response = self._client.ask(certificate.ocsp_addresses, question.request())
        except GatewayDown as down:
            raise SignatureRefused("no_answer", str(down)) from None
        judge(question, response, moment)
        answered = Answered(certificate.serial, question.nonce, response)
        with self._lock:
            self._kept[key] = (moment, answered)
            self._kept.move_to_end(key)
            while len(self._kept) > _MOST:
                self._kept.popitem(last=False)
        return answered
