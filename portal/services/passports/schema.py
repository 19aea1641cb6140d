"""What a passport file may say: the shape of a public service passport, checked when it is read. Pure.

A passport (мемлекеттік қызмет паспорты) is data: who may ask, where, when, with which documents, in what time, for
what result, on what grounds it is refused, how to complain, and the questions of its application form.
"""

from __future__ import annotations

import datetime as dt
import functools
from typing import Literal, get_args

from pydantic import Field, field_validator, model_validator

from .checks import AnswerCheck
from .faults import N_
from .hours import Hours, OpeningHours
from .parts import Condition as Condition
from .parts import Model, Slug
from .parts import Text as Text

ChannelId = Literal["portal", "mobile", "provider_office", "state_corporation"]
OrganisationKind = Literal["provider", "school", "state_corporation", "authorised_body", "contact_centre"]
ORGANISATION_KINDS: tuple[OrganisationKind, ...] = get_args(OrganisationKind)
FieldType = Literal[
    "text", "long_text", "iin", "date", "phone", "choice", "choices", "ordered",
    "locality", "consent", "person", "upload",
]  # fmt: skip


class DocumentSpec(Model):
    """A document that a channel asks for. What the registers hold (`registry`) is never asked of the citizen."""

    id: Slug
    kind: Literal["form", "original", "upload", "registry"]
    required: Literal["always", "if_available"] = "always"
    title: Text


class Channel(Model):
    id: ChannelId
    name: Text
    hours: OpeningHours
    hours_alternatives: tuple[Hours, ...] = ()  # other hours the passport allows; each organisation has chosen one
    reception: Hours | None = None  # when papers are taken and results given, where it differs from the opening hours
    week: Literal["five_day", "six_day"] | None = (
        None  # whose days off it has; by default six_day where Saturdays are open
    )
    booking: bool = False  # a place in the electronic queue can be booked
    documents: tuple[DocumentSpec, ...] = ()
    signature: tuple[Literal["eds", "otp", "in_person"], ...] = ()
    address: str | None = None  # of a web portal


class Term(Model):
    """A term: minutes from the moment, or working days from the day after registration. Exactly one of the two."""

    minutes: int | None = Field(default=None, gt=0)
    working_days: int | None = Field(default=None, gt=0)

    @model_validator(mode="after")
    def _one(self) -> Term:
        if (self.minutes is None) == (self.working_days is None):
            raise ValueError(N_('write exactly one of "minutes" and "working_days"'))
        return self


class Terms(Model):
    service: Term
    queue_wait: Term | None = None
    at_counter: Term | None = None
    # What arrives after working time is registered at once, or on the next working day.
    after_hours: Literal["at_once", "next_working_day"] = "at_once"


class Ground(Model):
    """A ground for refusal: the only ones an officer may choose from."""

    id: Slug
    text: Text
    law: Text | None = None


class Extension(Model):
    """By how many working days at most the answer to a complaint may be put off, once; 0: not at all. `law` says so."""

    working_days: int = Field(ge=0, le=60)
    law: Text


class ComplaintRoute(Model):
    """Where a complaint may go, and in what time it is answered. Court has no term of ours."""

    to: Literal["provider", "state_corporation", "authorised_body", "court"]
    name: Text
    when: Text
    term: Term | None = None
    extension: Extension | None = None
    answer_signed_by: Literal["officer", "head"] = "officer"  # who looked into it, or a head of the body after them


class Contact(Model):
    kind: Literal["phone", "web", "note"]
    value: str
    label: Text | None = None


class Section(Model):
    """A row of the passport's own text, every statement in its order. Structured values repeat it for the engine."""

    number: str | None = None
    title: Text | None = None
    body: tuple[Text, ...] = ()


class Clause(Text):
    """A clause of the result's paper. `when` looks at the answers; without it, or where it holds, the clause stands."""

    when: Condition | None = None


class Grant(Model):
    """The paper that a granted application ends in; "{field id}" stands for an answer.

    `paper`: an order disposes of something («БҰЙЫРАМЫН»), a certificate states something. `title` heads the paper, in
    place of the usual word for it. `signed_by`: the head of the body, or also the officer who decides.
    """

    paper: Literal["order", "certificate"] = "order"
    title: Text | None = None
    signed_by: Literal["head", "officer"] = "head"
    subject: Text
    preamble: Text
    clauses: tuple[Clause, ...] = Field(min_length=1)


class Routing(Model):
    """To which body a case goes: by an answer (`field`), or always to one (`body`: its code in the reference data).

    `provided_by`: the kinds of organisations that all provide the service unless they say otherwise; of any other kind
    only those that say so.
    """

    by: Literal["locality", "school", "office", "body"]
    field: Slug | None = None
    body: str | None = Field(default=None, pattern=r"^[a-z0-9][a-z0-9-]{0,39}$")
    provided_by: tuple[OrganisationKind, ...] = ()


class Option(Model):
    id: Slug
    label: Text
    hint: Text | None = None
    priority: Literal["extraordinary", "first"] | None = None  # the queue's class that this answer claims
    proof: Text | None = None  # the document that proves it where no register does


