//! What a letter has around its words: greeting, closing, signature, and what says whose the quoted words are.

use crate::narrative::message::signs_off;
use crate::reply::line::Line;

use super::likeness::count;
use super::starts::number;
use super::{Kind, Mark, Why};

/// Words that a greeting begins with.
const GREETINGS: [&str; 22] = [
    "hi", "hello", "hey", "dear", "hallo", "liebe", "lieber", "liebes", "moin", "servus", "guten",
    "good", "bonjour", "bonsoir", "salut", "cher", "chère", "chers", "hola", "querida", "querido",
    "ciao",
];

/// Whole lines that programs put under a mail, by how they begin.
const SENT_FROM: [&str; 12] = [
    "sent from my ",
    "sent from mail for",
    "sent from outlook",
    "sent from proton",
    "sent via ",
    "get outlook for ",
    "von meinem ",
    "gesendet von ",
    "envoyé de mon ",
    "envoyé depuis ",
    "enviado desde mi ",
    "verzonden vanaf ",
];

/// Lines between dashes that begin the message that is answered.
const ORIGINAL: [&str; 9] = [
    "original message",
    "original-nachricht",
    "originalnachricht",
    "ursprüngliche nachricht",
    "weitergeleitete nachricht",
    "forwarded message",
    "message d'origine",
    "mensaje original",
    "messaggio originale",
];

/// The names of the fields above a message that is answered.
const FIELDS: [&str; 29] = [
    "from",
    "sent",
    "date",
    "to",
    "cc",
    "bcc",
    "subject",
    "reply-to",
    "von",
    "gesendet",
    "datum",
    "an",
    "betreff",
    "de",
    "envoyé",
    "à",
    "objet",
    "enviado",
    "para",
    "asunto",
    "fecha",
    "da",
    "inviato",
    "a",
    "oggetto",
    "importance",
    "wichtigkeit",
    "kopie",
    "attachments",
];

/// The fields that such a block begins with.
const FIRST_FIELDS: [&str; 4] = ["from", "von", "de", "da"];

/// How a line begins and ends that says who wrote what is quoted below.
const ATTRIBUTIONS: [(&str, &str); 8] = [
    ("on ", "wrote"),
    ("am ", "schrieb"),
    ("le ", "a écrit"),
    ("el ", "escribió"),
    ("op ", "schreef"),
    ("il ", "ha scritto"),
    ("em ", "escreveu"),
    ("", "writes"),
];

/// How many lines a signature may have.
const LONGEST_SIGNATURE: usize = 12;

/// Marks what a letter has around its words, and gives the index from which the message that is answered stands without
/// marks of quoting, if it does.
pub fn mark(lines: &[Line], marks: &mut [Mark]) -> Option<usize> {
    attributions(lines, marks);
    let below = original(lines, marks);
    signatures(lines, marks);
    postscripts(lines, marks);
    closings(lines, marks);
    greeting(lines, marks);
    below
}

/// A line without signs of emphasis, in small letters.
fn plain(line: &Line) -> String {
    let text = line.text.replace(['*', '\u{a0}', '\u{202f}'], " ");
    text.trim().to_lowercase().replace('’', "'")
}

fn is_own(line: &Line, mark: Mark) -> bool {
    line.quote == 0 && mark == Mark::Own && !line.is_blank()
}

fn attributions(lines: &[Line], marks: &mut [Mark]) {
    for first in 0..lines.len() {
        if lines[first].is_blank() {
            continue;
        }
        let reach = lines[first..].iter().take(3);
        let reach = reach.take_while(|line| !line.is_blank() && line.quote == lines[first].quote);
        let mut joined = String::new();
        for (count, line) in reach.enumerate() {
            joined.push_str(&plain(line));
            joined.push(' ');
            let below = lines[first + count + 1..]
                .iter()
                .find(|line| !line.is_blank());
            let quotes = below.is_some_and(|below| below.quote > lines[first].quote);
            if is_attribution(&joined) && (quotes || joined.contains('@')) {
                marks[first..=first + count].fill(Mark::Left(Kind::Attribution));
                break;
            }
        }
    }
}

