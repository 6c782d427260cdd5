//! The only code that touches disk and git objects.
//!
//! Reading gives a [`Snapshot`](crate::narrative::snapshot::Snapshot): a commit's tree, or the work tree under the same
//! checks. Writing is one step at the end: objects first, then the branch, then files by temporary name and rename,
//! then the index, under one lock. Killed anywhere, the old state stands or the new one does; running the same command
//! again finishes.
//!
//! **Invariant:** nothing here decides what a text means.

mod call;
pub mod clock;
mod driver;
pub mod error;
mod fetching;
mod files;
mod git;
mod lock;
mod patch;
mod pushing;
mod remote;
mod repository;
mod signing;
mod walk;

pub use driver::Driver;
pub use error::{Lack, StoreError};
pub use fetching::{Fetched, Offer, Patience, Place, Source, Trial};
pub use files::{Scratch, append, write};
pub use git::{Written, tag_id};
pub use patch::{Patch, PatchSide, asks_for_colour, pager_is_in_use};
pub use pushing::{Advertised, Hooks, Manner, Prompts, Pushed, Staged};
pub use repository::{
    At, Beside, Change, Claim, CommitId, Identity, Merged, Repository, Tag, TagInfo, blob_id,
};
pub use signing::{OpenPgp, What, check_openpgp, openpgp_fingerprints};
