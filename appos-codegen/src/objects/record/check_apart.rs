//! What a record may not be whose table is in the database of a connected system: the platform's own tables are not
//! there, and nothing is committed with both.

use quote::ToTokens;

use super::model::Record;
use crate::attributes::HookList;
use crate::diagnostics::Sink;
use crate::diagnostics::catalogue::record as catalogue;

pub(super) fn check_apart(record: &Record<'_>, sink: &Sink) {
    if record.connected_system.is_none() {
        if let Some(key) = record.external.written() {
            sink.push(catalogue::external_at_home(key));
        }
        return;
    }
    if let Some(key) = record.soft_delete.written().filter(|_| record.external.is_set()) {
        sink.push(catalogue::external_soft_delete(key));
    }
    if let Some(key) = record.audit_log.written() {
        sink.push(catalogue::audit_log_apart(key));
    }
    if let Some(renamed_from) = &record.renamed_from {
        sink.push(catalogue::renamed_apart(renamed_from.literal()));
    }
    for hook in record.hooks.iter().flat_map(HookList::hooks) {
        if hook.is_process() {
            sink.push(catalogue::process_apart(&hook.rule, &text_of(&hook.rule)));
        } else if hook.after_commit {
            sink.push(catalogue::after_commit_apart(&hook.rule, &text_of(&hook.rule)));
        }
    }
    for field in &record.fields {
        if let Some(auto_number) = &field.auto_number {
            sink.push(catalogue::auto_number_apart(auto_number.key(), &field.name));
        }
        if let Some(renamed_from) = &field.renamed_from {
            sink.push(catalogue::renamed_apart(renamed_from.literal()));
        }
    }
}

fn text_of(path: &impl ToTokens) -> String {
    path.to_token_stream().to_string().replace(' ', "")
}
