//! `onetext check`: findings with file, line, rule and mend; what cannot be read is one of them.

use crate::sandbox::Sandbox;

/// What `check` prints, and its exit code.
fn checked(sandbox: &Sandbox) -> (i32, String) {
    let run = sandbox.run(["check"]);
    (run.code, run.stdout)
}

#[test]
fn a_sound_narrative_has_no_findings() {
    let sandbox = Sandbox::with_narrative();
    sandbox.write("narrative/1-size/drafts/bo.md", "We are small.\n");
    assert_eq!(checked(&sandbox), (0, "no findings\n".to_owned()));
}

#[test]
fn warnings_alone_do_not_fail() {
    let sandbox = Sandbox::with_narrative();
    sandbox.write(
        "narrative/1-size/drafts/bo.md",
        "We are small.\nWe are 12.\n",
    );
    let said = "narrative/1-size/drafts/bo.md:2: warning figure-unsourced\n  \
                a figure without a source: `We are 12.`\n  \
                mend: cite it as `[@id]`, with `id` in `sources.toml`\n\nno errors, 1 warning\n";
    assert_eq!(checked(&sandbox), (0, said.to_owned()));
}

#[test]
fn a_figure_in_an_agreed_text_must_have_a_source() {
    let sandbox = Sandbox::with_narrative();
    sandbox.write(
        "narrative/1-size/agreed.md",
        "We are small.\n\nWe are\n12 [@lst].\n",
    );
    sandbox.write(
        "narrative/sources.toml",
        "schema = 1\n[[sources]]\nid = \"list\"\nsays = \"S\"\nas-of = \"2026\"\ntitle = \"T\"\n\
         url = \"https://example.org\"\n",
    );
    let said = "narrative/1-size/agreed.md:3: error citation-unknown\n  no source `lst` is in `sources.toml`\n  \
                mend: did you mean `[@list]`?\n\n1 error, no warnings\n";
    assert_eq!(checked(&sandbox), (1, said.to_owned()));
}

#[test]
fn a_draft_that_is_not_utf8_is_named_with_the_byte() {
    let sandbox = Sandbox::with_narrative();
    sandbox.write("narrative/1-size/drafts/bo.md", b"One.\nA caf\xe9.\n");
    let said = "narrative/1-size/drafts/bo.md:2: error not-utf8\n  \
                the text is not UTF-8: byte 0xe9 at offset 10\n  \
                mend: save it as UTF-8; most editors ask for the encoding when saving\n\n1 error, no warnings\n";
    assert_eq!(checked(&sandbox), (1, said.to_owned()));
}

#[test]
fn a_roster_with_an_unknown_key_is_named_with_the_nearest() {
    let sandbox = Sandbox::with_narrative();
    let roster = "schema = 1\n\n[[contributors]]\nid = \"ana\"\nnmae = \"Ana\"\n";
    sandbox.write("narrative/roster.toml", roster);
    let said = "narrative/roster.toml:5:1: error toml\n  unknown key `nmae`\n  \
                mend: did you mean `name`?\n\n1 error, no warnings\n";
    assert_eq!(checked(&sandbox), (1, said.to_owned()));
}

#[test]
fn everything_wrong_is_said_at_once_and_as_data() {
    let sandbox = Sandbox::with_narrative();
    sandbox.write("narrative/notes.txt", "n\n");
    sandbox.write("narrative/1-size/drafts/bo.md", "Up \u{202e}21\u{202c}.\n");
    sandbox.write(
        "narrative/1-size/drafts/dee.md",
        "[x](javascript:alert(1)) <b>bold</b>\n",
    );
    let report = sandbox.run(["check", "--json"]).exits_with(1).json();
    let findings = report["findings"].as_array().unwrap();
    let rules: Vec<&str> = findings
        .iter()
        .map(|finding| finding["rule"].as_str().unwrap())
        .collect();
    let expected = [
        "control-character",
        "unknown-contributor",
        "raw-html",
        "raw-html",
        "unsafe-link",
        "unknown-file",
    ];
    assert_eq!(rules, expected);
    assert_eq!(report["errors"], 4);
    assert_eq!(report["warnings"], 2);
    assert_eq!(findings[0]["line"], 1);
    assert_eq!(findings[0]["column"], 4);
}

