//! The findings as forges and other programs take them.

use std::collections::BTreeSet;

use super::{narrative, proposed};
use crate::sandbox::Sandbox;

const BO: &str = "narrative/1-size/drafts/bo.md";

/// Words that would be a link, markup, a command or the end of one, if they were taken for more than words.
const HOSTILE: &str = "We </failure>]]> <img src=x onerror=alert(1)> and `::error file=x::y` ##[error]z say \
                       ![a](https://example.org/a.png) www.example.org https://example.org/b x@example.org.\n\n\
                       | a | b |\n| - | - |\n| [c](javascript:d) | </details> |\n\n```\n# not a heading\n```\n";

fn hostile() -> Sandbox {
    let sandbox = narrative();
    proposed(&sandbox, &[(BO, HOSTILE), ("a,b%0A::error::c.md", "x\n")]);
    sandbox
}

/// What is written to a file, while people read the findings.
fn written(sandbox: &Sandbox, format: &str) -> String {
    let file = sandbox.path().join(".git/written");
    let check = [
        "check",
        "--proposal",
        "main",
        "--as",
        "bo",
        "--format",
        format,
        "--output",
    ];
    let mut call: Vec<&std::ffi::OsStr> = check.iter().map(std::ffi::OsStr::new).collect();
    call.push(file.as_os_str());
    sandbox.run(call).exits_with(1).says("error unsafe-link");
    std::fs::read_to_string(file).expect("it is written")
}

#[test]
fn annotations_stand_at_their_lines_and_nothing_ends_them() {
    let lines = written(&hostile(), "github");
    for line in lines.lines() {
        assert!(
            line.starts_with("::error file=") || line.starts_with("::warning file="),
            "{line}"
        );
    }
    assert!(
        lines.contains("::error file=a%2Cb%250A%3A%3Aerror%3A%3Ac.md,title=proposal-name::"),
        "{lines}"
    );
    let link = format!("::error file={BO},line=3,title=unsafe-link::");
    assert!(lines.contains(&link), "{lines}");
    let last_error = lines.rfind("::error file").expect("there are errors");
    let first_warning = lines.find("::warning file").expect("there are warnings");
    assert!(last_error < first_warning, "errors come first");
}

#[test]
fn the_log_of_github_takes_no_command_from_a_text() {
    let sandbox = hostile();
    let summary = sandbox.path().join(".git/summary.md");
    let run = sandbox
        .onetext(["check", "--proposal", "main", "--as", "bo"])
        .with("GITHUB_ACTIONS", "true")
        .with("GITHUB_STEP_SUMMARY", &summary.to_string_lossy())
        .run()
        .exits_with(1);
    let mut lines = run.stdout.lines();
    let guard = lines
        .next()
        .and_then(|line| line.strip_prefix("::stop-commands::"));
    let end = format!("::{}::", guard.expect("commands are stopped first"));
    let (log, rest) = run
        .stdout
        .split_once(&end)
        .expect("commands are taken again");
    assert!(log.contains("error unsafe-link"), "{log}");
    assert!(rest.trim_start().starts_with("::error file="), "{rest}");
    let page = std::fs::read_to_string(summary).expect("there is a summary");
    assert!(page.starts_with("## onetext check: "), "{page}");
    let quiet = sandbox
        .onetext(["check", "--proposal", "main", "--as", "bo", "--json"])
        .with("GITHUB_ACTIONS", "true")
        .run();
    assert_eq!(quiet.json()["proposal"]["author"], "bo");
}

#[test]
fn nothing_in_a_summary_is_markup_but_its_own() {
    let page = written(&hostile(), "summary");
    let mut options = comrak_options();
    options.render.r#unsafe = true;
    let html = comrak::markdown_to_html(&page, &options);
    let tags = html.split('<').skip(1).map(|rest| {
        let end = rest.find(['>', ' ']).expect("a tag ends");
        rest[..end].trim_start_matches('/')
    });
    let ours = [
        "h2", "h3", "p", "ul", "li", "code", "strong", "br", "br/", "em", "sub", "ins", "del",
    ];
    for tag in tags {
        assert!(ours.contains(&tag), "<{tag}> in\n{html}");
    }
    assert!(html.contains("::error file=x::y"), "{html}");
    assert!(
        html.contains("<ins>We &lt;/failure&gt;]]&gt; &lt;img src=x"),
        "{html}"
    );
}

fn comrak_options() -> comrak::Options<'static> {
    let mut options = comrak::Options::default();
    options.extension.table = true;
    options.extension.strikethrough = true;
    options.extension.footnotes = true;
    options.extension.tasklist = true;
    options
}

#[test]
fn the_report_of_tests_is_well_formed_and_counts_right() {
    let sandbox = hostile();
    let text = written(&sandbox, "junit");
    let document = roxmltree::Document::parse(&text).expect("it is XML");
    let root = document.root_element();
    assert_eq!(root.tag_name().name(), "testsuites");
    let count = |name: &str| {
        document
            .descendants()
            .filter(|node| node.has_tag_name(name))
            .count()
    };
    for (attribute, name) in [("tests", "testcase"), ("failures", "failure")] {
        let stated = root.attribute(attribute).expect("it is counted");
        assert_eq!(stated, count(name).to_string(), "{attribute}");
    }
    assert_eq!(root.attribute("errors"), Some("0"));
    assert!(count("failure") >= 2 && count("system-out") >= 1, "{text}");
    let clean = sandbox
        .run(["check", "--at", "main", "--format", "junit"])
        .succeeds();
    let document = roxmltree::Document::parse(&clean.stdout).expect("it is XML");
    assert_eq!(document.root_element().attribute("tests"), Some("1"));
}

#[test]
fn the_report_of_code_quality_has_its_documented_fields() {
    let sandbox = hostile();
    let text = written(&sandbox, "gitlab");
    assert!(written(&sandbox, "text").contains("error unsafe-link\n"));
    let report: serde_json::Value = serde_json::from_str(&text).expect("it is JSON");
    let issues = report.as_array().expect("it is a list");
    issues.iter().for_each(documented);
    let fingerprint = |issue: &serde_json::Value| issue["fingerprint"].to_string();
    let fingerprints: BTreeSet<String> = issues.iter().map(fingerprint).collect();
    assert_eq!(fingerprints.len(), issues.len(), "{report}");
    assert!(issues.len() > 3, "{report}");
    let clean = sandbox
        .run(["check", "--at", "main", "--format", "gitlab"])
        .succeeds();
    assert_eq!(clean.stdout, "[]\n");
}

/// Insists on what GitLab documents of an issue.
fn documented(issue: &serde_json::Value) {
    for key in ["description", "check_name", "fingerprint"] {
        let value = issue[key].as_str().unwrap_or_default();
        assert!(!value.is_empty(), "{key} in {issue}");
    }
    let severity = issue["severity"].as_str().expect("there is one");
    let known = ["info", "minor", "major", "critical", "blocker"];
    assert!(known.contains(&severity), "{severity}");
    let path = issue["location"]["path"].as_str().expect("there is one");
    assert!(!path.starts_with("./") && !path.starts_with('/'), "{path}");
    let line = issue["location"]["lines"]["begin"].as_u64();
    assert!(line.is_some_and(|line| line > 0), "{issue}");
}
