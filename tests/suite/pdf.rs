//! The PDFs of releases: their standards, their bytes, and what happens where one cannot be set.

use page_validation::{ValidationOptions, ValidationProfile, validate_pdf_bytes};

use crate::sandbox::Sandbox;

const EDITIONS: [&str; 2] = ["media", "government"];

/// Everything that Markdown offers, on more than one page, in more than one script.
const RICH: &str = include_str!("pdf.md");

/// A narrative with one agreed text and all that a release needs.
fn agreed(text: &str) -> Sandbox {
    let sandbox = Sandbox::new();
    sandbox.write("m.txt", "Please answer:\n1. How big is it?\n");
    sandbox.run(["init", ".", "--from", "m.txt"]).succeeds();
    let contact =
        "[[contacts]]\nname = \"Press desk\"\nemail = \"press@example.org\"\n\n[editions.media]";
    let config = sandbox
        .read("narrative/narrative.toml")
        .replace("[editions.media]", contact);
    sandbox.write("narrative/narrative.toml", config);
    sandbox.write("narrative/sources.toml", SOURCES);
    sandbox.commit("a contact and a source");
    sandbox
        .run(["roster", "add", "ana", "--email", "ana@example.org"])
        .succeeds();
    sandbox
        .onetext(["draft", "1", "--as", "ana", "--stdin"])
        .given(text)
        .run()
        .succeeds();
    sandbox.run(["merge", "1"]).succeeds();
    sandbox
}

const SOURCES: &str = "schema = 1\n[[sources]]\nid = \"list\"\nsays = \"12 firms\"\nas-of = \"2026\"\n\
    title = \"A list of firms\"\nurl = \"https://example.org/list\"\nreview = \"2099-01-01\"\n";

fn pdf(sandbox: &Sandbox, path: &str) -> Vec<u8> {
    std::fs::read(sandbox.path().join(path)).expect("the release has its PDF")
}

/// What a standard finds wrong with a file.
fn broken_rules(bytes: &[u8], profile: ValidationProfile) -> Vec<String> {
    let options = ValidationOptions::default().profile(profile);
    let report = validate_pdf_bytes(bytes, &options).expect("it is a PDF");
    assert!(
        report.rules.total > 50,
        "{:?} says too little",
        report.rules
    );
    report.failures.iter().map(ToString::to_string).collect()
}

/// A narrative with this agreed text, released, and the PDF for the media.
fn released(text: &str) -> (Sandbox, Vec<u8>) {
    let sandbox = agreed(text);
    sandbox
        .run(["release", "v2026.03.0", "--unsigned"])
        .succeeds();
    let bytes = pdf(&sandbox, "dist/2026.03.0/media.pdf");
    (sandbox, bytes)
}

#[test]
fn every_edition_keeps_both_standards_at_once() {
    let plain = agreed("It is small, and it grows [@list].\n");
    plain
        .run(["release", "v2026.03.0", "--unsigned"])
        .succeeds();
    let rich = agreed(RICH);
    rich.run(["release", "v2026.03.0", "--draft"]).succeeds();
    for edition in EDITIONS {
        for bytes in [
            pdf(&plain, &format!("dist/2026.03.0/{edition}.pdf")),
            pdf(
                &rich,
                &format!("dist/2026.03.0-draft.1/{edition}-draft.pdf"),
            ),
        ] {
            for profile in [ValidationProfile::PdfA2a, ValidationProfile::PdfUa1] {
                let broken = broken_rules(&bytes, profile);
                assert!(
                    broken.is_empty(),
                    "{edition}, {profile:?}: {}",
                    broken.join("\n")
                );
            }
        }
    }
    let verified = rich
        .run(["verify", "v2026.03.0-draft.1", "--unsigned"])
        .succeeds();
    verified
        .says("same media-draft.pdf")
        .says("same government-draft.pdf");
}

#[test]
fn the_real_narrative_keeps_both_standards() {
    let sandbox = Sandbox::new();
    let clone = sandbox.path().join("clone");
    sandbox.git([
        "clone",
        "--quiet",
        env!("CARGO_MANIFEST_DIR"),
        &clone.display().to_string(),
    ]);
    sandbox
        .run([
            "-C",
            "clone",
            "release",
            "v2026.11.0",
            "--draft",
            "--no-tag",
            "--out",
            "out",
        ])
        .succeeds();
    for edition in EDITIONS {
        let bytes = pdf(&sandbox, &format!("clone/out/{edition}-draft.pdf"));
        for profile in [ValidationProfile::PdfA2a, ValidationProfile::PdfUa1] {
            let broken = broken_rules(&bytes, profile);
            assert!(
                broken.is_empty(),
                "{edition}, {profile:?}: {}",
                broken.join("\n")
            );
        }
    }
}

#[test]
fn the_checker_of_the_standards_finds_what_is_broken() {
    let (_, mut bytes) = released("It is small, and it grows.\n");
    let mark = b"/Marked true";
    let at = bytes.windows(mark.len()).position(|found| found == mark);
    let at = at.expect("it is tagged");
    bytes[at..at + mark.len()].copy_from_slice(b"/Marked null");
    assert!(!broken_rules(&bytes, ValidationProfile::PdfUa1).is_empty());
}

#[test]
fn the_same_release_has_the_same_bytes_whatever_surrounds_it() {
    let sandbox = agreed(RICH);
    let release = |folder: &str, threads: &str, zone: &str| {
        sandbox
            .onetext([
                "release",
                "v2026.03.0",
                "--draft",
                "--no-tag",
                "--out",
                folder,
            ])
            .with("RAYON_NUM_THREADS", threads)
            .with("TZ", zone)
            .run()
            .succeeds();
        EDITIONS.map(|edition| pdf(&sandbox, &format!("{folder}/{edition}-draft.pdf")))
    };
    let first = release("here", "1", "UTC");
    sandbox.days_pass(40);
    assert!(first == release("there/and/there", "4", "Asia/Kathmandu"));
}

