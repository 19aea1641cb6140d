"""Letters to members of staff about their own accounts: what changed, and what to do if it was not them. Pure."""

from __future__ import annotations

from ..kinds import Words
from .message_kind import Letter

_SUBJECT = Words(
    kk="Qyzmet: тіркелгіңіз өзгерді",
    ru="Qyzmet: изменения в вашей учётной записи",
    en="Qyzmet: your account has changed",
)
_ADVICE = Words(
    kk="Егер мұны сіз жасамаған болсаңыз, дереу ұйымыңыздың әкімшісіне хабарлаңыз.",
    ru="Если это сделали не вы, сразу сообщите администратору вашей организации.",
    en="If this was not you, tell your organisation's administrator at once.",
)


def account_letter(changed: Words) -> Letter:
    """The letter that says what changed in somebody's account."""
    text = Words(kk=f"{changed.kk} {_ADVICE.kk}", ru=f"{changed.ru} {_ADVICE.ru}", en=f"{changed.en} {_ADVICE.en}")
    return Letter(subject=_SUBJECT, text=text, to=("member",))
