"""What can be wrong with a signature: a word for each, which pages say in the reader's language."""

from __future__ import annotations

from typing import Final, Literal, get_args

Problem = Literal[
    "not_a_signature", "odd", "too_large", "no_signed_attributes", "unsigned_attributes", "no_signer",
    "several_signers", "no_content", "other_content", "wrong_digest", "unknown_algorithm", "weak_key", "no_certificate",
    "stray_certificate", "forged", "untrusted", "not_yet_valid", "expired", "sign_in_key", "not_for_signing",
    "signed_later", "signed_outside", "revoked", "revocation_unknown", "no_answer", "borrowed", "replayed", "outdated",
]  # fmt: skip

REASONS: Final[dict[Problem, str]] = {
    "not_a_signature": "this is not a CMS (PKCS #7) signature",
    "odd": "the signature is built in a way that is not accepted",
    "too_large": "the file is too large",
    "no_signed_attributes": "there are no signed attributes",
    "unsigned_attributes": "there are attributes that nobody signed",
    "no_signer": "nobody signed it",
    "several_signers": "there are several signers where one is expected",
    "no_content": "the signed content is not inside and was not given",
    "other_content": "the content inside is not the content that was given",
    "wrong_digest": "another text was signed",
    "unknown_algorithm": "the algorithm is unknown or too weak",
    "weak_key": "the key is too short",
    "no_certificate": "the signer's certificate is not inside",
    "stray_certificate": "there is a certificate inside that has no part in the signature",
    "forged": "the signature does not belong to the certificate",
    "untrusted": "the certificate does not come from a trusted authority",
    "not_yet_valid": "the certificate is not valid yet",
    "expired": "the certificate has run out",
    "sign_in_key": "this is a sign-in key; choose the one for signing",
    "not_for_signing": "the certificate is not for signing documents",
    "signed_later": "the stated moment of signing is later than now",
    "signed_outside": "the stated moment of signing is outside of the certificate's time",
    "revoked": "the certificate was revoked",
    "revocation_unknown": "the authority does not know the certificate",
    "no_answer": "the authority did not answer whether the certificate is revoked",
    "borrowed": "the certificate is another person's",
    "replayed": "this signature was used already",
    "outdated": "what was signed is not what is to be signed now",
}


class SignatureRefused(Exception):
    """A signature is not accepted. `problem` is the word for it, `detail` for technicians."""

    def __init__(self, problem: Problem, detail: str = "") -> None:
        super().__init__(f"{REASONS[problem]} ({detail})" if detail else REASONS[problem])
        self.problem: Problem = problem


assert set(REASONS) == set(get_args(Problem))  # noqa: S101 - a table with a gap is a mistake of ours
