//! How far a long piece of work has come: the only file that names `indicatif`.

use indicatif::{ProgressBar, ProgressStyle};

use super::escape;

/// A bar on the terminal, or nothing where nobody looks; it goes when it is dropped.
#[derive(Debug)]
pub struct Progress(ProgressBar);

impl Progress {
    /// Shows a bar of so many steps.
    pub(in crate::cli) fn shown(steps: usize) -> Self {
        let bar = ProgressBar::new(u64::try_from(steps).unwrap_or(u64::MAX));
        let style = ProgressStyle::with_template("{bar:24} {pos}/{len} {wide_msg}");
        bar.set_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()));
        Self(bar)
    }

    /// Shows nothing.
    pub(in crate::cli) fn hidden() -> Self {
        Self(ProgressBar::hidden())
    }

    /// Says what is being done now.
    pub fn doing(&self, what: &str) {
        self.0.set_message(escape::visible(what));
    }

    /// Counts one step as done.
    pub fn step(&self) {
        self.0.inc(1);
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        self.0.finish_and_clear();
    }
}
