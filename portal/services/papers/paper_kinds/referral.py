"""A place in a kindergarten. Жолдама. Pure."""

from __future__ import annotations

from dataclasses import dataclass

from ...kinds import Words
from ..labels import BIRTH_YEAR, CHILD, INSTRUCTION, SERVICE
from ..paper_kind import PaperKind
from ..parts import Layout, Part, iso_date, lines

_KINDERGARTEN = Words(
    kk="Мектепке дейінгі ұйым",
    ru="Дошкольная организация",
    en="Kindergarten",
)
_ADDRESS = Words(
    kk="Мекенжайы",
    ru="Адрес",
    en="Address",
)
_PHONE = Words(
    kk="Телефоны",
    ru="Телефон",
    en="Telephone",
)
_GROUP = Words(
    kk="Тобы",
    ru="Группа",
    en="Group",
)
_VALID_UNTIL = Words(
    kk="Жолдама жарамды болатын соңғы күн",
    ru="Направление действует по (включительно)",
    en="Valid to the end of",
)
_NEXT = Words(
    kk="Енді не істеу керек",
    ru="Что делать дальше",
    en="What to do next",
)


@dataclass(frozen=True)
class ReferralData:
    """Жолдама: a place in a kindergarten. `valid_until`: ISO date, its last day; `next`: what to do, sentences."""

    service: str
    number: str
    body: str
    child: str
    birth_year: int
    kindergarten: str
    group: str
    instruction: str
    valid_until: str
    next: tuple[str, ...] = ()
    address: str = ""
    phone: str = ""


def lay(data: ReferralData, language: str, base_url: str) -> Layout:
    """Which kindergarten, for whom, until when, what to do next."""
    return Layout(
        headline=(_KINDERGARTEN.in_(language), data.kindergarten),
        lines=lines(
            language,
            (CHILD, data.child),
            (BIRTH_YEAR, str(data.birth_year)),
            (_ADDRESS, data.address),
            (_PHONE, data.phone),
            (_GROUP, data.group if data.group != str(data.birth_year) else ""),
            (INSTRUCTION, data.instruction),
            (_VALID_UNTIL, iso_date(data.valid_until, language)),
            (SERVICE, data.service),
        ),
        parts=(Part(_NEXT.in_(language), text=data.next),) if data.next else (),
    )


KIND = PaperKind(
    id="referral",
    title=Words(
        kk="Мектепке дейінгі балалар ұйымына жолдама",
        ru="Направление в детскую дошкольную организацию",
        en="Referral to a preschool children's organisation",
    ),
    name=Words(
        kk="Балабақшаға жолдама",
        ru="Направление в детский сад",
        en="Referral to a kindergarten",
    ),
    data=ReferralData,
    lay=lay,
    decides=True,
    ends_with_case=True,
    replaces=("queue_notice",),
)
