//! Percent signs in addresses: everything but letters, digits and `-._~` is spelt as the bytes of its UTF-8.

/// Spells a text for a query or a path; slashes stay, since both may have them.
pub fn encoded(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for byte in text.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => {
                out.push(char::from(byte));
            }
            _ => {
                out.push('%');
                out.push(digit(byte >> 4));
                out.push(digit(byte & 15));
            }
        }
    }
    out
}

fn digit(value: u8) -> char {
    char::from_digit(value.into(), 16)
        .expect("half a byte is one digit")
        .to_ascii_uppercase()
}

/// Reads percent signs; a text that does not come out as UTF-8 stays as it is.
pub fn decoded(text: &str) -> String {
    let mut out = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((&first, after)) = rest.split_first() {
        let spelt = after.get(..2).filter(|_| first == b'%').and_then(byte);
        out.push(spelt.unwrap_or(first));
        rest = if spelt.is_some() { &after[2..] } else { after };
    }
    String::from_utf8(out).unwrap_or_else(|_| text.to_owned())
}

fn byte(digits: &[u8]) -> Option<u8> {
    let digits = digits.iter().all(u8::is_ascii_hexdigit).then_some(digits)?;
    u8::from_str_radix(std::str::from_utf8(digits).ok()?, 16).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_spelt_is_read_again() {
        for (text, spelt) in [
            ("plain-1.0_~", "plain-1.0_~"),
            ("a b&c=d?e#f", "a%20b%26c%3Dd%3Fe%23f"),
            ("Größe/大", "Gr%C3%B6%C3%9Fe/%E5%A4%A7"),
            ("100%", "100%25"),
            ("\u{1b}[31m\u{202e}\n", "%1B%5B31m%E2%80%AE%0A"),
        ] {
            assert_eq!(encoded(text), spelt);
            assert_eq!(decoded(spelt), text);
        }
        assert_eq!(decoded("50%-%zz-%"), "50%-%zz-%");
        assert_eq!(decoded("%ff"), "%ff", "no UTF-8");
        assert_eq!(decoded("%+1"), "%+1", "a sign is no digit");
    }
}
