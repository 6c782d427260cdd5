//! Mails, texts and documents that become drafts.

mod documents;
mod hostile;
mod letters;
mod losses;
mod places;
mod writing;

use super::sandbox::Sandbox;

/// A narrative with the eight questions of a journalist, as its message asks them; ana and bo are on the roster.
fn asked() -> Sandbox {
    let sandbox = Sandbox::new();
    sandbox.git(["init", "-q", "-b", "main"]);
    sandbox.write("questions.txt", QUESTIONS);
    sandbox.run(["init", "--from", "questions.txt"]).succeeds();
    sandbox.commit("the questions");
    for who in ["ana", "bo"] {
        let email = format!("{who}@example.org");
        sandbox
            .run(["roster", "add", who, "--name", who, "--email", &email])
            .succeeds();
        sandbox.commit(who);
    }
    sandbox
}

const QUESTIONS: &str = include_str!("../../messages/eight-questions.txt");

/// The message with `> ` before each line, wrapped as mail programs do.
fn quoted() -> String {
    let mut out = String::new();
    for line in QUESTIONS.lines() {
        out.push('>');
        let mut column = 0;
        for word in line.split(' ') {
            if column + word.len() > 66 {
                out.push_str("\n>");
                column = 0;
            }
            out.push(' ');
            out.push_str(word);
            column += word.len() + 1;
        }
        out.push('\n');
    }
    out
}

/// The quoted message with answers below the questions of some numbers.
fn inline(answers: &[(u32, &str)]) -> String {
    let quoted = quoted();
    let mut out = String::new();
    let mut due: Option<&str> = None;
    for line in quoted.lines() {
        let number = line.trim_start_matches("> ").split(' ').next();
        let number: Option<u32> = number.and_then(|number| number.parse().ok());
        if number.is_some()
            && let Some(answer) = due.take()
        {
            out.push_str(&format!("\n{answer}\n\n"));
        }
        if let Some(number) = number {
            let answer = answers.iter().find(|(of, _)| *of == number);
            due = answer.map(|(_, answer)| *answer);
        }
        out.push_str(line);
        out.push('\n');
    }
    match due {
        Some(answer) => format!("{out}\n{answer}\n"),
        None => out,
    }
}

/// A mail of ana's.
fn mail(kind: &str, body: &[u8]) -> Vec<u8> {
    let head = format!(
        "From: Ana <ana@example.org>\r\nTo: eve@example.org\r\nSubject: Re: questions\r\n\
         Date: Fri, 13 Feb 2026 10:00:00 +0000\r\nMIME-Version: 1.0\r\n{kind}\r\n\r\n"
    );
    [head.as_bytes(), body].concat()
}

fn plain(body: &str) -> Vec<u8> {
    mail(
        "Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: 8bit",
        body.as_bytes(),
    )
}

/// Imports bytes and gives `question: answer` for each, joined by ` | `, and what could not be placed.
fn parted(name: &str, bytes: &[u8]) -> (String, String) {
    let sandbox = asked();
    sandbox.write(name, bytes);
    let run = sandbox.run(["import", name, "--as", "ana", "--dry-run", "--json"]);
    let json = run.json();
    let list = |key: &str| json[key].as_array().cloned().unwrap_or_default();
    let text = |value: &serde_json::Value| value.as_str().unwrap_or_default().trim().to_owned();
    let drafts = list("drafts");
    let drafts = drafts.iter().map(|draft| {
        format!(
            "{}: {}",
            &text(&draft["question"])[..1],
            text(&draft["text"])
        )
    });
    let rest = list("rest");
    let rest = rest.iter().map(|rest| text(&rest["text"]));
    (
        drafts.collect::<Vec<_>>().join(" | "),
        rest.collect::<Vec<_>>().join(" | "),
    )
}

fn drafts(name: &str, bytes: &[u8]) -> String {
    let (drafts, rest) = parted(name, bytes);
    assert_eq!(rest, "", "{drafts}");
    drafts
}
