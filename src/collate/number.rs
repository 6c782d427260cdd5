//! Numbers in running text, whether written in digits or in words; language: English.
//!
//! **Invariant:** "forty-five", "45" and "forty five" give the same; a bare "one" gives nothing, since it mostly counts
//! nothing ("one of us", "one voice").

/// The numbers of a sentence, given as its words in lower case, in order.
pub fn numbers(words: &[String]) -> Vec<String> {
    let mut found = Run::default();
    for word in words {
        let parts: Vec<Option<u64>> = word.split('-').map(named).collect();
        if word.contains(|sign: char| sign.is_ascii_digit()) {
            found.figure(word);
        } else if parts.iter().all(Option::is_some) {
            parts
                .into_iter()
                .flatten()
                .for_each(|value| found.add(value));
        } else if word != "and" || !found.goes_on() {
            found.end();
        }
    }
    found.end();
    found.out
}

/// Numbers that have ended, and one that may go on.
#[derive(Default)]
struct Run {
    out: Vec<String>,
    open: bool,
    /// Thousands and more.
    total: u64,
    /// What is below a thousand.
    part: u64,
}

impl Run {
    fn figure(&mut self, word: &str) {
        self.end();
        match word.replace(',', "").parse() {
            Ok(value) => {
                self.part = value;
                self.open = true;
            }
            Err(_) => self.out.push(word.to_owned()),
        }
    }

    fn add(&mut self, value: u64) {
        let multiplies = value >= 1000 || (value == 100 && self.part < 10);
        let follows = match self.part {
            0 => true,
            part if value < 10 => part.is_multiple_of(10) && part % 100 != 10,
            part => value < 100 && part.is_multiple_of(100),
        };
        if !multiplies && !follows {
            self.end();
        }
        match value {
            1000.. => {
                self.total = self
                    .part
                    .max(1)
                    .saturating_mul(value)
                    .saturating_add(self.total);
                self.part = 0;
            }
            100 => self.part = 100 * self.part.max(1),
            _ => self.part += value,
        }
        self.open = true;
    }

    /// Whether "and" may stand within the number: "one hundred and five".
    fn goes_on(&self) -> bool {
        self.open && self.part.is_multiple_of(100)
    }

    fn end(&mut self) {
        let value = self.total.saturating_add(self.part);
        if self.open && value != 1 {
            self.out.push(value.to_string());
        }
        (self.open, self.total, self.part) = (false, 0, 0);
    }
}

const SMALL: [&str; 20] = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
];
const TENS: [&str; 8] = [
    "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety",
];

fn named(word: &str) -> Option<u64> {
    let at = |names: &[&str]| {
        let found = names.iter().position(|name| *name == word)?;
        u64::try_from(found).ok()
    };
    let large = || match word {
        "twice" => Some(2),
        "dozen" => Some(12),
        "hundred" => Some(100),
        "thousand" => Some(1000),
        "million" => Some(1_000_000),
        "billion" => Some(1_000_000_000),
        _ => None,
    };
    at(&SMALL)
        .or_else(|| at(&TENS).map(|tens| 10 * tens + 20))
        .or_else(large)
}

#[cfg(test)]
mod tests {
    use super::numbers;

    fn of(text: &str) -> Vec<String> {
        let words: Vec<String> = text.split(' ').map(str::to_owned).collect();
        numbers(&words)
    }

    #[test]
    fn digits_and_words_give_the_same() {
        for (digits, words) in [
            ("45 firms", "forty-five firms"),
            ("45", "forty five"),
            ("100 firms", "about a hundred firms"),
            ("105", "one hundred and five"),
            ("2,500", "two thousand five hundred"),
            ("5 million", "five million"),
            ("12", "a dozen"),
            ("300000", "three hundred thousand"),
        ] {
            assert_eq!(of(digits), of(words), "{digits}");
        }
    }

    #[test]
    fn numbers_side_by_side_stay_apart() {
        assert_eq!(of("two and three"), ["2", "3"]);
        assert_eq!(of("ten two"), ["10", "2"]);
        assert_eq!(of("5.4 of 1990s and 2nd"), ["5.4", "1990s", "2nd"]);
        assert!(of("one of us").is_empty());
    }
}
