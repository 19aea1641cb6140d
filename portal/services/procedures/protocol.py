"""What a procedure is: the Python that decides the cases of a passport, behind one face.

A passport names its procedure; whoever has such a case asks the procedure, and nobody asks which one it is. A procedure
is a package with a subclass of Procedure in it; docs/procedures.md says how one is written.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, ClassVar, Literal

from ...models import Case, StaffMember
from ..cases.timeline import OPEN
from ..journeys.journey import Journey
from ..passports.needs import Needs
from ..passports.schema import FieldSpec, Passport, Text
from .rules import Rules, frozen


@dataclass(frozen=True)
class UnderWay:
    """What is said to who asks for the same once more. `mine`: they applied themselves; `others`: somebody else did."""

    title: Text
    mine: Text
    others: Text


UNDER_WAY = UnderWay(
    title=Text(kk="Өтініш берілген", ru="Заявление уже подано", en="There is an application already"),
    mine=Text(
        kk="Бұл қызметке өтініш беріп қойғансыз, ол қаралып жатыр.",
        ru="Вы уже подали заявление на эту услугу, оно рассматривается.",
        en="You have applied for this service already, and your application is under way.",
    ),
    others=Text(
        kk="Бұл адам үшін өтініш берілген, ол қаралып жатыр. Сізге ештеңе істеудің қажеті жоқ.",
        ru="За этого человека заявление уже подано, оно рассматривается. Вам ничего делать не нужно.",
        en="Somebody has applied for this person already, and it is under way. You need not do anything.",
    ),
)


class AlreadyUnderWay(ValueError):
    """The same is under way for this person already. `said`: in whose words; `number`: of the applicant's own case, ""
    of somebody else's."""

    said: UnderWay = UNDER_WAY

    def __init__(self, said: UnderWay | None = None, number: str = "") -> None:
        super().__init__(number)
        self.said, self.number = said or self.said, number


@dataclass(frozen=True)
class ShownLine:
    """A line among the facts of a case: `id` stands in the page, for tests and for scripts."""

    id: str
    label: Text
    value: Text


Mood = Literal["good", "act", "wait", "bad"]


@dataclass(frozen=True)
class NextStep:
    """What happened and what to do next, in one sentence (`said`); `more`: what comes then, or what is lost otherwise.

    `mood`: there is something to be glad of, to do, to wait for, to contest. `paper`: the kind of paper it is about.
    `writes`: whether a document may be sent to the officer here, with `mood` "act": it has to be; `complains`: whether
    the thing to do is to complain of it.
    """

    mood: Mood
    said: Text
    more: Text | None = None
    paper: str = ""
    writes: bool = False
    complains: bool = False


@dataclass(frozen=True)
class Place:
    """Where to go: `phone` as +7XXXXXXXXXX; "" for what is not known."""

    name: Text
    address: Text | None = None
    phone: str = ""


@dataclass(frozen=True)
class KeyDate:
    """A day that matters to the citizen; `id` stands in the address of its calendar file."""

    id: str
    label: Text
    day: dt.date


@dataclass(frozen=True)
class Stage:
    """A stage on a case's way; `events`: the kinds of event that say it is reached."""

    id: str
    label: Text
    events: frozenset[str]


def _stage(id: str, kk: str, ru: str, en: str, *events: str) -> Stage:
    return Stage(id, Text(kk=kk, ru=ru, en=en), frozenset(events))


SENT = _stage("sent", "Жіберілді", "Отправлено", "Sent", "submitted")
STAGES = (
    SENT,
    _stage("review", "Қаралуда", "Рассматривается", "Under review", "taken", "assigned"),
    _stage("decision", "Шешім", "Решение", "Decision", "granted", "refused", "answered"),
)


@dataclass(frozen=True)
class Shown:
    """What pages say of a case beside its state. `offers`: what the citizen may do now, of the procedure's `offers`;
    `note`: a few sentences below the facts; `unchecked`: what an open check means for it; `lost`: what withdrawing it
    gives away; `own`: lines for its owner's eyes alone; `figure`: what people came for, drawn large; `next`, `place`,
    `dates`: what to do, where, until when;
    `reached`: how many of the stages are behind, None for as many as usual in its state."""

    lines: tuple[ShownLine, ...] = ()
    figure: ShownLine | None = None
    next: NextStep | None = None
    place: Place | None = None
    dates: tuple[KeyDate, ...] = ()
    reached: int | None = None
    offers: tuple[str, ...] = ()
    note: Text | None = None
    unchecked: Text | None = None
    lost: Text | None = None
    own: tuple[ShownLine, ...] = ()


