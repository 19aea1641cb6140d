"""The words of papers in three languages: one source for the page and for the PDF, so that the two never differ. Pure.

Papers speak the language they were issued in, whatever the reader's page is set to, so their words stand here and not
in the page catalogues. Terms are the official ones of the passports.
"""

from __future__ import annotations

TITLES = {
    "receipt": {
        "kk": "Құжаттарды қабылдау туралы қолхат",
        "ru": "Расписка о приёме документов",
        "en": "Receipt for documents accepted",
    },
    "queue_notice": {
        "kk": "Кезекке қою туралы хабарлама",
        "ru": "Уведомление о постановке в очередь",
        "en": "Notice of a place in the queue",
    },
    "referral": {
        "kk": "Мектепке дейінгі балалар ұйымына жолдама",
        "ru": "Направление в детскую дошкольную организацию",
        "en": "Referral to a preschool children's organisation",
    },
    "complaint_receipt": {
        "kk": "Шағымның қабылданғаны туралы талон",
        "ru": "Талон о приёме жалобы",
        "en": "Confirmation that a complaint was received",
    },
    "complaint_answer": {"kk": "Шағымға жауап", "ru": "Ответ на жалобу", "en": "Answer to a complaint"},
    "complaint_extension": {
        "kk": "Шағымды қарау мерзімін ұзарту туралы хабарлама",
        "ru": "Уведомление о продлении срока рассмотрения жалобы",
        "en": "Notice that the answer to a complaint takes longer",
    },
    "order": {"kk": "Бұйрық", "ru": "Приказ", "en": "Order"},
    "refusal": {
        "kk": "Мемлекеттік қызметті көрсетуден бас тарту туралы дәлелді жауап",
        "ru": "Мотивированный отказ в оказании государственной услуги",
        "en": "Reasoned refusal of a public service",
    },
    "correction_request": {
        "kk": "Өтінішті түзету туралы хабарлама",
        "ru": "Уведомление об исправлении заявления",
        "en": "Request to correct an application",
    },
}