fn is_attribution(text: &str) -> bool {
    let Some(text) = text.trim().strip_suffix(':') else {
        return false;
    };
    let has_digit = text.contains(|sign: char| sign.is_ascii_digit());
    let dated = |(begin, verb): &(&str, &str)| {
        let ends = text.trim_end().ends_with(verb);
        let within = *begin == "am " && text.contains(verb);
        !begin.is_empty() && text.starts_with(begin) && (ends || within) && has_digit
    };
    let address = text.contains('@') && text.contains('<');
    let by_address = address && ATTRIBUTIONS.iter().any(|(_, verb)| text.ends_with(verb));
    text.len() < 300 && (by_address || ATTRIBUTIONS.iter().any(dated))
}

/// Marks what stands above the message that is answered where it is not marked as quoted, and gives where that begins.
fn original(lines: &[Line], marks: &mut [Mark]) -> Option<usize> {
    let at = (0..lines.len()).find(|&at| is_own(&lines[at], marks[at]) && begins(lines, at))?;
    let mut end = at;
    let divides = divider(&plain(&lines[at]));
    if divides {
        marks[at] = Mark::Left(Kind::Header);
        end += 1;
        while end < lines.len() && lines[end].is_blank() {
            end += 1;
        }
    }
    while end < lines.len() && !lines[end].is_blank() && lines[end].quote == 0 {
        let is_field = field(&plain(&lines[end])).is_some();
        // A long list of addresses goes on in the next line.
        let goes_on = end > at && lines[end].text.contains('@');
        if !is_field && !goes_on {
            break;
        }
        marks[end] = Mark::Left(Kind::Header);
        end += 1;
    }
    Some(end)
}

fn begins(lines: &[Line], at: usize) -> bool {
    let text = plain(&lines[at]);
    if divider(&text) {
        return true;
    }
    let from = field(&text).is_some_and(|name| FIRST_FIELDS.contains(&name));
    let more = lines[at + 1..].iter().take(6);
    let more = more.take_while(|line| !line.is_blank());
    from && more.filter(|line| field(&plain(line)).is_some()).count() >= 2
}

fn divider(text: &str) -> bool {
    let inner = text.trim_matches(['-', '_', ' ']);
    let dashes = text.starts_with("--") && text.ends_with("--");
    dashes && ORIGINAL.contains(&inner)
}

fn field(text: &str) -> Option<&str> {
    let (name, _) = text.split_once(':')?;
    let name = name.trim();
    FIELDS.contains(&name).then_some(name)
}

/// Marks what stands below a line `--`, and what programs put below a mail.
fn signatures(lines: &[Line], marks: &mut [Mark]) {
    let mut at = 0;
    while at < lines.len() {
        if !is_own(&lines[at], marks[at]) {
            at += 1;
            continue;
        }
        let text = plain(&lines[at]);
        let end = match text.as_str() {
            "--" | "\\--" => at + signature(&lines[at..], &marks[at..]),
            _ if is_of_program(&text) && ends(lines, marks, at) => at + 1,
            _ => at,
        };
        marks[at..end].fill(Mark::Left(Kind::Signature));
        at = end.max(at + 1);
    }
}

/// How many lines a signature has; none if it is too long for one, or answers a question.
fn signature(lines: &[Line], marks: &[Mark]) -> usize {
    let all = lines.iter().zip(marks);
    let own = all.take_while(|(line, mark)| line.quote == 0 && **mark == Mark::Own);
    let length = own.count();
    let words = lines[1..length].iter().filter(|line| !line.is_blank());
    let answers = |line: &Line| number(0, &line.text).is_some_and(|it| it.manner().1.is_some());
    let sound = words.clone().count() <= LONGEST_SIGNATURE && !words.clone().any(answers);
    if sound { length } else { 0 }
}

fn is_of_program(text: &str) -> bool {
    count(text) <= 12 && SENT_FROM.iter().any(|begin| text.starts_with(begin))
}

/// Whether nothing of the sender's stands below a line but a signature.
fn ends(lines: &[Line], marks: &[Mark], at: usize) -> bool {
    let below = (at + 1..lines.len()).find(|&below| !lines[below].is_blank());
    below.is_none_or(|below| !is_own(&lines[below], marks[below]) || plain(&lines[below]) == "--")
}

