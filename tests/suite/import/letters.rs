//! Each way of answering, in each encoding.

use super::{drafts, inline, mail, parted, plain, quoted};

#[test]
fn answers_between_quoted_questions_are_placed() {
    let body = inline(&[
        (1, "We are forty.\n\n1. Spain leads\n2. Italy follows"),
        (3, "A say in the work."),
        (8, "More federations."),
    ]);
    let body = format!(
        "Hi Eve,\n\nOn 12 Feb 2026, at 10:03, Eve <eve@example.org>\nwrote:\n\n{body}\n\nCheers,\nAna\n\n-- \nAna\nAlpha co-op\n"
    );
    assert_eq!(
        drafts("reply.eml", &plain(&body)),
        "1: We are forty.\n\n1. Spain leads\n2. Italy follows | 3: A say in the work. | 8: More federations."
    );
}

#[test]
fn numbered_answers_above_the_quoted_message_are_placed() {
    let above = "Hi Eve,\n\n1. We are forty.\n\n- stray\n\n2. Fairness:\n  1. of pay\n  2. of work\n\n5. Pay is lower.\n\nBest wishes\nAna\n\nSent from my iPhone\n";
    let expected =
        "1: We are forty.\n\n- stray | 2: Fairness:\n1. of pay\n2. of work | 5: Pay is lower.";
    for attribution in [
        "On 12 Feb 2026, Eve <eve@example.org> wrote:",
        "Am 12.02.2026 um 10:03 schrieb Eve <eve@example.org>:",
        "Le jeu. 12 févr. 2026 à 10:03, Eve <eve@example.org> a écrit :",
        "El jue, 12 feb 2026 a las 10:03, Eve (<eve@example.org>) escribió:",
    ] {
        let body = format!("{above}\n{attribution}\n{}", quoted());
        assert_eq!(
            drafts("reply.eml", &plain(&body)),
            expected,
            "{attribution}"
        );
    }
}

#[test]
fn numbers_that_break_the_run_are_not_guessed() {
    let cases = [
        (
            "1. Small.\n\n3. Free.\n\n2. Fair.\n",
            "1: Small.",
            "3. Free. | 2. Fair.",
        ),
        (
            "1. Small.\n\n2) Fair.\n\n3. Free.\n",
            "1: Small. | 3: Free.",
            "2) Fair.",
        ),
        (
            "1. We have reasons.\n\n1. people\n\n2. money\n\n3. time\n\n2. Fair.\n",
            "",
            "1. We have reasons.\n\n1. people | 2. money | 3. time | 2. Fair.",
        ),
        (
            "1. Three things:\n\n1. people\n2. money\n3. time\n\n2. Fair.\n",
            "1: Three things:\n\n1. people\n2. money\n3. time | 2: Fair.",
            "",
        ),
        (
            "1. Small:\n\n   1. people\n\n   2. money\n\n2. Fair.\n3. Free.\n\n4. None.\n",
            "1: Small:\n\n1. people\n\n2. money | 2: Fair. | 3: Free. | 4: None.",
            "",
        ),
    ];
    let mixed =
        "1. Small.\n2. Fair:\n1) pay\n2) time\n3. Free.\nQuestion 5: hard.\n6) Everywhere.\n";
    let placed = "1: Small. | 2: Fair:\n1) pay\n2) time | 3: Free.";
    let rest = "Question 5: hard. | 6) Everywhere.";
    for (text, placed, rest) in cases.into_iter().chain([(mixed, placed, rest)]) {
        let expected = (placed.to_owned(), rest.to_owned());
        assert_eq!(parted("a.txt", text.as_bytes()), expected, "{text}");
    }
}

#[test]
fn numbered_answers_below_the_quoted_message_are_placed() {
    let body = format!("{}\nAnswer 2: Fairness.\n\nAnswer 4: No type.\n", quoted());
    assert_eq!(
        drafts("reply.eml", &plain(&body)),
        "2: Fairness. | 4: No type."
    );
}

#[test]
fn what_stands_below_all_questions_and_names_none_is_not_guessed() {
    let body = format!("{}\nWe are forty people.\n", quoted());
    let (drafts, rest) = parted("reply.eml", &plain(&body));
    assert_eq!(
        (drafts.as_str(), rest.as_str()),
        ("", "We are forty people.")
    );
}