@dataclass(frozen=True)
class ProcedureJob:
    """What the worker does for a procedure: a bounded amount of work; how many things were done.

    Once a minute, or, where somebody waits for it, each round. `alone`: by one worker at a time.
    """

    name: str
    run: Callable[[dt.datetime], int]
    each_round: bool = False
    alone: bool = False


@dataclass(frozen=True)
class Action:
    """A button of the procedure's own on a page; for officers its rules say who has it, and when.

    `text`: the label of what the officer has to write, None where the button is enough; `done`: said afterwards.
    """

    title: Text
    hint: Text
    button: Text
    done: Text
    text: Text | None = None


@dataclass(frozen=True)
class Claim:
    """What stands on the applicant's word: its subject as checks name it, in words, its last day if it has one."""

    subject: str
    words: Text
    last: dt.date | None = None


class Procedure:
    """A way to decide cases. Whatever a procedure does not say stays as here: nothing happens by itself.

    Every method that takes `now` and a case is called inside the transaction of what has happened.
    """

    name: ClassVar[str]  # as passports write it
    needs: ClassVar[Needs] = Needs()
    rules: ClassVar[Rules] = frozen({})  # an officer's actions
    actions: ClassVar[Mapping[str, Action]] = MappingProxyType({})  # those of its own, by the names in `rules`
    offers: ClassVar[Mapping[str, Action]] = MappingProxyType({})  # what only this procedure offers a citizen
    state_words: ClassVar[Mapping[str, Text]] = MappingProxyType({})  # states that it calls by words of its own
    decided_by_officers: ClassVar[bool] = False  # open to them from submission; taking it up begins the review
    under_way: ClassVar[UnderWay] = UNDER_WAY  # said to who asks for the same once more
    stages: ClassVar[tuple[Stage, ...]] = STAGES  # the way of a case, for whoever sent it
    jobs: ClassVar[tuple[ProcedureJob, ...]] = ()

    def state_word(self, state: str, passport: Passport) -> Text | None:
        """What it calls a state, where it has a word of its own; the passport may say more of a result."""
        return self.state_words.get(state)

    def begin(self, case: Case, journey: Journey, now: dt.datetime) -> None:
        """The case was submitted: do what comes first. Raises AlreadyUnderWay; then nothing was submitted."""

    def confirmed(self, case: Case, passport: Passport, now: dt.datetime) -> None:
        """Everything that stood on the citizen's word is confirmed: decide what had to wait."""

    def can_withdraw(self, case: Case) -> bool:
        """Whether the citizen may take it back now."""
        return case.state in OPEN

    def withdraw(self, case: Case, now: dt.datetime) -> None:
        """The citizen takes it back: give up whatever it holds, before its state changes."""

    def find_earlier(self, iin: str) -> Case | None:
        """The case that already gets for the person what another one would ask for once more."""
        return None

    def about_options(self, spec: FieldSpec, journey: Journey) -> Mapping[str, Text]:
        """What one should know before choosing, of each option of a list from the reference data, by its code."""
        return {}

    def list_changeable(self, case: Case) -> tuple[str, ...]:
        """The questions whose answers the citizen may change while the case is under way, by id."""
        return ()

    def change(self, case: Case, passport: Passport, answers: Mapping[str, Any], now: dt.datetime) -> None:
        """The citizen has changed answers of list_changeable(); `case.answers` still are those of before."""
        raise NotImplementedError(self.name)

    def show(self, case: Case, now: dt.datetime) -> Shown:
        """What pages say of the case beside its state."""
        return Shown()

    def list_positions(self, ids: Sequence[int], now: dt.datetime) -> Mapping[int, int]:
        """Of the cases with these ids, the numbers in its queue of those that wait there, 1 being the next: for a list
        of cases, in a few queries for them all."""
        return {}

    def list_last_days(self, cases: Sequence[Case], now: dt.datetime) -> Mapping[int, dt.date]:
        """By the ids of these cases, the last day of what nobody has confirmed, where there is one: for a list of
        cases, in a few queries for them all."""
        return {}

    def list_unconfirmed(self, case: Case, passport: Passport, now: dt.datetime) -> tuple[Claim, ...]:
        """What of the case nobody has confirmed, for the officer who may: they see what waits, and until when."""
        return ()

    def is_open(self, action: str, case: Case, now: dt.datetime) -> bool:
        """Whether one of `actions` that the rules let pass makes sense for the case as it stands."""
        return True

    def take_up(self, offer: str, case: Case, now: dt.datetime) -> None:
        """The citizen takes up one of `offers`, which show() says is open."""
        raise NotImplementedError(offer)

    def act(self, action: str, case: Case, passport: Passport, staff: StaffMember, text: str, now: dt.datetime) -> None:
        """Do one of `actions`, which the rules let pass; `text` is not empty where the action asks for one."""
        raise NotImplementedError(action)
