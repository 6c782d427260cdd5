//! What a proposal comes to: each change with what becomes of it, and the files that taking it in would write.

use std::collections::BTreeMap;

use crate::cli::error::CommandError;
use crate::cli::opened::Opened;
use crate::narrative::finding::Finding;
use crate::narrative::id::{BlobId, ContributorId};
use crate::narrative::proposal::{
    Author, Change, Entry, Ground, REGULAR, Ruling, Verdict, content, judge,
};
use crate::narrative::question::Question;
use crate::narrative::read::place::{Part, Place};
use crate::narrative::read::text::decode;
use crate::store::{CommitId, Written, clock};

use super::Ways;
use super::author::Whose;
use super::draft::Edit;
use super::outcome::tested;
use super::show::piece::{Lot, Piece};

/// Bytes of a file that is taken in whatever the narrative's limits say.
const MOST: u64 = 16 * 1024 * 1024;

/// A proposal that was fetched and looked at.
#[derive(Debug)]
pub struct Weighed {
    /// What it was written on.
    pub base: CommitId,
    /// Its commits, newest first.
    pub commits: Vec<Written>,
    /// Whose it is.
    pub whose: Whose,
    /// What becomes of each change.
    pub pieces: Vec<Piece>,
    /// What is wrong or wants a look; paths are from the repository's root.
    pub findings: Vec<Finding>,
    /// The files that taking it in writes, from the repository's root.
    pub writes: BTreeMap<String, Option<Vec<u8>>>,
}

/// Everything that a change is weighed against.
struct Scale<'a> {
    opened: &'a Opened,
    head: &'a CommitId,
    who: &'a ContributorId,
    ways: &'a Ways,
}

/// What becomes of one change.
enum Step {
    Write(Piece, String, Option<Vec<u8>>),
    Same(Piece),
    Not(Piece, Option<Finding>),
}

/// Looks at a proposal and plans what taking it in would write.
///
/// # Errors
///
/// The history or an object cannot be read, or who proposed it is not who was named.
pub fn weigh(opened: &Opened, tip: &CommitId, ways: &Ways) -> Result<Weighed, CommandError> {
    let head = opened
        .commit
        .as_ref()
        .expect("proposals are put on commits");
    let base = opened.repository.ground_of(head, tip)?;
    let commits = opened.repository.written(&base, tip)?;
    let whose = Whose::of(opened, (tip, &commits), ways.contributor.as_deref())?;
    let proposal = opened.repository.proposal(&base, tip, whose.author())?;
    let day = clock::now().day();
    let ground = Ground::new(opened.repository.folder(), &opened.narrative, day);
    let judged = judge(&proposal, &ground);
    let mut weighed = Weighed {
        base,
        commits,
        pieces: Vec::new(),
        findings: judged.findings,
        writes: BTreeMap::new(),
        whose,
    };
    for ruling in &judged.rulings {
        let scale = weighed.whose.contributor.as_ref().map(|who| Scale {
            opened,
            head,
            who,
            ways,
        });
        let step = scale.map_or_else(|| left_out(ruling, None), |scale| scale.step(ruling))?;
        weighed.add(step);
    }
    if weighed.pieces.is_empty() {
        // What changes nothing is nobody's to be asked about.
        weighed.findings.clear();
    }
    tested(&mut weighed, opened, day)?;
    Finding::sort(&mut weighed.findings);
    Ok(weighed)
}

/// A change that is not taken, and what is to be said of it besides its ruling.
fn left_out(ruling: &Ruling, finding: Option<Finding>) -> Result<Step, CommandError> {
    Ok(Step::Not(Piece::of(ruling, Lot::LeftOut), finding))
}

impl Weighed {
    fn add(&mut self, step: Step) {
        match step {
            Step::Write(piece, path, bytes) => {
                self.pieces.push(piece);
                self.writes.insert(path, bytes);
            }
            Step::Same(piece) => self.pieces.push(piece),
            Step::Not(piece, finding) => {
                self.pieces.push(piece);
                self.findings.extend(finding);
            }
        }
    }

    /// The paths that would be left out: as they were proposed, and where they would have gone.
    pub fn left_out(&self) -> Vec<&str> {
        let out = self.pieces.iter().filter(|piece| piece.lot == Lot::LeftOut);
        let paths = out.flat_map(|piece| [Some(&piece.path), piece.to.as_ref()]);
        paths.flatten().map(String::as_str).collect()
    }
}

