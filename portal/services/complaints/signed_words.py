"""The words of complaints, in three languages: the text that is signed, and what the confirmation says. Pure."""

from __future__ import annotations

LABELS = {
    "kk": {
        "title": "Шағым",
        "to": "Кімге",
        "complainant": "Шағым беруші",
        "iin": "ЖСН",
        "phone": "Кодпен расталған телефоны",
        "address": "Пошталық мекенжайы",
        "service": "Көрсетілетін қызмет",
        "about": "Өтініштің нөмірі",
        "decision": "Шешім",
        "previous": "Бұрынғы шағым",
        "official": "Кімнің әрекетіне шағым",
        "text": "Мән-жайы",
        "outcome": "Не сұраймын",
        "files": "Қоса берілгендер",
        "date": "Күні",
    },
    "ru": {
        "title": "Жалоба",
        "to": "Кому",
        "complainant": "Заявитель",
        "iin": "ИИН",
        "phone": "Телефон, подтверждённый кодом",
        "address": "Почтовый адрес",
        "service": "Услуга",
        "about": "Номер заявления",
        "decision": "Решение",
        "previous": "Предыдущая жалоба",
        "official": "На чьи действия жалоба",
        "text": "Обстоятельства",
        "outcome": "Чего прошу",
        "files": "Приложения",
        "date": "Дата",
    },
    "en": {
        "title": "Complaint",
        "to": "Addressed to",
        "complainant": "Complainant",
        "iin": "IIN",
        "phone": "Phone, confirmed by a code",
        "address": "Postal address",
        "service": "Service",
        "about": "Application number",
        "decision": "Decision",
        "previous": "Earlier complaint",
        "official": "Whose actions it is about",
        "text": "Circumstances",
        "outcome": "What I ask for",
        "files": "Attached",
        "date": "Date",
    },
}
ANSWER_PLACE = {
    "kk": "Порталдағы жеке кабинетке жіберіледі. {address}",
    "ru": "Придёт в личный кабинет на портале. {address}",
    "en": "Sent to your personal cabinet on the portal. {address}",
}
AS_STATED = {"kk": "өз мәлімдеуі бойынша", "ru": "со слов заявителя", "en": "as stated"}
ANSWER_PLACE_STATED = {  # of who complained without signing in
    "kk": "Порталда осы ЖСН мен телефонды кодпен растағаннан кейін ашылады. {address}",
    "ru": "Откроется на портале после подтверждения этого ИИН и телефона кодом. {address}",
    "en": "Opens on the portal after this IIN and phone are confirmed by a code. {address}",
}
COURT = {
    "kk": "Заңда белгіленген тәртіппен сотқа жүгінуге құқығыңыз бар.",
    "ru": "Вы вправе обратиться в суд в порядке, установленном законом.",
    "en": "You have the right to go to court as the law provides.",
}
HISTORY = {  # what a complaint to the next instance begins with
    "kk": {
        "why": "Жауаптың немесімен келіспеймін:",
        "sent": "Шағым № {number}, {date}. Кімге: {body}.",
        "satisfied": "Жауап {date}: қанағаттандырылды. {reasons}",
        "partly": "Жауап {date}: ішінара қанағаттандырылды. {reasons}",
        "refused": "Жауап {date}: бас тартылды. {reasons}",
        "silent": "Жауап мерзімінде берілмеді. Мерзімі: {date}.",
        "first": "Бастапқы шағымның мәтіні:",
    },
    "ru": {
        "why": "С чем в ответе я не согласен (не согласна):",
        "sent": "Жалоба № {number}, {date}. Кому: {body}.",
        "satisfied": "Ответ {date}: удовлетворена. {reasons}",
        "partly": "Ответ {date}: удовлетворена частично. {reasons}",
        "refused": "Ответ {date}: отказано. {reasons}",
        "silent": "Ответа в срок нет. Срок был: {date}.",
        "first": "Текст первой жалобы:",
    },
    "en": {
        "why": "What in the answer I do not agree with:",
        "sent": "Complaint No. {number}, {date}. Addressed to: {body}.",
        "satisfied": "Answer of {date}: satisfied. {reasons}",
        "partly": "Answer of {date}: satisfied in part. {reasons}",
        "refused": "Answer of {date}: refused. {reasons}",
        "silent": "No answer came in time. It was due: {date}.",
        "first": "The text of the first complaint:",
    },
}
