//! Numbers instead of texts, so that what is compared often is compared quickly.
//!
//! Every line of a file is looked up here, each time that git merges one: a table costs a tenth of a sorted map.

/// An odd number without a pattern, to mix the hashes of texts (Knuth 1998, 6.4).
pub const PRIME: u64 = 0x9e37_79b9_7f4a_7c15;

/// Places of the table at the start; a power of two.
const PLACES: usize = 64;

/// Texts and their numbers, which count from 0 in the order in which the texts came first.
#[derive(Debug)]
pub struct Ids<'a> {
    /// Each text and its hash.
    known: Vec<(u64, &'a str)>,
    /// The number of the text that hashes to a place or, if that was taken, to one before it (linear probing).
    table: Vec<Option<usize>>,
}

impl<'a> Ids<'a> {
    /// Knows no text yet.
    pub fn new() -> Self {
        Self {
            known: Vec::new(),
            table: vec![None; PLACES],
        }
    }

    /// The number of a text.
    pub fn id(&mut self, text: &'a str) -> usize {
        if self.table.len() < 2 * self.known.len() {
            self.grow();
        }
        let hash = mixed(text.as_bytes());
        let mut at = place(hash, self.table.len());
        while let Some(id) = self.table[at] {
            if self.known[id] == (hash, text) {
                return id;
            }
            at = (at + 1) % self.table.len();
        }
        let id = self.known.len();
        self.table[at] = Some(id);
        self.known.push((hash, text));
        id
    }

    fn grow(&mut self) {
        let places = 4 * self.table.len();
        self.table.clear();
        self.table.resize(places, None);
        for (id, (hash, _)) in self.known.iter().enumerate() {
            let mut at = place(*hash, places);
            while self.table[at].is_some() {
                at = (at + 1) % places;
            }
            self.table[at] = Some(id);
        }
    }
}

/// Where a hash belongs in a table: its upper half, which is mixed best.
pub fn place(hash: u64, places: usize) -> usize {
    usize::try_from(hash >> 32).unwrap_or(0) % places
}

/// A hash of a text, eight bytes at a time: fixed, so that results are equal on every machine.
pub fn mixed(bytes: &[u8]) -> u64 {
    let mix = |hash: u64, number: u64| (hash.rotate_left(5) ^ number).wrapping_mul(PRIME);
    let number = |hash: u64, chunk: &[u8; 8]| mix(hash, u64::from_le_bytes(*chunk));
    let (chunks, _) = bytes.as_chunks();
    let hash = chunks.iter().fold(mix(PRIME, length(bytes)), number);
    // The end is read over what was read before, so that no byte is read alone.
    match (bytes.last_chunk(), bytes.first_chunk(), bytes.last_chunk()) {
        (Some(last), _, _) => number(hash, last),
        (_, Some(first), Some(last)) => {
            let (first, last) = (u32::from_le_bytes(*first), u32::from_le_bytes(*last));
            mix(hash, u64::from(first) << 32 | u64::from(last))
        }
        _ => mix(
            hash,
            bytes
                .iter()
                .fold(0, |all, byte| all << 8 | u64::from(*byte)),
        ),
    }
}

fn length(bytes: &[u8]) -> u64 {
    u64::try_from(bytes.len()).unwrap_or(u64::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_keep_their_numbers_while_the_table_grows() {
        let texts: Vec<String> = (0..1000).map(|number| "ab".repeat(number)).collect();
        let mut ids = Ids::new();
        for _ in 0..2 {
            let found: Vec<usize> = texts.iter().map(|text| ids.id(text)).collect();
            assert!(found.into_iter().eq(0..1000));
        }
    }

    #[test]
    fn every_byte_and_the_length_count() {
        let text = "0123456789abcdefghij";
        for length in 1..=text.len() {
            let whole = mixed(&text.as_bytes()[..length]);
            assert_ne!(whole, mixed(&text.as_bytes()[..length - 1]));
            for at in 0..length {
                let mut other = text.as_bytes()[..length].to_vec();
                other[at] = b'X';
                assert_ne!(whole, mixed(&other), "{length} {at}");
            }
        }
        assert_ne!(mixed(b"abcd"), mixed(b"abcdabcd"));
    }
}
