"""Settings, all of them, from PORTAL_* variables. Production refuses to start on demo secrets or sandbox gateways."""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from .production import DEMO_KEY, DEMO_SECRET, unfit

_KEY_ID = re.compile(r"[A-Za-z0-9._-]{1,20}")


class SettingsError(ValueError):
    """A setting is missing or unfit; the text names each one and what to do."""


@dataclass(frozen=True)
class EdsSettings:
    """Whose signatures are taken. Without anchors: nobody's."""

    anchors: Path | None = None  # a folder of trusted authorities' certificates, DER or PEM
    hosts: tuple[str, ...] = ()  # whose OCSP addresses may be asked: name, or name:port
    revocation: Literal["require", "if_answered", "off"] = "require"
    ncanode_url: str | None = None  # a server with certified cryptography that checks beside us


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
    eds: EdsSettings = field(default_factory=lambda: EdsSettings())

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
        eds=load_eds_settings(environ, wrong),
    )
    if env == "production":
        wrong += unfit(settings)
    if wrong:
        raise SettingsError("The portal does not start:\n- " + "\n- ".join(wrong))
    return settings


def load_eds_settings(environ: Mapping[str, str], wrong: list[str]) -> EdsSettings:
    """The settings of signatures alone, for commands that need nothing else; what is unfit is added to `wrong`."""
    demo = environ.get("PORTAL_ENV", "production") != "production"
    asked = environ.get("PORTAL_EDS_REVOCATION", "") or ("if_answered" if demo else "require")
    revocation = next((each for each in ("require", "if_answered", "off") if each == asked), None)
    if revocation is None:
        wrong.append(f"PORTAL_EDS_REVOCATION={asked}: require, if_answered or off")
    return EdsSettings(
        anchors=Path(environ["PORTAL_EDS_ANCHORS"]) if environ.get("PORTAL_EDS_ANCHORS") else None,
        hosts=tuple(environ.get("PORTAL_EDS_HOSTS", "").replace(",", " ").split()),
        revocation=revocation or "require",
        ncanode_url=environ.get("PORTAL_NCANODE_URL") or None,
    )


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
