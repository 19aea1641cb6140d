"""How the papers of complaints are laid on a sheet. Pure."""

from __future__ import annotations

from .decision_layouts import paragraphs
from .kinds import ComplaintAnswerData, ComplaintExtensionData, ComplaintReceiptData
from .parts import Layout, Part, iso_date, iso_moment, named
from .words import label, sentence


def lay_receipt(data: ComplaintReceiptData, language: str, base_url: str) -> Layout:
    """The talon: number, when, who accepted it, when and where the answer comes, where to turn next."""
    return Layout(
        headline=(label("incoming_number", language), data.incoming_number),
        lines=named(
            language,
            arrived_at=iso_moment(data.arrived_at, language),
            registered_on=iso_date(data.registered_on, language),
            accepted_by=data.accepted_by,
            answer_due=iso_date(data.due_on, language),
            answer_place=data.answer_place,
            addressee=data.addressee,
            complainant=data.complainant,
            subject=data.subject,
            check_code=data.receipt_code,
        ),
        parts=(Part(label("next_instance", language), text=(data.next_instance,)),),
    )


def lay_answer(data: ComplaintAnswerData, language: str, base_url: str) -> Layout:
    """How it was answered, why, what was ordered, where to turn next."""
    return Layout(
        registered=(label("outgoing_number", language), data.letter_number),
        lines=named(language, incoming_number=data.incoming_number, complainant=data.complainant, subject=data.subject),
        text=(sentence(f"complaint_{data.answer}", language),),
        parts=(
            Part(label("reasons", language), text=paragraphs(data.reasons)),
            *((Part(label("remedy", language), text=paragraphs(data.remedy)),) if data.remedy else ()),
            *(
                (Part(label("next_instance", language), text=tuple(filter(None, [data.filing])), numbered=data.appeal),)
                if data.appeal
                else ()
            ),
        ),
        signer=(data.signer_post, data.signer_name),
        notes=(data.appeal_note,) if data.appeal_note else (),
    )


def lay_extension(data: ComplaintExtensionData, language: str, base_url: str) -> Layout:
    """Until when the answer comes now, and why not before."""
    due = iso_date(data.due_on, language)
    return Layout(
        registered=(label("outgoing_number", language), data.letter_number),
        lines=named(language, incoming_number=data.incoming_number, complainant=data.complainant, answer_due=due),
        text=(sentence("complaint_extended", language),),
        parts=(Part(label("reasons", language), text=paragraphs(data.reason)),),
        signer=(data.signer_post, data.signer_name),
    )