LABELS = {
    "service": {"kk": "Мемлекеттік көрсетілетін қызмет", "ru": "Государственная услуга", "en": "Public service"},
    "body": {"kk": "Көрсетілетін қызметті беруші", "ru": "Услугодатель", "en": "Service provider"},
    "application_number": {"kk": "Өтініштің нөмірі", "ru": "Номер заявления", "en": "Application number"},
    "complaint_number": {"kk": "Шағымның нөмірі", "ru": "Номер жалобы", "en": "Complaint number"},
    "issued": {"kk": "Берілген күні", "ru": "Дата выдачи", "en": "Date of issue"},
    "receipt_code": {"kk": "Қолхаттың коды", "ru": "Код расписки", "en": "Receipt code"},
    "check_code": {"kk": "Тексеру коды", "ru": "Код проверки", "en": "Check code"},
    "submitted_at": {"kk": "Өтініш берілген уақыт", "ru": "Заявление подано", "en": "Submitted"},
    "due_at": {"kk": "Нәтиже беру мерзімі", "ru": "Срок выдачи результата", "en": "Result due by"},
    "applicant": {"kk": "Өтініш беруші", "ru": "Заявитель", "en": "Applicant"},
    "stated": {"kk": "Өтініште көрсетілгендер", "ru": "Указано в заявлении", "en": "Stated in the application"},
    "queue_number": {"kk": "Кезектілік нөмірі", "ru": "Номер очередности", "en": "Queue number"},
    "child": {"kk": "Бала", "ru": "Ребёнок", "en": "Child"},
    "locality": {"kk": "Елді мекен", "ru": "Населённый пункт", "en": "Locality"},
    "birth_year": {"kk": "Туған жылы", "ru": "Год рождения", "en": "Year of birth"},
    "instruction": {"kk": "Оқыту тілі", "ru": "Язык обучения", "en": "Language of instruction"},
    "priority": {"kk": "Кезек санаты", "ru": "Категория очереди", "en": "Queue category"},
    "queued_at": {"kk": "Кезекке қойылған уақыт", "ru": "Поставлен в очередь", "en": "Placed in the queue"},
    "kindergarten": {"kk": "Мектепке дейінгі ұйым", "ru": "Дошкольная организация", "en": "Kindergarten"},
    "address": {"kk": "Мекенжайы", "ru": "Адрес", "en": "Address"},
    "phone": {"kk": "Телефоны", "ru": "Телефон", "en": "Telephone"},
    "group": {"kk": "Тобы", "ru": "Группа", "en": "Group"},
    "valid_until": {
        "kk": "Жолдама жарамды соңғы күн",
        "ru": "Направление действует по (включительно)",
        "en": "Valid to the end of",
    },
    "next": {"kk": "Енді не істеу керек", "ru": "Что делать дальше", "en": "What to do next"},
    "incoming_number": {"kk": "Кіріс нөмірі", "ru": "Входящий номер", "en": "Incoming number"},
    "arrived_at": {"kk": "Шағым келіп түскен уақыт", "ru": "Жалоба поступила", "en": "Complaint received"},
    "registered_on": {"kk": "Тіркелген күні", "ru": "Дата регистрации", "en": "Date of registration"},
    "accepted_by": {
        "kk": "Шағымды қабылдаған адамның тегі, аты-жөні",
        "ru": "Жалобу принял(а) (фамилия, имя)",
        "en": "Accepted by (surname, name)",
    },
    "answer_due": {"kk": "Жауап беру мерзімі", "ru": "Срок ответа", "en": "Answer due by"},
    "answer_place": {"kk": "Жауап алатын орын", "ru": "Место получения ответа", "en": "Where to get the answer"},
    "complainant": {"kk": "Шағым беруші", "ru": "Заявитель", "en": "Complainant"},
    "addressee": {"kk": "Шағым жолданған орган", "ru": "Кому направлена жалоба", "en": "Addressed to"},
    "subject": {"kk": "Көрсетілетін қызмет", "ru": "Услуга", "en": "Service"},
    "next_instance": {
        "kk": "Жауаппен келіспесеңіз",
        "ru": "Если вы не согласны с ответом",
        "en": "If you disagree with the answer",
    },
    "reasons": {"kk": "Негіздеме", "ru": "Обоснование", "en": "Reasons"},
    "remedy": {"kk": "Қабылданған шара", "ru": "Принятые меры", "en": "What was ordered"},
    "order_number": {"kk": "Бұйрықтың нөмірі", "ru": "Номер приказа", "en": "Order number"},
    "outgoing_number": {"kk": "Шығыс нөмірі", "ru": "Исходящий номер", "en": "Outgoing number"},
    "ground": {"kk": "Бас тарту негізі", "ru": "Основание для отказа", "en": "Ground for refusal"},
    "grounds": {"kk": "Бас тарту негіздері", "ru": "Основания для отказа", "en": "Grounds for refusal"},
    "explanation": {"kk": "Түсіндірме", "ru": "Пояснение", "en": "Explanation"},
    "appeal": {
        "kk": "Шешіммен келіспесеңіз",
        "ru": "Если вы не согласны с решением",
        "en": "If you disagree with the decision",
    },
    "wanted": {"kk": "Нені түзету керек", "ru": "Что нужно исправить", "en": "What to correct"},
    "until": {
        "kk": "Түзетуді жіберудің соңғы күні",
        "ru": "Исправить до (включительно)",
        "en": "To be corrected by the end of",
    },
    "where": {"kk": "Қайда түзетіледі", "ru": "Где исправить", "en": "Where to correct it"},
    "term": {"kk": "Қызмет көрсету мерзімі", "ru": "Срок оказания услуги", "en": "Term of the service"},
    "code": {"kk": "Құжаттың коды", "ru": "Код документа", "en": "Paper code"},
    "qr": {
        "kk": "Құжатты тексеру мекенжайы бар QR-код",
        "ru": "QR-код с адресом проверки",
        "en": "QR code for checking",
    },
}

