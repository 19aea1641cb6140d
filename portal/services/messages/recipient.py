"""Which phone is told of a case.

A digit mistyped is somebody else's phone: a number that is only written down gets nothing before its owner has read a
code from it. Until then messages go to the phone that was proved.
"""

from __future__ import annotations

from ...models import Account, Case


def proved_phone(case: Case) -> str | None:
    """Where messages about the case go, as +7XXXXXXXXXX: the phone that it names once a code has proved it, else the
    account's own; None where there is none."""
    account: Account = case.account
    own = (account.phone,) if account.stated_phone else (account.phone, account.register_phone)
    return case.contact_phone if case.contact_phone and case.contact_phone in own else account.phone


def unproved_phone(case: Case) -> str:
    """The phone that the case names and nobody has proved yet; "" where there is none."""
    return case.contact_phone if case.contact_phone and case.contact_phone != proved_phone(case) else ""
