//! What blocks are, as far as the white space between them and the lists that they stand in go.

use crate::prose::unit::{Kind, Mark, Opaque, Shared};

/// What decides the white space between two blocks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Sort {
    Paragraph,
    Heading,
    Item,
    /// An item of a numbered list.
    Step,
    /// An item inside an item.
    Nested,
    Continuation,
    Quote,
    Footnote,
    Opaque(Opaque),
}

pub(super) fn sort(units: &[Shared]) -> Sort {
    match units.first().map(|unit| unit.kind()) {
        Some(Kind::Mark(Mark::Heading(_))) => Sort::Heading,
        Some(Kind::Mark(Mark::Item { depth: 2.., .. })) => Sort::Nested,
        Some(Kind::Mark(Mark::Item { ordered: true, .. })) => Sort::Step,
        Some(Kind::Mark(Mark::Item { .. })) => Sort::Item,
        Some(Kind::Mark(Mark::Continuation(_))) => Sort::Continuation,
        Some(Kind::Mark(Mark::Quote)) => Sort::Quote,
        Some(Kind::Mark(Mark::Footnote(_))) => Sort::Footnote,
        Some(Kind::Opaque(opaque)) => Sort::Opaque(*opaque),
        _ => Sort::Paragraph,
    }
}

/// Whether items of these sorts, one after the other, are of one list.
pub(super) fn are_one_list(own: Sort, next: Sort) -> bool {
    use Sort::{Item, Nested, Step};
    matches!(
        (own, next),
        (Item, Item) | (Step, Step) | (Nested, Item | Step | Nested) | (Item | Step, Nested)
    )
}

/// Whether a block is never looked into.
pub(super) fn is_opaque(units: &[Shared]) -> bool {
    matches!(sort(units), Sort::Opaque(_))
}

/// Whether a block goes on with the item before it; what is opaque does if it stands in from the margin.
pub(super) fn is_inside_item(units: &[Shared]) -> bool {
    match sort(units) {
        Sort::Continuation => true,
        Sort::Opaque(_) => units[0].text().starts_with([' ', '\t']),
        _ => false,
    }
}
