"""What a granted application's order says: the passport's words with the case's values put in. Pure."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from ..languages import LANGUAGES
from .faults import N_, Fault, Path, nearest
from .schema import Clause, Passport, Text

# What an order may name beside the answers.
CASE_VALUES = ("number", "applicant", "body", "responsible", "legal_basis", "service")
_PLACE = re.compile(r"\{([^{}]*)\}")

_BARE = {
    "subject": {
        "kk": "Мемлекеттік қызметті көрсету туралы",
        "ru": "Об оказании государственной услуги",
        "en": "On the provision of a public service",
    },
    "preamble": {
        "kk": "{applicant} берген {number} нөмірлі өтініш негізінде",
        "ru": "На основании заявления № {number} (заявитель: {applicant})",
        "en": "On the basis of application No. {number} by {applicant}",
    },
    "clause": {
        "kk": "Мемлекеттік қызмет көрсетілсін: «{service}».",
        "ru": "Оказать государственную услугу: «{service}».",
        "en": 'The public service is to be provided: "{service}".',
    },
}


@dataclass(frozen=True)
class OrderWords:
    """The words of one order, in one language."""

    subject: str
    preamble: str
    clauses: tuple[str, ...]
    title: str = ""  # over the paper, where the passport gives it one


def write_order(
    passport: Passport, lang: str, values: Mapping[str, str], stands: Callable[[Clause], bool]
) -> OrderWords:
    """The order's words. `values`: answers as people read them, by field id, and CASE_VALUES. `stands`: by its `when`.

    A clause whose answer was not given is left out. A passport that words no order gets a bare one: the service is to
    be provided.
    """
    values = {**values, "service": passport.title.in_(lang)}
    grant = passport.grant
    if grant is None:
        return OrderWords(
            _filled(_BARE["subject"][lang], values),
            _filled(_BARE["preamble"][lang], values),
            (_filled(_BARE["clause"][lang], values),),
        )
    clauses = [clause.in_(lang) for clause in grant.clauses if stands(clause)]
    return OrderWords(
        title=grant.title.in_(lang) if grant.title else "",
        subject=grant.subject.in_(lang),
        preamble=_filled(grant.preamble.in_(lang), values),
        clauses=tuple(_filled(text, values) for text in clauses if all(values[name] for name in _PLACE.findall(text))),
    )


def paper_kind(passport: Passport) -> str:
    """The kind of paper that a granted application ends in; an order where the passport says nothing."""
    return passport.grant.paper if passport.grant else "order"


def officers_sign(passport: Passport) -> bool:
    """Whether an officer may sign what is granted, and not the head alone."""
    return passport.grant is not None and passport.grant.signed_by == "officer"


def grant_faults(passport: Passport) -> Iterator[Fault]:
    """Names in the order's words that neither a question nor the case gives, once there are questions."""
    if passport.grant is None or not passport.steps:
        return
    known = [*CASE_VALUES, *(field.id for field in passport.fields())]
    texts: list[tuple[Path, Text]] = [(("grant", "preamble"), passport.grant.preamble)]
    texts += [(("grant", "clauses", number), clause) for number, clause in enumerate(passport.grant.clauses)]
    for path, text in texts:
        for lang in LANGUAGES:
            for name in _PLACE.findall(text.in_(lang)):
                if name not in known:
                    near = nearest(name, known)
                    mend = N_("did you mean %(word)s?", word=f"{{{near}}}") if near else N_("write the id of a field")
                    yield Fault(
                        (*path, lang),
                        N_('"%(name)s" is no answer of this form; %(mend)s', name=f"{{{name}}}", mend=mend),
                    )


def _filled(text: str, values: Mapping[str, str]) -> str:
    return _PLACE.sub(lambda found: values[found[1]], text)
