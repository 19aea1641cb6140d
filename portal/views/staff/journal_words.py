"""The journal in the reader's language: what was done, to what, and what is known of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from flask import g
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from ...forms.reference import LABELS
from ...services.procedures.registry import list_procedures

ACTIONS: dict[str, Any] = {
    "view": _l("opened a case"),
    "reveal_iin": _l("looked at an IIN in full"),
    "view_document": _l("looked at a document"),
    "view_paper": _l("looked at a paper"),
    "search_by_iin": _l("searched by IIN"),
    "search_by_phone": _l("searched by phone"),
    "take": _l("took a case"),
    "assign": _l("gave a case to somebody"),
    "let_go": _l("a case became nobody's"),
    "pass_on": _l("a case passed on"),
    "note_absence": _l("noted an absence"),
    "end_absence": _l("ended an absence"),
    "message": _l("wrote to the citizen"),
    "confirm_check": _l("confirmed what no register did"),
    "keep_waiting": _l("let a check go on"),
    "ask_correction": _l("asked for a correction"),
    "end_correction": _l("ended a correction"),
    "correct": _l("corrected an application"),
    "prepare_answer": _l("prepared an answer"),
    "signature_refused": _l("a signature was refused"),
    "prepare": _l("prepared a decision"),
    "sign": _l("signed a decision"),
    "drop": _l("took a decision back"),
    "hand_back": _l("handed a decision back"),
    "recall": _l("recalled a signed decision"),
    "view_draft": _l("looked at a paper before it is signed"),
    "note": _l("wrote a note for colleagues"),
    "save_ready_text": _l("saved a ready text"),
    "delete_ready_text": _l("deleted a ready text"),
    "change_answers": _l("changed answers"),
    "write": _l("wrote to the office"),
    "mark_read": _l("read the messages"),
    "issue": _l("a decision was issued"),
    "reopen": _l("a case was opened again"),
    "submit": _l("sent an application"),
    "withdraw": _l("took a case back"),
    "rate": _l("gave a mark"),
    "complain": _l("sent a complaint"),
    "complain_for_caller": _l("wrote a complaint for a caller"),
    "answer": _l("answered a complaint"),
    "ask_complainant": _l("asked the complainant"),
    "ask_other_side": _l("asked the other side"),
    "note_reply": _l("noted the other side's reply"),
    "reply": _l("replied to a question"),
    "extend": _l("extended a term"),
    "forward": _l("passed a complaint on"),
    "pass_up": _l("a complaint went to the body above"),
    "escalate": _l("a complaint rose to the next instance"),
    "nobody_to_decide": _l("nobody may decide a case anew"),
    "nobody_impartial": _l("nobody may look into a complaint"),
    "disown": _l("said that a complaint is not theirs"),
    "print_for_court": _l("printed papers for a court"),
    "give_document": _l("added a document"),
    "remove_document": _l("removed a document"),
    "infected_file": _l("a virus was found in a file"),
    "come_back": _l("came back to the queue"),
    "sign_in": _l("signed in"),
    "sign_out": _l("signed out"),
    "end_sessions": _l("ended other sessions"),
    "state_identity": _l("said who they are"),
    "take_over": _l("took over what was stated"),
    "change_phone": _l("changed the phone"),
    "change_settings": _l("changed settings"),
    "code_refused": _l("a wrong code was refused"),
    "ask_caller": _l("sent a code to a caller"),
    "caller_proved": _l("a caller proved who they are"),
    "view_caller": _l("looked at a caller's cases"),
    "staff_sign_in": _l("staff signed in"),
    "staff_sign_in_refused": _l("a wrong password was refused"),
    "second_factor_refused": _l("a wrong second factor was refused"),
    "password_refused": _l("the present password was mistyped"),
    "password_changed": _l("changed the password"),
    "factor_set_up": _l("connected an app"),
    "factor_reset": _l("reset a second factor"),
    "security_key_added": _l("added a security key"),
    "security_key_removed": _l("removed a security key"),
    "staff_added": _l("added a member of staff"),
    "staff_changed": _l("changed a member of staff"),
    "staff_disabled": _l("disabled a member of staff"),
    "staff_enabled": _l("enabled a member of staff"),
    "passport_uploaded": _l("uploaded an edition of a passport"),
    "passport_changed": _l("changed the text of an edition"),
    "passport_proposed": _l("proposed an edition"),
    "proposal_taken_back": _l("took a proposal back"),
    "passport_published": _l("published an edition"),
    "passport_retired": _l("retired an edition"),
    "passport_deleted": _l("deleted a draft edition"),
    "change_reference": _l("changed reference data"),
    "export": _l("took out a file of data"),
    "read_audit": _l("read the journal"),
    "try_set_aside": _l("had a job try again"),
    "limit_reached": _l("too many tries were stopped"),
    "access_refused": _l("access was refused"),
    "foreign_form_refused": _l("a form of another site was refused"),
    "stale_form_refused": _l("an outdated form was refused"),
    "backup": _l("a backup was taken"),
    "restore": _l("a backup was brought back"),
    "keys_rotated": _l("keys were changed"),
}
THINGS: dict[str, Any] = {
    "case": _l("case %(name)s"),
    "account": _l("citizen %(name)s"),
    "staff": _l("member of staff %(name)s"),
    "staff_member": _l("member of staff %(name)s"),
    "organisation": _l("organisation %(name)s"),
    "document": _l("document of case %(name)s"),
    "paper": _l("paper of case %(name)s"),
    "key": _l("security key %(name)s"),
    "code": _l("code %(name)s"),
    "kindergarten": _l("kindergarten %(name)s"),
    "locality": _l("town or village %(name)s"),
    "moved_day": _l("moved day %(name)s"),
    "passport": _l("passport %(name)s"),
}
_ACTORS = {"system": _l("the portal"), "anonymous": _l("somebody not signed in"), "console": _l("a command")}
_PLAIN = {
    **_ACTORS,
    "audit": _l("journal"),
    "database": _l("database"),
    "limit": _l("limit"),
    "figures": _l("figures"),
    "refusals": _l("refusals"),
    "complaints": _l("complaints"),
    "staff": _l("list of staff"),
    "journal": _l("journal"),
}
ROLES: dict[str, Any] = {
    "officer": _l("officer"),
    "head": _l("head"),
    "manager": _l("manager"),
    "admin": _l("administrator"),
    "contact_centre": _l("contact centre operator"),
}
_FIELDS: dict[str, Any] = {
    "name": _l("Name"),
    "organisation": _l("Organisation"),
    "role": _l("Role"),
    "is_active": _l("Works here"),
    "state": _l("State"),
    "effective_from": _l("In force from"),
    "effective_to": _l("In force until"),
    "proposed_from": _l("Proposed day"),
    "sha256": _l("Text"),
}
_DETAILS = {
    "to": _l("to whom"), "of": _l("whose"), "score": _l("mark"), "since": _l("from"), "cases": _l("cases"),
    "sessions": _l("sessions ended"), "rows": _l("rows"), "files": _l("files"), "status": _l("status"),
    "case": _l("case"), "who": _l("who"), "organisation": _l("organisation"), "seconds": _l("seconds"),
    "day": _l("day"),
}  # fmt: skip


def action_words(action: str) -> str:
    """What was done; of what only a procedure has, the title of its button."""
    if action in ACTIONS:
        return str(ACTIONS[action])
    for procedure in list_procedures():
        own = {**procedure.actions, **procedure.offers}.get(action)
        if own is not None:
            return own.title.in_(g.lang)
    return action


def list_actions() -> list[tuple[str, str]]:
    """Every deed with its words, by the words: for a list to choose from."""
    return sorted(((action, str(words)) for action, words in ACTIONS.items()), key=lambda pair: pair[1])


def thing_words(thing: str, names: Mapping[str, str]) -> str:
    """Who, or to what: "case XKJJ-43PCR", the name of a member of staff."""
    kind, _colon, id = thing.partition(":")
    if not id:
        return str(_PLAIN.get(thing, _("a page") if "." in thing else thing))
    if kind in ("document", "paper") and thing not in names:
        return _("a document or paper outside a case")
    name = names.get(thing, id)
    if kind == "staff" and thing in names:
        return name
    return str(THINGS[kind]) % {"name": name} if kind in THINGS else f"{kind} {name}"


def detail_words(data: Mapping[str, Any], names: Mapping[str, str]) -> str:
    """What is known besides, in one line; what has no word of its own is left out."""
    parts = [*_changed(data)]
    for name, value in data.items():
        if name not in _DETAILS or value in ("", None, []):
            continue
        if name in ("to", "of"):
            value = names.get(f"staff:{value}" if name == "to" else str(value), value)
        parts.append(f"{_DETAILS[name]}: {value}")
    return "; ".join(parts)


def _changed(data: Mapping[str, Any]) -> Iterator[str]:
    """Which columns were changed; of numbers and of a role what they were and are."""
    numbers = data.get("numbers") or {}
    for name in data.get("fields") or ():
        if name in numbers:
            before, after = ("–" if value is None else value for value in numbers[name])
            yield f"{column_name(name)}: {before} → {after}"
        elif name == "role" and "role_before" in data:
            yield f"{column_name(name)}: {role_name(data['role_before'])} → {role_name(data['role'])}"
        elif name in _FIELDS or name in LABELS:
            yield column_name(name)


def column_name(name: str) -> str:
    """A column in words; "2023 kk" is a group of a kindergarten."""
    year, _space, language = name.partition(" ")
    if year.isdigit() and language in ("kk", "ru"):
        return _(
            "Born in %(year)s, %(language)s",
            year=year,
            language=_("in Kazakh") if language == "kk" else _("in Russian"),
        )
    return str(_FIELDS.get(name) or LABELS.get(name, name))


def role_name(role: str) -> str:
    """In the reader's language."""
    return str(ROLES.get(role, role))
