"""Security keys (WebAuthn): the second factor of administrators. Whoever has one signs in with it and nothing less."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

import webauthn
from peewee import IntegrityError
from webauthn.helpers import base64url_to_bytes, bytes_to_base64url
from webauthn.helpers.exceptions import WebAuthnException
from webauthn.helpers.structs import (
    AuthenticatorSelectionCriteria,
    PublicKeyCredentialDescriptor,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from ...db import db
from ...models import SecurityKey, StaffMember
from ..identity import sessions
from ..records import audit
from .members import tell

WAITS = 120_000  # milliseconds for the key to be touched


class KeyRefused(Exception):
    """What the key answered does not hold: another challenge, place, key or person, or nonsense."""


class LastKey(Exception):
    """The only key is not removed: without it the account would be weaker than before."""


@dataclass(frozen=True)
class KeySite:
    """Where keys are good: the host's name, and the address of its pages without a path."""

    host: str
    origin: str


@dataclass(frozen=True)
class KeyChallenge:
    """What the page's script asks a key: options as JSON, and the challenge that the session keeps, base64url."""

    options: str
    challenge: str


def has_duty(member: StaffMember) -> bool:
    """Is a security key this member's second factor, with or without a key so far?"""
    return member.role == "admin"


def must_use(member: StaffMember) -> bool:
    """Does this member sign in with a key and nothing less?"""
    return has_duty(member) and SecurityKey.select().where(SecurityKey.staff == member).exists()


def list_keys(member: StaffMember) -> list[SecurityKey]:
    """The member's keys, the oldest first."""
    return list(SecurityKey.select().where(SecurityKey.staff == member).order_by(SecurityKey.id))


def ask_new(member: StaffMember, place: KeySite) -> KeyChallenge:
    """For a key that is to be added."""
    options = webauthn.generate_registration_options(
        rp_id=place.host,
        rp_name="Qyzmet",
        user_id=f"staff:{member.id}".encode(),
        user_name=member.login,
        user_display_name=member.name,
        timeout=WAITS,
        exclude_credentials=_descriptors(member),
        authenticator_selection=AuthenticatorSelectionCriteria(
            resident_key=ResidentKeyRequirement.DISCOURAGED,
            user_verification=UserVerificationRequirement.DISCOURAGED,  # the password came before
        ),
    )
    return _question(options)


def add_key(
    member: StaffMember, answer: str, challenge: str, place: KeySite, name: str, now: dt.datetime, session_key: str
) -> SecurityKey:
    """Take a key whose answer is good; every other session of theirs is over. Raises KeyRefused."""
    try:
        proof = webauthn.verify_registration_response(
            credential=answer,
            expected_challenge=base64url_to_bytes(challenge),
            expected_rp_id=place.host,
            expected_origin=place.origin,
        )
        with db.atomic():
            key = SecurityKey.create(
                staff=member,
                credential_id=bytes_to_base64url(proof.credential_id),
                public_key=bytes_to_base64url(proof.credential_public_key),
                sign_count=proof.sign_count,
                name=name.strip(),
                created_at=now,
            )
            sessions.end_all_of_staff(member, but_key=session_key)
            audit.record(f"staff:{member.id}", "security_key_added", f"key:{key.id}", now)
            tell(member, "key_added", now)
    except (WebAuthnException, IntegrityError, ValueError, KeyError, TypeError) as error:
        raise KeyRefused(type(error).__name__) from error
    return key


def ask(member: StaffMember, place: KeySite) -> KeyChallenge:
    """For one of the member's keys."""
    options = webauthn.generate_authentication_options(
        rp_id=place.host,
        timeout=WAITS,
        allow_credentials=_descriptors(member),
        user_verification=UserVerificationRequirement.DISCOURAGED,
    )
    return _question(options)


def prove(member: StaffMember, answer: str, challenge: str, place: KeySite, now: dt.datetime) -> SecurityKey:
    """Which of the member's keys answered. Raises KeyRefused, also for a copy that counts behind the key itself."""
    try:
        named = webauthn.helpers.parse_authentication_credential_json(answer)
        key = SecurityKey.get_or_none(
            SecurityKey.staff == member, SecurityKey.credential_id == bytes_to_base64url(named.raw_id)
        )
        if key is None:
            raise KeyRefused("another person's key, or none")
        proof = webauthn.verify_authentication_response(
            credential=named,
            expected_challenge=base64url_to_bytes(challenge),
            expected_rp_id=place.host,
            expected_origin=place.origin,
            credential_public_key=base64url_to_bytes(key.public_key),
            credential_current_sign_count=key.sign_count,
        )
    except (KeyRefused, WebAuthnException, ValueError, KeyError, TypeError) as error:
        audit.record(f"staff:{member.id}", "second_factor_refused", f"staff:{member.id}", now, why=type(error).__name__)
        raise KeyRefused(type(error).__name__) from error
    with db.atomic():
        key.sign_count = proof.new_sign_count
        key.save(only=[SecurityKey.sign_count])
    return key


def remove_key(member: StaffMember, id: str, now: dt.datetime) -> None:
    """Take a key away, but not the last one: that only another administrator resets. Raises LastKey, LookupError."""
    with db.atomic():
        keys = list_keys(member)
        key = next((key for key in keys if str(key.id) == id), None)
        if key is None:
            raise LookupError(id)
        if len(keys) == 1:
            raise LastKey
        audit.record(f"staff:{member.id}", "security_key_removed", f"key:{key.id}", now)
        key.delete_instance()
        tell(member, "key_removed", now)


def _descriptors(member: StaffMember) -> list[PublicKeyCredentialDescriptor]:
    return [PublicKeyCredentialDescriptor(id=base64url_to_bytes(key.credential_id)) for key in list_keys(member)]


def _question(options: Any) -> KeyChallenge:
    return KeyChallenge(webauthn.options_to_json(options), bytes_to_base64url(options.challenge))