/// Marks where words begin that were put below the end of a letter: nobody can tell what they belong to.
fn postscripts(lines: &[Line], marks: &mut [Mark]) {
    for at in 0..lines.len() {
        let apart = at == 0 || lines[at - 1].is_blank();
        let text = plain(&lines[at]);
        let word = text.split([' ', ':', ',']).next().unwrap_or_default();
        let said = matches!(word, "ps" | "p.s." | "p.s" | "ps." | "pps" | "p.p.s.");
        if apart && said && is_own(&lines[at], marks[at]) {
            marks[at] = Mark::Unplaced(Why::Postscript);
        }
    }
}

/// Marks `Many thanks,` and a name below it where the sender's words end.
fn closings(lines: &[Line], marks: &mut [Mark]) {
    let is_end = |at: usize| {
        let over = |mark: Mark| match mark {
            Mark::Left(kind) => kind != Kind::Greeting,
            mark => matches!(mark, Mark::Unplaced(_)),
        };
        let mut rest = (at + 1..lines.len()).skip_while(|&next| {
            lines[next].is_blank() && lines[next].quote == 0 && !over(marks[next])
        });
        rest.next().is_none_or(|next| over(marks[next]))
    };
    let ends: Vec<usize> = (0..lines.len())
        .filter(|&at| is_own(&lines[at], marks[at]) && is_end(at))
        .collect();
    for end in ends {
        let mut words_below = 0;
        let near = (0..=end).rev().take(8);
        let own = near.take_while(|&at| lines[at].quote == 0 && marks[at] == Mark::Own);
        for at in own.collect::<Vec<_>>() {
            if closes(&lines[at].text) {
                marks[at..=end].fill(Mark::Left(Kind::Closing));
                break;
            }
            words_below += count(&lines[at].text);
            if words_below > 8 || lines[at].text.ends_with(['.', '?', ':']) {
                break;
            }
        }
    }
}

fn closes(line: &str) -> bool {
    const MORE: [&str; 14] = [
        "hope this helps",
        "hope that helps",
        "mit freundlichen grüßen",
        "viele grüße",
        "liebe grüße",
        "beste grüße",
        "herzliche grüße",
        "cordialement",
        "bien à vous",
        "saludos",
        "un saludo",
        "warmly",
        "warm regards",
        "thanks again",
    ];
    let plain = line.trim().trim_end_matches([',', '.', '!', ' ']);
    signs_off(line.trim()) && line.trim() != "--" || MORE.contains(&plain.to_lowercase().as_str())
}

/// Marks the name that ends a message which is answered without marks of quoting: a last paragraph of few words and no
/// sentence, below another or of several lines.
pub fn signed_below(lines: &[Line], marks: &mut [Mark]) {
    let own = |at: &usize| is_own(&lines[*at], marks[*at]);
    let Some(end) = (0..lines.len()).rfind(own) else {
        return;
    };
    let first = (0..=end).rev().take_while(own).last().unwrap_or(end);
    let another = (0..first).rev().find(|&at| !lines[at].is_blank());
    let below_another = another.is_some_and(|at| is_own(&lines[at], marks[at]));
    let names = lines[first..=end]
        .iter()
        .all(|line| count(&line.text) <= 5 && !line.text.ends_with(['.', '!', '?']));
    let several = end > first;
    if (below_another || several) && names && end - first < 5 {
        marks[first..=end].fill(Mark::Left(Kind::Signature));
    }
}

fn greeting(lines: &[Line], marks: &mut [Mark]) {
    let first = (0..lines.len()).find(|&at| is_own(&lines[at], marks[at]));
    let Some(at) = first else { return };
    let text = plain(&lines[at]);
    let word = text.split([' ', ',', '!']).next().unwrap_or_default();
    let alone = lines.get(at + 1).is_none_or(Line::is_blank);
    let closed = text.ends_with([',', '!', ':']);
    let greets = GREETINGS.contains(&word) && count(&text) <= 6;
    if greets && (alone || closed) && !text.ends_with('?') {
        marks[at] = Mark::Left(Kind::Greeting);
    }
}
