"""What must not stand in the code, whoever writes it (ASVS, the lines that are checks of code)."""

from __future__ import annotations

import ast
import functools
import re
import subprocess
from pathlib import Path

import pytest
from flask import Flask
from jinja2 import nodes

import portal

ROOT = Path(portal.__file__).parent
SOURCES = sorted(ROOT.rglob("*.py"))
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))
STATIC = sorted(path for path in (ROOT / "static").iterdir() if path.suffix in (".css", ".js", ".svg"))

# (file, the text) of what is allowed although it looks forbidden, and why it may.
ALLOWED = {
    ("prepared.py", "self.sql"): "written by peewee",
    ("db.py", "f'SELECT count(*) FROM \"{name}\"'"): "names come from the database's own catalogue",
}


@functools.cache
def calls(path: Path) -> list[tuple[str, ast.Call]]:
    """Every call of a file by the name it is called by: `os.system`, `db.execute_sql`."""
    return [(ast.unparse(node.func), node) for node in parsed(path) if isinstance(node, ast.Call)]


@functools.cache
def parsed(path: Path) -> list[ast.AST]:
    """Everything in a file, read once."""
    return [*ast.walk(ast.parse(path.read_text("utf-8")))]


def found(names: str) -> list[str]:
    pattern = re.compile(rf"(?:^|\.)(?:{names})$")
    return [
        f"{path.relative_to(ROOT)}:{call.lineno} {name}"
        for path in SOURCES
        for name, call in calls(path)
        if pattern.search(name)
    ]


