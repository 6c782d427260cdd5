//! Decisions that are taken back, and those that are only tried.

use crate::sandbox::Sandbox;

const FIRST: &str = "It is small.\n";
const SECOND: &str = "It is small. It grows. Nobody counts.\n";

/// A narrative with two folds of the first question.
fn folded_twice() -> Sandbox {
    let sandbox = Sandbox::with_narrative();
    for text in [FIRST, SECOND] {
        sandbox.write("narrative/1-size/drafts/ana.md", text);
        sandbox.commit("a draft");
        sandbox.run(["merge", "1"]).succeeds();
    }
    sandbox
}

#[test]
fn drafts_that_agree_are_the_first_agreed_text() {
    let sandbox = Sandbox::with_narrative();
    sandbox.write("narrative/1-size/drafts/ana.md", SECOND);
    sandbox.commit("a draft");
    sandbox
        .run(["merge", "1"])
        .succeeds()
        .says("1-size: the first agreed text, of 1 draft: 3 passages");
}

#[test]
fn a_fold_that_would_be_taken_back_stands() {
    let sandbox = folded_twice();
    let before = sandbox.files();
    sandbox
        .run(["decide", "1", "--undo", "--dry-run"])
        .succeeds()
        .says("this is what the text would be")
        .says("nothing is written")
        .says("It is small.");
    assert_eq!(sandbox.files(), before);
}

#[test]
fn a_fold_is_taken_back_and_the_one_before_it_after_that() {
    let sandbox = folded_twice();
    let undo = ["decide", "1", "--undo"];
    sandbox
        .run(undo)
        .succeeds()
        .says("the last fold is taken back");
    assert_eq!(sandbox.read("narrative/1-size/agreed.md"), FIRST);
    sandbox.run(undo).succeeds();
    assert!(!sandbox.has("narrative/1-size/agreed.md"));
    sandbox
        .run(undo)
        .exits_with(2)
        .warns("has no fold to take back");
}

#[test]
fn who_comes_back_to_words_that_were_replaced_is_heard() {
    let sandbox = folded_twice();
    for (who, text) in [
        ("ana", "It is small. It grows. Some count.\n"),
        ("bo", "It is small. It grows. Few count.\n"),
    ] {
        sandbox.write(&format!("narrative/1-size/drafts/{who}.md"), text);
    }
    sandbox.commit("two wordings");
    sandbox.run(["merge", "1"]).exits_with(3);
    sandbox
        .run(["decide", "1", "--sheet", "sheet.md"])
        .exits_with(3);
    let sheet = sandbox.read("sheet.md");
    let few = sheet
        .lines()
        .find(|line| line.contains("Few count"))
        .expect("it is offered");
    let ticked = sheet.replace(few, &few.replace("[ ]", "[x]"));
    sandbox.write("sheet.md", ticked);
    sandbox
        .run(["decide", "1", "--from", "sheet.md"])
        .succeeds();
    assert_eq!(
        sandbox.read("narrative/1-size/agreed.md"),
        "It is small. It grows. Few count.\n"
    );
    // The text that stood before that decision, word for word.
    sandbox.write("narrative/1-size/drafts/ana.md", SECOND);
    sandbox.git(["add", "narrative"]);
    sandbox.git(["commit", "-qm", "as it was"]);
    sandbox
        .run(["merge", "1"])
        .succeeds()
        .says("2 passages changed");
    assert_eq!(sandbox.read("narrative/1-size/agreed.md"), SECOND);
}

const TABLE: &str = "| Town | Co-ops | Since |\n| --- | --- | --- |\n| Ulm | 5 | 1998 |\n| Kiel | 2 | 2011 |\n| Bonn | 7 | 2003 |\n";

/// A table of which two know one number differently, and its sheet.
fn disputed() -> (Sandbox, String) {
    let sandbox = Sandbox::with_narrative();
    sandbox.drafts(&[("ana", TABLE)]);
    sandbox.run(["merge", "1"]).succeeds();
    let bo = TABLE.replace("Ulm | 5", "Ulm | 6").replace("2011", "2012");
    let chi = TABLE
        .replace("Ulm | 5", "Ulm | 8")
        .replace("Bonn | 7", "Bonn | 9");
    sandbox.drafts(&[("bo", &bo), ("chi", &chi)]);
    let told = "D (chi): Ulm | 8 | 1998 ¶ Bonn | 9 | 2003";
    sandbox.run(["merge", "1"]).exits_with(3).says(told);
    let sheet = ["decide", "1", "--sheet", "sheet.md"];
    sandbox.run(sheet).exits_with(3);
    let sheet = sandbox.read("sheet.md");
    (sandbox, sheet)
}

#[test]
fn a_number_of_a_table_is_chosen_along_with_all_that_nobody_disputes() {
    let (sandbox, sheet) = disputed();
    let now = "\nNow: Ulm | 5 | 1998 ¶ Kiel | 2 | 2011 ¶ Bonn | 7 | 2003\n";
    assert!(sheet.contains(now), "{sheet}");
    let six =
        "] A (with all that bo would have): Ulm | 6 | 1998 ¶ Kiel | 2 | 2012 ¶ Bonn | 9 | 2003\n";
    assert!(sheet.contains(six), "{sheet}");
    sandbox.write("sheet.md", sheet.replace("[ ] A", "[x] A"));
    let decide = ["decide", "1", "--from", "sheet.md"];
    sandbox.run(decide).succeeds();
    let made = [
        ("Ulm | 5", "Ulm | 6"),
        ("2011", "2012"),
        ("Bonn | 7", "Bonn | 9"),
    ];
    let made = made
        .iter()
        .fold(TABLE.to_owned(), |text, (old, new)| text.replace(old, new));
    assert_eq!(sandbox.agreed(), made);
    sandbox
        .run(["fate", "1", "--contributor", "chi"])
        .succeeds()
        .says("because another side of what is disputed was taken, along");
    sandbox.commit("decided");
    sandbox.run(["merge", "1"]).succeeds().says("nothing new");
}

#[test]
fn ones_own_row_is_laid_over_a_table() {
    let (sandbox, sheet) = disputed();
    let own = |row: &str| sheet.replace("[ ] other:", &format!("[x] other: {row}"));
    let decide = ["decide", "1", "--from", "sheet.md"];
    sandbox.write("sheet.md", own("Ulm has seven."));
    sandbox
        .run(decide)
        .exits_with(2)
        .warns("has no rows of the table");
    sandbox.write("sheet.md", own("Ulm | 7 | 1998"));
    sandbox.run(decide).succeeds();
    assert_eq!(sandbox.agreed(), TABLE.replace("Ulm | 5", "Ulm | 7"));
}