#[test]
fn another_word_is_another_file_with_another_id() {
    let one = agreed("It is small, and it grows.\n");
    let two = agreed("It is tiny, and it grows.\n");
    let id = |sandbox: &Sandbox| {
        sandbox
            .run(["release", "v2026.03.0", "--no-tag", "--out", "out"])
            .succeeds();
        let bytes = pdf(sandbox, "out/media.pdf");
        let text = String::from_utf8_lossy(&bytes).into_owned();
        let at = text.rfind("/ID").expect("it has an id");
        text[at..].lines().next().map(str::to_owned)
    };
    assert_ne!(id(&one), id(&two));
}

#[test]
fn a_forged_pdf_is_named() {
    let (sandbox, mut bytes) = released("It is small, and it grows.\n");
    bytes.push(b'\n');
    sandbox.write("dist/2026.03.0/media.pdf", bytes);
    sandbox
        .run(["verify", "v2026.03.0", "--unsigned"])
        .exits_with(5)
        .says("differs media.pdf")
        .says("same government.pdf");
}

#[test]
fn a_sign_that_no_font_has_is_told_and_not_drawn_as_a_box() {
    let sandbox = agreed(
        "It is small: 小. It grows, say the Greeks, Μεγαλώνει, and the Bulgarians, расте.\n",
    );
    let before = sandbox.files();
    sandbox
        .run(["release", "v2026.03.0", "--unsigned"])
        .exits_with(1)
        .warns("the fonts of the PDF lack `小` (U+5C0F) in `1-")
        .warns("/agreed.md`, line 1")
        .warns("`formats` without `pdf`");
    assert!(before == sandbox.files(), "nothing is written");
    let config = sandbox
        .read("narrative/narrative.toml")
        .replace("audience =", "formats = [\"html\", \"text\"]\naudience =");
    sandbox.write("narrative/narrative.toml", config);
    sandbox.commit("no PDF");
    sandbox
        .run(["release", "v2026.03.0", "--unsigned"])
        .succeeds();
    assert!(sandbox.has("dist/2026.03.0/media.html") && !sandbox.has("dist/2026.03.0/media.pdf"));
}

#[test]
fn a_narrative_shapes_its_own_pdf() {
    let sandbox = agreed("It is small, and it grows.\n");
    sandbox
        .run(["release", "v2026.03.0", "--unsigned"])
        .succeeds();
    sandbox
        .run(["templates", "list"])
        .succeeds()
        .says("page.typ");
    sandbox.run(["templates", "eject", "page.typ"]).succeeds();
    let page = sandbox.read("templates/page.typ");
    sandbox.write(
        "templates/page.typ",
        page.replace("size: 11pt", "size: 12pt"),
    );
    sandbox.commit("larger letters");
    sandbox
        .run(["release", "v2026.03.1", "--unsigned"])
        .succeeds();
    sandbox
        .run(["verify", "v2026.03.1", "--unsigned"])
        .succeeds();
    sandbox.write("templates/page.typ", page + "\n#let wrong = nobody\n");
    sandbox.commit("a broken template");
    sandbox
        .run(["release", "v2026.03.2", "--unsigned"])
        .exits_with(1)
        .warns("the template `page.typ` fails: line")
        .warns("unknown variable: nobody");
}

#[test]
fn a_template_reads_nothing_but_templates_and_the_edition() {
    let sandbox = agreed("It is small, and it grows.\n");
    for (version, line, told) in [
        ("v2026.03.0", "#read(\"/etc/passwd\")", "nothing else"),
        (
            "v2026.03.1",
            "#import \"@preview/x:1.0.0\": y",
            "nothing else",
        ),
        ("v2026.03.2", "#image(\"../../narrative/roster.toml\")", ""),
        ("v2026.03.3", "#datetime.today()", "date"),
        ("v2026.03.4", "#let x = 1; #while x > 0 {}", "infinite"),
    ] {
        sandbox.write("templates/media.typ", format!("{line}\n"));
        sandbox.commit("a curious template");
        sandbox
            .run(["release", version])
            .exits_with(1)
            .warns("`media.typ` fails: line 1")
            .warns(told);
    }
}

#[test]
#[expect(
    clippy::disallowed_types,
    reason = "how long it takes is what is tried"
)]
fn a_template_without_end_is_stopped_and_nothing_is_written() {
    let deep =
        |open: &str, close: &str| format!("#{}x{}", open.repeat(10_000), close.repeat(10_000));
    let sandbox = agreed("It is small, and it grows.\n");
    for template in [
        "#while true {}".to_owned(),
        "#let x = 0; #while x < 1 { x = x * 1 }".to_owned(),
        "#let f(x) = f(x + 1); #f(1)".to_owned(),
        "#for page in range(1000000) [x #pagebreak()]".to_owned(),
        deep("[", "]"),
        deep("(", ")"),
    ] {
        sandbox.write("templates/media.typ", &template);
        sandbox.commit("a template that harms");
        let before = sandbox.files();
        let begun = std::time::Instant::now();
        let run = sandbox.run(["release", "v2026.03.0"]).exits_with(1);
        let named = run.warns("the template `media.typ` fails");
        assert!(begun.elapsed().as_secs() < 60, "{template:.40}: {named:?}");
        assert_eq!(sandbox.files(), before, "{template:.40}");
        assert_eq!(sandbox.git(["tag", "--list"]), "", "{template:.40}");
    }
}
