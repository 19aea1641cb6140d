"""For tests: one paper of every kind, with the longest names and every Kazakh letter."""

from __future__ import annotations

import datetime as dt
import subprocess

from portal.models import Paper
from portal.services.papers.paper_kind import snapshot
from portal.services.papers.paper_kinds.certificate import CertificateData
from portal.services.papers.paper_kinds.complaint_answer import ComplaintAnswerData
from portal.services.papers.paper_kinds.complaint_extension import ComplaintExtensionData
from portal.services.papers.paper_kinds.complaint_receipt import ComplaintReceiptData
from portal.services.papers.paper_kinds.correction_request import CorrectionRequestData
from portal.services.papers.paper_kinds.order import OrderData
from portal.services.papers.paper_kinds.queue_notice import QueueNoticeData
from portal.services.papers.paper_kinds.receipt import ReceiptData
from portal.services.papers.paper_kinds.referral import ReferralData
from portal.services.papers.paper_kinds.refusal import RefusalData

NOW = dt.datetime(2026, 11, 22, 9, 5, 7, tzinfo=dt.UTC)  # 14:05 on the country's clock
BASE = "https://qyzmet.example.kz"
SERVICE = "Мектепке дейінгі жастағы (7 жасқа дейін) балаларды кезекке қою"
BODY = "Батыс Қазақстан облысы Орал қаласының білім беру бөлімі"
CHILD = "Нұрмұхаммедұлы Әлихан-Сұлтан Ғабдуллаұлы"
LETTERS = "әғқңөұүһі ӘҒҚҢӨҰҮҺІ"

