"""Review: officers decide, and sign what they decided."""

from __future__ import annotations

from types import MappingProxyType

from ..passports.needs import Needs
from ..passports.orders import paper_kind
from ..passports.schema import Passport, Text
from ..procedures.protocol import Procedure, ProcedureJob
from .decisions import issue_signed
from .table import REVIEW

CERTIFIED = Text(
    kk="Оң шешім шықты: анықтама дайын",
    ru="Решение положительное: справка готова",
    en="Granted: the certificate is ready",
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
    jobs = (ProcedureJob("issue_signed", issue_signed, each_round=True),)

    def state_word(self, state: str, passport: Passport) -> Text | None:
        """A granted case ends in an order or in a certificate, as its passport says."""
        if state == "granted" and paper_kind(passport) == "certificate":
            return CERTIFIED
        return super().state_word(state, passport)
