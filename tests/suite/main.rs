//! The tests of the whole program, as its users meet it; the README beside this file says how to add a case.

mod house;
mod laws;
mod sandbox;
mod worlds;
