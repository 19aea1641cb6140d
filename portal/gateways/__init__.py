"""The outside world, one adapter each, and their sandbox twins. Never called inside a database transaction."""

from __future__ import annotations

import threading
from dataclasses import dataclass

from ..config import Settings
from ..sandbox import registers
from ..sandbox import seal as sandbox_seal
from .antivirus import Clamd, NoScanner
from .mail import SmtpMail
from .registries import RegistryClient
from .sandbox import SandboxSender
from .seal import Seal
from .sms import KannelSms
from .storage import Storage, make_local_storage, make_s3_storage


@dataclass(frozen=True)
class Gateways:
    """Every way out of the portal."""

    registries: RegistryClient
    sms: KannelSms | SandboxSender
    mail: SmtpMail | SandboxSender
    storage: Storage
    antivirus: Clamd | NoScanner
    seal: Seal


_starting = threading.Lock()
_sandbox_url: list[str] = []  # of the sandbox registers in this process, once they run


def make_gateways(settings: Settings) -> Gateways:
    """The gateways as the settings say. Where demo names no registers, sandbox ones start in this process.

    Processes that should share one sandbox (server and worker) start it once and set PORTAL_REGISTRY_URL.
    """
    url = settings.registry_url or _start_sandbox_registers(settings)
    return Gateways(
        registries=RegistryClient(url, settings.registry_token or (registers.TOKEN if settings.demo else "")),
        sms=_make_sms(settings),
        mail=SmtpMail(settings.mail_url) if settings.mail_url else SandboxSender(),
        storage=make_storage(settings),
        antivirus=Clamd(settings.clamd) if settings.clamd else NoScanner(lets_pass=settings.demo),
        seal=_find_seal(settings),
    )


def _make_sms(settings: Settings) -> KannelSms | SandboxSender:
    if not settings.sms_url:
        return SandboxSender()
    return KannelSms(settings.sms_url, settings.sms_user, settings.sms_password)


def make_storage(settings: Settings) -> Storage:
    """Where files lie, as the settings say."""
    if not settings.storage_url:
        return make_local_storage(settings.data_dir / "files")
    return make_s3_storage(
        settings.storage_url, settings.s3_endpoint, settings.s3_region, settings.s3_key, settings.s3_secret
    )


def _find_seal(settings: Settings) -> Seal:
    file = settings.seal_file
    if file is not None:
        return Seal(lambda: file, settings.seal_password)
    if not settings.demo:
        raise ValueError("PORTAL_SEAL_FILE is missing: the demo seal is for demo only")
    return Seal(lambda: sandbox_seal.find_demo_seal(settings.data_dir), sandbox_seal.PASSWORD)


def _start_sandbox_registers(settings: Settings) -> str:
    if not settings.demo:
        raise ValueError("PORTAL_REGISTRY_URL is missing: sandbox registers are for demo only")
    with _starting:
        if not _sandbox_url:
            _sandbox_url.append(registers.start(registers.load_people())[0])
        return _sandbox_url[0]
