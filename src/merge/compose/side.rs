//! Versions of one table that cannot be merged: for each version there is a table with its side of all that is disputed, and
//! with everything else.

use std::collections::BTreeSet;

use crate::prose::token::folded;
use crate::prose::unit::{Shared, Unit};

use super::table::{Side, Versions};

/// With more versions than these, no table is composed for the side of each.
const SIDES: usize = 24;

/// A version of a table with all that others want and do not dispute.
pub struct Sided {
    /// The table.
    pub unit: Shared,
    /// The versions, by number, of which all is in it.
    pub whole: Vec<usize>,
}

/// Versions of a table that people must choose from, each with its side of what is disputed and with all else; none where
/// columns or order differ, or where rows are not told by their first cells.
pub fn sides(base: &Unit, versions: &[&Shared]) -> Vec<Sided> {
    let few = versions.len() <= SIDES;
    let tables = few.then(|| Versions::of(base, versions)).flatten();
    let tables = tables.filter(|tables| tables.keyed);
    let sided = |one| {
        let mut side = Some(Side {
            one,
            overruled: BTreeSet::new(),
        });
        let unit = tables.as_ref()?.merged(&mut side)?;
        let overruled = side?.overruled;
        let whole = (0..versions.len()).filter(|at| !overruled.contains(at));
        Some(Sided {
            unit,
            whole: whole.collect(),
        })
    };
    let mut sides: Vec<Sided> = (0..versions.len()).filter_map(sided).collect();
    sides.sort_by_cached_key(|sided| (folded(sided.unit.text()).into_owned(), sided.unit.id()));
    sides
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::prose::unit::Opaque;

    fn table(rows: &[&str]) -> Shared {
        let lines = [&["| Co-op | Size |", "| --- | --- |"], rows].concat();
        Unit::opaque(Opaque::Table, lines.join("\n"))
    }

    #[test]
    fn of_what_touches_one_side_is_taken_with_all_else() {
        let base = ["| Beta | 5 |", "| Alpha | 7 |", "| Zeta | 1 |"];
        let six: &[&str] = &["| Beta | 6 |", "| Alpha | 7 |", "| Eta | 2 |"];
        let eight: &[&str] = &["| Beta | 8 |", "| Alpha | 9 |", "| Zeta | 1 |"];
        let three: &[&str] = &["| Beta | 5 |", "| Alpha | 7 |", "| Zeta | 3 |"];
        let versions = [six, eight, three].map(table);
        let versions: Vec<&Shared> = versions.iter().collect();
        let told = |sided: Sided| {
            let rows: Vec<&str> = sided.unit.text().lines().skip(2).collect();
            (rows.concat(), sided.whole)
        };
        let sides: Vec<_> = sides(&table(&base), &versions)
            .into_iter()
            .map(told)
            .collect();
        let side = |rows: &str, whole: &[usize]| (rows.to_owned(), whole.to_vec());
        assert_eq!(
            sides,
            [
                // Who says nothing of a disputed cell leaves it as it stands.
                side("| Beta | 5 || Alpha | 9 || Eta | 2 || Zeta | 3 |", &[2]),
                side("| Beta | 6 || Alpha | 9 || Eta | 2 |", &[0]),
                side("| Beta | 8 || Alpha | 9 || Eta | 2 || Zeta | 3 |", &[1, 2]),
            ]
        );
    }
}
