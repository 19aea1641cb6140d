"""The form of a page where something is signed: how, and what that way needs."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField
from wtforms import HiddenField, StringField
from wtforms.validators import StopValidation

from ..services.eds.problems import Problem
from .accounts import CodeForm

MOST_BYTES = 256 * 1024  # of a signature: a manifest of many files, its certificates, an answer

_ODD = _l("This file is not a signature that we can read. Sign the saved file once more and choose the new one.")
_OTHER = _l("This is the signature of another file. Save the file above once more, sign it, and choose its signature.")
_OWN = _l("Sign with a key that the National Certification Authority issued to you. Another one is not accepted.")
_ANEW = _l("Sign once more, with your own key, and send the new signature.")
_RENEW = _l("This key has run out. Get a new one at egov.kz or a front office; your draft is kept.")

WORDS: dict[Problem, Any] = {
    "not_a_signature": _ODD,
    "odd": _ODD,
    "too_large": _l("This file is too large for a signature. Choose the file that your program made when you signed."),
    "no_signed_attributes": _ODD,
    "unsigned_attributes": _l("Sign without a time stamp (TSP), and choose the new signature."),
    "no_signer": _ODD,
    "several_signers": _l("Several people signed this file. Sign it alone, with your own key."),
    "no_content": _ODD,
    "other_content": _OTHER,
    "wrong_digest": _OTHER,
    "unknown_algorithm": _OWN,
    "weak_key": _OWN,
    "no_certificate": _ODD,
    "stray_certificate": _ODD,
    "forged": _ANEW,
    "untrusted": _OWN,
    "not_yet_valid": _l("This key is not valid yet. Look at its dates, or use another key; your draft is kept."),
    "expired": _RENEW,
    "sign_in_key": _l("This is your sign-in key; choose the one for signing. The sign-in key is called AUTH."),
    "not_for_signing": _l("This key is not for signing documents. Choose your key for signing."),
    "signed_later": _l("The clock of the device you signed on is wrong. Set it right and sign once more."),
    "signed_outside": _l("The clock of the device you signed on is wrong. Set it right and sign once more."),
    "revoked": _l("This key was revoked. Get a new one at egov.kz or a front office; your draft is kept."),
    "revocation_unknown": _OWN,
    "no_answer": _l(
        "The National Certification Authority does not answer whether your key is still valid. Try again in some"
        " minutes with the same signature: your draft is kept."
    ),
    "borrowed": _l("This is another person's key. Sign with the key that bears your own IIN."),
    "replayed": _l("This signature was used already. Save the file above, sign it, and choose its signature."),
    "outdated": _l("What you signed is out of date. Save the file above once more, sign it, and choose its signature."),
}

# each way: its name, and what it needs
WAYS: dict[str, tuple[Any, Any]] = {
    "eds_file": (_l("A file with a signature"), _l("A key for signing and any program that signs. Needs no script.")),
    "ncalayer": (_l("NCALayer on this computer"), _l("Your key on this computer or its card reader; NCALayer runs.")),
    "egov_mobile": (_l("eGov Mobile on a phone"), _l("The application with your key in it.")),
    "otp": (_l("A code from a message"), _l("The phone that the registers hold for you.")),
}


class SigningForm(CodeForm):
    """A code, or a signature with an EDS. `methods`: the ways that are open, the first is the usual one."""

    method = StringField()
    signed = HiddenField()  # what NCALayer gave, base64 or PEM
    signature = FileField(_l("File with the signature"))

    def __init__(self, methods: Sequence[str], **options: Any) -> None:
        super().__init__(**options)
        self.methods = methods

    @property
    def chosen(self) -> str:
        """The way that was chosen; where none was named, the code, if that is open."""
        return self.method.data or ("otp" if "otp" in self.methods else self.methods[0])

    def validate_method(self, field: StringField) -> None:
        if self.chosen not in self.methods:
            raise StopValidation(_l("Choose how you sign."))

    def validate_code(self, field: StringField) -> None:
        if self.chosen == "otp":
            super().validate_code(field)

    def validate_signature(self, field: FileField) -> None:
        if self.chosen == "otp" or self.chosen not in self.methods:
            return
        if self.chosen == "ncalayer":
            self.cms = (self.signed.data or "").encode()
        else:
            self.cms = field.data.read(MOST_BYTES + 1) if field.data else b""
        if not self.cms and self.chosen == "ncalayer":
            raise StopValidation(
                _l("NCALayer gave no signature. Start NCALayer and try again, or save the file and send its signature.")
            )
        if not self.cms:
            raise StopValidation(_l("Choose the file with the signature."))
        if len(self.cms) > MOST_BYTES:
            raise StopValidation(WORDS["too_large"])

    cms = b""

    def refuse_signature(self, problem: Problem) -> None:
        """Say at the field why the signature is not taken, and what to do."""
        self.signature.errors = [*self.signature.errors, WORDS[problem]]
