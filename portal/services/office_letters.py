"""Letters to the office about its cases: subject and text, in three languages. No names in them: mail travels. Pure."""

from __future__ import annotations

LETTERS: dict[str, dict[str, tuple[str, str]]] = {
    "check": {
        "kk": ("{number}: деректерді тексеру керек", "Тізілім растамады. Өтінішті тексеріңіз: {number}."),
        "ru": ("{number}: нужно проверить данные", "Реестр не подтвердил данные. Проверьте заявление {number}."),
        "en": ("{number}: to be checked", "No register confirmed the details. Check application {number}."),
    },
    "due_soon": {
        "kk": ("{number}: мерзімі бітіп барады", "{number}. Жауап беру мерзімі: {due}."),
        "ru": ("{number}: срок заканчивается", "{number}. Срок ответа: {due}."),
        "en": ("{number}: due soon", "{number}. The answer is due: {due}."),
    },
    "overdue": {
        "kk": ("{number}: мерзімі өтті", "{number}. Жауап беру мерзімі өтіп кетті: {due}. Азаматқа хабарланды."),
        "ru": ("{number}: срок нарушен", "{number}. Срок ответа прошёл: {due}. Заявителю об этом сообщено."),
        "en": ("{number}: overdue", "{number}. The answer was due: {due}. The citizen has been told."),
    },
    "corrected": {
        "kk": ("{number}: өтініш түзетілді", "Азамат түзетті: {number}. Жауап беру мерзімі: {due}."),
        "ru": ("{number}: заявление исправлено", "Заявитель внёс исправления: {number}. Срок ответа: {due}."),
        "en": ("{number}: corrected", "The citizen has corrected {number}. The answer is due: {due}."),
    },
}


def letter(kind: str, lang: str, **values: str) -> tuple[str, str]:
    """Subject and text of a letter. Raises KeyError for an unknown kind."""
    subject, text = LETTERS[kind][lang]
    return subject.format(**values), text.format(**values) + "\n"
