//! `onetext init`: what a new narrative comes with, and what a forge is given later.

use crate::sandbox::Sandbox;

const MESSAGE: &str = "Hello,\n1. How big is it?\n2. Why?\nThanks\n";

fn begun(arguments: &[&str]) -> Sandbox {
    let sandbox = Sandbox::new();
    sandbox.write("message.txt", MESSAGE);
    let all = ["init", "press", "--from", "message.txt"];
    sandbox.run(all.iter().chain(arguments).copied()).succeeds();
    sandbox
}

fn names(sandbox: &Sandbox) -> Vec<String> {
    let files = sandbox.files().into_iter();
    files.map(|(name, _)| name).collect()
}

#[test]
fn a_narrative_comes_with_words_for_those_who_write() {
    let sandbox = begun(&["--title", "Tech co-ops"]);
    assert_eq!(
        names(&sandbox),
        [
            "message.txt",
            "press/.gitattributes",
            "press/CONTRIBUTING.md",
            "press/README.md",
            "press/narrative/1-big/question.md",
            "press/narrative/2-question-2/question.md",
            "press/narrative/background.md",
            "press/narrative/narrative.toml",
            "press/narrative/roster.toml",
            "press/narrative/sources.toml",
        ]
    );
    let readme = sandbox.read("press/README.md");
    assert!(readme.starts_with("# Tech co-ops\n"), "{readme}");
    let row = "| [2-question-2](narrative/2-question-2/) | Why? |\n\nUntil";
    assert!(readme.contains(row), "{readme}");
    assert_eq!(sandbox.git(["-C", "press", "status", "--porcelain"]), "");
}

#[test]
fn each_forge_is_given_its_own_and_only_once() {
    let sandbox = begun(&["--forge", "github", "--reviewer", "ana"]);
    let owners = sandbox.read("press/.github/CODEOWNERS");
    assert!(owners.contains("/narrative/roster.toml @ana\n"), "{owners}");
    let check = "press/.github/workflows/narrative.yml";
    sandbox.write(check, "name: ours\n");
    sandbox.git(["-C", "press", "commit", "-qam", "our own"]);
    let more = ["init", "press", "--forge", "github", "--forge", "gitlab"];
    let tried = sandbox.run(more.iter().chain(&["--dry-run"])).succeeds();
    tried.says("would write `.gitlab-ci.yml` and");
    assert!(!sandbox.has("press/.gitlab-ci.yml"));
    let kept = sandbox.run(more.iter().chain(&["--json"])).json();
    assert_eq!(kept["files"][0], ".gitlab-ci.yml");
    assert!(kept["kept"].to_string().contains("narrative.yml"), "{kept}");
    assert_eq!(sandbox.read(check), "name: ours\n");
    let again = sandbox.run(more.iter().chain(&["--json"])).json();
    assert_eq!(again["commit"], serde_json::Value::Null);
    assert_eq!(sandbox.git(["-C", "press", "status", "--porcelain"]), "");
}

/// A workflow is read by a shell: nothing gets into it that could end a quote there.
#[test]
fn what_a_shell_would_read_otherwise_is_refused() {
    let sandbox = Sandbox::new();
    sandbox.write("message.txt", MESSAGE);
    let init = [
        "init",
        "press",
        "--from",
        "message.txt",
        "--forge",
        "gitlab",
    ];
    for (flag, value, told) in [
        (
            "--tool",
            "https://example.org/'$(id)'",
            "is no address of a git repository",
        ),
        ("--reviewer", "ana @eve", "is no login on a forge"),
    ] {
        let refused = sandbox.run(init.iter().chain(&[flag, value])).exits_with(2);
        refused.warns(told);
        assert!(!sandbox.has("press"));
    }
}

#[test]
fn a_forge_does_not_look_below_the_root() {
    let sandbox = Sandbox::new();
    sandbox.write("message.txt", MESSAGE);
    sandbox.git(["init", "-q", "-b", "main"]);
    let init = ["init", "press", "--from", "message.txt"];
    sandbox
        .run(init.iter().chain(&["--forge", "github"]))
        .exits_with(2)
        .warns("a forge reads its files from the root of the repository");
    assert!(!sandbox.has("press"));
    sandbox.run(init).succeeds();
    assert!(sandbox.has("press/narrative/narrative.toml"));
}

/// What others are given is what this repository itself is held to.
#[test]
fn this_repository_has_what_it_gives_to_others() {
    let sandbox = begun(&["--forge", "github"]);
    let own = |name: &str| {
        let path = format!("{}/.github/workflows/{name}", env!("CARGO_MANIFEST_DIR"));
        let text = std::fs::read_to_string(&path).expect("it is there");
        // Here proposals to the tool itself come in as well, and have checks of their own.
        let lines = text.split_inclusive('\n');
        let ours = |line: &&str| !line.contains("paths:") && !line.contains("to the tool itself");
        lines.filter(ours).collect::<String>()
    };
    for name in ["narrative.yml", "release.yml"] {
        let given = sandbox.read(&format!("press/.github/workflows/{name}"));
        assert_eq!(own(name), given, "{name}");
    }
}

