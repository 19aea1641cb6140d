"""The ways to sign an application: which are open, what each needs prepared, what came back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from flask import g, redirect
from flask.typing import ResponseReturnValue

from ..forms.accounts import CodeForm
from ..forms.signing import SigningForm
from ..services.eds.problems import SignatureRefused
from ..services.journeys.journey import Journey
from ..services.passports.schema import Passport
from ..services.signatures import requests
from ..services.signatures.by_eds import Way, receive
from ..services.signatures.signing import Signed, SignedByCode, list_methods, send_code
from ..web.access import current_account
from ..web.clock import now
from ..web.htmx import go_to
from ..web.outside import caller_address, context, gateways
from ..web.sessions import session
from .unseen import ToSign, prepared_for, sent_for

if TYPE_CHECKING:
    from ..models import Draft

EDS: Final[tuple[Way, ...]] = ("eds_file", "ncalayer", "egov_mobile")

NCALAYER = "wss://127.0.0.1:13579"  # the reader's own computer, which no other page may speak with


def list_ways(passport: Passport) -> tuple[str, ...]:
    """The ways that are open here to sign for this passport."""
    return list_methods(passport, context().settings.demo, context().verifier.takes_eds)


def prepare(draft: Draft, journey: Journey, text: str) -> None:
    """For exactly this text: a code to the account's phone, a manifest to sign with an EDS, where these are open.

    Raises LimitReached.
    """
    account, ways = current_account(), list_ways(journey.passport)
    sent = prepared_for(text)
    if "otp" in ways:
        sent = sent_for(send_code(account, text, gateways().registries, now(), caller_address()), text)
    if set(ways) & set(EDS):
        requests.prepare(account, draft, journey, g.lang, text, now())
    session["sign"] = {**session.get("sign", {}), draft.key: sent}


def to_signing(journey: Journey, address: str) -> ResponseReturnValue:
    """On to the signing page; where an EDS is taken it is loaded whole, with the rights that its script needs."""
    takes_eds = set(list_ways(journey.passport)) & set(EDS)
    return go_to(address) if takes_eds else redirect(address, 303)


def signing_form(journey: Journey) -> CodeForm:
    """The form of the signing page: the plain one of a code where nothing else is open."""
    ways = list_ways(journey.passport)
    if "ncalayer" in ways:
        g.connects = NCALAYER
    return SigningForm(ways) if set(ways) & set(EDS) else CodeForm()


def signed(form: CodeForm, to_sign: ToSign, draft: Draft) -> Signed:
    """What the form brought as a signature. Raises SignatureRefused and LimitReached."""
    if not isinstance(form, SigningForm) or form.chosen == "otp":
        return SignedByCode(to_sign.handle, form.digits)
    account = current_account()
    request = requests.find_request(account, draft.key, to_sign.text, now())
    way = next(each for each in EDS if each == form.chosen)
    return receive(context().verifier, account, request, form.cms, way, now())


def show_refusal(form: CodeForm, refused: SignatureRefused) -> None:
    """Say in the form why a signature was not taken."""
    if isinstance(form, SigningForm):
        form.refuse_signature(refused.problem)
