//! The whole help as one snapshot, and the manual pages and completions that are made from the same definitions.

use clap::{Command, CommandFactory as _};
use onetext::cli::Cli;

use crate::sandbox::Sandbox;

/// Every command's `--help`, in the order of the help.
fn whole_help() -> String {
    let mut command = Cli::command().term_width(100);
    command.build();
    let mut help = String::new();
    append(&mut help, &command);
    help
}

fn append(help: &mut String, command: &Command) {
    let name = command
        .get_bin_name()
        .unwrap_or(command.get_name())
        .to_owned();
    let text = command.clone().render_long_help().to_string();
    help.push_str(&format!("$ {name} --help\n{text}\n"));
    for inner in command.get_subcommands() {
        append(help, inner);
    }
}

fn command_names() -> Vec<String> {
    Cli::command()
        .get_subcommands()
        .map(|command| command.get_name().to_owned())
        .collect()
}

#[test]
fn the_help_is_as_reviewed() {
    insta::assert_snapshot!("help", whole_help());
}

#[test]
fn every_shell_has_completions_of_every_command() {
    let sandbox = Sandbox::new();
    for shell in ["bash", "zsh", "fish", "powershell"] {
        let script = sandbox.run(["completions", shell]).succeeds().stdout;
        for name in command_names() {
            assert!(
                script.contains(&name),
                "no `{name}` in the script for {shell}"
            );
        }
    }
}

#[test]
fn every_command_has_a_manual_page() {
    let sandbox = Sandbox::new();
    sandbox
        .run(["man", "--out", "man1"])
        .succeeds()
        .says("manual pages to man1");
    for name in command_names() {
        let page = sandbox.read(&format!("man1/onetext-{name}.1"));
        assert!(page.contains(".SH SYNOPSIS"), "{page}");
    }
    sandbox.run(["man"]).succeeds().says(".TH onetext 1");
}

#[test]
fn every_command_and_argument_says_what_it_is() {
    let mut command = Cli::command();
    command.build();
    for command in command.get_subcommands() {
        let about = command
            .get_about()
            .map(ToString::to_string)
            .unwrap_or_default();
        assert!(
            !about.is_empty() && !about.ends_with('.'),
            "`{}`: {about:?}",
            command.get_name()
        );
        for argument in command.get_arguments() {
            let help = argument
                .get_help()
                .map(ToString::to_string)
                .unwrap_or_default();
            let place = format!("`{}`, `{}`", command.get_name(), argument.get_id());
            assert!(
                !help.is_empty() && !help.ends_with('.'),
                "{place}: {help:?}"
            );
        }
    }
}