#[test]
fn a_commit_can_be_looked_at() {
    let sandbox = Sandbox::with_narrative();
    sandbox.write("narrative/notes.txt", "n\n");
    sandbox
        .run(["check", "--at", "HEAD"])
        .succeeds()
        .says("no findings");
    sandbox
        .run(["check", "--at", "nowhere"])
        .exits_with(2)
        .warns("nowhere");
}

#[test]
fn what_would_blow_up_is_refused_before_it_is_parsed() {
    let sandbox = Sandbox::with_narrative();
    sandbox.write("narrative/1-size/drafts/bo.md", ">".repeat(50_000));
    sandbox.write("narrative/2-values/drafts/bo.md", "a".repeat(10_000_000));
    let said = sandbox.run(["check"]).exits_with(1).stdout;
    assert!(
        said.contains("50000 characters in a line, and 10000 are allowed"),
        "{said}"
    );
    assert!(
        said.contains("10000000 bytes, and 262144 are allowed"),
        "{said}"
    );
}

/// Files of a narrative that hold words for a release, and what stands in those that a sandbox has not.
const WORDS: [(&str, &str); 4] = [
    ("narrative.toml", ""),
    ("roster.toml", ""),
    (
        "sources.toml",
        "schema = 1\n\n[[sources]]\nid = \"r\"\ntitle = \"R\"\n",
    ),
    ("quotes.toml", "schema = 1\n\n[[quotes]]\nwords = \"R\"\n"),
];

#[test]
fn what_turns_the_writing_is_refused_in_every_file_that_is_released() {
    for (file, text) in WORDS {
        let sandbox = Sandbox::with_narrative();
        let path = format!("narrative/{file}");
        let sound = match sandbox.has(&path) {
            true => sandbox.read(&path),
            false => text.to_owned(),
        };
        let (first, last) = sound
            .trim_end()
            .rsplit_once(" = \"")
            .expect("it has an entry");
        let signs = [
            ("\u{202e}", "U+202E"),
            ("\\u202E", "U+202E"),
            ("\\u001B", "U+001B"),
        ];
        for (sign, told) in signs {
            sandbox.write(&path, format!("{first} = \"{sign}{last}\n"));
            let run = sandbox.run(["check"]).exits_with(1);
            run.says(&format!("{path}:{}:", first.lines().count()))
                .says(&format!("the text has control characters: {told}"));
        }
    }
}

#[test]
fn html_that_would_do_something_fails_a_draft_too() {
    let sandbox = Sandbox::with_narrative();
    let draft = "narrative/1-size/drafts/ana.md";
    for html in [
        "<script>alert(1)</script>",
        "We are <img src=x onerror=alert(2)> few.",
        "<svg onload=alert(3)></svg>",
        "<iframe src=\"https://evil.example\"></iframe>",
    ] {
        sandbox.write(draft, format!("{html}\n"));
        let run = sandbox.run(["check"]).exits_with(1);
        run.says("error active-html")
            .says("HTML that would do something is shown as text");
    }
    sandbox.write(draft, "We are<br>few.\n");
    sandbox.run(["check"]).succeeds().says("warning raw-html");
}

#[test]
fn questions_whose_names_look_alike_are_told() {
    let sandbox = Sandbox::with_narrative();
    sandbox.write("narrative/9-s1ze/question.md", "How large?\n");
    let run = sandbox.run(["check"]).exits_with(1);
    run.says("narrative/9-s1ze/question.md")
        .says("the question's name `s1ze` is easily taken for `size`");
}
