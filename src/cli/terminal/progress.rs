//! How far a long piece of work has come: the only file that names `indicatif`.
//!
//! `indicatif` buys us a bar that fits the line, is drawn no oftener than eyes can follow, and leaves nothing behind.

use std::time::Duration;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use super::escape;

/// How long a piece of work may take before a bar is worth its flicker.
const PATIENCE: Duration = Duration::from_millis(500);

/// A bar on the terminal once the work is long, or nothing where nobody looks; it goes when it is dropped.
#[derive(Debug)]
pub struct Progress {
    bar: ProgressBar,
    audience: Audience,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Audience {
    Terminal,
    Nobody,
}

impl Progress {
    /// Shows a bar of so many steps, if the work turns out to be long.
    pub(in crate::cli) fn shown(steps: usize) -> Self {
        Self::new(steps, Audience::Terminal)
    }

    /// Shows nothing.
    pub(in crate::cli) fn hidden() -> Self {
        Self::new(0, Audience::Nobody)
    }

    fn new(steps: usize, audience: Audience) -> Self {
        let bar = ProgressBar::with_draw_target(Some(number(steps)), ProgressDrawTarget::hidden());
        let style = ProgressStyle::with_template("{bar:24} {pos}/{len} {wide_msg}");
        bar.set_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()));
        Self { bar, audience }
    }

    /// Says what is being done now.
    pub fn doing(&self, what: &str) {
        self.appear();
        self.bar.set_message(escape::visible(what));
    }

    /// Counts one step as done.
    pub fn step(&self) {
        self.appear();
        self.bar.inc(1);
    }

    /// Says how many steps of how many are done.
    pub fn reach(&self, done: usize, all: usize) {
        self.appear();
        self.bar.set_length(number(all));
        self.bar.set_position(number(done));
    }

    fn appear(&self) {
        let waiting = self.audience == Audience::Terminal && self.bar.is_hidden();
        if waiting && self.bar.elapsed() >= PATIENCE {
            self.bar.set_draw_target(ProgressDrawTarget::stderr());
        }
    }
}

fn number(steps: usize) -> u64 {
    u64::try_from(steps).unwrap_or(u64::MAX)
}

impl Drop for Progress {
    fn drop(&mut self) {
        self.bar.finish_and_clear();
    }
}
