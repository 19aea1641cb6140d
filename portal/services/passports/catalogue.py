"""The catalogue of services: passport files read once, looked up by id and date. Pure: the date comes in."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from .faults import Faults
from .needs import list_procedures
from .reading import read_with_omissions
from .schema import Passport

BUILT_IN = Path(__file__).parents[2] / "passports"

Today = dt.date | Callable[[], dt.date]
Editions = dict[str, dict[str, Passport]]  # by service and edition


class ServiceNotFound(LookupError):
    """No passport of this id, edition or day."""


class Catalogue:
    """The passports that could be read, and a sentence for every fault of those that could not.

    Those of the files stay; beside them stand the editions published since, see services/editions/published.py.
    """

    def __init__(self, passports: list[Passport], problems: list[str], today: Today | None = None) -> None:
        """`passports` in the order in which services are listed."""
        self.problems = problems
        self._today = today
        self._from_files = tuple(passports)
        self._files: dict[tuple[str, str], Path] = {}
        self._editions = _by_edition(passports)
        self._listed: tuple[dt.date, Editions, dict[str, Passport]] = (dt.date.min, {}, {})

    def put_beside(self, published: Iterable[Passport]) -> None:
        """Serve these editions too, instead of those put beside the files before. What a file holds stays the file's.

        New services come after those of the files, by `order` and id.
        """
        new = sorted(published, key=lambda passport: (passport.order, passport.id, passport.edition))
        self._editions = _by_edition([*self._from_files, *new])

    def is_from_file(self, id: str, edition: str) -> bool:
        """Whether a file holds this edition, so that nobody can change it here."""
        return any(passport.id == id and passport.edition == edition for passport in self._from_files)

    def file_of(self, id: str, edition: str) -> Path | None:
        """The file that holds this edition; None for one that was published here."""
        return self._files.get((id, edition))

    @classmethod
    def load(cls, builtin_dir: Path = BUILT_IN, extra_dir: Path | None = None, today: Today | None = None) -> Catalogue:
        """Read every *.yaml of both folders. Never fails: what is wrong goes to `problems`, the rest serves.

        `today` is the day, or what tells it, for look-ups that name none.
        """
        problems: list[str] = []
        taken: dict[tuple[str, str], str] = {}
        listed: list[tuple[bool, int, Passport]] = []
        built_in_ids: set[str] = set()
        files: dict[tuple[str, str], Path] = {}
        for folder in (builtin_dir, extra_dir) if extra_dir else (builtin_dir,):
            for path in _passport_files(folder, problems):
                passport, faults = check_file(path)
                problems.extend(faults)
                if passport is None:
                    continue
                if other := taken.get((passport.id, passport.edition)):
                    problems.append(_taken(path, passport, other))
                    continue
                taken[passport.id, passport.edition] = path.name
                files[passport.id, passport.edition] = path
                if folder == builtin_dir:
                    built_in_ids.add(passport.id)
                listed.append((passport.id not in built_in_ids, passport.order, passport))
        listed.sort(key=lambda entry: (entry[0], entry[1], entry[2].id, entry[2].edition))
        made = cls([passport for *_, passport in listed], problems, today)
        made._files = files
        return made

    def list_services(self, today: dt.date | None = None) -> list[Passport]:
        """The editions in force on a day: built-in services first, each group by `order` and id."""
        return list(self._in_force(today).values())

    def get(self, id: str, today: dt.date | None = None) -> Passport:
        """The edition of a service in force on a day. Raises ServiceNotFound."""
        try:
            return self._in_force(today)[id]
        except KeyError:
            raise ServiceNotFound(id) from None

    def name(self, id: str, lang: str) -> str:
        """What people call a service; its id where no edition of it is in force any more."""
        try:
            return self.get(id).short_title.in_(lang)
        except ServiceNotFound:
            return id

    def edition(self, id: str, edition: str) -> Passport:
        """One edition, in force or not: a submitted case stays on its own for good. Raises ServiceNotFound."""
        try:
            return self._editions[id][edition]
        except KeyError:
            raise ServiceNotFound(f"{id} {edition}") from None

    def successor(self, id: str, edition: str, today: dt.date | None = None) -> Passport | None:
        """Which edition would serve on a day if this one did not; None if none would."""
        others = [passport for name, passport in self._editions.get(id, {}).items() if name != edition]
        return _latest(passport for passport in others if passport.in_force(self._day(today)))

    def list_editions(self) -> list[Passport]:
        """Every edition that could be read, in force or not, in the order of the list of services."""
        return [passport for editions in self._editions.values() for passport in editions.values()]

    def _day(self, today: dt.date | None) -> dt.date:
        if today is not None:
            return today
        if self._today is None:
            raise ValueError("say the day, or give the catalogue a `today` when it is loaded")
        return self._today() if callable(self._today) else self._today

    def _in_force(self, today: dt.date | None) -> dict[str, Passport]:
        today = self._day(today)
        all_editions = self._editions
        day, listed, services = self._listed
        if day != today or listed is not all_editions:
            services = {}
            for id, editions in all_editions.items():
                if current := _latest(passport for passport in editions.values() if passport.in_force(today)):
                    services[id] = current
            # One assignment: threads see the old day or the new one, whole.
            self._listed = (today, all_editions, services)
        return services


def _latest(passports: Iterable[Passport]) -> Passport | None:
    """The one that came into force last."""
    return max(passports, key=lambda passport: (passport.effective.from_, passport.edition), default=None)


def _by_edition(passports: Iterable[Passport]) -> Editions:
    editions: Editions = {}
    for passport in passports:
        editions.setdefault(passport.id, {}).setdefault(passport.edition, passport)
    return editions


def check_file(path: Path) -> tuple[Passport | None, list[str]]:
    """The passport of one file, and a sentence for each of its faults: `file: line: path: what is wrong; the mend`.

    None where it cannot serve. One that leaves something out serves, and what is missing is said.
    """
    try:
        passport, unread = read_with_omissions(path.read_bytes())
    except OSError as error:
        return None, [f"{path.name}: cannot be read ({error.strerror}); mend its name or its permissions"]
    except Faults as faults:
        return None, [f"{path.name}: {fault}" for fault in faults.faults]
    return passport, [f"{path.name}: {fault}" for fault in unread]


def passport_json_schema() -> dict[str, Any]:
    """A JSON Schema of passport files as they are written, for editors."""
    schema = Passport.model_json_schema(by_alias=True)
    schema["properties"]["procedure"]["enum"] = list(list_procedures())
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        **schema,
        "title": "A passport of a public service",
    }


def _passport_files(folder: Path, problems: list[str]) -> list[Path]:
    try:
        files = sorted(path for path in folder.iterdir() if not path.name.startswith("."))
    except OSError as error:
        problems.append(
            f"{folder}: the folder of passports cannot be read ({error.strerror}); mend its name or its permissions"
        )
        return []
    problems.extend(
        f"{path.name}: not read; passports are named *.yaml, rename it" for path in files if path.suffix == ".yml"
    )
    return [path for path in files if path.suffix == ".yaml"]


def _taken(path: Path, passport: Passport, other: str) -> str:
    return f'{path.name}: edition: {other} holds "{passport.edition}" of {passport.id} already; change one of the two'


_in_use: Catalogue | None = None


def use_catalogue(catalogue: Catalogue) -> None:
    """Let this process read its passports here, as it reads its rows in one database."""
    global _in_use
    _in_use = catalogue


def get_passport(service: str, edition: str) -> Passport:
    """The passport that a case or a draft stands on, in the catalogue in use. Raises ServiceNotFound."""
    if _in_use is None:
        raise ServiceNotFound("no catalogue is in use")
    return _in_use.edition(service, edition)
