"""Why an answer has to be mended: the short list that officers pick from, in three languages. Pure."""

from __future__ import annotations

REASONS: dict[str, dict[str, str]] = {
    "unreadable": {
        "kk": "Құжат анық көрінбейді",
        "ru": "Документ плохо читается",
        "en": "The document cannot be read",
    },
    "pages_missing": {
        "kk": "Құжаттың кейбір беттері жоқ",
        "ru": "Не хватает страниц документа",
        "en": "Pages of the document are missing",
    },
    "does_not_match": {
        "kk": "Жауап құжатқа сәйкес келмейді",
        "ru": "Ответ не совпадает с документом",
        "en": "The answer does not match the document",
    },
    "expired": {
        "kk": "Құжаттың мерзімі өтіп кеткен",
        "ru": "Срок действия документа истёк",
        "en": "The document has expired",
    },
    "wrong_document": {
        "kk": "Басқа құжат қоса берілген",
        "ru": "Приложен другой документ",
        "en": "Another document was attached",
    },
    "unclear": {
        "kk": "Жауап түсініксіз",
        "ru": "Ответ непонятен",
        "en": "The answer is unclear",
    },
}


def reason(code: str, lang: str) -> str:
    """The reason in the reader's words."""
    return REASONS[code][lang]
