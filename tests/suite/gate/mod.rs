//! Proposals: whose they are, what of them may come in, and how it is told.

mod accounts;
