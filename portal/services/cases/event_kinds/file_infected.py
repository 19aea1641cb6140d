"""A virus was found in a file of the case."""

from ...kinds import Words
from ..event_kind import EventKind

KIND = EventKind(
    id="file_infected",
    citizen=Words(
        kk="Файлыңыздан вирус табылды: {name}. Файл өшірілді. Маман басқасын сұрауы мүмкін.",
        ru="В вашем файле {name} найден вирус. Файл удалён. Специалист может попросить другой.",
        en="A virus was found in your file {name}. The file was deleted. An officer may ask you for another one.",
    ),
    office=Words(
        kk="Файлда вирус табылып, файл өшірілді: {name}.",
        ru="В файле найден вирус, файл удалён: {name}.",
        en="A virus was found in a file, and the file deleted: {name}.",
    ),
)
