"""What production refuses to start with: demo secrets, sandbox gateways, weak keys, lines that others can read.

One table: the refusal, docs/settings.md and the tests come from it.
"""

from __future__ import annotations

import ipaddress
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urlsplit

from cryptography.hazmat.primitives.serialization import pkcs12
from cryptography.x509 import ExtensionNotFound, KeyUsage

if TYPE_CHECKING:
    from .config import Settings

DEMO_SECRET = "demo-only-not-a-secret"  # noqa: S105
DEMO_KEY = ("demo", b"demo-only: 32 bytes, not a key. ")
DEMO_SEAL = "DEMO, not a real seal"  # in the name on every demo certificate
SANDBOX_TOKEN = "sandbox-only-not-a-secret"  # noqa: S105 - of the sandbox registers

SHORTEST_SECRET = 32  # characters
FEWEST_SIGNS = 12  # different ones in a secret, different bytes in a key: 32 random bytes have about thirty


@dataclass(frozen=True)
class Refusal:
    """`refuses`: what is refused, for people who read the documentation. `fault` gives the text of a refusal, "" where
    all is well; it repeats no secret."""

    variable: str
    refuses: str
    fault: Callable[[Settings], str]


def unfit(settings: Settings) -> list[str]:
    """Every setting that production does not start with, and what to do."""
    found = [(rule.variable, rule.fault(settings)) for rule in RULES]
    return [f"{variable}: {fault}" for variable, fault in found if fault]


def is_loopback(host: str | None) -> bool:
    """Does a line to this host stay in the machine?"""
    if host in ("localhost", "localhost.localdomain"):
        return True
    try:
        return ipaddress.ip_address(host or "").is_loopback
    except ValueError:
        return False


def _secret_key(settings: Settings) -> str:
    key = settings.secret_key
    if key == DEMO_SECRET or len(key) < SHORTEST_SECRET or len(set(key)) < FEWEST_SIGNS:
        return f"set at least {SHORTEST_SECRET} random characters"
    return ""


def _keys(settings: Settings) -> str:
    keys = dict(settings.keys).values()
    if DEMO_KEY[1] in keys or any(len(set(key)) < FEWEST_SIGNS for key in keys):
        return "id:key, the key 32 random bytes in base64 (portal keys new writes one)"
    return ""


def _base_url(settings: Settings) -> str:
    secure = settings.base_url.startswith("https://") and urlsplit(settings.base_url).hostname
    return "" if secure else "the portal's public address, https://…"


def _is_private(url: str | None) -> bool:
    """Over TLS, or to this machine."""
    parts = urlsplit(url or "")
    here = parts.scheme == "http" and is_loopback(parts.hostname)
    return bool(parts.hostname) and (parts.scheme == "https" or here)


def _registers(settings: Settings) -> str:
    if _is_private(settings.registry_url):
        return ""
    return "the registers' gateway, https://… (the sandbox registers are for demo only)"


def _registers_token(settings: Settings) -> str:
    return "this is the sandbox's token" if settings.registry_token == SANDBOX_TOKEN else ""


def _sms(settings: Settings) -> str:
    if _is_private(settings.sms_url):
        return ""
    return "Kannel's sendsms address, https://… (the sandbox phone is for demo only)"


def _mail(settings: Settings) -> str:
    if settings.mail_url and urlsplit(settings.mail_url).hostname:
        return ""
    return "smtp://user:password@host:port (the sandbox mailbox is for demo only)"


def _s3(settings: Settings) -> str:
    return "https://…" if settings.s3_endpoint and not _is_private(settings.s3_endpoint) else ""


def _clamd(settings: Settings) -> str:
    if not settings.clamd:
        return "clamd's socket or host:port (files are taken unscanned in demo only)"
    if settings.clamd.startswith("/") or is_loopback(settings.clamd.rpartition(":")[0].strip("[]")):
        return ""
    return "clamd knows no TLS: a socket, or a port of this machine"


