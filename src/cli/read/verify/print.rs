//! How a check is told.

use crate::cli::{Page, Report, Role};
use crate::release::compare::Lot;
use crate::release::proof::Problem;

use super::{Verdict, Verified};

impl Report for Verified {
    fn print(&self, page: &mut Page) {
        for problem in &self.tag_problems {
            page.text(Role::Error, "bad ").line(problem);
        }
        for file in &self.files {
            let (role, lot) = match file.lot {
                Lot::Same => (Role::Good, "same "),
                Lot::Differs => (Role::Error, "differs "),
                Lot::Missing => (Role::Error, "missing "),
                Lot::Extra => (Role::Error, "extra "),
            };
            page.text(role, lot).line(&file.name);
            if let Some(what) = &file.what {
                page.plain("  ").faint(what).end();
            }
        }
        self.print_verdict(page);
        for note in &self.notes {
            page.text(Role::Warning, "note: ").line(note);
        }
        for thing in &self.not_checked {
            page.faint(format!("Not checked: {thing}.")).end();
        }
    }
}

impl Verified {
    fn lacks_only_a_signature(&self) -> bool {
        let same = self.files.iter().all(|file| file.lot == Lot::Same);
        same && self.tag_problems == [Problem::Unsigned.to_string()]
    }

    fn print_verdict(&self, page: &mut Page) {
        match (&self.signed_by, &self.key) {
            (Some(who), Some(key)) => {
                page.plain("signed by ")
                    .name(who)
                    .faint(format!("  {key}"))
                    .end();
            }
            (None, Some(key)) => {
                page.plain("signed by the key ").name(key).end();
            }
            _ => {}
        }
        let (folder, version) = (&self.folder, &self.version);
        page.line(match self.verdict {
            Verdict::Good => format!("`{folder}` is release {version}, byte for byte."),
            Verdict::Unproven => {
                format!("`{folder}` is whole, but whose release it is could not be checked.")
            }
            Verdict::Bad if self.lacks_only_a_signature() => format!(
                "`{folder}` is whole by a tag that nobody signed; `--unsigned` accepts that."
            ),
            Verdict::Bad => {
                format!("`{folder}` is not release {version} as it was made and signed.")
            }
        });
    }
}
