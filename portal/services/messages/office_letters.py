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
    "withdrawn_unissued": {
        "kk": ("{number}: өтініш қайтарып алынды", "Өтініш қайтарып алынды, қол қойылған шешім берілмейді: {number}."),
        "ru": ("{number}: заявление отозвано", "Заявление {number} отозвано, подписанное решение не выдаётся."),
        "en": ("{number}: withdrawn", "{number} was withdrawn: the decision that was signed is not issued."),
    },
    "complainant_replied": {
        "kk": ("{number}: шағым беруші жауап берді", "Шағым беруші жауап берді: {number}. Мерзімі: {due}."),
        "ru": ("{number}: заявитель ответил", "Заявитель ответил по жалобе {number}. Срок ответа: {due}."),
        "en": ("{number}: the complainant replied", "The complainant replied: {number}. The answer is due: {due}."),
    },
    "other_side_asked": {
        "kk": ("{number}: түсініктеме керек", "Шағым бойынша түсініктеме беріңіз: {number}. Мерзімі: {due}."),
        "ru": ("{number}: нужны пояснения", "Дайте пояснения по жалобе {number}. Срок ответа по ней: {due}."),
        "en": ("{number}: please explain", "Please explain your side of complaint {number}. It is due: {due}."),
    },
    "complaint_forwarded": {
        "kk": ("{number}: шағым сізге берілді", "Шағым сіздің органға жіберілді: {number}. Жауап мерзімі: {due}."),
        "ru": ("{number}: жалоба передана вам", "Жалоба {number} передана вашему органу. Срок ответа: {due}."),
        "en": ("{number}: a complaint for you", "Complaint {number} was passed on to you. The answer is due: {due}."),
    },
    "complaint_passed_up": {
        "kk": ("{number}: шағым жоғары органға өтті", "Бейтарап маман жоқ, шағым жоғары органға өтті: {number}."),
        "ru": ("{number}: жалоба ушла выше", "Беспристрастного сотрудника нет, жалоба {number} ушла в орган выше."),
        "en": ("{number}: a complaint went up", "Nobody impartial is left: complaint {number} went to the body above."),
    },
    "nobody_impartial": {
        "kk": (
            "{number}: шағымды қарайтын адам жоқ",
            "Шағымды қарауға құқығы бар бейтарап адам жоқ: {number}. Маман тағайындаңыз. Мерзімі: {due}.",
        ),
        "ru": (
            "{number}: жалобу некому рассмотреть",
            "Беспристрастного сотрудника для жалобы {number} нет. Назначьте его. Срок ответа: {due}.",
        ),
        "en": (
            "{number}: nobody may look into it",
            "Nobody impartial is there to look into complaint {number}. Name somebody. The answer is due: {due}.",
        ),
    },
    "complaint_escalated": {
        "kk": ("{number}: шағымға жауап кешікті", "Шағым басшыға берілді: {number}. Мерзімі өтті: {due}."),
        "ru": ("{number}: ответ на жалобу просрочен", "Жалоба {number} передана руководителю. Срок был: {due}."),
        "en": ("{number}: complaint unanswered", "Complaint {number} has gone up to the head. It was due: {due}."),
    },
    "complaint_disowned": {
        "kk": ("{number}: шағымды мен жазған жоқпын дейді", "ЖСН иесі шағымды өзі бермегенін айтты: {number}."),
        "ru": ("{number}: владелец ИИН жалобу не подавал", "Владелец ИИН сообщил, что не подавал жалобу {number}."),
        "en": ("{number}: not sent by the owner of the IIN", "The owner of the IIN says {number} is not theirs."),
    },
    "low_rating": {
        "kk": ("{number}: төмен баға", "Азамат қызметке төмен баға берді: {number}."),
        "ru": ("{number}: низкая оценка", "Гражданин поставил низкую оценку: {number}."),
        "en": ("{number}: a low mark", "A citizen gave a low mark: {number}."),
    },
}


def letter(kind: str, lang: str, **values: str) -> tuple[str, str]:
    """Subject and text of a letter. Raises KeyError for an unknown kind."""
    subject, text = LETTERS[kind][lang]
    return subject.format(**values), text.format(**values) + "\n"
