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
    "codes_storm": {
        "kk": "Бір сағатта өте көп бір реттік код сұралды. Енді бұрын кірмеген браузерлерге код сирек беріледі; "
        "бұрын кірген азаматтарға кедергі жоқ. Журналдан қараңыз: limit_reached.",
        "ru": "За час запрошено необычно много одноразовых кодов. Теперь новым браузерам коды выдаются реже; тем, кто "
        "уже входил, ничего не мешает. Посмотрите в журнале: limit_reached.",
        "en": "Within an hour unusually many one-time codes were asked for. Browsers that have not signed in before "
        "now get them more rarely; people who have are not held up. See the log: limit_reached.",
    },
}
EVENTS = {
    "codes_storm": {
        "kk": "Qyzmet: бір реттік кодтар тым көп сұралуда",
        "ru": "Qyzmet: слишком много запросов одноразовых кодов",
        "en": "Qyzmet: too many one-time codes are asked for",
    },
}  # subjects of letters that are not about one's own account


def notice(kind: str, lang: str) -> tuple[str, str]:
    """Subject and text of a letter."""
    if kind in EVENTS:
        return EVENTS[kind][lang], TEXTS[kind][lang]
    return SUBJECT[lang], f"{TEXTS[kind][lang]} {ADVICE[lang]}"
