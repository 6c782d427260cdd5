"""Looks at what `onetext import` reads in replies that LibreOffice wrote.

    python3 replies.py ONETEXT NAME...

Run where the narrative is. Each file is read with the changes that were tracked in it and without.
"""

import json
import subprocess
import sys

onetext, *names = sys.argv[1:]
ANSWERS = {
    "1-size": "We are **forty**[^1] {}.\n\n[^1]: Counted in May.\n",
    "2-values": "Fair pay.\n",
    "3-drivers": "Freedom.\n",
    "4-profile": "There is no typical profile.\n",
    "5-barriers": "Capital is hard to get.\n\nBanks do not know us.\n",
    "6-work": "Work for charities.\n",
}
wrong = []
looks = 0


def expect(name, found, wanted):
    global looks
    looks += 1
    if found != wanted:
        wrong.append(f"{name}:\n  found  {found}\n  wanted {wanted}")


for name in names:
    for tracked, word in [("original", "people"), ("accepted", "members")]:
        run = subprocess.run(
            [onetext, "import", name, "--as", "ana", "--dry-run", "--json", "--tracked", tracked],
            capture_output=True, text=True, check=False)
        if run.returncode != 0:
            wrong.append(f"{name}: {run.stdout}{run.stderr}")
            continue
        read = json.loads(run.stdout)
        drafts = {draft["question"]: draft["text"] for draft in read["drafts"]}
        wanted = {question: text.format(word) for question, text in ANSWERS.items()}
        expect(f"{name}, {tracked}", drafts, wanted)
        expect(f"{name}, {tracked}, rest", [rest["text"] for rest in read["rest"]], [])
        changes = sorted((it["author"], it["change"], it["words"]) for it in read["changes"])
        expect(f"{name}, {tracked}, changes", changes,
               [("Chi", "deleted", "people"), ("Dee", "inserted", "members")])

for each in wrong:
    print(each)
print(f"{looks - len(wrong)} looks at replies found what they should, {len(wrong)} did not")
sys.exit(1 if wrong or looks < 12 else 0)