#[test]
fn a_message_below_a_head_of_outlook_is_no_answer() {
    let head = "-----Original Message-----\nFrom: Eve <eve@example.org>\nSent: Thursday, 12 February 2026\nTo: all@example.org\nSubject: questions\n\n";
    let top = format!(
        "Hello,\n\n2. Fairness.\n\nKind regards\nAna\n\n{head}{}",
        super::QUESTIONS
    );
    assert_eq!(drafts("reply.eml", &plain(&top)), "2: Fairness.");
    let between = inline(&[(1, "We are forty."), (2, "Fairness.")])
        .replace("> ", "")
        .replace(">\n", "\n");
    let body = format!("{head}{between}\nEve\nBeta co-op\n");
    assert_eq!(
        drafts("reply.eml", &plain(&body)),
        "1: We are forty. | 2: Fairness."
    );
}

#[test]
fn every_encoding_is_read() {
    let expected = "2: Près de Brest = là.";
    let latin = b"2. Pr\xe8s de Brest = l\xe0.\n";
    let kind = "Content-Type: text/plain; charset=iso-8859-1\r\nContent-Transfer-Encoding: ";
    let printable = b"2. Pr=E8s de =\r\nBrest =3D l=E0.\r\n";
    assert_eq!(
        drafts("a.eml", &mail(&format!("{kind}8bit"), latin)),
        expected
    );
    assert_eq!(
        drafts(
            "a.eml",
            &mail(&format!("{kind}quoted-printable"), printable)
        ),
        expected
    );
    let base64 = b"Mi4gUHLDqHMgZGUgQnJlc3QgPSBsw6AuCg==\r\n";
    let kind = "Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: base64";
    assert_eq!(drafts("a.eml", &mail(kind, base64)), expected);
    assert_eq!(
        drafts("a.txt", "2. Près de Brest = là.\n".as_bytes()),
        expected
    );
}

#[test]
fn a_mail_that_is_only_a_page_becomes_markdown() {
    let page = "<html><style>p{}</style><div>Hi Eve,</div><div><br></div><blockquote>2 What are the key \
        aims/goals/values of the tech worker cooperative movement?</blockquote><div><b>Fairness</b>, see \
        <a href=\"https://example.org\">this</a>.</div><script>x()</script></html>";
    let kind = "Content-Type: text/html; charset=utf-8";
    assert_eq!(
        drafts("a.eml", &mail(kind, page.as_bytes())),
        "2: **Fairness**, see [this](https://example.org)."
    );
}

#[test]
fn headings_and_repeated_questions_are_known() {
    let text =
        "# Our answers\n\n## 2. Values\n\nFairness.\n\n## big\n\nForty.\n\n## 9. More\n\nStray.\n";
    let (placed, rest) = parted("a.md", text.as_bytes());
    assert_eq!(placed, "1: Forty. | 2: Fairness.");
    assert_eq!(rest, "# Our answers | ## 9. More\n\nStray.");
    let seventh = super::QUESTIONS.lines().last().unwrap();
    let text = format!(
        "{seventh}\nFederations.\n\n{}\n\nAnd schools.\n",
        &seventh[2..]
    );
    assert_eq!(
        drafts("a.txt", text.as_bytes()),
        "8: Federations.\n\nAnd schools."
    );
}

#[test]
fn an_answer_may_take_up_the_words_of_its_question() {
    let text =
        "1. Forty.\n\n2. The key aims of the tech worker cooperative movement are\nfair pay.\n";
    assert_eq!(
        drafts("a.txt", text.as_bytes()),
        "1: Forty. | 2: The key aims of the tech worker cooperative movement are\nfair pay."
    );
}

#[test]
fn what_a_sender_quotes_herself_stays_in_her_answer() {
    let text = "1. The census says so:\n\n> Only one in a hundred.\n\nThat has to change.\n\n2. Fair.\n\n\
        On 3 May 2024 the Guardian wrote:\n\"Co-ops are back\".\n\nSent from my years in it: it pays less.\n\n3. Free.\n";
    let expected = "1: The census says so:\n\n> Only one in a hundred.\n\nThat has to change. | 2: Fair.\n\n\
        On 3 May 2024 the Guardian wrote:\n\"Co-ops are back\".\n\nSent from my years in it: it pays less. | 3: Free.";
    assert_eq!(drafts("a.txt", text.as_bytes()), expected);
    let paper = "# 1\n\nAs it says:\n\n> Co-ops grew.\n>\n> By half.\n\n# 2\n\nFair.\n";
    assert_eq!(
        drafts("a.md", paper.as_bytes()),
        "1: As it says:\n\n> Co-ops grew.\n>\n> By half. | 2: Fair."
    );
}

