//! What the user sees: one printer, its styles, the pager, the progress bar.

pub mod count;
pub mod escape;
pub mod page;
pub mod pager;
pub mod progress;
pub mod shell;
pub mod stream;
pub mod style;
