//! Lines put together to answers, to what is left out, and to the rest.

use crate::reply::line::Line;

use super::{Answer, Kind, LeftOut, Mark, Piece, Rest, Split, Start, Why};

/// One way through the lines.
pub struct Walk {
    current: Result<Start, Why>,
    answers: Vec<Vec<(Piece, Vec<String>)>>,
    rest: Vec<(Rest, Vec<String>)>,
    left_out: Vec<LeftOut>,
    /// Whether the last line went on with what the one before it belongs to.
    goes_on: bool,
}

impl Walk {
    /// Begins before any question.
    pub fn new(questions: usize) -> Self {
        Self {
            current: Err(Why::BeforeAnyQuestion),
            answers: vec![Vec::new(); questions],
            rest: Vec::new(),
            left_out: Vec::new(),
            goes_on: false,
        }
    }

    /// Lets what follows belong to no question.
    pub fn close(&mut self, why: Why) {
        self.current = Err(why);
        self.goes_on = false;
    }

    /// Goes on by a line.
    pub fn line(&mut self, line: &Line, mark: Mark) {
        match mark {
            Mark::Own if line.quote > 0 => {
                let quotes = "> ".repeat(line.quote);
                self.own(line.number, format!("{quotes}{}", line.text).trim_end());
            }
            Mark::Own => self.own(line.number, &line.text),
            // It stands where it is referred to.
            Mark::Definition => {}
            Mark::Left(kind) => {
                self.leave(line.number, &line.text, kind);
                self.goes_on = false;
            }
            Mark::Unplaced(why) => {
                if !matches!(self.current, Err(before) if before == why) {
                    self.close(why);
                }
                self.own(line.number, &line.text);
            }
            Mark::Start(start) => {
                let kind = Kind::Question;
                self.leave(line.number, &line.text[..start.from], kind);
                self.current = Ok(start);
                self.goes_on = false;
                let words = &line.text[start.from..start.to];
                if !words.trim().is_empty() {
                    self.own(line.number, words);
                }
                self.leave(line.number, &line.text[start.to..], kind);
            }
        }
    }

    fn own(&mut self, number: usize, text: &str) {
        let blank = text.trim().is_empty();
        if blank && !self.goes_on {
            return;
        }
        match self.current {
            Ok(start) => {
                let pieces = &mut self.answers[start.question];
                if !self.goes_on {
                    let known_by = start.by;
                    let piece = Piece {
                        from: number,
                        to: number,
                        known_by,
                    };
                    pieces.push((piece, Vec::new()));
                }
                if let Some((piece, texts)) = pieces.last_mut() {
                    piece.to = if blank { piece.to } else { number };
                    texts.push(text.to_owned());
                }
            }
            Err(why) => {
                if !self.goes_on {
                    let text = String::new();
                    let rest = Rest {
                        from: number,
                        to: number,
                        text,
                        why,
                    };
                    self.rest.push((rest, Vec::new()));
                }
                if let Some((rest, texts)) = self.rest.last_mut() {
                    rest.to = if blank { rest.to } else { number };
                    texts.push(text.to_owned());
                }
            }
        }
        self.goes_on = true;
    }

    fn leave(&mut self, number: usize, text: &str, kind: Kind) {
        if text.trim().is_empty() {
            return;
        }
        match self.left_out.last_mut() {
            Some(last) if last.kind == kind && last.to + 1 >= number => {
                last.text.push(if last.to == number { ' ' } else { '\n' });
                last.text.push_str(text);
                last.to = number;
            }
            _ => self.left_out.push(LeftOut {
                from: number,
                to: number,
                text: text.to_owned(),
                kind,
            }),
        }
    }

    /// Takes back what was placed from a line on: nothing there was written by the sender, as far as can be told.
    pub fn withdraw_below(&mut self, number: usize) {
        let why = Why::InTheOriginal;
        for pieces in &mut self.answers {
            let (kept, below) = std::mem::take(pieces)
                .into_iter()
                .partition(|(piece, _)| piece.from < number);
            *pieces = kept;
            let below: Vec<(Piece, Vec<String>)> = below;
            self.rest.extend(below.into_iter().map(|(piece, texts)| {
                let Piece { from, to, .. } = piece;
                let text = String::new();
                (
                    Rest {
                        from,
                        to,
                        text,
                        why,
                    },
                    texts,
                )
            }));
        }
        self.rest.sort_by_key(|(rest, _)| rest.from);
    }

    /// What was found on the way.
    pub fn done(self) -> Split {
        let answers = self.answers.into_iter().enumerate();
        let answers = answers.filter(|(_, pieces)| !pieces.is_empty());
        Split {
            answers: answers
                .map(|(question, pieces)| {
                    let texts: Vec<String> = pieces.iter().map(|(_, texts)| tidy(texts)).collect();
                    Answer {
                        question,
                        text: texts.join("\n\n"),
                        pieces: pieces.into_iter().map(|(piece, _)| piece).collect(),
                    }
                })
                .collect(),
            rest: self
                .rest
                .into_iter()
                .map(|(rest, texts)| Rest {
                    text: tidy(&texts),
                    ..rest
                })
                .collect(),
            left_out: self.left_out,
        }
    }
}

/// Lines as a text of their own: not indented as a whole, one blank line between paragraphs, none around them.
fn tidy(lines: &[String]) -> String {
    let indent = |line: &String| line.len() - line.trim_start_matches(' ').len();
    let later = lines.iter().skip(1).filter(|line| !line.trim().is_empty());
    let common = later.map(indent).min().unwrap_or(0);
    let mut out = String::new();
    let mut gap = 0;
    for (at, line) in lines.iter().enumerate() {
        let line = match at {
            0 => line.trim_start_matches(' '),
            _ => line.get(common..).unwrap_or_default(),
        };
        if line.trim().is_empty() {
            gap += 1;
            continue;
        }
        if !out.is_empty() {
            out.push_str(if gap > 0 { "\n\n" } else { "\n" });
        }
        gap = 0;
        out.push_str(line.trim_end());
    }
    out
}
