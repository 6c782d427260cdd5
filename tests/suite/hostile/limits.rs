//! The limits of a narrative stand before every parser: what is beyond one of them is refused, by each command, in far less
//! time than it would take to read.

use crate::editions::narrative;
use crate::sandbox::Sandbox;

const AGREED: &str = "narrative/1-size/agreed.md";
const CONFIG: &str = "narrative/narrative.toml";
const RELEASE: [&str; 4] = ["release", "v2026.03.0", "--draft", "--no-tag"];

/// The limits on what is read.
const READING: [&str; 6] = [
    "file-bytes",
    "line-characters",
    "nesting",
    "table-columns",
    "table-cells",
    "footnotes",
];

/// A narrative in which the one limit is as it comes, and no other is in the way.
fn only(limit: &str) -> Sandbox {
    let sandbox = narrative();
    let others = READING.iter().filter(|other| **other != limit);
    let raised: String = others.map(|key| format!("{key} = 1000000000\n")).collect();
    let config = sandbox.read(CONFIG);
    sandbox.write(CONFIG, format!("{config}\n[limits]\n{raised}"));
    sandbox
}

/// Lines that take far longer to read than a refusal may.
fn long() -> String {
    "So it is.\n".repeat(150_000)
}

/// Holds that each command refuses a text with its file, line, reason and mend, and at once.
fn refused(limit: &str, text: &str, (line, reason): (&str, &str)) {
    let sandbox = only(limit);
    sandbox.write(AGREED, text);
    sandbox.commit("far too much");
    let before = sandbox.files();
    let commands: [&[&str]; 4] = [&["check"], &["status"], &["merge"], &RELEASE];
    for command in commands {
        let run = sandbox.onetext(command).within(30).run().exits_with(1);
        let said = format!("{}{}", run.stdout, run.stderr);
        let said = said.split_whitespace().collect::<Vec<_>>().join(" ");
        let mend = format!("raise `limits.{limit}` in `narrative.toml`");
        for words in [&format!("{AGREED}{line}"), reason, &mend] {
            assert!(said.contains(words), "{command:?}: no {words:?} in\n{said}");
        }
    }
    assert_eq!(sandbox.files(), before);
}

#[test]
fn a_file_is_refused_by_its_bytes() {
    let reason = "1500000 bytes, and 262144 are allowed";
    refused("file-bytes", &long(), (":", reason));
    let reason = "10500000 bytes, and 262144 are allowed";
    let line = "So it is. ".repeat(1_050_000);
    refused("file-bytes", &line, (":", reason));
}

#[test]
fn a_line_is_refused_by_its_characters() {
    let text = format!("So.\n\n{}\n", "So it is. ".repeat(150_000));
    let reason = "1500000 characters in a line, and 10000 are allowed";
    refused("line-characters", &text, (":3:", reason));
}

#[test]
fn quotes_and_lists_are_refused_by_their_depth() {
    let quotes = format!("{}{}\n", long(), ">".repeat(50_000));
    let reason = "50000 levels of quotes and lists, and 32 are allowed";
    refused("nesting", &quotes, (":150001:", reason));
    let lists = (0..3_000).map(|at: usize| {
        format!(
            "{}- x
",
            "  ".repeat(at.min(90))
        )
    });
    let lists = lists.collect::<String>() + &long();
    let reason = "33 levels of quotes and lists, and 32 are allowed";
    refused("nesting", &lists, (":33:", reason));
}

#[test]
fn tables_are_refused_by_their_columns_and_cells() {
    let table = |columns: usize, rows: usize| {
        let [header, rule] = ["a|", "-|"].map(|cell| cell.repeat(columns));
        format!("|{header}\n|{rule}\n{}\n{}", "b\n".repeat(rows), long())
    };
    let reason = "2000 table columns, and 50 are allowed";
    refused("table-columns", &table(2_000, 2_000), (":2:", reason));
    let reason = "10050 table cells and more, and 10000 are allowed";
    refused("table-cells", &table(50, 50_000), (":2:", reason));
}

#[test]
fn footnotes_are_refused_by_their_number_and_their_references() {
    let notes: String = (0..50_000).map(|at| format!("[^{at}]: x\n")).collect();
    let reason = "50000 footnotes, and 500 are allowed";
    refused("footnotes", &format!("{}\n{notes}", long()), (":", reason));
    // One long footnote that is referred to again and again.
    let note = format!("{}\n\n[^a]: {}", "So[^a]. ".repeat(5_000), long());
    let reason = "footnote references, and 500 are allowed";
    refused("footnotes", &note, (":", reason));
}

