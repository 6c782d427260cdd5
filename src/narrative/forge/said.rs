//! What a server said while something was pushed to it: a stranger's words.
//!
//! **Invariant:** no control character comes out of here, and no link but an https one to the host that was pushed to.

use super::Web;

/// How git tells that a server takes no options.
const NO_OPTIONS: &str = "the receiving end does not support push options";

/// Parts of the paths under which forges keep proposals.
const PROPOSALS: [&str; 5] = [
    "/merge_requests/",
    "/pulls/",
    "/pull/",
    "/compare/",
    "/-/merge_requests",
];

/// What stands for a link that leads elsewhere.
const ELSEWHERE: &str = "(a link to another host)";

/// The lines that a server says at most.
const MOST: usize = 20;

/// Tells whether a push failed because the server takes no options.
pub fn is_without_options(stderr: &str) -> bool {
    // The server's own words stand behind `remote:`, and are not believed here.
    stderr
        .lines()
        .any(|line| !line.starts_with("remote:") && line.contains(NO_OPTIONS))
}

/// The lines of the server, fit to be shown.
pub fn words(stderr: &str, web: Option<&Web>) -> Vec<String> {
    let lines = spoken(stderr).map(|line| harmless(&line, web));
    lines.filter(|line| !line.is_empty()).take(MOST).collect()
}

/// What git itself says, without its advice; servers can have a word in it, so it is made fit to be shown as well.
pub fn complaint(stderr: &str, web: Option<&Web>) -> String {
    let own = stderr.lines().filter(|line| {
        let foreign = ["remote:", "hint:", "To "];
        !foreign.iter().any(|start| line.starts_with(start))
    });
    let lines = own.map(|line| harmless(&plain(line), web));
    let lines = lines.filter(|line| !line.is_empty()).take(MOST);
    lines.collect::<Vec<_>>().join("; ")
}

/// A line without what a terminal would obey, and without links that lead elsewhere.
pub fn harmless(line: &str, web: Option<&Web>) -> String {
    let line = plain(line);
    let shown = line.split_whitespace().map(|word| {
        if !word.contains("://") || is_ours(word, web) {
            word
        } else {
            ELSEWHERE
        }
    });
    shown.collect::<Vec<_>>().join(" ")
}

/// The link to the proposal, if the server named one on the host that was pushed to.
pub fn link(stderr: &str, web: Option<&Web>) -> Option<String> {
    let lines: Vec<String> = spoken(stderr).collect();
    let mut links = lines
        .iter()
        .flat_map(|line| line.split_whitespace())
        .filter(|word| is_ours(word, web))
        .filter(|word| PROPOSALS.iter().any(|part| word.contains(part)));
    links.next().map(str::to_owned)
}

fn spoken(stderr: &str) -> impl Iterator<Item = String> {
    // A carriage return begins a line of progress anew.
    let lines = stderr.split(['\n', '\r']);
    let lines = lines.filter_map(|line| line.strip_prefix("remote:"));
    lines.map(|line| plain(line).trim().to_owned())
}

fn is_ours(word: &str, web: Option<&Web>) -> bool {
    let Some((web, rest)) = web.zip(word.strip_prefix("https://")) else {
        return false;
    };
    let end = rest.find(['/', '?', '#']).unwrap_or(rest.len());
    let fits = |sign: char| sign.is_ascii_graphic() && sign != '\\';
    rest[..end] == *web.authority() && rest.chars().all(fits)
}

/// Takes out what a terminal would obey: whole escape sequences, and every other control.
fn plain(line: &str) -> String {
    let mut out = String::with_capacity(line.len());
    let mut signs = line.chars().peekable();
    while let Some(sign) = signs.next() {
        match sign {
            '\u{1b}' if signs.next_if_eq(&'[').is_some() => skip_to(&mut signs, '@'..='~'),
            '\u{1b}' if signs.next_if_eq(&']').is_some() => skip_to(&mut signs, '\u{7}'..='\u{7}'),
            '\u{9b}' => skip_to(&mut signs, '@'..='~'),
            '\t' => out.push(' '),
            _ if sign.is_control() => {}
            _ => out.push(sign),
        }
    }
    out
}

fn skip_to(signs: &mut impl Iterator<Item = char>, end: std::ops::RangeInclusive<char>) {
    signs.find(|sign| end.contains(sign));
}

#[cfg(test)]
mod tests {
    use super::*;

    fn web(text: &str) -> Web {
        Web::try_from(text.to_owned()).unwrap()
    }

    #[test]
    fn each_forge_names_its_proposal() {
        let host = web("https://git.example.org/co-ops/story");
        for (said, expected) in [
            (
                "remote: \nremote: To create a merge request for bo/1-size, visit:\n\
                 remote:   https://git.example.org/co-ops/story/-/merge_requests/new?a=b\nremote: \n",
                "https://git.example.org/co-ops/story/-/merge_requests/new?a=b",
            ),
            (
                "remote: View merge request for bo/1-size:        \n\
                 remote:   https://git.example.org/co-ops/story/-/merge_requests/7        \n",
                "https://git.example.org/co-ops/story/-/merge_requests/7",
            ),
            (
                "remote: See https://git.example.org/help first\n\
                 remote: Create a new pull request for 'bo':\n\
                 remote:   https://git.example.org/co-ops/story/pulls/3\n",
                "https://git.example.org/co-ops/story/pulls/3",
            ),
        ] {
            assert_eq!(link(said, Some(&host)).as_deref(), Some(expected));
            assert_eq!(link(said, None), None);
        }
        let git = "https://git.example.org/co-ops/story/pulls/3";
        assert_eq!(link(git, Some(&host)), None, "not the server's words");
    }

    #[test]
    fn a_link_that_only_looks_like_ours_is_left_out() {
        let host = web("https://git.example.org/a/b");
        for like in [
            "https://git.example.org.evil.example/a/b/pulls/1",
            "https://git.example.org@evil.example/a/b/pulls/1",
            "https://git.example.org:8443/a/b/pulls/1",
            "https://git.example.org\\@evil.example/a/b/pulls/1",
            "https://gіt.example.org/a/b/pulls/1",
            "https://git.example.org/a/b/pulls/1\u{202e}",
            "http://git.example.org/a/b/pulls/1",
            "javascript://git.example.org/a/b/pulls/1",
        ] {
            let said = format!("remote: visit {like} now\n");
            assert_eq!(link(&said, Some(&host)), None, "{like}");
            assert_eq!(
                words(&said, Some(&host)),
                [format!("visit {ELSEWHERE} now")]
            );
        }
    }

    #[test]
    fn what_a_terminal_would_obey_is_taken_out() {
        let said = "remote: \u{1b}[31mred\u{1b}[0m\u{7} \u{1b}]8;;https://evil.example\u{7}here\u{9b}2J.\r\
                    remote: \u{8}over\twritten\n";
        assert_eq!(words(said, None), ["red here.", "over written"]);
    }

    #[test]
    fn what_git_says_is_told_without_its_advice() {
        let said = "remote: no\nTo file:///srv/a\n ! [rejected] a -> b\nhint: pull\n\
                    fatal: remote error: \u{1b}[1msee https://evil.example/x\n";
        let told = format!("! [rejected] a -> b; fatal: remote error: see {ELSEWHERE}");
        assert_eq!(complaint(said, None), told);
    }

    #[test]
    fn only_git_tells_that_options_are_not_taken() {
        let git = "fatal: the receiving end does not support push options\n";
        assert!(is_without_options(git));
        assert!(!is_without_options(&format!("remote: {git}")));
    }
}
