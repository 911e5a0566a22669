//! A form that was filled in while somebody else changed the row: what each has changed, and what both.

use super::plan::Plan;
use super::sheet::{Cell, Clash, Part, Sheet};

/// Puts a form on the row as it is now. What was not touched takes what others have written; what both
/// have written becomes a question. Answers how many rows that were written into are gone.
pub(super) fn rebase(plan: &Plan, sheet: &mut Sheet, current: &Sheet) -> usize {
    part(&mut sheet.own, &current.own);
    let mut lost = 0;
    for ((mine, theirs), rows) in sheet.rows.iter_mut().zip(&current.rows).zip(&plan.rows) {
        lost += merge_rows(mine, theirs);
        for (place, part) in mine.iter_mut().enumerate() {
            part.path = rows.path(place);
        }
    }
    lost
}

fn merge_rows(mine: &mut Vec<Part>, theirs: &[Part]) -> usize {
    let is_there = |own: &Part| own.id.is_none() || theirs.iter().any(|other| other.id == own.id);
    let written = |own: &&Part| !is_there(own) && !own.removed && own.cells.iter().any(Cell::is_changed);
    let lost = mine.iter().filter(written).count();
    mine.retain(is_there);
    for own in mine.iter_mut() {
        if let Some(other) = theirs.iter().find(|other| own.id.is_some() && other.id == own.id) {
            part(own, other);
        }
    }
    let added = theirs.iter().filter(|other| !mine.iter().any(|own| own.id == other.id)).cloned();
    let added: Vec<Part> = added.collect();
    // What exists stands before what is new.
    let end = mine.iter().position(|own| own.id.is_none()).unwrap_or(mine.len());
    mine.splice(end..end, added);
    lost
}

fn part(mine: &mut Part, theirs: &Part) {
    if mine.version == theirs.version {
        return;
    }
    mine.version = theirs.version;
    for (own, other) in mine.cells.iter_mut().zip(&theirs.cells) {
        cell(own, &other.typed);
    }
}

fn cell(own: &mut Cell, theirs: &str) {
    let before = std::mem::replace(&mut own.base, theirs.to_owned());
    if own.typed == before || !own.present {
        theirs.clone_into(&mut own.typed);
        own.clash = None;
    } else if theirs == before || theirs == own.typed {
        // Only one has changed it, or both to the same. An earlier answer holds for what it was given for.
        own.clash = own.clash.take().filter(|_| theirs == before);
    } else {
        let before = own.clash.take().map_or(before, |clash| clash.before);
        own.clash = Some(Clash { before, pick: None });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn one(typed: &str, base: &str) -> Cell {
        Cell { typed: typed.to_owned(), ..Cell::of(base.to_owned()) }
    }

    #[test]
    fn what_was_not_touched_takes_what_others_wrote_and_what_both_wrote_is_asked() {
        let mut untouched = one("a", "a");
        cell(&mut untouched, "b");
        assert_eq!((untouched.typed.as_str(), untouched.base.as_str(), untouched.clash), ("b", "b", None));

        let mut alone = one("mine", "a");
        cell(&mut alone, "a");
        assert_eq!((alone.typed.as_str(), alone.base.as_str(), alone.clash), ("mine", "a", None));

        let mut both = one("mine", "a");
        cell(&mut both, "theirs");
        let clash = Clash { before: "a".to_owned(), pick: None };
        assert_eq!((both.typed.as_str(), both.base.as_str(), both.clash), ("mine", "theirs", Some(clash)));
    }
}
