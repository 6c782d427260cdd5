"""Looks at what LibreOffice made of the files.

    python3 check.py PAGES BEFORE AFTER
"""

import pathlib
import re
import sys

pages, before, after = map(pathlib.Path, sys.argv[1:4])
wrong = []
looks = 0


def text(name):
    return (pages / name).read_text(encoding="utf-8")


def flat(words):
    return re.sub(r"\s+", " ", words)


def expect(name, words, found):
    global looks
    looks += 1
    if not found:
        wrong.append(f"{name}: {words}")


def has(name, *parts):
    said = flat(text(name))
    for part in parts:
        expect(name, f"no `{part}`", part in said)


def paragraphs(markdown):
    """The paragraphs of a text as the redline shows them: words as a reader sees them, sources and footnotes by number."""
    out = []
    for block in markdown.strip().split("\n\n"):
        for line in block.split("\n"):
            if re.fullmatch(r"[| -]+", line):
                continue
            line = re.sub(r"^\| (.*) \|$", r"\1", line)
            line = re.sub(r"^(#+ |- )", "", line)
            line = re.sub(r"^\[\^([^\]]*)\]: ", r"[^\1] ", line)
            line = re.sub(r"\[@count; @list\]", "[1][2]", line).replace("[@list]", "[2]")
            line = line.replace("[^count]", "a").replace("[^page]", "b")
            line = re.sub(r"\[([^\]]*)\]\(https:[^)]*\)", r"\1", line)
            out.append(re.sub(r"[*`]", "", line))
    return out


for kind in ["media-draft.docx", "media-draft.odt", "government-draft.docx", "government-draft.odt"]:
    name = f"{kind}.pdf.txt" if (pages / f"{kind}.pdf.txt").exists() else f"{kind}.txt"
    has(name, "Tech co-ops", "Where they are", "• France has the most.", "Country Firms", "France 26",
        "The movement is small", "[1]", "[1] A list of co-ops (June 2026).",
        "By our own count, which leaves out firms without a page.",
        "Press desk", "We speak for nobody yet.", "Licence: CC-BY-4.0",
        "Version 2026.03.0-draft.1 of 1 March 2026", "Page 1 of ")
    leaves = [leaf for leaf in text(name).split("\f") if leaf.strip()]
    for leaf in leaves:
        expect(name, "a page does not say that it is a draft", "Draft: not agreed" in leaf)
        expect(name, "a page has no number", re.search(r"Page \d+ of \d+", leaf) is not None)
    expect(name, "the footnote has no letter", re.search(r"^\s*a\s+By our own count", text(name), re.M))
for kind in ["docx", "odt"]:
    has(f"media-draft.{kind}.txt", "1. How big is it?", "ENDS", "Notes to editors")
    has(f"government-draft.{kind}.txt", "Executive summary", "2. The movement is small", "3. Experience: Most firms have",
        "Sources", "Submitted by alpha co-op.")
    has(f"redline.{kind}.txt", "What changed from v2026.03.0-draft.1 to v2026.03.0-draft.2", "How big is it?")
    for verb, source in [("accepted", after), ("rejected", before)]:
        name = f"redline.{kind}.{verb}"
        lines = [line for line in text(name).split("\n")]
        start = lines.index("How big is it?") + 1
        end = next(at for at, line in enumerate(lines) if line.startswith("To accept every change"))
        found = [line for line in lines[start:end] if line]
        wanted = [line for line in paragraphs(source.read_text(encoding="utf-8")) if line]
        expect(name, f"\n  found  {found}\n  wanted {wanted}", found == wanted)

for each in wrong:
    print(each)
print(f"pages: {pages}")
print(f"{looks - len(wrong)} looks at office files found what they should, {len(wrong)} did not")
sys.exit(1 if wrong or looks < 50 else 0)
