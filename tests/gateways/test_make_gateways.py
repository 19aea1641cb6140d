"""Which gateways the settings make."""

import dataclasses

import pytest

from portal.gateways import make_gateways
from portal.gateways.mail import SmtpMail
from portal.gateways.sandbox import SandboxSender
from portal.gateways.sms import KannelSms


def test_demo_without_settings_runs_on_the_sandbox(settings):
    gateways = make_gateways(settings)
    assert (type(gateways.sms), type(gateways.mail)) == (SandboxSender, SandboxSender)
    assert gateways.registries.find_person("000000000000") is None  # it answers


def test_one_process_runs_one_sandbox(settings):
    assert make_gateways(settings).registries.url == make_gateways(settings).registries.url


def test_settings_choose_the_real_ones(settings):
    changes = {"registry_url": "https://registers.example", "sms_url": "http://sms.example", "mail_url": "smtp://m"}
    gateways = make_gateways(dataclasses.replace(settings, **changes))
    assert (type(gateways.sms), type(gateways.mail)) == (KannelSms, SmtpMail)
    assert gateways.registries.url == "https://registers.example"


def test_production_never_starts_the_sandbox(settings):
    with pytest.raises(ValueError, match="PORTAL_REGISTRY_URL"):
        make_gateways(dataclasses.replace(settings, env="production"))
