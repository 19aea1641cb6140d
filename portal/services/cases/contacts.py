"""Where the applicant wants to hear of one case: the phone and the language that the application names."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from ...models import Account, Case
from ..languages import LANGUAGES
from ..passports.schema import FieldSpec
from ..phones import normalise_phone


def named_phone(fields: Iterable[FieldSpec], answers: Mapping[str, Any], account: Account) -> str | None:
    """The mobile phone that the answers name for messages, as +7XXXXXXXXXX.

    None where it is none, or the account's own: that one follows the account when it changes.
    """
    typed = next((answers.get(spec.id) for spec in fields if spec.type == "phone"), None)
    phone = normalise_phone(typed) if typed else None
    return None if phone == account.phone else phone


def take_language(account: Account, answers: Mapping[str, Any]) -> None:
    """The language of messages that the application chose is the account's from now on: there is one setting of it."""
    chosen = answers.get("message_language")
    if chosen in LANGUAGES and chosen != account.language:
        account.language = chosen
        account.save(only=[Account.language])


def correct_phone(case: Case, fields: Sequence[FieldSpec], answers: Mapping[str, Any]) -> None:
    """These `fields` of the application were corrected, perhaps its phone among them."""
    if not any(spec.type == "phone" for spec in fields):
        return
    case.contact_phone = named_phone(fields, answers, case.account)
    case.save(only=[Case.contact_phone])
