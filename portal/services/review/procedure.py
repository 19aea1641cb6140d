"""Review: officers decide, and sign what they decided."""

from __future__ import annotations

import datetime as dt
from types import MappingProxyType

from ...models import Case, Check
from ..cases import proofs
from ..journeys.people import read_people
from ..kinds import Words
from ..languages import LANGUAGES, format_day
from ..local_time import local
from ..passports.catalogue import get_passport
from ..passports.needs import Needs
from ..passports.orders import paper_kind
from ..passports.schema import Passport, Text
from ..procedures.protocol import Claim, KeyDate, NextStep, Procedure, ProcedureJob, Shown
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


_PROVE = Words(
    kk="Баланың сіздікі екенін растайтын құжатты жіберіңіз, соңғы күні: {day}",
    ru="До {day} пришлите документ о том, что ребёнок ваш",
    en="Send a document that proves the child is yours by {day}",
)
_HOW = Words(
    kk="Тізілімдер бала сіздікі екенін растаған жоқ. Туу туралы куәліктің (қамқоршы – қорғаншылық құжатының) суретін"
    " істің бетінен жіберіңіз немесе мына жерге көрсетіңіз: {place}. Өтініш қаралып жатыр; құжат келмесе, маман"
    " барымен шешеді, бас тартуы да мүмкін. Тізілім өзі растаса, ештеңе жіберудің қажеті болмайды.",
    ru="Реестры не подтвердили, что ребёнок ваш. Пришлите на странице дела фото свидетельства о рождении (опекун –"
    " документа об опеке) или покажите его: {place}. Заявление рассматривается; без документа специалист решит по"
    " тому, что есть, и может отказать. Если реестр подтвердит сам, присылать ничего не нужно.",
    en="The registers have not confirmed that the child is yours. Send a photo of the birth certificate (a guardian:"
    " of the guardianship paper) from the page of the case, or show it at: {place}. The application is being"
    " reviewed; without the document the officer decides on what there is, and may refuse. If a register confirms"
    " it after all, nothing is needed.",
)
_COMES = Words(
    kk="Құжатыңыз бізде, маман тексереді: жауаптың соңғы күні {day}",
    ru="Ваш документ у нас, его проверяет специалист: ответ до {day}",
    en="We have your document, an officer checks it: the answer comes by {day}",
)
_NOTHING = Words(
    kk="Әзірге ештеңе істеудің қажеті жоқ. Бірдеңе жетпесе, осында жазып, SMS жібереміз.",
    ru="Пока ничего делать не нужно. Если чего-то не хватит, напишем здесь и пришлём SMS.",
    en="You need not do anything for now. If something is missing, we write here and send an SMS.",
)
_ANSWER_DUE = Words(kk="Жауап мерзімі", ru="Срок ответа", en="The answer is due")


def _say(words: Words, **values: str) -> Text:
    return Text(**{lang: words.say(lang, **values) for lang in LANGUAGES})


def _by_day(words: Words, case: Case) -> Text:
    return Text(**{lang: words.say(lang, day=format_day(case.due_at, lang)) for lang in LANGUAGES})


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
        """What no register has confirmed: which document is missing, until when; or that it has come."""
        if not case.unchecked or case.state not in ("submitted", "in_review"):
            return Shown()
        passport = get_passport(case.service, case.edition)
        place = where_to(case.body, passport)
        how = Text(**{lang: _HOW.say(lang, place=place.in_(lang)) for lang in LANGUAGES})
        if case.due_at <= now:
            return Shown(unchecked=how)
        dates = (KeyDate("answer", _say(_ANSWER_DUE), local(case.due_at).date()),)
        if proofs.has_come(case, passport, "child"):
            step = NextStep("wait", _by_day(_COMES, case), _say(_NOTHING), writes=True)
            return Shown(next=step, dates=dates, unchecked=step.said)
        return Shown(next=NextStep("act", _by_day(_PROVE, case), how, writes=True), dates=dates, unchecked=how)

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
