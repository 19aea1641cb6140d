"""The labels and posts that papers of several kinds share. Terms are the official ones of the passports. Pure."""

from __future__ import annotations

from ..kinds import Words

SERVICE = Words(
    kk="Мемлекеттік көрсетілетін қызмет",
    ru="Государственная услуга",
    en="Public service",
)
BODY = Words(
    kk="Көрсетілетін қызметті беруші",
    ru="Услугодатель",
    en="Service provider",
)
APPLICATION_NUMBER = Words(
    kk="Өтініштің нөмірі",
    ru="Номер заявления",
    en="Application number",
)
COMPLAINT_NUMBER = Words(
    kk="Шағымның нөмірі",
    ru="Номер жалобы",
    en="Complaint number",
)
ISSUED = Words(
    kk="Берілген күні",
    ru="Дата выдачи",
    en="Date of issue",
)
CHECK_CODE = Words(
    kk="Тексеру коды",
    ru="Код проверки",
    en="Check code",
)
RECEIPT_CODE = Words(
    kk="Қолхат коды",
    ru="Код расписки",
    en="Receipt code",
)
APPLICANT = Words(
    kk="Өтініш беруші",
    ru="Заявитель",
    en="Applicant",
)
CHILD = Words(
    kk="Бала",
    ru="Ребёнок",
    en="Child",
)
BIRTH_YEAR = Words(
    kk="Туған жылы",
    ru="Год рождения",
    en="Year of birth",
)
INSTRUCTION = Words(
    kk="Оқыту тілі",
    ru="Язык обучения",
    en="Language of instruction",
)
INCOMING_NUMBER = Words(
    kk="Кіріс нөмірі",
    ru="Входящий номер",
    en="Incoming number",
)
ANSWER_DUE = Words(
    kk="Жауап беру мерзімі",
    ru="Срок ответа",
    en="Answer due by",
)
COMPLAINANT = Words(
    kk="Шағым беруші",
    ru="Заявитель",
    en="Complainant",
)
SUBJECT = Words(
    kk="Көрсетілетін қызмет",
    ru="Услуга",
    en="Service",
)
NEXT_INSTANCE = Words(
    kk="Жауаппен келіспесеңіз",
    ru="Если вы не согласны с ответом",
    en="If you disagree with the answer",
)
REASONS = Words(
    kk="Негіздеме",
    ru="Обоснование",
    en="Reasons",
)
OUTGOING_NUMBER = Words(
    kk="Шығыс нөмірі",
    ru="Исходящий номер",
    en="Outgoing number",
)
REGISTERED_ON = Words(
    kk="Тіркелген күні",
    ru="Дата регистрации",
    en="Date of registration",
)

_POSTS = {
    "officer": Words(
        kk="Жауапты маман",
        ru="Ответственный специалист",
        en="Responsible officer",
    ),
    "head": Words(
        kk="Басшы",
        ru="Руководитель",
        en="Head",
    ),
}


def post(role: str, language: str) -> str:
    """The post of a member of staff, as it stands before the name."""
    return _POSTS.get(role, _POSTS["officer"]).in_(language)