#[test]
fn where_a_narrative_will_live_leads_to_new_drafts() {
    let sandbox = begun(&["--home", "https://github.com/us/press"]);
    let page =
        "https://github.com/us/press/new/main?filename=narrative/1-big/drafts/your-short-name.md";
    for file in ["press/README.md", "press/CONTRIBUTING.md"] {
        assert!(sandbox.read(file).contains(page), "{file}");
    }
    let other = [
        "init",
        "other",
        "--from",
        "message.txt",
        "--home",
        "https://example.org/x",
    ];
    sandbox
        .run(other)
        .exits_with(2)
        .warns("leads to no forge that is known")
        .warns("say which kind of forge it is with one `--forge`");
    assert!(!sandbox.has("other"));
}

/// Co-ops keep forges of their own, whose names tell nobody what they are.
#[test]
fn a_forge_on_a_host_of_ones_own_is_what_was_said() {
    let home = "https://git.example.org/us/press";
    let sandbox = begun(&["--forge", "forgejo", "--home", home]);
    let page = format!("{home}/_new/main?filename=narrative/1-big/drafts/your-short-name.md");
    assert!(sandbox.read("press/README.md").contains(&page));
    let config = sandbox.read("press/narrative/narrative.toml");
    for line in ["kind = \"forgejo\"", &format!("url = \"{home}\"")] {
        assert!(config.contains(&format!("\n{line}\n")), "{config}");
    }
    let add = ["-C", "press", "roster", "add", "ana"];
    sandbox.run(add).succeeds();
    let run = sandbox.run(["-C", "press", "status", "--links", "--as", "ana"]);
    assert!(run.stdout.contains("/_new/main?filename="), "{run:?}");
}

#[test]
fn a_host_that_is_known_is_what_it_is() {
    let home = "https://github.com/us/press";
    let sandbox = begun(&["--forge", "gitlab", "--home", home]);
    let readme = sandbox.read("press/README.md");
    assert!(readme.contains("/new/main?filename="), "{readme}");
    let config = sandbox.read("press/narrative/narrative.toml");
    let (_, forge) = config.split_once("\n[forge]\n").expect("it has a home");
    assert!(!forge.contains("kind ="), "{config}");
}

/// A narrative begun in a repository that has a remote.
fn begun_beside(origin: &str, more: &[&str]) -> Sandbox {
    let sandbox = Sandbox::new();
    sandbox.write("message.txt", MESSAGE);
    sandbox.git(["init", "-q", "-b", "main"]);
    sandbox.git(["remote", "add", "origin", origin]);
    let init = ["init", ".", "--from", "message.txt"];
    sandbox.run(init.iter().chain(more)).succeeds();
    sandbox.run(["roster", "add", "ana"]).succeeds();
    sandbox
}

#[test]
fn of_a_remote_on_a_host_of_ones_own_the_kind_alone_is_written_down() {
    let home = "https://git.example.org/us/press";
    let sandbox = begun_beside(home, &["--forge", "forgejo"]);
    let config = sandbox.read("narrative/narrative.toml");
    let (_, forge) = config.split_once("\n[forge]\n").expect("it has a home");
    assert!(forge.ends_with("kind = \"forgejo\"\n"), "{config}");
    assert!(!forge.contains("url ="), "{config}");
    let run = sandbox.run(["status", "--links", "--as", "ana"]);
    run.succeeds().says("/_new/main?filename=");
}

#[test]
fn where_a_narrative_lives_is_written_down_if_the_remote_does_not_lead_there() {
    let home = "https://github.com/us/press";
    let begun = |origin: &str| {
        let sandbox = begun_beside(origin, &["--home", home]);
        let run = sandbox.run(["status", "--links", "--as", "ana"]);
        run.succeeds().says(&format!("{home}/new/main?filename="));
        sandbox.read("narrative/narrative.toml")
    };
    let config = begun("../hub.git");
    let told = format!(
        "\n[forge]\n# The pages of this repository, to which the remote's address does not lead.\nurl = \"{home}\"\n"
    );
    assert!(config.ends_with(&told), "{config}");
    let config = begun("git@github.com:us/press.git");
    assert!(!config.contains("[forge]"), "{config}");
}

#[test]
fn what_is_said_of_its_home_now_is_newer_than_what_was_written_down() {
    let sandbox = begun(&["--home", "https://github.com/us/press"]);
    sandbox.git(["-C", "press", "rm", "-q", "README.md"]);
    sandbox.git(["-C", "press", "commit", "-q", "-m", "no readme"]);
    let home = "https://gitlab.com/us/press";
    let init = ["-C", "press", "init", "--forge", "gitlab", "--home", home];
    sandbox.run(init).succeeds();
    let readme = sandbox.read("press/README.md");
    assert!(
        readme.contains(&format!("{home}/-/new/main?file_name=")),
        "{readme}"
    );
}