#[test]
fn a_number_that_goes_on_from_a_quoted_question_is_not_guessed() {
    let all = inline(&[(1, "Small.\n\n2. It grows.\n\n3. By word of mouth.")]);
    let (first, _) = all.split_once("> 2").expect("all questions are quoted");
    let (placed, rest) = parted("reply.eml", &plain(first));
    assert_eq!(placed, "1: Small.");
    assert_eq!(rest, "2. It grows. | 3. By word of mouth.");
    let body = inline(&[(1, "Small:\n\n1. Spain\n\n2. Italy"), (2, "Fair.")]);
    let (placed, rest) = parted("reply.eml", &plain(&body));
    assert_eq!(placed, "1: Small:\n\n1. Spain\n\n2. Italy | 2: Fair.");
    assert_eq!(rest, "");
}

#[test]
fn a_rule_of_dashes_between_answers_is_no_signature() {
    let text = "1. Small.\n\n--\n2. Fair.\n\n--\nAna\nAlpha\n";
    assert_eq!(
        drafts("a.txt", text.as_bytes()),
        "1: Small.\n\n-- | 2: Fair."
    );
}

#[test]
fn words_below_the_end_of_a_letter_are_not_guessed() {
    let text = "3. Free.\n\nBest regards,\nAna\n\nPS on question 5: capital\nis hard to get.\n";
    let (placed, rest) = parted("a.txt", text.as_bytes());
    assert_eq!(placed, "3: Free.");
    assert_eq!(rest, "PS on question 5: capital\nis hard to get.");
}

#[test]
fn each_answer_gets_the_notes_and_links_that_it_refers_to() {
    let text = "# 1\n\nSmall.[^1] See [the list][L].\n\n# 2\n\nFair.[^1]\n\n\
        [^1]: Only in Europe,\n    says [a][].\n\n[l]: https://example.org/\n[a]: https://example.net/\n[^9]: Nobody asks.\n";
    let note = "[^1]: Only in Europe,\n    says [a][].";
    let (placed, rest) = parted("a.md", text.as_bytes());
    assert_eq!(
        placed,
        format!(
            "1: Small.[^1] See [the list][L].\n\n{note}\n\n[l]: https://example.org/\n\n[a]: https://example.net/ \
             | 2: Fair.[^1]\n\n{note}\n\n[a]: https://example.net/"
        )
    );
    assert_eq!(rest, "[^9]: Nobody asks.");
}

#[test]
fn a_text_that_stands_for_a_page_is_not_the_letter() {
    let kind = "Content-Type: multipart/alternative; boundary=b";
    let page = "<p>1. Small.</p><p>2. Fair pay.</p>";
    let of = |text: &str, page: &str| {
        format!(
            "--b\r\nContent-Type: text/plain\r\n\r\n{text}\r\n--b\r\nContent-Type: text/html\r\n\r\n{page}\r\n--b--\r\n"
        )
    };
    let expected = "1: Small. | 2: Fair pay.";
    for text in ["Your mail program does not show HTML.", "See below."] {
        let page = format!("{page}{}", "<p>And so on, as we said.</p>".repeat(3));
        let read = drafts("a.eml", &mail(kind, of(text, &page).as_bytes()));
        assert!(read.starts_with(expected), "{read}");
    }
    let plain = of("1. Small.\r\n\r\n2. Fair pay.", page);
    assert_eq!(drafts("a.eml", &mail(kind, plain.as_bytes())), expected);
}

#[test]
fn lines_that_a_program_broke_within_words_are_whole_again() {
    let kind = "Content-Type: text/plain; charset=utf-8; format=flowed; delsp=yes";
    let body = "> 2 What are the key aims/goals/values of the tech wor \r\n> ker cooperative movement?\r\n\r\nWe are co- \r\noperative and gro \r\nwing.\r\n";
    assert_eq!(
        drafts("a.eml", &mail(kind, body.as_bytes())),
        "2: We are co-operative and growing."
    );
}
