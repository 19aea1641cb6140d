"""Settings, all of them, from PORTAL_* variables. Production refuses to start on demo secrets or sandbox gateways."""

from __future__ import annotations

import base64
import binascii
import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from cryptography.hazmat.primitives.serialization import pkcs12
from cryptography.x509 import ExtensionNotFound, KeyUsage

DEMO_SECRET = "demo-only-not-a-secret"  # noqa: S105 - refused in production
DEMO_KEY = ("demo", b"demo-only: 32 bytes, not a key. ")  # refused in production

_KEY_ID = re.compile(r"[A-Za-z0-9._-]{1,20}")
DEMO_SEAL = "DEMO, not a real seal"  # in the name on every demo certificate


class SettingsError(ValueError):
    """A setting is missing or unfit; the text names each one and what to do."""


@dataclass(frozen=True)
class Settings:
    """What the portal needs to know of its surroundings. `demo` and `test` may run on sandbox gateways."""

    env: str
    secret_key: str
    database_url: str
    data_dir: Path
    passports_dir: Path | None
    port: int
    base_url: str  # as printed on papers and behind QR codes, without a slash at the end
    registry_url: str | None  # the gateway to the state registers; see docs/registers.md
    registry_token: str
    sms_url: str | None  # Kannel's sendsms address, user and password in PORTAL_SMS_USER, PORTAL_SMS_PASSWORD
    sms_user: str
    sms_password: str
    mail_url: str | None  # smtp://user:password@host:port
    proxies: int  # how many trusted proxies stand in front and set X-Forwarded-For
    keys: tuple[tuple[str, bytes], ...] = field(default=(DEMO_KEY,), repr=False)  # id and 32 bytes, the current first
    storage_url: str | None = None  # s3://bucket/prefix; without it files lie in the data folder
    s3_endpoint: str = ""  # https://…; "" is Amazon's own
    s3_region: str = ""
    s3_key: str = ""
    s3_secret: str = field(default="", repr=False)
    clamd: str | None = None  # /path/to/socket or host:port
    seal_file: Path | None = None  # the organisation's seal: a PKCS#12 file with its key and certificates
    seal_password: str = field(default="", repr=False)

    @property
    def demo(self) -> bool:
        return self.env != "production"

    @property
    def secure_cookies(self) -> bool:
        """`__Host-` cookies need https; in demo over plain http text browsers would not send them back."""
        return not self.demo


def load_settings(environ: Mapping[str, str]) -> Settings:
    """Read the settings. Raises SettingsError naming every variable that is missing or unfit."""
    env = environ.get("PORTAL_ENV", "production")
    wrong: list[str] = []
    if env not in ("demo", "test", "production"):
        wrong.append(f"PORTAL_ENV={env}: use demo or production")
    data_dir = Path(environ.get("PORTAL_DATA_DIR", "var")).resolve()
    port = _number(environ, "PORT", 8000, wrong)
    settings = Settings(
        env=env,
        secret_key=environ.get("PORTAL_SECRET_KEY", "" if env == "production" else DEMO_SECRET),
        database_url=environ.get("PORTAL_DATABASE_URL") or f"sqlite:///{data_dir}/portal.sqlite",
        data_dir=data_dir,
        passports_dir=Path(environ["PORTAL_PASSPORTS_DIR"]) if environ.get("PORTAL_PASSPORTS_DIR") else None,
        port=port,
        base_url=environ.get("PORTAL_BASE_URL", f"http://127.0.0.1:{port}" if env != "production" else "").rstrip("/"),
        registry_url=environ.get("PORTAL_REGISTRY_URL") or None,
        registry_token=environ.get("PORTAL_REGISTRY_TOKEN", ""),
        sms_url=environ.get("PORTAL_SMS_URL") or None,
        sms_user=environ.get("PORTAL_SMS_USER", ""),
        sms_password=environ.get("PORTAL_SMS_PASSWORD", ""),
        mail_url=environ.get("PORTAL_MAIL_URL") or None,
        seal_file=Path(environ["PORTAL_SEAL_FILE"]) if environ.get("PORTAL_SEAL_FILE") else None,
        seal_password=environ.get("PORTAL_SEAL_PASSWORD", ""),
        proxies=_number(environ, "PORTAL_PROXIES", 0, wrong),
        keys=_keys(environ.get("PORTAL_KEYS", ""), wrong) or (DEMO_KEY,),
        storage_url=environ.get("PORTAL_STORAGE_URL") or None,
        s3_endpoint=environ.get("PORTAL_S3_ENDPOINT", ""),
        s3_region=environ.get("PORTAL_S3_REGION", ""),
        s3_key=environ.get("PORTAL_S3_KEY", ""),
        s3_secret=environ.get("PORTAL_S3_SECRET", ""),
        clamd=environ.get("PORTAL_CLAMD") or None,
    )
    if env == "production":
        wrong += _unfit_for_production(settings)
    if wrong:
        raise SettingsError("The portal does not start:\n- " + "\n- ".join(wrong))
    return settings


