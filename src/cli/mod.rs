//! Arguments, terminal and commands: the thin shell around the pure modules.
//!
//! One file holds one command: its arguments, whose doc comments are the help text, then `run`. A command
//! computes a report and gives it to [`Session::show`]; nothing else prints. Whatever fails becomes a
//! [`CommandError`] in [`error`], which alone knows kinds, hints and exit codes.
//!
//! To add a command: its file in `write`, `read` or `plumbing`, one line in that folder's `mod.rs`, and two in
//! [`Command`].

mod agreeing;
mod deciding;
mod editor;
pub mod error;
mod fold;
mod found;
mod mends;
mod opened;
pub mod plumbing;
mod proposing;
mod prose_diff;
pub mod read;
mod released;
mod releasing;
pub mod report;
pub mod session;
pub mod terminal;
pub mod write;

use std::ffi::OsString;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Args, Parser, Subcommand, ValueEnum};

pub use error::{CommandError, Kind, Outcome};
pub use report::Report;
pub use session::Session;
pub use terminal::count::{Count, Listing};
pub use terminal::page::Page;
pub use terminal::style::Role;

/// Many drafts, one agreed text
///
/// Keeps a narrative in a git repository: a list of questions, a draft answer per contributor, and one agreed text
/// per question. Compares the drafts, merges them without losing a word unseen, and renders versioned releases.
#[derive(Debug, Parser)]
#[command(
    name = "onetext",
    version,
    max_term_width = 100,
    disable_help_subcommand = true
)]
pub struct Cli {
    /// What every command takes.
    #[command(flatten)]
    pub flags: Flags,
    /// What to do; `status` if nothing is said.
    #[command(subcommand)]
    pub command: Option<Command>,
}

/// The flags that every command takes.
#[derive(Clone, Debug, Default, Args)]
#[command(next_help_heading = "Global options")]
pub struct Flags {
    /// Work as if started in DIR
    #[arg(short = 'C', value_name = "DIR", global = true)]
    pub dir: Option<PathBuf>,
    /// Print the report as JSON
    #[arg(long, global = true)]
    pub json: bool,
    /// Use colours: `auto` (on a terminal, unless `NO_COLOR` is set), `always` or `never`
    #[arg(
        long,
        value_name = "WHEN",
        value_enum,
        default_value_t,
        hide_possible_values = true
    )]
    #[arg(global = true)]
    pub color: Colour,
    /// Use no colours; the same as `--color never`
    #[arg(long, global = true, conflicts_with = "color")]
    pub no_color: bool,
}

/// When to use colours.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum Colour {
    /// On a terminal, unless `NO_COLOR` is set
    #[default]
    Auto,
    /// Always
    Always,
    /// Never
    Never,
}

/// Every command, in the order of the help.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Make a narrative from a message with numbered questions
    Init(write::init::InitArgs),
    /// Start or edit one's own draft of a question
    Draft(write::draft::DraftArgs),
    /// Propose one's own drafts to the others: as a pull or merge request, or as a file
    Propose(write::propose::ProposeArgs),
    /// Part a mail or a document by question, and save it as drafts
    Import(write::import::ImportArgs),
    /// List members, who speaks for them, and contributors, or change the list
    Roster(write::roster::RosterArgs),
    /// Show how every question stands, and what to do next
    Status(read::status::StatusArgs),
    /// Set the drafts of a question side by side
    Compare(read::compare::CompareArgs),
    /// Show what differs between a draft and the agreed text, two drafts, or revisions
    Diff(read::diff::DiffArgs),
    /// Fetch a proposal, check it, show it, and take it in
    Receive(write::receive::ReceiveArgs),
    /// Fold the drafts into the agreed texts and list the choices left
    Merge(write::merge::MergeArgs),
    /// Decide the open choices of a question
    Decide(write::decide::DecideArgs),
    /// Show whose words each passage of an agreed text is
    Who(read::who::WhoArgs),
    /// Show what became of each passage of one's drafts
    Fate(read::fate::FateArgs),
    /// Say where a member stands on an agreed text
    Position(write::position::PositionArgs),
    /// Hold the narrative to every rule
    Check(read::check::CheckArgs),
    /// Record that the exact words of a quote were approved, or list the quotes and how they stand
    Approve(write::approve::ApproveArgs),
    /// Render a version of the narrative and tag it
    Release(write::release::ReleaseArgs),
    /// Withdraw an answer that was released
    Withdraw(write::withdraw::WithdrawArgs),
    /// Say why an answer takes the place of the one that was released
    Supersede(write::supersede::SupersedeArgs),
    /// Show what changed between two releases, in passages and words
    Changes(read::changes::ChangesArgs),
    /// Print what may be said now in answer to a question, with its status, date and sources
    Answer(read::answer::AnswerArgs),
    /// Tell whether words stand in a release: word for word, altered, superseded, or never
    Quote(read::quote::QuoteArgs),
    /// Check that files are the ones that were released
    Verify(read::verify::VerifyArgs),
    /// List the templates of releases, or copy them out to change them
    Templates(plumbing::templates::TemplatesArgs),
    /// Let git call onetext when it merges, picks or compares Markdown files in this repository
    Git(plumbing::git::GitArgs),
    /// Print the merge of two or more versions of a file
    MergeFile(plumbing::merge_file::MergeFileArgs),
    /// Show what differs between two files, for people, git and scripts
    DiffFile(plumbing::diff_file::DiffFileArgs),
    /// Print the completion script of a shell
    Completions(plumbing::completions::CompletionsArgs),
    /// Print the manual page, or write all of them to a folder
    Man(plumbing::man::ManArgs),
}

