"""Another person is the child's parent by the register: the application stands aside."""

from ...kinds import Words
from ..event_kind import EventKind

KIND = EventKind(
    id="not_confirmed",
    citizen=Words(
        kk="Тізілімде баланың ата-анасы болып жазылған адам өтініш берді. Маман қарағанша бұл өтініш кезектен "
        "шығарылды.",
        ru="Заявление подал родитель ребёнка по записи в реестре. Пока специалист не рассмотрит это заявление, оно вне "
        "очереди.",
        en="The child's parent by the civil register has applied. This application is out of the queue until an "
        "officer has looked at it.",
    ),
    office=Words(
        kk="Тізілім бойынша баланың ата-анасы өтініш берді: бұл өтініш маман қарағанша кезектен шығарылды.",
        ru="Заявление подал родитель ребёнка по реестру: до рассмотрения специалистом это заявление вне очереди.",
        en="The child's parent by the register has applied: this application is out of the queue until an officer has "
        "looked at it.",
    ),
)
