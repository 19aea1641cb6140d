"""The fifteen questions of the bench and one good answer to each: bench-service.yaml asks the same ones."""

from __future__ import annotations

QUESTIONS = (  # id, type, label, hint, required
    ("surname", "text", "Тегі", "Жеке куәліктегідей", True),
    ("given_name", "text", "Аты", "Жеке куәліктегідей", True),
    ("patronymic", "text", "Әкесінің аты", "Бар болса", False),
    ("iin", "iin", "ЖСН", "12 цифр", True),
    ("birth_date", "date", "Туған күні", "Мысалы, 27 3 1990", True),
    ("phone", "phone", "Телефон нөмірі", "Мысалы, +7 701 000 00 00", True),
    ("region", "text", "Облыс", "", True),
    ("street", "text", "Көше", "", True),
    ("house", "text", "Үй", "", True),
    ("flat", "text", "Пәтер", "Бар болса", False),
    ("language", "choice", "Хабарлама тілі", "", True),
    ("category", "choice", "Санаты", "Құжатпен расталады", True),
    ("wishes", "choices", "Қосымша тілектер", "Бірнешеуін таңдауға болады", False),
    ("reason", "long_text", "Өтініштің мәні", "Өз сөзіңізбен жазыңыз", True),
    ("consent", "consent", "Дербес деректерді өңдеуге келісемін", "", True),
)
LANGUAGES = (("kazakh", "Қазақша"), ("russian", "Орысша"), ("english", "Ағылшынша"))
CATEGORIES = (
    ("general", "Жалпы"),
    ("large-family", "Көп балалы отбасы"),
    ("disability", "Мүгедектігі бар адам"),
    ("veteran", "Ардагер"),
    ("student", "Студент"),
    ("pensioner", "Зейнеткер"),
)
WISHES = (
    ("sms", "SMS арқылы хабарлау"),
    ("mail", "Пошта арқылы хабарлау"),
    ("call", "Қоңырау шалу"),
    ("paper", "Қағаз түрінде беру"),
    ("courier", "Курьермен жеткізу"),
)
ANSWERS: dict[str, str | list[str]] = {
    "surname": "Құрманғазықызы",
    "given_name": "Үміткүл-Әйгерім",
    "patronymic": "Өтеғұлқызы",
    "iin": "900101400013",
    "birth_date-day": "1",
    "birth_date-month": "1",
    "birth_date-year": "1990",
    "phone": "+77010000000",
    "region": "Батыс Қазақстан облысы",
    "street": "Ғұмар Қараш көшесі",
    "house": "12",
    "flat": "7",
    "language": "kazakh",
    "category": "large-family",
    "wishes": ["sms", "paper"],
    "reason": "Баламды балабақшаға орналастыру үшін өтініш беремін. " * 4,
    "consent": "yes",
}
