"""Review: officers decide, and sign what they decided."""

from __future__ import annotations

from types import MappingProxyType

from ..passports.needs import Needs
from ..passports.schema import Text
from ..procedures.protocol import Job, Procedure
from .decisions import issue_signed
from .table import REVIEW


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
    jobs = (Job("issue_signed", issue_signed, each_round=True),)