/// `merge-file` by itself.
#[derive(Debug, Parser)]
#[command(disable_help_flag = true)]
struct MergeFile {
    #[command(flatten)]
    flags: Flags,
    #[command(flatten)]
    args: plumbing::merge_file::MergeFileArgs,
}

impl Cli {
    /// Reads the arguments that the program was started with.
    ///
    /// Git starts `merge-file` once for each file, and all the other commands are then built for nothing, which takes a
    /// third of a merge. So it is read by itself first; whatever is not a plain call of it, is read as a part of all.
    pub fn read(arguments: impl Iterator<Item = OsString>) -> Result<Self, clap::Error> {
        let arguments: Vec<OsString> = arguments.collect();
        match arguments.get(1..) {
            Some(merge @ [name, ..]) if name == "merge-file" => MergeFile::try_parse_from(merge)
                .map(|read| Self {
                    flags: read.flags,
                    command: Some(Command::MergeFile(read.args)),
                })
                .or_else(|_| Self::try_parse_from(&arguments)),
            _ => Self::try_parse_from(&arguments),
        }
    }

    /// Runs the command that was named.
    pub fn run(self, session: &Session) -> Result<Outcome, CommandError> {
        match self.command {
            None => read::status::run(read::status::StatusArgs::default(), session),
            Some(Command::Init(args)) => write::init::run(args, session),
            Some(Command::Draft(args)) => write::draft::run(args, session),
            Some(Command::Propose(args)) => write::propose::run(args, session),
            Some(Command::Import(args)) => write::import::run(args, session),
            Some(Command::Roster(args)) => write::roster::run(args, session),
            Some(Command::Status(args)) => read::status::run(args, session),
            Some(Command::Check(args)) => read::check::run(args, session),
            Some(Command::Compare(args)) => read::compare::run(args, session),
            Some(Command::Diff(args)) => read::diff::run(args, session),
            Some(Command::Receive(args)) => write::receive::run(args, session),
            Some(Command::Merge(args)) => write::merge::run(args, session),
            Some(Command::Decide(args)) => write::decide::run(args, session),
            Some(Command::Who(args)) => read::who::run(&args, session),
            Some(Command::Fate(args)) => read::fate::run(&args, session),
            Some(Command::Approve(args)) => write::approve::run(&args, session),
            Some(Command::Position(args)) => write::position::run(args, session),
            Some(Command::Withdraw(args)) => write::withdraw::run(args, session),
            Some(Command::Supersede(args)) => write::supersede::run(args, session),
            Some(Command::Release(args)) => write::release::run(args, session),
            Some(Command::Changes(args)) => read::changes::run(args, session),
            Some(Command::Answer(args)) => read::answer::run(&args, session),
            Some(Command::Quote(args)) => read::quote::run(&args, session),
            Some(Command::Verify(args)) => read::verify::run(args, session),
            Some(Command::Templates(args)) => plumbing::templates::run(args, session),
            Some(Command::Git(args)) => plumbing::git::run(&args, session),
            Some(Command::MergeFile(args)) => plumbing::merge_file::run(args, session),
            Some(Command::DiffFile(args)) => plumbing::diff_file::run(args, session),
            Some(Command::Completions(args)) => plumbing::completions::run(args, session),
            Some(Command::Man(args)) => plumbing::man::run(args, session),
        }
    }
}

/// Prints what clap says of a misuse, or the help that was asked for, and gives the exit code.
///
/// `merge-file` speaks git's codes, in which 2 would mean two conflicts: its misuse is 129.
pub fn misused(misuse: &clap::Error) -> ExitCode {
    // A closed stdout or stderr leaves nobody to tell.
    let _ = misuse.print();
    let merges = std::env::args().any(|arg| arg == "merge-file");
    match misuse.exit_code() {
        0 => ExitCode::SUCCESS,
        _ if merges => ExitCode::from(129),
        _ => ExitCode::from(Kind::Usage.code()),
    }
}

/// Says that the program broke, after Rust has said where, and gives the exit code.
pub fn broke() -> ExitCode {
    let error = CommandError::new(
        Kind::Internal,
        "onetext broke: this is a fault in it, not in your files",
    )
    .hint("nothing was left half written; please report the lines above");
    Session::new(&Flags::default()).fail(&error)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn both_ways(arguments: &[&str]) -> [String; 2] {
        let arguments = || ["onetext"].iter().chain(arguments).map(OsString::from);
        let told = |read: Result<Cli, clap::Error>| match read {
            Ok(cli) => format!("{cli:?}"),
            Err(misuse) => misuse.to_string(),
        };
        [Cli::read(arguments()), Cli::try_parse_from(arguments())].map(told)
    }

    #[test]
    fn merge_file_by_itself_is_read_as_among_all_commands() {
        let calls: [&[&str]; 8] = [
            &["merge-file", "a", "b", "c"],
            &[
                "merge-file",
                "a",
                "b",
                "c",
                "d",
                "--label=x",
                "--label",
                "y",
                "-o",
                "a",
            ],
            &[
                "merge-file",
                "-C",
                "dir",
                "--json",
                "a",
                "b",
                "c",
                "--color=never",
            ],
            &["merge-file", "--marker-size", "9", "--", "-a", "b", "c"],
            &["merge-file", "a", "b", "c", "--json", "-o", "a"],
            &["merge-file", "a", "b"],
            &["merge-file", "--help"],
            &["--json", "merge-file", "a", "b", "c"],
        ];
        for call in calls {
            let [alone, among] = both_ways(call);
            assert_eq!(alone, among, "{call:?}");
        }
        assert!(MergeFile::try_parse_from(calls[3]).is_ok());
    }
}
