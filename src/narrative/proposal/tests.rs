//! Every rule of proposals, on values.

use super::*;
use crate::narrative::snapshot::{File, Snapshot};
use crate::narrative::{self, Finding, Narrative};

const ROSTER: &str = r#"
schema = 1
[[members]]
id = "alpha"
name = "Alpha"
[[delegates]]
member = "alpha"
contributor = "bo"
until = "2026-03-31"
[[contributors]]
id = "ana"
name = "Ana"
facilitator = true
[[contributors]]
id = "bo"
name = "Bo"
"#;

fn narrative() -> Narrative {
    let file = |(path, text): (&str, &str)| {
        let blob = "0".repeat(40).parse().unwrap();
        let bytes = text.as_bytes().to_vec();
        (path.to_owned(), File { blob, bytes })
    };
    let files = [
        ("narrative.toml", "schema = 1\ntitle = \"T\"\n"),
        ("roster.toml", ROSTER),
        ("1-size/question.md", "How big?\n"),
    ];
    let snapshot = Snapshot {
        files: files.into_iter().map(file).collect(),
        ..Snapshot::default()
    };
    narrative::read(&snapshot).unwrap()
}

fn by(id: &str) -> Proposal {
    Proposal::by(Author::Known(id.parse().unwrap()))
}

fn judged(proposal: &Proposal) -> Judgement {
    judged_on(proposal, "2026-03-01")
}

fn judged_on(proposal: &Proposal, day: &str) -> Judgement {
    judge(
        proposal,
        &Ground::new("narrative/", &narrative(), day.parse().unwrap()),
    )
}

fn said(judgement: &Judgement) -> Vec<String> {
    let line = |finding: &Finding| format!("{} {finding}", finding.rule);
    judgement.findings.iter().map(line).collect()
}

fn removed(mut proposal: Proposal, path: &str) -> Proposal {
    proposal.changes.push(Change {
        path: RawPath::from(path),
        before: Some(Entry::regular(1)),
        after: None,
    });
    proposal
}

fn with(mut proposal: Proposal, path: RawPath, after: Entry) -> Proposal {
    proposal.changes.push(Change {
        path,
        before: None,
        after: Some(after),
    });
    proposal
}

const BO: &str = "narrative/1-size/drafts/bo.md";

#[test]
fn a_contributor_writes_her_drafts_and_a_delegate_the_positions() {
    let own = by("bo")
        .adding(BO)
        .adding("narrative/1-size/positions/alpha.toml");
    let judgement = judged(&own);
    assert_eq!(said(&judgement), [""; 0]);
    assert!(judgement.is_clean());
    assert_eq!(judgement.allowed().count(), 2);
    let late = judged_on(&own, "2026-04-01");
    assert_eq!(
        said(&late),
        ["proposal-path narrative/1-size/positions/alpha.toml: \
             the file belongs to the member `alpha`, and the proposal is by `bo`"]
    );
    assert_eq!(late.allowed().count(), 1);
}

#[test]
fn what_belongs_to_others_is_named_with_its_owner() {
    let paths = [
        ".gitattributes",
        ".github/workflows/check.yml",
        ".gitmodules",
        ".mailmap",
        "README.md",
        "narrative/1-size/drafts/.con.md.swp",
        "narrative/1-size/drafts/notes.txt",
        "narrative/1-size/question.md",
        "narrative/1-size/record.toml",
        "narrative/9-new/drafts/bo.md",
        "narrative/narrative.toml",
        "narrative/roster.toml",
        "templates/media/page.html",
    ];
    let proposal = paths
        .iter()
        .fold(by("bo"), |proposal, path| proposal.adding(path));
    let judgement = judged(&proposal);
    assert_eq!(judgement.findings.len(), paths.len());
    assert_eq!(judgement.allowed().count(), 0);
    for (finding, path) in judgement.findings.iter().zip(paths) {
        assert_eq!((&*finding.path, finding.rule), (path, "proposal-path"));
        assert!(!finding.mend.is_empty(), "{path}");
    }
    assert!(
        judged(&Proposal {
            author: by("ana").author,
            ..proposal
        })
        .allowed()
        .count()
            >= 11
    );
}

#[test]
fn a_rename_across_owners_is_two_changes_of_which_one_is_hers() {
    let proposal = removed(by("bo"), "narrative/1-size/drafts/dee.md").adding(BO);
    let judgement = judged(&proposal);
    assert_eq!(
        said(&judgement),
        [
            "proposal-path narrative/1-size/drafts/dee.md: the file belongs to `dee`, and the proposal is by `bo`; \
             it is moved to `narrative/1-size/drafts/bo.md`"
        ]
    );
    let verdicts: Vec<&Verdict> = judgement
        .rulings
        .iter()
        .map(|ruling| &ruling.verdict)
        .collect();
    assert_eq!(verdicts, [&Verdict::Refused, &Verdict::Allowed]);
}