def imports(path: Path) -> set[str]:
    names = set()
    for node in parsed(path):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            names |= {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
    return names


def test_v1_2_5_no_shell_is_ever_started():
    assert found(r"system|popen|getoutput|getstatusoutput|spawn[lv]\w*|exec[lv]\w*") == []
    shells = [
        f"{path.name}:{call.lineno}"
        for path in SOURCES
        for _, call in calls(path)
        if any(keyword.arg == "shell" for keyword in call.keywords)
    ]
    assert shells == []


def test_v1_2_5_programs_are_started_with_a_list_of_arguments():
    texts = [
        f"{path.name}:{call.lineno}"
        for path in SOURCES
        for name, call in calls(path)
        if name.startswith("subprocess.") and not (call.args and isinstance(call.args[0], ast.List | ast.Name))
    ]
    assert texts == []


def test_v1_5_2_nothing_stored_or_received_is_unpickled_or_evaluated():
    assert found(r"eval|exec|yaml\.load|yaml\.unsafe_load|yaml\.full_load|compile_command") == []
    forbidden = {"pickle", "cPickle", "marshal", "shelve", "dill", "jsonpickle"}
    assert {path.name: names for path in SOURCES if (names := imports(path) & forbidden)} == {}


def test_v1_3_7_no_template_is_made_of_a_text():
    assert found(r"render_template_string|from_string|Template") == []


def test_v11_5_1_randomness_comes_from_the_operating_system():
    forbidden = {"random", "uuid", "numpy.random"}
    assert {path.name: names for path in SOURCES if (names := imports(path) & forbidden)} == {}


def test_v1_2_4_no_sql_is_put_together_from_pieces():
    """execute_sql, SQL() and raw() take constants; values go in as parameters."""
    wrong = []
    for path in SOURCES:
        if path.parent.name == "migrations":
            continue
        for name, call in calls(path):
            if name.rpartition(".")[2] in ("execute_sql", "SQL", "raw") and call.args:
                text = ast.unparse(call.args[0])
                constant = isinstance(call.args[0], ast.Constant | ast.Name)
                if not constant and (path.name, text) not in ALLOWED:
                    wrong.append(f"{path.name}:{call.lineno} {text}")
    assert wrong == []


def test_v1_2_1_what_is_marked_as_safe_html_is_made_by_us():
    """Markup() of anything but a constant says why, in a comment that the linter asks for."""
    wrong = []
    for path in SOURCES:
        lines = path.read_text("utf-8").splitlines()
        for name, call in calls(path):
            if name == "Markup" and call.args and not isinstance(call.args[0], ast.Constant):
                said = " ".join(lines[call.lineno - 1 : (call.end_lineno or call.lineno)])
                if "S704" not in said and not isinstance(call.args[0], ast.IfExp):
                    wrong.append(f"{path.name}:{call.lineno}")
    assert wrong == []


SAFE = {"_line.html": "`control` is a constant of the templates that include it"}


def test_v1_2_1_no_template_turns_escaping_off(app: Flask):
    wrong = []
    for path in TEMPLATES:
        tree = app.jinja_env.parse(path.read_text("utf-8"))  # every one of them has to parse
        safe = [node for node in tree.find_all(nodes.Filter) if node.name == "safe"]
        wrong += [f"{path.name}:{node.lineno}" for node in safe if path.name not in SAFE]
        wrong += [path.name for node in tree.find_all(nodes.ScopedEvalContextModifier)]
        app.jinja_env.get_template(path.relative_to(ROOT / "templates").as_posix())
    assert wrong == []
    assert app.jinja_env.autoescape is not False
    assert len(TEMPLATES) > 20


def test_v3_4_3_no_template_holds_script_or_style_of_its_own():
    wrong = []
    for path in TEMPLATES:
        text = path.read_text("utf-8")
        wrong += [f"{path.name}: {hit}" for hit in re.findall(r"<script(?![^>]*\bsrc=)[^>]*>|<style|javascript:", text)]
        wrong += [f"{path.name}: {hit}" for hit in re.findall(r"<[^>{]*\s(on[a-z]+|style)=", text)]
    assert wrong == []


EXTERNAL = re.compile(
    r"""(?:src|href|action|srcset|poster|data)\s*=\s*["']?\s*(?:https?:)?//[^"'\s>]+|url\(\s*["']?(?:https?:)?//|@import"""
)


def test_v3_6_1_no_other_host_is_asked_for_anything():
    """Addresses in texts are plain text; nothing of a page is fetched from elsewhere."""
    wrong = [
        f"{path.name}: {hit}"
        for path in [*TEMPLATES, *STATIC]
        for hit in EXTERNAL.findall(path.read_text("utf-8"))
        if "htmx" not in path.name or "url(" in hit
    ]
    assert wrong == []


def test_v13_3_1_no_secret_is_in_the_repository():
    """Nothing that looks like a key of a service, and no file of secrets among what is committed."""
    listed = subprocess.run(["git", "ls-files"], cwd=ROOT.parent, capture_output=True, text=True)
    if listed.returncode:
        pytest.skip("no git repository")
    names = listed.stdout.splitlines()
    assert [name for name in names if re.search(r"(^|/)\.env$|\.pem$|\.p12$|\.key$|id_rsa|\.sqlite$", name)] == []
    kinds = r"AKIA[0-9A-Z]{16}|-----BEGIN (?:[A-Z]+ )?PRIVATE KEY-----|ghp_[A-Za-z0-9]{36}|xox[bp]-[0-9A-Za-z-]{20,}"
    wrong = []
    for name in names:
        path = ROOT.parent / name
        if path.suffix in (".py", ".html", ".md", ".yaml", ".yml", ".toml", ".txt", ".json", "") and path.is_file():
            wrong += [name] if re.search(kinds, path.read_text("utf-8", errors="replace")) else []
    assert wrong == []


def test_v14_2_1_nothing_is_printed_by_services_views_or_gateways():
    wrong = [
        f"{path.relative_to(ROOT)}:{call.lineno}"
        for path in SOURCES
        if path.relative_to(ROOT).parts[0] != "cli"
        for name, call in calls(path)
        if name in ("print", "sys.stdout.write", "pprint")
    ]
    assert wrong == []


def test_v7_only_signing_in_gives_a_session_to_somebody():
    """V6.3.4: the pathways in. A new one has to be named here, and in the documentation."""
    ways = [
        path.relative_to(ROOT).as_posix() for path in SOURCES for name, _ in calls(path) if name == "session.sign_in"
    ]
    assert sorted(ways) == ["views/accounts.py", "views/without_sign_in.py"]


def test_no_word_is_hidden_from_translators_in_a_formatted_string():
    """Inside of f"…" the collector of words does not look: such a word is never translated."""
    hidden = [
        f"{path.name}:{call.lineno}"
        for path in SOURCES
        for text in parsed(path)
        if isinstance(text, ast.JoinedStr)
        for call in ast.walk(text)
        if isinstance(call, ast.Call) and ast.unparse(call.func) in ("_", "_l", "N_", "gettext", "ngettext")
    ]
    assert hidden == []