RECEIPT = ReceiptData(
    service=SERVICE,
    number="7F3M-2K9PX",
    receipt_code="K7MH4XP9",
    submitted_at=NOW.isoformat(),
    due_at=(NOW + dt.timedelta(minutes=30)).isoformat(),
    applicant="Құрманғазықызы Үміткүл",
    body=BODY,
    stated=(("Бала", CHILD), ("Әріптер", LETTERS)),
)
NOTICE = QueueNoticeData(
    service=SERVICE,
    number="7F3M-2K9PX",
    body=BODY,
    child=CHILD,
    queue_number=14,
    explanation="Орал қаласында 2023 жылы туған балалар арасында 14-орын.",
    locality="Орал қаласы",
    birth_year=2023,
    instruction="қазақ тілі",
    priority="Жалпы кезек",
    at=NOW.isoformat(),
)
REFERRAL = ReferralData(
    service=SERVICE,
    number="7F3M-2K9PX",
    body=BODY,
    child=CHILD,
    birth_year=2023,
    kindergarten="«Балдәурен» бөбекжай-балабақшасы",
    group="2023 жылы туғандар тобы",
    instruction="қазақ тілі",
    valid_until="2026-11-25",
    next=("Орынды жеке кабинетте растаңыз.",),
)
COMPLAINT = ComplaintReceiptData(
    number="7F3M-2K9PX",
    incoming_number="Ш-2026/000012",
    arrived_at=NOW.isoformat(),
    registered_on="2026-11-23",
    accepted_by="Өтеғалиева Гүлнұр",
    due_on="2026-11-30",
    answer_place="Жеке кабинет",
    complainant="Құрманғазықызы Үміткүл",
    body=BODY,
    addressee="Облыстық білім басқармасы",
    subject="Кезек нөмірі өзгерді.",
    next_instance="Уәкілетті органға, содан кейін сотқа жүгіне аласыз.",
)
SCHOOL = "Батыс Қазақстан облысы Орал қаласының «Құрманғазы Сағырбайұлы атындағы № 14 жалпы орта білім беретін мектебі»"
ORDER = OrderData(
    number="7F3M-2K9PX",
    body=SCHOOL,
    order_number="112",
    place="Орал",
    subject="Үйде жеке тегін оқыту туралы",
    preamble="Заңды өкілдің № 7F3M-2K9PX өтініші мен дәрігерлік-консультациялық комиссияның № ДКК-45/7 қорытындысы "
    "(2026 жылғы 16 қараша) негізінде, үйде жеке тегін оқытуды ұйымдастыру тәртібіне "
    "(2020 жылғы 27 мамырдағы № 223 бұйрық, 3-қосымша) сәйкес",
    clauses=(
        f"Мына бала үйде жеке тегін оқытылсын – {CHILD}, туған күні 2015 жылғы 3 наурыз, 5-сынып.",
        "Үйде оқыту мерзімі – 2026 жылғы 24 қараша – 2027 жылғы 25 мамыр.",
        "Оқыту қазақ тілінде жүргізілсін.",
    ),
    signer_post="Басшы",
    signer_name="Өтеғалиева Гүлнұр-Ақмарал Нұрмұхаммедқызы",
)
REFUSAL = RefusalData(
    service=SERVICE,
    number="7F3M-2K9PX",
    body=SCHOOL,
    letter_number="7/2026",
    applicant="Құрманғазықызы Үміткүл",
    grounds=(("Ұсынылған құжаттардың дұрыс еместігі анықталды.", "19-1-баптың 2-тармағының 1) тармақшасы"),),
    explanation="Қорытынды басқа балаға берілген.\n\nЖаңа қорытынды алыңыз.",
    appeal=("Мектепке: жауап мерзімі – 5 жұмыс күні.", "Сотқа."),
    appeal_note="Жалпы заң қолданылады.",
    signer_post="Басшы",
    signer_name="Өтеғалиева Гүлнұр",
)
CORRECTION = CorrectionRequestData(
    service=SERVICE,
    number="7F3M-2K9PX",
    body=SCHOOL,
    letter_number="8/2026",
    applicant="Құрманғазықызы Үміткүл",
    wanted=(("Қорытындының нөмірі", "Суреттегі нөмірмен сәйкес емес"), ("Қорытындының суреті", "Екінші беті жоқ")),
    term="runs_on",
    due_at=dt.datetime(2026, 11, 25, 18, 59, 59, tzinfo=dt.UTC).isoformat(),
    signer_post="Жауапты маман",
    signer_name="Демоұлы Асхат",
    text="Суретті жарық жерде түсіріңіз.",
    until="2026-11-24",
)
ANSWER = ComplaintAnswerData(
    number="7F3M-2K9PX",
    incoming_number="Ш-2026/000012",
    body=BODY,
    letter_number="9/2026",
    complainant="Құрманғазықызы Үміткүл",
    subject=SERVICE,
    answer="partly",
    reasons="Қорытынды дұрыс берілген екен.\n\nБірақ мерзімі өтіп кеткен.",
    remedy="Өтініш қайта қаралады.",
    appeal=("Уәкілетті органға: жауап мерзімі – 15 жұмыс күні.", "Сотқа."),
    signer_post="Басшы",
    signer_name="Өтеғалиева Гүлнұр",
)
EXTENSION = ComplaintExtensionData(
    number="7F3M-2K9PX",
    incoming_number="Ш-2026/000012",
    body=BODY,
    letter_number="10/2026",
    complainant="Құрманғазықызы Үміткүл",
    reason="Емханадан жауап күтудеміз.",
    due_on="2026-12-07",
    signer_post="Жауапты маман",
    signer_name="Демоұлы Асхат",
)
CERTIFICATE = CertificateData(
    number="7F3M-2K9PX",
    body=BODY,
    certificate_number="12",
    place="Орал қ.",
    subject="Тұрғылықты жері туралы",
    preamble="Өтініш негізінде берілді.",
    statements=("Құрманғазықызы Үміткүл Орал қаласында тұрады.",),
    signer_post="Басшы",
    signer_name="Демоқызы Гүлнар",
)
ALL = {
    "complaint_answer": ANSWER,
    "complaint_extension": EXTENSION,
    "receipt": RECEIPT,
    "queue_notice": NOTICE,
    "referral": REFERRAL,
    "complaint_receipt": COMPLAINT,
    "order": ORDER,
    "certificate": CERTIFICATE,
    "refusal": REFUSAL,
    "correction_request": CORRECTION,
}


def paper_of(kind: str, language: str = "kk") -> Paper:
    """A paper of this kind, in no database."""
    data = snapshot(ALL[kind])
    return Paper(code="K7MH4XP9", kind=kind, language=language, data=data, issued_at=NOW)


def text_of(pdf: bytes) -> str:
    """What pdftotext reads in a PDF."""
    run = subprocess.run(["pdftotext", "-layout", "-", "-"], input=pdf, capture_output=True, check=True)
    return run.stdout.decode()
