"""Review: officers decide, and sign what they decided."""

from __future__ import annotations

import datetime as dt
from types import MappingProxyType

from ...models import Case, Check
from ..cases.timeline import OPEN
from ..journeys.people import read_people
from ..passports.catalogue import get_passport
from ..passports.needs import Needs
from ..passports.orders import paper_kind
from ..passports.schema import Passport, Text
from ..procedures.protocol import Claim, Procedure, ProcedureJob, Shown
from ..reference.where_to import where_to
from .claim_words import name_claim
from .decisions import issue_signed
from .set_aside import ask_for_somebody_late
from .table import REVIEW

CERTIFIED = Text(
    kk="Оң шешім шықты: анықтама дайын",
    ru="Решение положительное: справка готова",
    en="Granted: the certificate is ready",
)


def unconfirmed(place: Text) -> Text:
    """What an applicant does whose child the registers do not know."""
    return Text(
        kk="Мемлекеттік тізілімдер бала сіздің балаңыз екенін әлі растаған жоқ. Өтініш қарала береді. Келесі қадам:"
        f" баланың туу туралы куәлігін (қамқоршы болсаңыз, қамқорлық туралы құжатты) және жеке куәлігіңізді мына жерге"
        f" көрсетіңіз: {place.kk}. Тізілім өзі растаса, бұл жазба жоғалады, ештеңе апарудың қажеті болмайды.",
        ru="Государственные реестры ещё не подтвердили, что ребёнок ваш. Заявление тем временем рассматривается."
        " Следующий шаг: покажите свидетельство о рождении ребёнка (опекун – документ об опеке) и своё удостоверение"
        f" личности здесь: {place.ru}. Если реестр подтвердит сам, эта запись исчезнет, и нести ничего не нужно.",
        en="The state registers have not confirmed yet that the child is yours. The application is being reviewed"
        " meanwhile. The next step: show the child's birth certificate (a guardian: the guardianship paper) and your"
        f" identity card here: {place.en}. If a register confirms it after all, this note goes, and nothing is needed.",
    )


class Review(Procedure):
    """One officer prepares a grant or a refusal, another one signs it where the passport says so."""

    name = "review"
    needs = Needs(
        policy=MappingProxyType(
            {"decision_signed_by_another": bool, "correction_deadline": ("runs_on", "pauses", "restarts")}
        )
    )
    rules = REVIEW
    state_words = MappingProxyType(
        {
            "granted": Text(
                kk="Оң шешім шықты: бұйрық дайын",
                ru="Решение положительное: приказ готов",
                en="Granted: the order is ready",
            )
        }
    )
    decided_by_officers = True
    jobs = (
        ProcedureJob("issue_signed", issue_signed, each_round=True),
        ProcedureJob("ask_for_somebody", ask_for_somebody_late),
    )

    def show(self, case: Case, now: dt.datetime) -> Shown:
        """What no register has confirmed, and the next step; it holds nothing up: the officer looks at the paper."""
        if not case.unchecked or case.state not in OPEN:
            return Shown()
        return Shown(unchecked=unconfirmed(where_to(case.body, get_passport(case.service, case.edition))))

    def list_unconfirmed(self, case: Case, passport: Passport, now: dt.datetime) -> tuple[Claim, ...]:
        """That the child is the applicant's: no term, for it holds nothing up."""
        pending = Check.select(Check.subject).where(Check.case == case, Check.state == "pending")
        people = read_people(passport, case.answers, case.facts)
        stated = [one for one in people if not one.confirmed]
        return tuple(Claim(row.subject, name_claim(row.subject, stated)) for row in pending.order_by(Check.subject))

    def state_word(self, state: str, passport: Passport) -> Text | None:
        """A granted case ends in an order or in a certificate, as its passport says."""
        if state == "granted" and paper_kind(passport) == "certificate":
            return CERTIFIED
        return super().state_word(state, passport)
