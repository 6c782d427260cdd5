//! Decision sheets as files: written where none stands yet, and read back.

use std::path::Path;

use crate::cli::error::CommandError;

use super::{Decided, Desk, Did};

impl Desk<'_> {
    pub(super) fn write_sheet(
        &self,
        path: &Path,
        text: &str,
        open: usize,
    ) -> Result<Decided, CommandError> {
        let mut report = self.report(Did::WroteSheet);
        report.open = open;
        if path == Path::new("-") {
            self.session.print_raw(text.as_bytes())?;
            return Ok(report);
        }
        let path = self.session.path(path);
        let file = std::fs::File::options()
            .write(true)
            .create_new(true)
            .open(&path);
        let written =
            file.and_then(|mut file| std::io::Write::write_all(&mut file, text.as_bytes()));
        written.map_err(|error| {
            CommandError::io(&path, &error).hint("name a file that is not there yet")
        })?;
        report.next = Some(format!(
            "onetext decide {} --from {}",
            self.question.id.number(),
            path.display()
        ));
        Ok(report)
    }

    pub(super) fn read(&self, path: &Path) -> Result<String, CommandError> {
        let path = self.session.path(path);
        let bytes = std::fs::read(&path).map_err(|error| CommandError::io(&path, &error))?;
        String::from_utf8(bytes).map_err(|error| {
            let at = error.utf8_error().valid_up_to();
            CommandError::usage(format!("`{}` is not UTF-8 at byte {at}", path.display()))
        })
    }
}
