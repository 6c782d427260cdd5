//! Tests of how the house is built: which module may import which, what is pure, what the help says.

mod help;
mod layers;
mod shell;
mod source;
