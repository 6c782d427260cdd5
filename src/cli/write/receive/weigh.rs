//! What a proposal comes to: each change with what becomes of it, and the files that taking it in would write.

use std::collections::BTreeMap;

use crate::cli::error::CommandError;
use crate::cli::opened::Opened;
use crate::cli::proposing::date::odd_date;
use crate::narrative::finding::Finding;
use crate::narrative::id::ContributorId;
use crate::narrative::proposal::{Ground, Ruling, Verdict, judge};
use crate::narrative::question::Question;
use crate::narrative::read::place::{Part, Place};
use crate::store::{CommitId, Written, clock};

use super::author::Whose;
use super::content::{Content, blob};
use super::draft::Edit;
use super::outcome::tested;
use super::show::piece::{HER_DRAFT, Lot, Piece};
use super::{Changed, Ways};

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
    let claim = opened.repository.claim(tip)?;
    let odd = odd_date(&claim, &opened.repository);
    weighed.findings.extend(odd);
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
        if ruling.verdict == Verdict::Refused {
            return left_out(ruling, None);
        }
        let content = match Content::of(&self.opened.repository, ruling, self.who)? {
            Ok(content) => content,
            Err(finding) => return left_out(ruling, finding),
        };
        match &ruling.verdict {
            Verdict::Refused => left_out(ruling, None),
            Verdict::Draft(question) => {
                let question = self.opened.question(&question.to_string())?;
                self.edited(ruling, &content, question)
            }
            Verdict::Allowed => self.own(ruling, content),
        }
    }

    /// An edit of the agreed text becomes a draft.
    fn edited(
        &self,
        ruling: &Ruling,
        content: &Content,
        question: &Question,
    ) -> Result<Step, CommandError> {
        let (was, is) = (content.was.as_deref(), content.reads());
        let edit = self.edit(content, (question, self.who));
        let text = match edit.of_agreed(self.opened, self.ways.changed)? {
            Ok(text) => text,
            Err(finding) => return left_out(ruling, Some(finding)),
        };
        let piece = Piece::of(ruling, Lot::Draft).of_question(question);
        let hers = question.drafts.get(self.who).filter(|_| text != is);
        let piece = match hers {
            // What is written holds more than the edit: all of it is shown.
            Some(hers) => piece.against(HER_DRAFT, (&hers.text, &text)),
            None => piece.against("the agreed text", (was.unwrap_or_default(), is)),
        };
        let to = format!("{}/drafts/{}.md", question.id, self.who);
        let to = self.opened.repository.shown(&to);
        Ok(Step::Write(piece.goes_to(&to), to, Some(text.into_bytes())))
    }

    /// What she made of a text.
    fn edit<'b>(
        &'b self,
        content: &'b Content,
        (question, who): (&'b Question, &'b ContributorId),
    ) -> Edit<'b> {
        Edit {
            proposal: &self.ways.name,
            path: &content.path,
            question,
            who,
            was: content.was.as_deref(),
            is: content.reads(),
        }
    }

    /// A file that is hers, or that a facilitator may change.
    fn own(&self, ruling: &Ruling, content: Content) -> Result<Step, CommandError> {
        let change = &ruling.change;
        let (was, is) = (blob(change.before.as_ref()), blob(change.after.as_ref()));
        let here = self.opened.repository.blob_at(self.head, &content.path)?;
        if here == is {
            return Ok(Step::Same(self.shown(ruling, &content, Lot::Same)?));
        }
        if here == was {
            let piece = self.shown(ruling, &content, Lot::Taken)?;
            return Ok(Step::Write(piece, content.path, content.bytes));
        }
        self.behind(ruling, &content)
    }

    /// A file that changed here, too.
    fn behind(&self, ruling: &Ruling, content: &Content) -> Result<Step, CommandError> {
        let path = &content.path;
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
        if content.is.is_none() {
            let message = format!("the draft of `{who}` goes, and changed here meanwhile");
            return not(Finding::error("proposal-behind", path, message));
        }
        let edit = self.edit(content, (question, &who));
        match edit.of_draft(&here.text, self.ways.changed) {
            Ok(text) => {
                let lot = match self.ways.changed {
                    Changed::Replace => Lot::Replaced,
                    _ => Lot::Combined,
                };
                let piece = Piece::of(ruling, lot).of_question(question);
                let piece = piece.against("the draft as it is here", (&here.text, &text));
                Ok(Step::Write(piece, path.clone(), Some(text.into_bytes())))
            }
            Err(finding) => left_out(ruling, Some(finding)),
        }
    }

    /// A change with the words that it shows: a draft against what it takes the place of.
    fn shown(&self, ruling: &Ruling, content: &Content, lot: Lot) -> Result<Piece, CommandError> {
        let piece = Piece::of(ruling, lot);
        let Some((question, who)) = self.draft_of(&content.path) else {
            return match lot {
                Lot::Same => Ok(piece),
                _ => self.by_lines(piece, content),
            };
        };
        let piece = piece.of_question(question);
        if lot == Lot::Same {
            return Ok(piece);
        }
        let before = question
            .drafts
            .get(&who)
            .map(|text| ("the draft so far", &text.text));
        let agreed = question
            .agreed
            .as_ref()
            .map(|text| ("the agreed text", &text.text));
        Ok(match before.or(agreed) {
            Some((name, before)) => piece.against(name, (before, content.reads())),
            None => piece.against("", ("", content.reads())),
        })
    }

    /// A file that is no draft: whole if it is new, and otherwise the lines that change.
    fn by_lines(&self, piece: Piece, content: &Content) -> Result<Piece, CommandError> {
        let repository = &self.opened.repository;
        let here = match repository.blob_at(self.head, &content.path)? {
            Some(id) => Some(repository.text(&id, &content.path)?),
            None => None,
        };
        Ok(match (here, &content.is) {
            (Some(here), Some(after)) => piece.by_lines((&String::from_utf8_lossy(&here), after)),
            (None, Some(after)) => piece.with_text(after),
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
}
