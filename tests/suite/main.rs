//! The tests of the whole program, as its users meet it.

mod laws;
mod worlds;
