//! What is wrong with a form of processes and tasks, for its head.

use crate::ui::components::FormProblem;
use crate::ui::page::Wrong;

/// Each field that is wrong, in the words that `told` makes of its name and of what is wrong with it; of none, what is
/// wrong with all.
pub(crate) fn form_problems(wrong: &Wrong, told: impl Fn(&str, &str) -> String) -> Vec<FormProblem> {
    if wrong.fields.is_empty() {
        return vec![FormProblem { field: None, text: wrong.message.clone() }];
    }
    let fields = wrong.fields.iter();
    fields.map(|(name, _, text)| FormProblem { field: Some(name.clone()), text: told(name, text) }).collect()
}
