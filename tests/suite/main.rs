//! The tests of the whole program, as its users meet it; the README beside this file says how to add a case.

#![expect(
    clippy::disallowed_methods,
    reason = "a test sets up the world that it runs in"
)]

mod accounts;
mod agreement;
mod beginning;
mod check;
mod collate;
mod compare;
mod console;
mod credits;
mod damage;
mod decide;
mod diffs;
mod editions;
mod git_diff;
mod git_drivers;
mod guide;
mod history;
mod hostile;
mod house;
mod import;
mod journey;
mod laws;
mod merges;
mod moves;
mod office;
#[cfg(feature = "pdf")]
mod pdf;
mod policies;
mod proposals;
mod propose;
// The README shows the program as it is built by default.
#[cfg(feature = "pdf")]
mod readme;
mod receive;
mod refusals;
mod release;
mod rounds;
mod sandbox;
mod servers;
mod speaking;
mod status;
mod texts;
mod trust;
mod who;
mod worlds;