/// Answers that are short to read and long on the page: what they are, and the text.
fn heavy() -> [(&'static str, String); 4] {
    let header = format!("|{}\n|{}\n", "a|".repeat(50), "-|".repeat(50));
    let table = format!("{header}{}\n", "b\n".repeat(190));
    [
        ("one source", "So it is [@s].\n".repeat(5_000)),
        ("sources", "So [@s;@s;@s;@s;@s;@s].\n".repeat(600)),
        ("items", "- a\n".repeat(20_000)),
        ("tables", table.repeat(10)),
    ]
}

#[test]
fn an_answer_that_blows_up_is_refused_before_it_is_laid_out() {
    for (what, text) in heavy() {
        let sandbox = narrative();
        let sources = sandbox.read("narrative/sources.toml");
        let title = "A very long title. ".repeat(500);
        let source = format!(
            "[[sources]]\nid = \"s\"\nsays = \"x\"\nas-of = \"June 2026\"\ntitle = \"{title}\"\n\
             url = \"https://example.org/s\"\nreview = \"2099-01-01\"\n"
        );
        sandbox.write("narrative/sources.toml", format!("{sources}\n{source}"));
        sandbox.write(AGREED, &text);
        sandbox.commit(what);
        let before = sandbox.files();
        sandbox
            .onetext(RELEASE)
            .within(90)
            .run()
            .exits_with(1)
            .warns(&format!(
                "1-size/agreed.md: its {} bytes become",
                text.len()
            ))
            .warns("limits.output-times");
        let check = sandbox.onetext(["check"]).within(90).run().exits_with(1);
        check.says(&format!("its {} bytes become", text.len()));
        assert_eq!(sandbox.files(), before);
    }
}

#[test]
fn an_answer_within_its_weight_comes_out_within_it() {
    let sandbox = narrative();
    sandbox.write(AGREED, "So it is [@s].\n\n- a\n\n".repeat(500));
    sandbox.commit("much, and not too much");
    sandbox.onetext(RELEASE).within(120).run().succeeds();
    for (name, bytes) in sandbox.files() {
        assert!(bytes.len() < 1_100_000, "{name} has {} bytes", bytes.len());
    }
    // The limits are those of the narrative.
    let config = sandbox.read(CONFIG);
    let limits = "[limits]\noutput-times = 1\noutput-bytes = 100\n";
    sandbox.write(CONFIG, format!("{config}\n{limits}"));
    sandbox.commit("smaller limits");
    let run = sandbox.run(RELEASE).exits_with(1);
    run.warns("1-size/agreed.md: its 10500 bytes become");
}

#[test]
fn an_edition_too_large_for_a_pdf_is_refused_by_name() {
    let sandbox = narrative();
    let config = sandbox.read(CONFIG);
    let config = format!("{config}\n[limits]\npdf-megabytes = 1\n");
    let pdfs = |formats: &str| {
        let config = config.replacen(
            "audience = \"media\"\n",
            &format!("audience = \"media\"\nformats = [{formats}]\n"),
            1,
        );
        sandbox.write(CONFIG, config);
        sandbox.commit("an edition");
    };
    sandbox.write(AGREED, "So it is.\n\n".repeat(100));
    pdfs("\"html\", \"pdf\"");
    let before = sandbox.files();
    let at = sandbox
        .read(CONFIG)
        .lines()
        .position(|line| line.starts_with("formats = "))
        .expect("it is there")
        + 1;
    let said = "the PDF of edition `media` takes 3 MB of memory, and 1 are allowed";
    sandbox
        .run(RELEASE)
        .exits_with(1)
        .warns(&format!("narrative.toml:{at}: {said}"))
        .warns("leave `\"pdf\"` out of its `formats`");
    let other = [&RELEASE[..], &["--edition", "government"]].concat();
    sandbox.run(other).succeeds();
    std::fs::remove_dir_all(sandbox.path().join("dist")).expect("it was made");
    let check = sandbox.run(["check"]).exits_with(1);
    check.says("error pdf-memory").says("takes 3 MB of memory");
    assert_eq!(sandbox.files(), before);
    pdfs("\"html\"");
    sandbox.run(RELEASE).succeeds();
}

#[test]
fn a_new_narrative_says_what_the_limits_are() {
    let sandbox = Sandbox::new();
    sandbox
        .onetext(["init", ".", "--from", "-"])
        .given("1. How big is it?\n")
        .run()
        .succeeds();
    let config = sandbox.read(CONFIG);
    let (_, limits) = config.split_once("# [limits]\n").expect("there are limits");
    let told = limits.lines().filter_map(|line| {
        let (key, value) = line.strip_prefix("# ")?.split_once(" = ")?;
        let value = value.split_whitespace().next()?.parse::<u64>().ok()?;
        Some((key.to_owned(), value.into()))
    });
    let told: serde_json::Map<String, serde_json::Value> = told.collect();
    let limits = onetext::narrative::config::Limits::default();
    let limits = serde_json::to_value(limits).expect("limits can be written");
    assert_eq!(serde_json::Value::Object(told), limits);
}