impl Scale<'_> {
    fn step(&self, ruling: &Ruling) -> Result<Step, CommandError> {
        let Some(path) = ruling.change.path.text() else {
            return left_out(ruling, None);
        };
        if ruling.verdict != Verdict::Refused
            && let Some(finding) = self.barred(ruling, &path)?
        {
            return left_out(ruling, Some(finding));
        }
        match &ruling.verdict {
            Verdict::Refused => left_out(ruling, None),
            Verdict::Draft(question) => {
                let question = self.opened.question(&question.to_string())?;
                self.edited(ruling, &path, question)
            }
            Verdict::Allowed => self.own(ruling, &path),
        }
    }

    /// Why the bytes of a change that is allowed may not come in: they cannot be written or shown here, or they are not the
    /// author's own words.
    fn barred(&self, ruling: &Ruling, path: &str) -> Result<Option<Finding>, CommandError> {
        if let Some(finding) = beyond_us(path, &ruling.change) {
            return Ok(Some(finding));
        }
        let Some(bytes) = self.bytes(ruling.change.after.as_ref(), path)? else {
            return Ok(None);
        };
        let author = Author::Known(self.who.clone());
        let own = content(ruling, &author, &bytes);
        Ok(own.or_else(|| decode(path, &bytes).err()))
    }

    /// The bytes of a file of a tree.
    fn bytes(&self, entry: Option<&Entry>, path: &str) -> Result<Option<Vec<u8>>, CommandError> {
        let id: Option<BlobId> = entry.and_then(|entry| entry.id.parse().ok());
        Ok(match id {
            Some(id) => Some(self.opened.repository.text(&id, path)?),
            None => None,
        })
    }

    /// An edit of the agreed text becomes a draft.
    fn edited(
        &self,
        ruling: &Ruling,
        path: &str,
        question: &Question,
    ) -> Result<Step, CommandError> {
        let (was, is) = match self.texts(path, &ruling.change)? {
            Ok(texts) => texts,
            Err(finding) => return left_out(ruling, Some(finding)),
        };
        let edit = self.edit(path, (question, self.who), (was.as_deref(), &is));
        let text = match edit.of_agreed(self.opened, self.ways.combine)? {
            Ok(text) => text,
            Err(finding) => return left_out(ruling, Some(finding)),
        };
        let piece = Piece::of(ruling, Lot::Draft).of_question(question);
        let hers = question.drafts.get(self.who).filter(|_| text != is);
        let piece = match hers {
            // What is written holds more than the edit: all of it is shown.
            Some(hers) => piece.against("her draft as it is here", (&hers.text, &text)),
            None => piece.against("the agreed text", (was.as_deref().unwrap_or_default(), &is)),
        };
        let to = format!("{}/drafts/{}.md", question.id, self.who);
        let to = self.opened.repository.shown(&to);
        Ok(Step::Write(piece.goes_to(&to), to, Some(text.into_bytes())))
    }

    /// What she made of a text.
    fn edit<'b>(
        &'b self,
        path: &'b str,
        (question, who): (&'b Question, &'b ContributorId),
        (was, is): (Option<&'b str>, &'b str),
    ) -> Edit<'b> {
        Edit {
            proposal: &self.ways.name,
            path,
            question,
            who,
            was,
            is,
        }
    }

    /// A file that is hers, or that a facilitator may change.
    fn own(&self, ruling: &Ruling, path: &str) -> Result<Step, CommandError> {
        let change = &ruling.change;
        let blob = |entry: &Option<Entry>| -> Option<BlobId> { entry.as_ref()?.id.parse().ok() };
        let (was, is) = (blob(&change.before), blob(&change.after));
        let here = self.opened.repository.blob_at(self.head, path)?;
        if here == is {
            return Ok(Step::Same(self.shown(ruling, path, Lot::Same, None)?));
        }
        let bytes = self.bytes(change.after.as_ref(), path)?;
        if here == was {
            let piece = self.shown(ruling, path, Lot::Taken, bytes.as_deref())?;
            return Ok(Step::Write(piece, path.to_owned(), bytes));
        }
        self.behind(ruling, path)
    }

    /// A file that changed here, too.
    fn behind(&self, ruling: &Ruling, path: &str) -> Result<Step, CommandError> {
        let not = |finding: Finding| {
            let finding = finding.mend("have it proposed again on what is here now");
            left_out(ruling, Some(finding))
        };
        let draft = self.draft_of(path);
        let here = draft.and_then(|(question, who)| question.drafts.get(&who));
        let (Some((question, who)), Some(here)) = (self.draft_of(path), here) else {
            let message = "the file changed here meanwhile";
            return not(Finding::error("proposal-behind", path, message));
        };
        if ruling.change.after.is_none() {
            let message = format!("the draft of `{who}` goes, and changed here meanwhile");
            return not(Finding::error("proposal-behind", path, message));
        }
        let (was, is) = match self.texts(path, &ruling.change)? {
            Ok(texts) => texts,
            Err(finding) => return left_out(ruling, Some(finding)),
        };
        let edit = self.edit(path, (question, &who), (was.as_deref(), &is));
        match edit.of_draft(&here.text, self.ways.combine) {
            Ok(text) => {
                let piece = Piece::of(ruling, Lot::Combined).of_question(question);
                let piece = piece.against("the draft as it is here", (&here.text, &text));
                Ok(Step::Write(piece, path.to_owned(), Some(text.into_bytes())))
            }
            Err(finding) => left_out(ruling, Some(finding)),
        }
    }

    /// A change with the words that it shows: a draft against what it takes the place of.
    fn shown(
        &self,
        ruling: &Ruling,
        path: &str,
        lot: Lot,
        bytes: Option<&[u8]>,
    ) -> Result<Piece, CommandError> {
        let piece = Piece::of(ruling, lot);
        let Some((question, who)) = self.draft_of(path) else {
            return self.by_lines(piece, (path, bytes));
        };
        let piece = piece.of_question(question);
        if lot == Lot::Same {
            return Ok(piece);
        }
        let text = bytes
            .and_then(|bytes| decode(path, bytes).ok())
            .unwrap_or_default();
        let before = question
            .drafts
            .get(&who)
            .map(|text| ("the draft so far", &text.text));
        let agreed = question
            .agreed
            .as_ref()
            .map(|text| ("the agreed text", &text.text));
        Ok(match before.or(agreed) {
            Some((name, before)) => piece.against(name, (before, &text)),
            None => piece.against("", ("", &text)),
        })
    }

    /// A file that is no draft: whole if it is new, and otherwise the lines that change.
    fn by_lines(
        &self,
        piece: Piece,
        (path, bytes): (&str, Option<&[u8]>),
    ) -> Result<Piece, CommandError> {
        let here = match self.opened.repository.blob_at(self.head, path)? {
            Some(id) => Some(self.opened.repository.text(&id, path)?),
            None => None,
        };
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        Ok(match (here, bytes.map(text)) {
            (Some(here), Some(after)) => piece.by_lines((&text(&here), &after)),
            (None, Some(after)) => piece.with_text(&after),
            (_, None) => piece,
        })
    }

    /// The question and the contributor of a draft's path.
    fn draft_of(&self, path: &str) -> Option<(&Question, ContributorId)> {
        let within = path.strip_prefix(self.opened.repository.folder())?;
        let Place::Question(question, Part::Draft(who)) = Place::of(within) else {
            return None;
        };
        let question = self.opened.question(&question.to_string()).ok()?;
        Some((question, who))
    }

    /// The texts before and after a change, which has one after it.
    fn texts(
        &self,
        path: &str,
        change: &Change,
    ) -> Result<Result<(Option<String>, String), Finding>, CommandError> {
        let read = |id: &str| -> Result<Result<String, Finding>, CommandError> {
            let id: BlobId = id.parse()?;
            let bytes = self.opened.repository.text(&id, path)?;
            Ok(decode(path, &bytes))
        };
        let before = match &change.before {
            Some(entry) => read(&entry.id)?.ok(),
            None => None,
        };
        let after = match &change.after {
            Some(entry) => read(&entry.id)?,
            None => Ok(String::new()),
        };
        Ok(after.map(|after| (before, after)))
    }
}

/// Why a change that is allowed cannot be made here all the same: `receive` writes regular files of some size.
fn beyond_us(path: &str, change: &Change) -> Option<Finding> {
    let after = change.after.as_ref()?;
    let large = after.size.is_none_or(|size| size > MOST);
    let message = match after.mode {
        REGULAR if !large => return None,
        REGULAR => "it is too large to be taken in here",
        _ => "it is no regular file, and only those are taken in here",
    };
    let finding = Finding::error("proposal-mode", path, message);
    Some(finding.mend("leave it out, or merge it by git itself"))
}
