//! Counting and listing as types, so that "1 draft" and "2 drafts" are right everywhere.

use std::fmt;

/// A number of things: `Count(2, "draft", "drafts")` reads "2 drafts".
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Count(pub usize, pub &'static str, pub &'static str);

impl fmt::Display for Count {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self(number, one, many) = self;
        match number {
            0 => write!(f, "no {many}"),
            1 => write!(f, "1 {one}"),
            number => write!(f, "{number} {many}"),
        }
    }
}

/// Things in a row: `Listing(&["ana", "bo", "chi"])` reads "ana, bo and chi".
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Listing<'a, T>(pub &'a [T]);

impl<T: fmt::Display> fmt::Display for Listing<'_, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, item) in self.0.iter().enumerate() {
            match index {
                0 => {}
                last if last + 1 == self.0.len() => f.write_str(" and ")?,
                _ => f.write_str(", ")?,
            }
            item.fmt(f)?;
        }
        Ok(())
    }
}

/// Names in a row of which only so many are told: `Few(&["ana", "bo", "chi"], 1)` reads "ana and 2 more".
///
/// One name more than that is told rather than counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Few<'a, T>(pub &'a [T], pub usize);

impl<T: fmt::Display> fmt::Display for Few<'_, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self(items, most) = self;
        let told = if items.len() <= most + 1 {
            items.len()
        } else {
            *most
        };
        for (index, item) in items[..told].iter().enumerate() {
            let comma = if index == 0 { "" } else { ", " };
            write!(f, "{comma}{item}")?;
        }
        match items.len() - told {
            0 => Ok(()),
            more => write!(f, " and {more} more"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Count, Few, Listing};

    #[test]
    fn counts_as_people_do() {
        let said = |number| Count(number, "draft", "drafts").to_string();
        assert_eq!(
            [said(0), said(1), said(2)],
            ["no drafts", "1 draft", "2 drafts"]
        );
    }

    #[test]
    fn lists_as_people_do() {
        assert_eq!(Listing::<&str>(&[]).to_string(), "");
        assert_eq!(Listing(&["ana"]).to_string(), "ana");
        assert_eq!(Listing(&["ana", "bo"]).to_string(), "ana and bo");
        assert_eq!(
            Listing(&["ana", "bo", "chi"]).to_string(),
            "ana, bo and chi"
        );
    }

    #[test]
    fn long_lists_are_shortened() {
        let names = ["ana", "bo", "chi", "dee"];
        let told = |most| Few(&names, most).to_string();
        assert_eq!(told(4), "ana, bo, chi, dee");
        assert_eq!(told(3), "ana, bo, chi, dee");
        assert_eq!(told(2), "ana, bo and 2 more");
    }
}
