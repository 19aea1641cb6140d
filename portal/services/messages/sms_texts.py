"""What an SMS says, by kind and language.

One Cyrillic letter makes a whole SMS UCS-2: 70 characters, and 67 in each part of a longer one. A text in Kazakh stays
within 67 with the longest values that occur: a case number of 10 characters, an incoming number of 14, a code of 6,
a place of 4. Case endings are never glued to a value. No text names a child or a kindergarten: phones are lent.
"""

from __future__ import annotations

from ..languages import LANGUAGES

TEXTS: dict[str, dict[str, str]] = {
    "code_sign_in": {
        "kk": "Qyzmet: кіру коды {code}. Ешкімге айтпаңыз.",
        "ru": "Qyzmet: код для входа {code}. Никому не сообщайте.",
        "en": "Qyzmet: sign-in code {code}. Do not tell it to anyone.",
    },
    "code_sign": {
        "kk": "Qyzmet: құжатқа қол қою коды {code}. Ешкімге айтпаңыз.",
        "ru": "Qyzmet: код для подписи {code}. Никому не сообщайте.",
        "en": "Qyzmet: code to sign your document {code}. Do not tell it to anyone.",
    },
    "code_state": {
        "kk": "Qyzmet: шағым жазу коды {code}. Ешкімге айтпаңыз.",
        "ru": "Qyzmet: код для подачи жалобы {code}. Никому не сообщайте.",
        "en": "Qyzmet: code to write a complaint {code}. Do not tell it to anyone.",
    },
    "code_call": {
        "kk": "Qyzmet: код {code}. Оны тек 1414 операторына айтыңыз.",
        "ru": "Qyzmet: код {code}. Назовите его только оператору 1414.",
        "en": "Qyzmet: code {code}. Tell it to the operator of 1414 only.",
    },
    "code_call_sign": {
        "kk": "Qyzmet: шағымға қол қою коды {code}. 1414 операторына айтыңыз.",
        "ru": "Qyzmet: код подписи жалобы {code}. Назовите оператору 1414.",
        "en": "Qyzmet: code to sign your complaint {code}. Tell it to the operator of 1414.",
    },
    "code_new_phone": {
        "kk": "Qyzmet: жаңа нөмірді растау коды {code}. Ешкімге айтпаңыз.",
        "ru": "Qyzmet: код для нового номера {code}. Никому не сообщайте.",
        "en": "Qyzmet: code to confirm your new phone {code}. Do not tell it to anyone.",
    },
    "application_received": {
        "kk": "Qyzmet: өтініш қабылданды: {number}, қолхаттың коды {code}.",
        "ru": "Qyzmet: заявление принято: {number}, код расписки {code}.",
        "en": "Qyzmet: your application has been received. Number {number}, receipt code {code}.",
    },
    "queued": {
        "kk": "Qyzmet: {number}. Балабақша кезегіндегі нөміріңіз: {place}.",
        "ru": "Qyzmet: {number}. Ваш номер в очереди в детсад: {place}.",
        "en": "Qyzmet: {number}. Your number in the kindergarten queue: {place}.",
    },
    "place_changed": {
        "kk": "Qyzmet: {number}. Кезектегі нөміріңіз өзгерді: {place}.",
        "ru": "Qyzmet: {number}. Ваш номер в очереди изменился: {place}.",
        "en": "Qyzmet: {number}. Your number in the queue has changed: {place}.",
    },
    "referral_given": {
        "kk": "Qyzmet: {number}. Балабақшаға жолдама берілді. Кабинетті қараңыз.",
        "ru": "Qyzmet: {number}. Выдано направление в детсад: см. кабинет.",
        "en": "Qyzmet: {number}. A kindergarten referral has been issued. See your cabinet.",
    },
    "case_checked": {
        "kk": "Qyzmet: {number}. Деректеріңіз тексеріліп, расталды.",
        "ru": "Qyzmet: {number}. Ваши данные проверены и подтверждены.",
        "en": "Qyzmet: {number}. Your details have been checked and confirmed.",
    },
    "check_late": {
        "kk": "Qyzmet: {number}. Тексеру маманға берілді. Кезегіңіз сақталады.",
        "ru": "Qyzmet: {number}. Данные проверит специалист. Место сохранено.",
        "en": "Qyzmet: {number}. The check takes longer: an officer has it now. Your place in the queue is kept.",
    },
    "check_failed": {
        "kk": "Qyzmet: {number}. Деректеріңіз расталмады. Кабинетті қараңыз.",
        "ru": "Qyzmet: {number}. Данные не подтвердились: см. кабинет.",
        "en": "Qyzmet: {number}. A register did not confirm your details: an officer has it now. See your cabinet.",
    },
    "renewal": {
        "kk": "Qyzmet: {number}. Мерзімі бітеді. Ұзарту өтініші кабинетте дайын.",
        "ru": "Qyzmet: {number}. Срок заканчивается. Продление: см. кабинет.",
        "en": "Qyzmet: {number}. The term is ending. A renewal is ready in your cabinet.",
    },
    "withdrawn": {
        "kk": "Qyzmet: {number}. Өтінішіңіз қайтарып алынды.",
        "ru": "Qyzmet: {number}. Вы отозвали заявление.",
        "en": "Qyzmet: {number}. You have withdrawn your application.",
    },
    "complaint_withdrawn": {
        "kk": "Qyzmet: {number}. Шағымыңыз қайтарып алынды.",
        "ru": "Qyzmet: {number}. Вы отозвали жалобу.",
        "en": "Qyzmet: {number}. You have withdrawn your complaint.",
    },
    "moved_off": {
        "kk": "Qyzmet: {number}. Кезектен шығарылдыңыз: кабинетте. Шағым: 3 ай.",
        "ru": "Qyzmet: {number}. Вы сняты с очереди: кабинет. Жалоба: 3 месяца.",
        "en": "Qyzmet: {number}. You were taken off the queue: see your cabinet. Complaints: within three months.",
    },
    "file_infected": {
        "kk": "Qyzmet: {number}. Вирус табылған файл өшірілді. Кабинетті ашыңыз.",
        "ru": "Qyzmet: {number}. Файл с вирусом удалён. Откройте кабинет.",
        "en": "Qyzmet: {number}. A file you sent held a virus and was deleted. See your cabinet.",
    },
    "complaint_code": {
        "kk": "Qyzmet: шағым {number}, коды {code}. Мәртебесі порталда.",
        "ru": "Qyzmet: жалоба {number}, код {code}. Ход дела на портале.",
        "en": "Qyzmet: complaint {number}, code {code}. See on the portal how it stands.",
    },
    "complaint_in_your_name": {
        "kk": "Qyzmet: атыңыздан шағым түсті, {number}. Сіз емессіз бе? 1414",
        "ru": "Qyzmet: от вашего имени подана жалоба {number}. Не вы? 1414",
        "en": "Qyzmet: complaint {number} was sent in your name. Not you? Call 1414.",
    },
    "complaint_received": {
        "kk": "Qyzmet: шағым тіркелді, № {number}. Жауап мерзімі {due}.",
        "ru": "Qyzmet: жалоба принята, № {number}. Ответ до {due}.",
        "en": "Qyzmet: complaint registered, No. {number}. Answer due by {due}.",
    },
    "officer_message": {
        "kk": "Qyzmet: {number}. Сізге хабарлама келді. Кабинетті қараңыз.",
        "ru": "Qyzmet: {number}. Вам сообщение от специалиста: см. кабинет.",
        "en": "Qyzmet: {number}. An officer has written to you. See your cabinet.",
    },
    "correction_asked": {
        "kk": "Qyzmet: {number}. Өтінішті түзету керек. Кабинетті қараңыз.",
        "ru": "Qyzmet: {number}. Нужно исправить заявление: см. кабинет.",
        "en": "Qyzmet: {number}. Something in your application has to be corrected. See your cabinet.",
    },
    "granted": {
        "kk": "Qyzmet: {number}. Шешім қабылданды, бұйрық кабинетте.",
        "ru": "Qyzmet: {number}. Решение принято, приказ в кабинете.",
        "en": "Qyzmet: {number}. Granted: the order is in your cabinet.",
    },
    "refused": {
        "kk": "Qyzmet: {number}. Бас тартылды: кабинетте. Шағым: 3 ай ішінде.",
        "ru": "Qyzmet: {number}. Отказано, письмо в кабинете. Жалоба – 3 месяца.",
        "en": "Qyzmet: {number}. Refused: see your cabinet. You may complain within three months.",
    },
    "overdue": {
        "kk": "Qyzmet: {number}. Мерзімнен кешіктік. Басшылыққа хабарланды.",
        "ru": "Qyzmet: {number}. Мы нарушили срок. Руководитель извещён.",
        "en": "Qyzmet: {number}. We have missed the deadline. The manager has been told.",
    },
    "reopened": {
        "kk": "Qyzmet: {number}. Өтініш қайта қаралады. Мерзімі: {due}.",
        "ru": "Qyzmet: {number}. Решение пересматривают. Срок: {due}.",
        "en": "Qyzmet: {number}. Your application is decided anew by {due}.",
    },
    "complaint_question": {
        "kk": "Qyzmet: {number}. Шағым бойынша сұрақ бар. Кабинетті қараңыз.",
        "ru": "Qyzmet: {number}. Есть вопрос по жалобе. Ответьте в кабинете.",
        "en": "Qyzmet: {number}. A question on your complaint. See your cabinet.",
    },
    "complaint_forwarded": {
        "kk": "Qyzmet: {number}. Шағым басқа органға өтті. Мерзімі: {due}.",
        "ru": "Qyzmet: {number}. Жалоба передана. Ответ до {due}.",
        "en": "Qyzmet: {number}. Your complaint was passed on. Answer by {due}.",
    },
    "nobody_impartial": {
        "kk": "Qyzmet: {number}. Шағымды қарайтын адам іздеудеміз.",
        "ru": "Qyzmet: {number}. Ищем, кто рассмотрит жалобу. Срок идёт.",
        "en": "Qyzmet: {number}. We are finding who may look into it. The term runs on.",
    },
    "complaint_extended": {
        "kk": "Qyzmet: {number}. Мерзім ұзартылды. Жаңа мерзім: {due}.",
        "ru": "Qyzmet: {number}. Срок продлён. Ответ до {due}.",
        "en": "Qyzmet: {number}. More time is needed. Answer by {due}.",
    },
    "complaint_answered": {
        "kk": "Qyzmet: {number}. Шағымға жауап кабинетте. Келіспесеңіз: 3 ай.",
        "ru": "Qyzmet: {number}. Ответ в кабинете. Не согласны: 3 месяца.",
        "en": "Qyzmet: {number}. Your complaint is answered. If you disagree: three months.",
    },
    "complaint_answered_at_last": {
        "kk": "Qyzmet: {number}. Шағымға жауап дайын. Кабинетті қараңыз.",
        "ru": "Qyzmet: {number}. Ответ на жалобу готов. Он в кабинете.",
        "en": "Qyzmet: {number}. Your complaint is answered. See your cabinet.",
    },
    "complaint_overdue": {
        "kk": "Qyzmet: {number}. Жауап кешікті. Келесі органға жүгіне аласыз.",
        "ru": "Qyzmet: {number}. Срок ответа нарушен. Можно обратиться выше.",
        "en": "Qyzmet: {number}. The answer is late. You may go to the next instance.",
    },
    "rate": {
        "kk": "Qyzmet: {number}. Қызмет ұнады ма? Бағаңызды кабинетте қойыңыз.",
        "ru": "Qyzmet: {number}. Всё ли было хорошо? Оцените в кабинете.",
        "en": "Qyzmet: {number}. How was the service? Tell us in your cabinet, one question.",
    },
    "phone_changed": {
        "kk": "Qyzmet: телефон нөміріңіз ауыстырылды. Сіз емессіз бе? 1414",
        "ru": "Qyzmet: ваш номер телефона изменён. Это не вы? Звоните 1414.",
        "en": "Qyzmet: your phone number has been changed. Was it not you? Call 1414.",
    },
}


def sms(kind: str, lang: str, **values: object) -> str:
    """The text of an SMS; dates are given as dd.mm.yyyy. An unknown language is Kazakh.

    Raises KeyError for an unknown kind or a missing value.
    """
    return TEXTS[kind][lang if lang in LANGUAGES else "kk"].format(**values)
