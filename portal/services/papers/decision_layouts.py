"""How orders and letters of decision are laid on a sheet: what a chancellery expects of them. Pure."""

from __future__ import annotations

from .kinds import CorrectionRequestData, OrderData, RefusalData
from .parts import Layout, Part, iso_date, iso_term, named
from .words import label, sentence


def lay_order(data: OrderData, language: str, base_url: str) -> Layout:
    """Number, town and date; what it is about; on what grounds; "I order"; the clauses; who signed."""
    return Layout(
        registered=(label("order_number", language), f"№ {data.order_number}"),
        place=data.place,
        subject=data.subject,
        text=(data.preamble,),
        parts=(Part(sentence("i_order", language), numbered=data.clauses),),
        signer=(data.signer_post, data.signer_name),
    )


def lay_refusal(data: RefusalData, language: str, base_url: str) -> Layout:
    """What was refused to whom; the grounds with their law; why they hold here; where to complain and by when."""
    grounds = tuple(f"{text} ({law})" if law else text for text, law in data.grounds)
    one = len(grounds) == 1
    return Layout(
        registered=(label("outgoing_number", language), data.letter_number),
        lines=named(language, applicant=data.applicant, service=data.service),
        text=(sentence("refused", language),),
        parts=(
            Part(
                label("ground" if one else "grounds", language),
                text=grounds if one else (),
                numbered=() if one else grounds,
            ),
            Part(label("explanation", language), text=paragraphs(data.explanation)),
            Part(
                label("appeal", language),
                text=(sentence("appeal", language), *filter(None, [data.filing])),
                numbered=data.appeal,
            ),
        ),
        signer=(data.signer_post, data.signer_name),
        notes=(data.appeal_note,) if data.appeal_note else (),
    )


def lay_correction_request(data: CorrectionRequestData, language: str, base_url: str) -> Layout:
    """What to mend and why; until when and where; what happens to the term of the service."""
    address = f"{base_url}/{language}/cabinet/{data.number}"
    term = (sentence(data.term, language), sentence("due", language, due=iso_term(data.due_at, language)))
    until = iso_date(data.until, language) if data.until else ""
    return Layout(
        registered=(label("outgoing_number", language), data.letter_number),
        lines=named(language, applicant=data.applicant, service=data.service, until=until),
        text=(sentence("correct", language), *paragraphs(data.text)),
        parts=(
            Part(label("wanted", language), lines=data.wanted),
            Part(label("where", language), text=(sentence("correct_where", language, url=address),)),
            Part(label("term", language), text=term if data.term == "runs_on" else term[:1]),
        ),
        signer=(data.signer_post, data.signer_name),
    )


def paragraphs(text: str) -> tuple[str, ...]:
    """What somebody typed, a paragraph for each line that is not empty."""
    return tuple(line.strip() for line in text.splitlines() if line.strip())