#[test]
fn ones_own_draft_may_go_and_it_is_said() {
    let judgement = judged(&removed(by("bo"), BO));
    assert_eq!(
        said(&judgement),
        [
            "proposal-removal narrative/1-size/drafts/bo.md: the draft of `bo` goes; its words stay in the history"
        ]
    );
    assert!(judgement.is_clean());
    assert_eq!(judgement.rulings[0].verdict, Verdict::Allowed);
}

#[test]
fn an_edit_of_the_agreed_text_becomes_a_draft() {
    let agreed = "narrative/1-size/agreed.md";
    let judgement = judged(&by("bo").adding(agreed));
    assert!(judgement.is_clean());
    assert_eq!(judgement.findings[0].rule, "proposal-agreed");
    assert_eq!(
        judgement.rulings[0].verdict,
        Verdict::Draft("1-size".parse().unwrap())
    );
    assert_eq!(
        judged(&by("ana").adding(agreed)).rulings[0].verdict,
        Verdict::Allowed
    );
    let both = judged(&by("bo").adding(agreed).adding(BO));
    assert_eq!(
        said(&both),
        [
            "proposal-agreed narrative/1-size/agreed.md: the agreed text is edited, and so is the draft of `bo`"
        ]
    );
    assert_eq!(both.allowed().count(), 1);
    assert_eq!(judged(&removed(by("bo"), agreed)).allowed().count(), 0);
}

#[test]
fn only_regular_files_come_in_whoever_brings_them() {
    for mode in [0o120_000, 0o160_000, 0o100_755, 0o100_664] {
        let entry = Entry {
            mode,
            ..Entry::regular(1)
        };
        for who in ["bo", "ana"] {
            let judgement = judged(&with(by(who), RawPath::from(BO), entry.clone()));
            assert_eq!(
                judgement.findings[0].rule, "proposal-mode",
                "{mode:o} {who}"
            );
            assert_eq!(judgement.allowed().count(), 0);
        }
        let outside = with(by("ana"), RawPath::from("tools/run"), entry);
        assert_eq!(judged(&outside).allowed().count(), 1);
    }
}

#[test]
fn names_that_mean_something_else_are_refused_of_facilitators_too() {
    let folder = RawPath::from("narrative/1-size/drafts");
    let long = vec![b'a'; 300];
    let names: [&[u8]; 8] = [
        b"..",
        b".GIT",
        b"git~1",
        b"a\\b.md",
        b"a\n\x1b.md",
        b"\xff.md",
        b"a/b.md",
        &long,
    ];
    for name in names {
        let judgement = judged(&with(by("ana"), folder.join(name), Entry::regular(1)));
        assert_eq!(judgement.findings[0].rule, "proposal-name", "{name:?}");
    }
    for name in ["con.md", "-a.md", ":(glob).md", "bo.md ", "bo.md."] {
        let judgement = judged(&with(
            by("bo"),
            folder.join(name.as_bytes()),
            Entry::regular(1),
        ));
        assert_eq!(judgement.findings[0].rule, "proposal-name", "{name}");
    }
}

#[test]
fn paths_that_differ_in_case_alone_are_refused_with_both_names() {
    let mut proposal = by("ana").adding("narrative/1-size/drafts/Bo.md");
    proposal.neighbours.push(RawPath::from(BO));
    assert_eq!(
        said(&judged(&proposal)),
        [format!(
            "proposal-case narrative/1-size/drafts/Bo.md: \
             the path is the same as `{BO}` but for upper and lower case"
        )]
    );
    let mut folders = by("ana").adding("Narrative/1-size/drafts/bo.md");
    folders.neighbours.push(RawPath::from("narrative"));
    assert!(said(&judged(&folders))[0].contains("the same as `narrative`"));
}

#[test]
fn sizes_and_counts_are_judged_from_metadata() {
    let large = judged(&with(
        by("bo"),
        RawPath::from(BO),
        Entry::regular(5_000_000_000),
    ));
    assert_eq!(
        said(&large),
        [format!(
            "proposal-size {BO}: 5000000000 bytes, and 262144 are allowed"
        )]
    );
    let add =
        |proposal: Proposal, at| proposal.adding(&format!("narrative/1-size/drafts/c{at}.md"));
    let many = judged(&(0..10_000).fold(by("bo"), add));
    assert_eq!(
        said(&many),
        ["proposal-size narrative: 10000 files are changed, and 200 are allowed"]
    );
    assert_eq!((many.rulings.len(), many.allowed().count()), (10_000, 0));
    let cut = Proposal {
        extent: Extent::Cut,
        ..by("ana").adding(BO)
    };
    assert_eq!(judged(&cut).allowed().count(), 0);
}

#[test]
fn somebody_unknown_may_nothing_and_is_told_what_nobody_may() {
    let author = Author::Unknown {
        why: "nobody has the account".to_owned(),
        mend: "add it".to_owned(),
    };
    let judgement = judged(&Proposal::by(author).adding(BO).adding(".mailmap"));
    assert_eq!(
        said(&judgement),
        [
            "proposal-path .mailmap: the file belongs to the facilitators",
            "proposal-author narrative/roster.toml: nobody has the account",
        ]
    );
    assert_eq!(judgement.allowed().count(), 0);
    assert!(!judgement.is_clean());
}