SENTENCES = {
    "status": {
        "kk": "Өтініштің мәртебесін жеке кабинеттен немесе {url} бетінен өтініштің нөмірі мен қолхаттың кодын "
        "енгізіп біле аласыз.",
        "ru": "Узнать состояние заявления можно в личном кабинете или на странице {url}, указав номер заявления "
        "и код расписки.",
        "en": "To see how the application stands, use your personal cabinet, or enter the application number and "
        "the receipt code at {url}",
    },
    "number_changes": {
        "kk": "Кезектілік нөмірі өзгеріп отырады: алдағы балаларға орын берілгенде кемиді, ал бірінші кезекте немесе "
        "кезектен тыс орын алуға құқығы бар балалар кезекке тұрғанда артуы мүмкін. Жыл сайын балалар келесі жас "
        "тобына ауысқанда да өзгереді. Қазіргі нөмір жеке кабинетте көрсетіледі.",
        "ru": "Номер очередности меняется: он уменьшается, когда детям впереди дают места, и может вырасти, когда "
        "в очередь встают дети с правом на первоочередное или внеочередное место. Меняется он и каждый год, когда "
        "дети переходят в следующую возрастную группу. Нынешний номер виден в личном кабинете.",
        "en": "The queue number changes: it falls as children ahead get places, and may rise when children entitled "
        "to a first-priority or extraordinary place join the queue. It also changes every year, when children move "
        "up to the next age group. Your personal cabinet shows the present number.",
    },
    "i_order": {"kk": "БҰЙЫРАМЫН:", "ru": "ПРИКАЗЫВАЮ:", "en": "I ORDER:"},
    "refused": {
        "kk": "Өтінішіңіз қаралды. Мемлекеттік қызметті көрсетуден бас тартылды.",
        "ru": "Ваше заявление рассмотрено. В оказании государственной услуги отказано.",
        "en": "Your application has been considered. The public service is refused.",
    },
    "appeal": {
        "kk": "Бұл шешімге шағым беруге құқығыңыз бар. Шағымды осы порталда да беруге болады.",
        "ru": "Вы вправе обжаловать это решение. Жалобу можно подать и на этом портале.",
        "en": "You have the right to complain about this decision. You can complain on this portal too.",
    },
    "filing": {
        "kk": "Шағымды шешім немесе жауап туралы білген күннен бастап үш ай ішінде төмендегі органдарға беруге болады "
        "(Қазақстан Республикасының Әкімшілік рәсімдік-процестік кодексі, 92-бап).",
        "ru": "Жалобу можно подать указанным ниже органам в течение трёх месяцев со дня, когда вы узнали о решении или "
        "ответе (статья 92 Административного процедурно-процессуального кодекса Республики Казахстан).",
        "en": "A complaint may be filed with the bodies below within three months of the day you learned of the "
        "decision or the answer (Article 92 of the Administrative Procedural and Process-Related Code of the Republic "
        "of Kazakhstan).",
    },
    "answered_within": {
        "kk": "Жауап шағым тіркелген күнінен бастап {days} жұмыс күні ішінде беріледі.",
        "ru": "Ответ дают в течение {days} рабочих дней со дня регистрации жалобы.",
        "en": "The answer comes within {days} working days from the day the complaint is registered.",
    },
    "answered_in_a_day": {
        "kk": "Жауап шағым тіркелген күнінен бастап {days} жұмыс күні ішінде беріледі.",
        "ru": "Ответ дают в течение {days} рабочего дня со дня регистрации жалобы.",
        "en": "The answer comes within {days} working day from the day the complaint is registered.",
    },
    "correct": {
        "kk": "Өтінішіңізді қарау үшін төменде көрсетілгенді түзету керек. Басқа жауаптарыңыз сақталды, оларды қайта "
        "толтырмайсыз.",
        "ru": "Чтобы рассмотреть ваше заявление, нужно исправить указанное ниже. Остальные ответы сохранены, заполнять "
        "их заново не нужно.",
        "en": "To go on with your application we need the corrections below. Your other answers are kept: you do not "
        "fill them in again.",
    },
    "correct_where": {
        "kk": "Жеке кабинеттегі өтініш бетінде: {url}",
        "ru": "В личном кабинете, на странице заявления: {url}",
        "en": "In your personal cabinet, on the page of the application: {url}",
    },
    "runs_on": {
        "kk": "Қызмет көрсету мерзімі тоқтатылмайды.",
        "ru": "Срок оказания услуги не приостанавливается.",
        "en": "The term of the service runs on.",
    },
    "pauses": {
        "kk": "Түзетуіңіз келгенше қызмет көрсету мерзімі тоқтатыла тұрады.",
        "ru": "До получения исправлений срок оказания услуги приостановлен.",
        "en": "The term of the service pauses until your corrections arrive.",
    },
    "restarts": {
        "kk": "Түзетуіңіз келген соң қызмет көрсету мерзімі басынан бастап есептеледі.",
        "ru": "После получения исправлений срок оказания услуги исчисляется заново.",
        "en": "The term of the service starts anew when your corrections arrive.",
    },
    "due": {
        "kk": "Нәтиже беру мерзімі: {due}.",
        "ru": "Срок выдачи результата: {due}.",
        "en": "The result is due by {due}.",
    },
    "complaint_satisfied": {
        "kk": "Шағымыңыз қаралды және толық қанағаттандырылды.",
        "ru": "Ваша жалоба рассмотрена и удовлетворена полностью.",
        "en": "Your complaint has been considered and is upheld in full.",
    },
    "complaint_partly": {
        "kk": "Шағымыңыз қаралды және ішінара қанағаттандырылды.",
        "ru": "Ваша жалоба рассмотрена и удовлетворена частично.",
        "en": "Your complaint has been considered and is upheld in part.",
    },
    "complaint_refused": {
        "kk": "Шағымыңыз қаралды. Оны қанағаттандырудан бас тартылды.",
        "ru": "Ваша жалоба рассмотрена. В её удовлетворении отказано.",
        "en": "Your complaint has been considered. It is not upheld.",
    },
    "complaint_extended": {
        "kk": "Шағымыңызды қарауға қосымша уақыт керек болды. Мерзім бір рет қана ұзартылады.",
        "ru": "Для рассмотрения вашей жалобы нужно больше времени. Срок продлевается только один раз.",
        "en": "Your complaint needs more time to be considered. The term is extended only once.",
    },
    "verify": {
        "kk": "Құжат электрондық түрде жасалды. Оның түпнұсқа екенін тексеру үшін QR-кодты сканерлеңіз немесе мына "
        "мекенжайды ашыңыз:",
        "ru": "Документ создан в электронном виде. Чтобы проверить его подлинность, отсканируйте QR-код или откройте "
        "адрес:",
        "en": "This paper was made electronically. To check that it is genuine, scan the QR code or open this address:",
    },
}

POSTS = {
    "officer": {"kk": "Жауапты маман", "ru": "Ответственный специалист", "en": "Responsible officer"},
    "head": {"kk": "Басшы", "ru": "Руководитель", "en": "Head"},
}


def title(kind: str, language: str) -> str:
    """The title of a paper of this kind, in this language."""
    return TITLES[kind][language]


def label(name: str, language: str) -> str:
    """The label of a line."""
    return LABELS[name][language]


def post(role: str, language: str) -> str:
    """The post of a member of staff, as it stands before the name."""
    return POSTS.get(role, POSTS["officer"])[language]


def sentence(name: str, language: str, **values: str) -> str:
    """A whole sentence, its values filled in."""
    return SENTENCES[name][language].format(**values)
