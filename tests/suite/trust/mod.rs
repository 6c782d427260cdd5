//! Whose release it is: signed tags, their forgeries, and what can be checked without the repository.
//!
//! Keys and signatures are made here, in the process, so that no test needs another program than git; `.ci/run signing`
//! does the same with `ssh-keygen` and `gpg`.

mod apart;
mod changes;
mod forgeries;
pub mod inert;
pub mod keys;
mod lifetimes;
mod listing;
mod reproducible;
mod spoken;
