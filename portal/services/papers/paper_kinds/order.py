"""What a body orders after it granted an application. Бұйрық. Pure."""

from __future__ import annotations

from dataclasses import dataclass

from ...kinds import Words
from ..paper_kind import PaperKind
from ..parts import Layout, Part

_ORDER_NUMBER = Words(
    kk="Бұйрықтың нөмірі",
    ru="Номер приказа",
    en="Order number",
)
_I_ORDER = Words(
    kk="БҰЙЫРАМЫН:",
    ru="ПРИКАЗЫВАЮ:",
    en="I ORDER:",
)


@dataclass(frozen=True)
class OrderData:
    """Бұйрық: what a body orders after it granted an application.

    `order_number`: of the body's yearly series; `place`: the town; `subject`: «Үйде жеке тегін оқыту туралы»;
    `preamble`: on what grounds; `clauses` are numbered as they stand; `title`: as the passport calls it.
    """

    number: str  # of the case
    body: str
    order_number: str
    place: str
    subject: str
    preamble: str
    clauses: tuple[str, ...]
    signer_post: str
    signer_name: str
    title: str = ""


def lay(data: OrderData, language: str, base_url: str) -> Layout:
    """Number, town and date; what it is about; on what grounds; "I order"; the clauses; who signed."""
    return Layout(
        registered=(_ORDER_NUMBER.in_(language), f"№ {data.order_number}"),
        place=data.place,
        subject=data.subject,
        text=(data.preamble,),
        parts=(Part(_I_ORDER.in_(language), numbered=data.clauses),),
        signer=(data.signer_post, data.signer_name),
    )


KIND = PaperKind(
    id="order",
    title=Words(
        kk="Бұйрық",
        ru="Приказ",
        en="Order",
    ),
    name=Words(
        kk="Бұйрық",
        ru="Приказ",
        en="Order",
    ),
    data=OrderData,
    lay=lay,
    sealed_at_once=True,
    decides=True,
)
