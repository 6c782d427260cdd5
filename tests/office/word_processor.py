"""Drives LibreOffice without a screen: prints each file, and accepts and rejects the changes of redlines.

    python3 word_processor.py OUT FILE...

For each file OUT gets NAME.EXTENSION.pdf; for a file whose name begins with `redline` also NAME.EXTENSION.accepted and
.rejected, a paragraph a line.
"""

import os
import pathlib
import subprocess
import sys
import tempfile
import time

import uno
from com.sun.star.beans import PropertyValue


def value(name, content):
    prop = PropertyValue()
    prop.Name, prop.Value = name, content
    return prop


def connect(pipe, office):
    local = uno.getComponentContext()
    resolver = local.ServiceManager.createInstanceWithContext("com.sun.star.bridge.UnoUrlResolver", local)
    for _ in range(240):
        try:
            return resolver.resolve(f"uno:pipe,name={pipe};urp;StarOffice.ComponentContext")
        except Exception:
            if office.poll() is not None:
                break
            time.sleep(0.5)
    sys.exit("LibreOffice did not start")


def cells(table):
    """A table as one line a row."""
    rows = {}
    for name in table.getCellNames():
        letters = name.rstrip("0123456789")
        rows.setdefault(int(name[len(letters):]), []).append(table.getCellByName(name).getString())
    return [" | ".join(row) for _, row in sorted(rows.items())]


def lines(document):
    out = []
    found = document.Text.createEnumeration()
    while found.hasMoreElements():
        paragraph = found.nextElement()
        if paragraph.supportsService("com.sun.star.text.TextTable"):
            out.extend(cells(paragraph))
        else:
            out.append(paragraph.getString())
    return out


def main(out, files):
    pipe = f"onetext{os.getpid()}"
    profile = tempfile.mkdtemp(prefix="onetext-office-")
    office = subprocess.Popen(
        ["soffice", "--headless", "--norestore", "--nologo", f"-env:UserInstallation=file://{profile}",
         f"--accept=pipe,name={pipe};urp;"],
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    context = connect(pipe, office)
    manager = context.ServiceManager
    desktop = manager.createInstanceWithContext("com.sun.star.frame.Desktop", context)
    dispatcher = manager.createInstanceWithContext("com.sun.star.frame.DispatchHelper", context)

    def opened(path):
        url = path.resolve().as_uri()
        document = desktop.loadComponentFromURL(url, "_blank", 0, (value("Hidden", True),))
        if document is None:
            sys.exit(f"{path}: LibreOffice does not open it")
        return document

    for path in map(pathlib.Path, files):
        document = opened(path)
        target = (out / f"{path.name}.pdf").as_uri()
        document.storeToURL(target, (value("FilterName", "writer_pdf_Export"),))
        document.close(True)
        if not path.name.startswith("redline"):
            continue
        for verb, name in [("Accept", "accepted"), ("Reject", "rejected")]:
            document = opened(path)
            frame = document.CurrentController.Frame
            dispatcher.executeDispatch(frame, f".uno:{verb}AllTrackedChanges", "", 0, ())
            text = "\n".join(lines(document)) + "\n"
            (out / f"{path.name}.{name}").write_text(text, encoding="utf-8")
            document.close(True)
    try:
        desktop.terminate()
    except Exception:
        pass
    office.wait(60)


main(pathlib.Path(sys.argv[1]).resolve(), sys.argv[2:])
