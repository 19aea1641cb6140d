"""What members of staff are written about their own accounts, by kind and language."""

from __future__ import annotations

SUBJECT = {
    "kk": "Qyzmet: тіркелгіңіз өзгерді",
    "ru": "Qyzmet: изменения в вашей учётной записи",
    "en": "Qyzmet: your account has changed",
}
ADVICE = {
    "kk": "Егер мұны сіз жасамаған болсаңыз, дереу ұйымыңыздың әкімшісіне хабарлаңыз.",
    "ru": "Если это сделали не вы, сразу сообщите администратору вашей организации.",
    "en": "If this was not you, tell your organisation's administrator at once.",
}
TEXTS: dict[str, dict[str, str]] = {
    "password_changed": {
        "kk": "Құпиясөзіңіз өзгертілді.",
        "ru": "Ваш пароль изменён.",
        "en": "Your password has been changed.",
    },
    "factor_set_up": {
        "kk": "Кіру кодтарын жасайтын қолданба тіркелгіңізге қосылды.",
        "ru": "К вашей учётной записи подключено приложение с кодами для входа.",
        "en": "An app that makes sign-in codes was connected to your account.",
    },
    "factor_reset": {
        "kk": "Әкімші екінші факторыңызды алып тастап, жаңа бастапқы құпиясөз берді. Барлық сеанстар аяқталды.",
        "ru": "Администратор сбросил ваш второй фактор и выдал новый первоначальный пароль. Все сеансы завершены.",
        "en": "An administrator removed your second factor and gave a new initial password. All sessions were ended.",
    },
    "key_added": {
        "kk": "Тіркелгіңізге қауіпсіздік кілті қосылды.",
        "ru": "К вашей учётной записи добавлен ключ безопасности.",
        "en": "A security key was added to your account.",
    },
    "key_removed": {
        "kk": "Тіркелгіңізден қауіпсіздік кілті алынып тасталды.",
        "ru": "Из вашей учётной записи удалён ключ безопасности.",
        "en": "A security key was removed from your account.",
    },
    "email_changed": {
        "kk": "Хабарламалар енді басқа электрондық поштаға жіберіледі.",
        "ru": "Сообщения теперь будут приходить на другой адрес электронной почты.",
        "en": "Messages will now go to another e-mail address.",
    },
}


SET_ASIDE_SUBJECT = {
    "kk": "Qyzmet: портал орындай алмаған жұмыс бар",
    "ru": "Qyzmet: портал не смог выполнить часть работы",
    "en": "Qyzmet: the portal could not do some of its work",
}
SET_ASIDE = {
    "kk": "Бөлек қойылған жазбалар бар, қалғаны орындалып жатыр: %(jobs)s. Тізімі: «Анықтамалықтар».",
    "ru": "Эти записи отложены, остальные выполняются: %(jobs)s. Список: «Справочники».",
    "en": "These rows were set aside, the others go on: %(jobs)s. The list: “Reference data”.",
}


LEFT_SUBJECT = {
    "kk": "Qyzmet: істердің жауаптысы жоқ",
    "ru": "Qyzmet: дела остались без исполнителя",
    "en": "Qyzmet: cases that nobody has",
}
LEFT = {
    "kk": "Жауапты қызметкер енді бұл істермен айналыспайды. Иесіз қалған істер: %(count)s, ең жақын мерзім: %(due)s. "
    "«Бөлінбеген» тізімінен басқа қызметкерге беріңіз.",
    "ru": "Сотрудник больше не ведёт дела. Осталось без исполнителя: %(count)s, ближайший срок: %(due)s. "
    "Передайте их другим из списка «Ничьи».",
    "en": "A colleague no longer handles cases. Left with nobody: %(count)s, the earliest is due %(due)s. "
    "Give them to others from the list “Nobody's”.",
}


def left_notice(count: int, due: str, lang: str) -> tuple[str, str]:
    """Subject and text of the letter to a body about cases of somebody who left; `due`: the first deadline."""
    return LEFT_SUBJECT[lang], LEFT[lang] % {"count": count, "due": due}


def set_aside_notice(jobs: str, lang: str) -> tuple[str, str]:
    """Subject and text of the letter to administrators; `jobs`: names of jobs with the number of rows each."""
    return SET_ASIDE_SUBJECT[lang], SET_ASIDE[lang] % {"jobs": jobs}


def notice(kind: str, lang: str) -> tuple[str, str]:
    """Subject and text of a letter."""
    return SUBJECT[lang], f"{TEXTS[kind][lang]} {ADVICE[lang]}"
