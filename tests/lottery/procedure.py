"""A third procedure, written as a stranger would from docs/procedures.md: garden plots, given by lot. All invented."""

from __future__ import annotations

import datetime as dt
import hashlib

from portal.db import db
from portal.models import Account, Case, Organisation, StaffMember
from portal.services.cases.timeline import add_event, close_tasks, set_state
from portal.services.journeys.journey import Journey
from portal.services.local_time import local
from portal.services.messages.notices import tell
from portal.services.papers.issuing import issue_paper
from portal.services.papers.paper_kinds.order import OrderData
from portal.services.passports.catalogue import get_passport
from portal.services.passports.needs import Needs
from portal.services.passports.schema import Passport, Text
from portal.services.procedures.protocol import Action, AlreadyUnderWay, Procedure, ProcedureJob, Shown, ShownLine
from portal.services.procedures.rules import ActionRule, frozen

SERVICE = "garden-plot"


class AppliedAlready(AlreadyUnderWay):
    """One household draws one lot."""


def lot_of(case: Case) -> str:
    """The lot of a case: nobody chooses it, anybody can check it."""
    return hashlib.sha256(case.number.encode()).hexdigest()[:6].upper()


def draw(now: dt.datetime) -> int:
    """Draw among those whose day of the draw has come: the smallest lots win; how many were decided."""
    rows = Case.select(Case, Account, Organisation).join(Account).switch(Case).join(Organisation)
    waiting = list(rows.where(Case.service == SERVICE, Case.state == "accepted", Case.due_at <= now))
    with db.atomic():
        for place, case in enumerate(sorted(waiting, key=lot_of)):
            passport = get_passport(case.service, case.edition)
            plots = passport.policy_value("plots", local(now).date())
            assert isinstance(plots, int)
            if place < plots:
                give(case, passport, now)
            else:
                set_state(case, "refused", now)
                add_event(case, "refused", now)
    return len(waiting)


def give(case: Case, passport: Passport, now: dt.datetime) -> None:
    lang = case.language
    set_state(case, "granted", now)
    add_event(case, "granted", now)
    close_tasks(case, now)
    data = OrderData(
        number=case.number, body=getattr(case.body, f"name_{lang}"), order_number=lot_of(case), place="",
        subject=passport.title.in_(lang), preamble=case.answers["wish"], clauses=(f"Лот {lot_of(case)}",),
        signer_post="", signer_name="",
    )  # fmt: skip
    issue_paper(case, "order", data, now, lang)
    tell(case, "granted", now)


class Lottery(Procedure):
    name = "lottery"
    needs = Needs(fields={"wish": "text"}, policy={"plots": int})
    rules = frozen({"accepted": {"strike_out": ActionRule(roles=frozenset({"head"})), "message": ActionRule()}})
    actions = {
        "strike_out": Action(
            title=Text(kk="Жеребеден шығару", ru="Исключить из жеребьёвки", en="Strike out of the draw"),
            hint=Text(kk="Себебін жазыңыз.", ru="Напишите почему.", en="Say why."),
            button=Text(kk="Шығару", ru="Исключить", en="Strike out"),
            done=Text(kk="Шығарылды.", ru="Исключено.", en="Struck out."),
            text=Text(kk="Себебі", ru="Причина", en="Reason"),
        )
    }
    state_words = {
        "accepted": Text(kk="Жеребеде", ru="Участвует в жеребьёвке", en="In the draw"),
        "granted": Text(kk="Жер телімі сіздікі", ru="Участок ваш", en="The plot is yours"),
    }
    jobs = (ProcedureJob("draw_lots", draw),)

    def begin(self, case: Case, journey: Journey, now: dt.datetime) -> None:
        others = (Case.account == case.account_id) & (Case.service == case.service) & (Case.id != case.id)
        if Case.select().where(others, Case.state == "accepted").exists():
            raise AppliedAlready
        set_state(case, "accepted", now)

    def show(self, case: Case, now: dt.datetime) -> Shown:
        lot = Text(kk=lot_of(case), ru=lot_of(case), en=lot_of(case))
        return Shown(
            lines=(ShownLine("lot", Text(kk="Жеребе", ru="Жребий", en="Lot"), lot),),
            note=Text(kk="Жеребе тартылады.", ru="Будет жеребьёвка.", en="Lots will be drawn."),
            lost=Text(kk="Жеребеңіз жоғалады.", ru="Вы потеряете жребий.", en="You lose your lot."),
        )

    def act(self, action: str, case: Case, passport: Passport, staff: StaffMember, text: str, now: dt.datetime) -> None:
        set_state(case, "refused", now)
        add_event(case, "refused", now, case.body.code, by=staff.name, text=text)


LOTTERY = Lottery()
