"""PDFs: a new document with what the pages show, and nothing that runs, fetches, hides or tells more."""

from __future__ import annotations

from typing import Any

import pikepdf

from . import pdf_cleaning, pdf_marks
from .refused import Refused

PAGE = ("/MediaBox", "/CropBox", "/Rotate", "/UserUnit", "/Resources", "/Contents", "/Group")
_INHERITED = ("/MediaBox", "/CropBox", "/Rotate", "/Resources")
_LAYERS = ("/BaseState", "/ON", "/OFF", "/AS", "/Intent")  # of a configuration: what is seen of them, and when


def rebuild(file: Any, out: Any, limits: dict[str, Any]) -> int:
    """Raises Refused where the officer would see something else than the sender saw."""
    with _open(file) as old, pikepdf.new() as new:
        promised, pages = _promised(old), len(old.pages)
        if pages == 0 or pages < promised:
            raise Refused("broken")
        if pages > limits["most_pages"]:
            raise Refused("pages", most=limits["most_pages"])
        if "/Collection" in old.Root:  # its page says "open this with another program"
            raise Refused("attached")
        pdf_marks.draw(old, limits["font"])
        for page in old.pages:
            new.pages.append(pikepdf.Page(old.make_indirect(_kept(page.obj))))
        _keep_layers(old, new)
        pdf_cleaning.clean(new, limits)
        new.remove_unreferenced_resources()
        new.save(out, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate, min_version="1.7")
    return pages


def _open(file: Any) -> Any:
    """A small fault in the table of contents is mended; a file without its end is torn. No password opens some."""
    try:
        try:
            return pikepdf.open(file, attempt_recovery=False, suppress_warnings=True)
        except pikepdf.PasswordError:
            raise
        except pikepdf.PdfError:
            if not _has_its_end(file):
                raise Refused("broken") from None
            return pikepdf.open(file, suppress_warnings=True)
    except pikepdf.PasswordError:
        raise Refused("locked") from None


def _has_its_end(file: Any) -> bool:
    """Does nothing of a document follow its last end mark? What scanners and servers hang behind it does no harm."""
    file.seek(0)
    _, mark, rest = file.read().rpartition(b"%%EOF")
    file.seek(0)
    return bool(mark) and b"endobj" not in rest and b" obj" not in rest


def _promised(pdf: Any) -> int:
    """How many pages the document says it has; more than can be found are lost."""
    try:
        return int(pdf.Root.Pages.Count)
    except (AttributeError, KeyError, TypeError, ValueError):
        return 0


def _kept(page: Any) -> Any:
    kept = pikepdf.Dictionary(Type=pikepdf.Name.Page)
    for name in PAGE:
        value = _inherited(page, name)
        if value is not None:
            kept[name] = value
    return kept


def _inherited(page: Any, name: str) -> Any:
    """What the page says, or the nearest branch of the tree that it hangs on."""
    for _ in range(50):
        if page is None:
            return None
        if name in page:
            return page[name]
        page = page.get("/Parent") if name in _INHERITED else None
    return None


def _keep_layers(old: Any, new: Any) -> None:
    """Layers that were switched off stay off: without this they would show."""
    layers = old.Root.get("/OCProperties")
    if not isinstance(layers, pikepdf.Dictionary):
        return
    shown = layers.get("/D", pikepdf.Dictionary())
    kept = pikepdf.Dictionary(
        OCGs=layers.get("/OCGs", pikepdf.Array()),
        D=pikepdf.Dictionary({name: shown[name] for name in _LAYERS if name in shown}),
    )
    new.Root.OCProperties = new.copy_foreign(old.make_indirect(kept))