class FieldRule(Model):
    """A rule over a field's value beyond its type, with the sentence the reader sees when it does not hold."""

    rule: Literal["age_under", "age_at_least", "not_past", "not_future", "within_days", "min_length", "pattern"]
    value: int | str | None = None  # years, days, letters or a regular expression, as the rule wants
    message: Text


class FieldSpec(Model):
    """A question. `id` is the control's name and the answer's key; it outlives edits of the words."""

    id: Slug
    type: FieldType
    label: Text
    short: Text | None = None  # how officers call the answer, where the question is long or speaks to the citizen
    hint: Text | None = None
    required: bool = True
    when: Condition | None = None
    options: tuple[Option, ...] = ()
    options_from: Literal["kindergartens", "schools", "offices"] | None = None  # reference data of the chosen locality
    max_choices: int | None = Field(default=None, gt=0)
    max_length: int | None = Field(default=None, gt=0)
    max_files: int | None = Field(default=None, gt=0, le=20)  # of an upload; 10 where it does not say
    prefill: str | None = None  # "<person field>.<fact>" or "account.<fact>"
    rules: tuple[FieldRule, ...] = ()
    statement: Text | None = None  # the full text of a consent
    proves: Literal["child"] | None = None  # of an upload: it shows what no register does
    draft: Text | None = None  # of a long text, to be edited; "{field id}" stands for an earlier answer

    @property
    def is_name(self) -> bool:
        """Whether it asks for a person's name, which a register has, too."""
        return self.type == "text" and (self.prefill or "").endswith(".name")


class Step(Model):
    id: Slug
    title: Text
    hint: Text | None = None
    when: Condition | None = None
    fields: tuple[FieldSpec, ...] = Field(min_length=1)


class Renewal(Model):
    """When a granted case nears its end: the answer that states the end, how early to ask, what to ask anew."""

    until: Slug
    days_before: int = Field(gt=0)
    ask_again: tuple[Slug, ...] = ()


class PolicyValue(Model):
    """A number that localities and years change, from a date on."""

    effective_from: dt.date
    value: int | str | bool
    source: str | None = None


class Effective(Model):
    from_: dt.date = Field(alias="from")
    to: dt.date | None = None


class Passport(Model):
    id: Slug
    edition: str = Field(pattern=r"^\d{4}-\d{2}-\d{2}$")
    effective: Effective
    title: Text
    short_title: Text
    summary: Text
    situation: Text | None = None  # of life, for which it is there: services stand under it on the home page
    outcome: Text | None = None  # what one ends up with, in a line; by default the results' own words
    price: Text | None = None  # in a word, beside the `fee` of the text: "Free of charge"
    icon: Literal["service", "child", "home", "paper"] = "service"  # drawn beside the name (templates/_look.html)
    keywords: tuple[str, ...] = ()  # words people search by, in any language
    procedure: str  # whose Python decides, services/procedures/table.py: a new kind of procedure is new code
    provider: Text
    recipients: Text
    form: Text
    result: tuple[Text, ...] = Field(min_length=1)
    fee: Text
    legal_basis: tuple[Text, ...] = ()
    contacts: tuple[Contact, ...] = ()
    channels: tuple[Channel, ...] = Field(min_length=1)
    terms: Terms
    refusal_grounds: tuple[Ground, ...] = ()
    grant: Grant | None = None
    complaints: tuple[ComplaintRoute, ...] = ()
    complaints_law: Text | None = None  # said when the routes come from general law, not from the passport's own text
    apply_elsewhere: Text | None = None  # where one applies while the online form is not open
    routing: Routing | None = None
    steps: tuple[Step, ...] = ()
    checks: tuple[AnswerCheck, ...] = ()  # rules that see several answers
    renewal: Renewal | None = None
    text: tuple[Section, ...] = Field(min_length=1)
    policy: dict[Slug, tuple[PolicyValue, ...]] = Field(default_factory=dict)
    order: int = 100  # the place in the list of services, small first

    @field_validator("edition")
    @classmethod
    def _edition_is_a_date(cls, edition: str) -> str:
        dt.date.fromisoformat(edition)
        return edition

    @property
    def opens_online(self) -> bool:
        """Whether one can apply here: a form and a portal channel."""
        return bool(self.steps) and self.channel("portal") is not None

    def channel(self, id: str) -> Channel | None:
        return next((channel for channel in self.channels if channel.id == id), None)

    def fields(self) -> tuple[FieldSpec, ...]:
        return self._fields

    @functools.cached_property
    def _fields(self) -> tuple[FieldSpec, ...]:
        return tuple(field for step in self.steps for field in step.fields)

    def field(self, id: str) -> FieldSpec | None:
        return next((field for field in self.fields() if field.id == id), None)

    def policy_value(self, name: str, on: dt.date) -> int | str | bool | None:
        """The number that `policy` gives to `name` on a day; None when it says nothing for that day."""
        values = [v for v in self.policy.get(name, ()) if v.effective_from <= on]
        return max(values, key=lambda v: v.effective_from).value if values else None

    def in_force(self, on: dt.date) -> bool:
        """Whether this edition is the law on a day."""
        return self.effective.from_ <= on and (self.effective.to is None or on <= self.effective.to)