def _database(settings: Settings) -> str:
    parts = urlsplit(settings.database_url)
    if parts.scheme not in ("postgres", "postgresql"):
        return ""
    asked = parse_qs(parts.query)
    hosts = [parts.hostname, *(host for value in asked.get("host", []) for host in value.split(","))]
    away = [host for host in hosts if host and not host.startswith(("/", "%2f", "%2F")) and not is_loopback(host)]
    if not away or asked.get("sslmode") in (["verify-full"], ["verify-ca"]):
        return ""
    return "a database on another machine needs ?sslmode=verify-full"


def _seal(settings: Settings) -> str:
    if not settings.seal_file:
        return "the organisation's seal, a PKCS#12 file (the demo seal is for demo only)"
    if fault := seal_fault(settings.seal_file, settings.seal_password):
        return f"{settings.seal_file}: {fault}"
    if is_demo_seal(settings.seal_file, settings.seal_password):
        return f"{settings.seal_file}: this is a demo seal; use the organisation's own"
    return ""


def _eds_revocation(settings: Settings) -> str:
    return "" if settings.eds.revocation == "require" else "require: signatures of revoked keys are for demo only"


def _eds_anchors(settings: Settings) -> str:
    folder = settings.eds.anchors
    return "" if folder is None or folder.is_dir() else f"{folder}: a folder of authorities' certificates, DER or PEM"


def _ncanode(settings: Settings) -> str:
    return "https://…" if settings.eds.ncanode_url and not _is_private(settings.eds.ncanode_url) else ""


RULES = (
    Refusal("PORTAL_SECRET_KEY", "the demo's; fewer than 32 characters; a few signs repeated", _secret_key),
    Refusal("PORTAL_BASE_URL", "anything but `https://…`", _base_url),
    Refusal("PORTAL_REGISTRY_URL", "nothing (the sandbox); `http://` to another machine", _registers),
    Refusal("PORTAL_REGISTRY_TOKEN", "the sandbox's", _registers_token),
    Refusal("PORTAL_SMS_URL", "nothing (the sandbox); `http://` to another machine", _sms),
    Refusal("PORTAL_MAIL_URL", "nothing (the sandbox)", _mail),
    Refusal("PORTAL_KEYS", "nothing; the demo's; a key of a few bytes repeated, as of zeros", _keys),
    Refusal("PORTAL_S3_ENDPOINT", "`http://` to another machine", _s3),
    Refusal("PORTAL_CLAMD", "nothing (unscanned files); another machine: clamd knows no TLS", _clamd),
    Refusal("PORTAL_DATABASE_URL", "PostgreSQL elsewhere without `?sslmode=verify-full` or `verify-ca`", _database),
    Refusal("PORTAL_EDS_REVOCATION", "anything but `require`", _eds_revocation),
    Refusal("PORTAL_EDS_ANCHORS", "what is no folder", _eds_anchors),
    Refusal("PORTAL_NCANODE_URL", "`http://` to another machine", _ncanode),
    Refusal("PORTAL_SEAL_FILE", "nothing; what cannot seal; a demo seal", _seal),
)


def seal_fault(file: Path, password: str) -> str:
    """Why a file cannot seal papers; "" when it can. Its certificate may have run out: that is told when it seals."""
    try:
        keys = pkcs12.load_pkcs12(file.read_bytes(), password.encode())
    except OSError as error:
        return f"it cannot be read: {error.strerror}"
    except ValueError:
        return "PORTAL_SEAL_PASSWORD does not open it, or it is no PKCS#12 file"
    if keys.key is None or keys.cert is None:
        return "it holds no key with its certificate"
    try:
        usage = keys.cert.certificate.extensions.get_extension_for_class(KeyUsage).value
    except ExtensionNotFound:
        return "its certificate does not say what the key is for (key usage)"
    return "" if usage.content_commitment else "its certificate is not for signing documents (nonRepudiation)"


def is_demo_seal(file: Path, password: str) -> bool:
    """Whether a seal that opens is one of those that demo makes for itself."""
    found = pkcs12.load_pkcs12(file.read_bytes(), password.encode()).cert
    return found is not None and DEMO_SEAL in found.certificate.issuer.rfc4514_string().replace("\\", "")
