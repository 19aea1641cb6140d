"""Asking an authority whether a certificate is revoked: OCSP over HTTP (RFC 6960, appendix A).

The address stands in the certificate, so it is a stranger's word: only hosts that the operator named are asked, nobody
is followed elsewhere, and a page waits a few seconds at most.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from urllib.parse import urlsplit

import httpx

from .sending import GatewayDown

TIMEOUT = 4.0  # seconds for an answer
CONNECT = 1.5  # seconds to open a connection
LARGEST_ANSWER = 65_536  # bytes
_PORTS = {"http": 80, "https": 443}


class OcspClient:
    """`hosts`: names, each with `:port` where it is not the usual one."""

    def __init__(self, hosts: Sequence[str]) -> None:
        self._hosts = frozenset(host.lower() for host in hosts)
        self._http = httpx.Client(
            timeout=httpx.Timeout(TIMEOUT, connect=CONNECT), follow_redirects=False, trust_env=False
        )

    def may_ask(self, address: str) -> bool:
        """Is it an address that the operator let us ask?"""
        try:
            parts = urlsplit(address)
            port = parts.port
        except ValueError:
            return False
        if parts.scheme not in _PORTS or not parts.hostname or parts.username is not None:
            return False
        usual = _PORTS[parts.scheme]
        named = f"{parts.hostname}:{port or usual}"
        return named in self._hosts or (port in (None, usual) and parts.hostname in self._hosts)

    def ask(self, addresses: Sequence[str], request: bytes) -> bytes:
        """The answer of the first address that may be asked and answers. Raises GatewayDown."""
        allowed = [address for address in addresses if self.may_ask(address)][:2]
        if not allowed:
            raise GatewayDown("no address of the certificate is in PORTAL_EDS_HOSTS")
        for address in allowed:
            answer = self._post(address, request)
            if answer is not None:
                return answer
        raise GatewayDown("the authority does not answer")

    def _post(self, address: str, request: bytes) -> bytes | None:
        until = time.monotonic() + TIMEOUT
        headers = {"Content-Type": "application/ocsp-request"}
        try:
            with self._http.stream("POST", address, content=request, headers=headers) as response:
                if response.status_code != 200:
                    return None
                body = b""
                for piece in response.iter_bytes(8192):
                    body += piece
                    if len(body) > LARGEST_ANSWER or time.monotonic() > until:
                        return None
                return body
        except httpx.HTTPError:
            return None
