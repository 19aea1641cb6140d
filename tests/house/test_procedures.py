"""Nobody asks which procedure a case has: modules ask the procedure itself."""

from __future__ import annotations

import re
from pathlib import Path

import portal
from portal.services.procedures.registry import list_procedures

ROOT = Path(portal.__file__).parent
OWN_ROOMS = ("services/procedures/", "services/review/", "services/preschool/")
COMPARED = r"\.procedure\s*(?:==|!=|in\b|not in\b)|(?:==|!=)\s*[\"'](?:{names})[\"']"
IMPORTED = re.compile(r"^from \S*\bservices\.preschool|^from \.+preschool\b", re.MULTILINE)


def sources() -> dict[str, str]:
    files = [path for path in ROOT.rglob("*") if path.suffix in (".py", ".html")]
    texts = {path.relative_to(ROOT).as_posix(): path.read_text("utf-8") for path in files}
    return {name: text for name, text in texts.items() if not name.startswith(OWN_ROOMS)}


def test_no_other_module_and_no_template_names_a_procedure():
    names = [procedure.name for procedure in list_procedures()]
    assert {"review", "preschool_queue"} <= set(names)
    compared = re.compile(COMPARED.format(names="|".join(names)))
    wrong = [name for name, text in sources().items() if "preschool_queue" in text or compared.search(text)]
    assert wrong == []


def test_only_the_table_of_procedures_imports_the_kindergarten_queue():
    wrong = [name for name, text in sources().items() if IMPORTED.search(text)]
    assert wrong == ["models/__init__.py"], "its tables stand with the others"