def _number(environ: Mapping[str, str], name: str, default: int, wrong: list[str]) -> int:
    value = environ.get(name, str(default))
    if value.isascii() and value.isdigit():
        return int(value)
    wrong.append(f"{name}={value}: a whole number is needed")
    return default


def _keys(text: str, wrong: list[str]) -> tuple[tuple[str, bytes], ...]:
    """Keys as "id:base64,id:base64". What is wrong is told without the key."""
    keys: list[tuple[str, bytes]] = []
    for number, entry in enumerate(filter(None, text.replace(" ", "").split(",")), 1):
        id, _, encoded = entry.partition(":")
        try:
            key = base64.b64decode(encoded, validate=True)
        except binascii.Error:
            key = b""
        if not _KEY_ID.fullmatch(id) or len(key) != 32:
            wrong.append(f"PORTAL_KEYS: entry {number} has to be id:key, the key 32 random bytes in base64")
        elif id in dict(keys):
            wrong.append(f"PORTAL_KEYS: two keys bear the id {id}")
        keys.append((id, key))
    return tuple(keys)


def _unfit_for_production(settings: Settings) -> list[str]:
    wrong = []
    if settings.secret_key == DEMO_SECRET or len(settings.secret_key) < 32:
        wrong.append(f"PORTAL_SECRET_KEY: set at least 32 random characters, for example {secrets.token_urlsafe(8)}…")
    if not settings.base_url.startswith("https://"):
        wrong.append("PORTAL_BASE_URL: the portal's public address, https://…")
    if not settings.registry_url:
        wrong.append("PORTAL_REGISTRY_URL: the registers' gateway (the sandbox registers are for demo only)")
    if not settings.sms_url:
        wrong.append("PORTAL_SMS_URL: Kannel's sendsms address (the sandbox phone is for demo only)")
    if not settings.mail_url:
        wrong.append("PORTAL_MAIL_URL: smtp://user:password@host:port (the sandbox mailbox is for demo only)")
    if DEMO_KEY[1] in dict(settings.keys).values():
        wrong.append("PORTAL_KEYS: id:key, the key 32 random bytes in base64 (portal keys new writes one)")
    if settings.s3_endpoint and not settings.s3_endpoint.startswith("https://"):
        wrong.append("PORTAL_S3_ENDPOINT: https://…")
    if not settings.clamd:
        wrong.append("PORTAL_CLAMD: clamd's socket or host:port (files are taken unscanned in demo only)")
    if not settings.seal_file:
        wrong.append("PORTAL_SEAL_FILE: the organisation's seal, a PKCS#12 file (the demo seal is for demo only)")
    elif fault := seal_fault(settings.seal_file, settings.seal_password):
        wrong.append(f"PORTAL_SEAL_FILE={settings.seal_file}: {fault}")
    elif is_demo_seal(settings.seal_file, settings.seal_password):
        wrong.append(f"PORTAL_SEAL_FILE={settings.seal_file}: this is a demo seal; use the organisation's own")
    return wrong


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
