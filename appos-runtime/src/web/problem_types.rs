//! The types of problem documents: each code that a client may be answered with, and what it means.

use super::problem::status_of;
use crate::error::{AppOsError, ErrorKind};

/// A type of problem; its URI is `urn:appos:problem:` and the code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct ProblemType {
    /// The member `code` of the document.
    pub code: &'static str,
    /// The HTTP status.
    pub status: u16,
    /// What it means, and what to do.
    pub about: &'static str,
}

/// Every type, by status and code. Rules of an app may answer with codes of their own.
///
/// ```
/// let types = appos_runtime::problem_types();
/// let stale = types.iter().find(|kind| kind.code == "stale_version").unwrap();
/// assert_eq!(stale.status, 409);
/// ```
pub fn problem_types() -> Vec<ProblemType> {
    let mut types: Vec<ProblemType> = TYPES
        .iter()
        .map(|&(kind, code, about)| {
            let status = status_of(&AppOsError::new(kind, code, "")).as_u16();
            ProblemType { code, status, about }
        })
        .collect();
    types.sort_by_key(|kind| (kind.status, kind.code));
    types
}

use ErrorKind::{Dispatch, Execution, Integration, Security, Timeout, Validation};

#[rustfmt::skip] // a table
const TYPES: &[(ErrorKind, &str, &str)] = &[
    (Security, "not_signed_in", "The request has no session and no API key, and the public may not do this. Sign in."),
    (Security, "session_expired", "The session has ended or was ended. Sign in again."),
    (Security, "bad_api_key", "The API key is wrong, has expired or was revoked."),
    (Security, "bad_credentials", "The e-mail address or the password is wrong, or the account cannot sign in with one."),
    (Security, "denied", "No group of the caller has the permission. `cargo appos why` tells which groups have."),
    (Security, "foreign_origin", "A browser sent the request from a page of another site."),
    (Security, "csrf_token_missing", "With a session, a change needs the `Origin` of the server, or the session's token in `X-CSRF-Token`."),
    (Security, "wrong_sign_in", "The web API takes a session, and an API key was sent."),
    (Security, "bad_signature", "The signature of a webhook is missing, does not fit its body, or is of a moment that is too far from now."),
    (Security, "wrong_host", "The server does not answer under this `Host`: see `server.public_url` and `server.allowed_hosts`."),
    (Security, "bad_setup_token", "The token of the first administrator's link is wrong, or was used."),
    (Security, "bad_link", "The link of an invitation or a reset is wrong, has expired or was used, or its account has changed."),
    (Security, "wrong_password", "The password of the account is another than the `current` one that was sent."),
    (Security, "row_not_allowed", "The row that would be written is none of those that the caller may see."),
    (Dispatch, "not_found", "There is nothing at this path, or nothing that the caller may know of."),
    (Dispatch, "record_not_found", "There is no row with this id among those that the caller may see."),
    (Dispatch, "view_not_found", "There is no such view of the caller's."),
    (Dispatch, "import_not_found", "There is no such import of the caller's, or it was forgotten (`server.keep_imports`)."),
    (Dispatch, "unknown_task", "There is no task with this id that the caller is asked to do, or may give to others."),
    (Dispatch, "unknown_object", "A call by reference names no object; the nearest one is told."),
    (Dispatch, "not_callable", "A call by reference names an object that is neither a rule nor a process."),
    (Dispatch, "unknown_instance", "There is no instance with this id among those that the caller may see."),
    (Dispatch, "earlier_version", "The process is an earlier body of another one, which is started in its place."),
    (Dispatch, "no_process", "A step or the body of a process was called by something else than its process, or what works in the body of a process was called elsewhere."),
    (Dispatch, "outside_step", "The body of a process called something else than its steps."),
    (Dispatch, "key_in_process", "The body of a process started another one with a key: a step can."),
    (Dispatch, "no_step", "The code has no such step any more."),
    (Dispatch, "method_not_allowed", "The path does not take this method; the header `Allow` tells which it takes."),
    (Dispatch, "database_unavailable", "The database cannot be reached, or all connections are in use. Try again after `Retry-After`."),
    (Dispatch, "security_log_unavailable", "The security log cannot be written: what changes access is refused until it can. Try again after `Retry-After`."),
    (Dispatch, "sessions_unavailable", "Redis, where sessions are kept, does not answer: nobody can tell who is signed in. Try again after `Retry-After`."),
    (Dispatch, "too_busy", "More people are signing in than passwords can be checked. Try again after `Retry-After`."),
    (Dispatch, "storage_full", "The disk of the database or of the server is full; nothing was written."),
    (Dispatch, "files_unavailable", "The files of documents cannot be reached right now. Try again after `Retry-After`."),
    (Dispatch, "file_missing", "The row of the document is there, and its file is not. `cargo appos doctor` tells of it."),
    (Dispatch, "no_thumbnail", "There is no small picture of this file: it is no picture, or not one that can be read."),
    (Dispatch, "too_deep", "Calls nest deeper than `engine.max_depth`: probably a circle of rules."),
    (Dispatch, "no_context", "A rule was called outside any execution."),
    (Dispatch, "no_database", "The program runs without a database."),
    (Dispatch, "schema_mismatch", "A table is not as its record needs it. `cargo appos migrate drift` tells the difference."),
    (Validation, "task_answered", "Somebody else has answered the task already."),
    (Validation, "task_withdrawn", "The process no longer waits for an answer."),
    (Validation, "not_waiting", "The process of the task is about to end, or was put aside."),
    (Validation, "file_refused", "The file is not what its name says, is two things at once, is empty, or is not of a type that is taken; `errors` tells which."),
    (Validation, "too_many_files", "No more files are taken there: `max_files` of the document or of its folder."),
    (Validation, "range_not_satisfiable", "The file is shorter than the range that is asked for."),
    (Validation, "malformed_json", "The body is no JSON, did not arrive whole, or has a key twice."),
    (Validation, "malformed_file", "The file of an import did not arrive whole or cannot be read."),
    (Validation, "bad_query", "A parameter of the query is unknown or wrong; `errors` names it."),
    (Validation, "bad_filter", "The value of a filter does not fit its field."),
    (Validation, "bad_header", "A header such as `If-Match` or `Idempotency-Key` cannot be used; `errors` names it."),
    (Validation, "stale_version", "The row was changed since it was read. Read it again, and repeat the change."),
    (Validation, "not_unique", "Another row has this value; `errors` names the field."),
    (Validation, "still_referenced", "Other rows refer to this one, with `on_delete = restrict`."),
    (Validation, "write_conflict", "Another transaction was in the way. Send the request again."),
    (Validation, "last_system_admin", "The last system administrator who can sign in cannot be removed or switched off."),
    (Validation, "builtin_group", "The group belongs to the program: it stays, under its name."),
    (Validation, "body_too_large", "The body is larger than `server.max_body`, the file than `server.max_import`."),
    (Validation, "unsupported_media_type", "The path takes a body of another type."),
    (Validation, "version_required", "A change names the version of the row: as `version`, or as its `ETag` in `If-Match`."),
    (Validation, "too_many_attempts", "Too many sign-ins of this account or from this address have failed. Try again after `Retry-After`."),
    (Validation, "body_too_slow", "The body took longer than `server.request_timeout`, a file longer than `server.transfer_timeout`."),
    (Validation, "uri_too_long", "Path and query have more than 16 KB."),
    (Validation, "upgrade_required", "The path takes a WebSocket alone, which open pages use."),
    (Validation, "headers_too_large", "The headers have more than 32 KB."),
    (Validation, "too_many_requests", "The account or its address sends more requests than `server.rate_limit` allows. Wait for `Retry-After`."),
    (Validation, "invalid", "The input is wrong. Rules answer so with `AppOsError::validation`."),
    (Validation, "invalid_argument", "An argument for a server of mail or files holds a line break or another control character; `errors` names it."),
    (Validation, "invalid_mail", "A mail cannot be sent as it is; `errors` names all that is wrong."),
    (Validation, "invalid_fields", "Some fields or arguments are wrong; `errors` names each."),
    (Validation, "versions_differ", "`If-Match` and the field `version` name two versions."),
    (Validation, "bulk_failed", "Some operations of a `bulk` request failed, and none was done."),
    (Validation, "bad_columns", "Columns of an import are unknown, or stand twice."),
    (Validation, "import_failed", "Some lines of an import are wrong, and none was imported."),
    (Validation, "bad_cursor", "The cursor is not one of this query: filter, order or record are others."),
    (Validation, "already_received", "The signed webhook was taken before."),
    (Validation, "idempotency_key_reused", "The `Idempotency-Key` was used for another request within a day."),
    (Validation, "no_such_column", "The table of the record is somebody else's, and has no such system column."),
    (Validation, "no_soft_delete", "The record keeps no deleted rows: it has no `soft_delete`."),
    (Validation, "too_many_dependents", "More than 10,000 rows would go with this one. Delete some of them first."),
    (Validation, "has_administrator", "There is an administrator already, so there is no link for the first one."),
    (Validation, "unknown_choice", "A value is none of the choices of its field."),
    (Validation, "nul_character", "A text has a character that a database cannot store."),
    (Validation, "out_of_range", "A number is larger than what the database can count with."),
    (Validation, "arguments_too_large", "The arguments of an enqueued call or of a process, or what a signal brings, are larger than 1 MiB."),
    (Validation, "arguments_not_writable", "An argument of a process or a step cannot be written as JSON."),
    (Validation, "invalid_key", "The key of a start is empty or has more than 200 bytes."),
    (Validation, "key_reused", "The key was used to start the process with other arguments."),
    (Validation, "invalid_signal", "The name of a signal is empty, has more than 100 bytes or begins with `$`."),
    (Validation, "unreadable_signal", "What a signal brought is not what the process waits for."),
    (Validation, "invalid_variable", "The name of a variable is empty or has more than 100 bytes."),
    (Validation, "instance_archived", "The instance is in the archive: it can be looked at, and no longer be changed."),
    (Validation, "instance_ended", "The instance has ended or was put aside, and takes nothing any more."),
    (Validation, "not_failed", "Only an instance that has failed or was put aside can be retried."),
    (Validation, "not_parked", "Only an instance that was put aside can be resumed."),
    (Validation, "compensated", "What the instance had done was undone when it failed: start the process again."),
    (Validation, "no_session", "A value of the session was set where nobody is signed in."),
    (Validation, "session_too_large", "The values of a session are larger than 64 KiB."),
    (Validation, "wrong_question", "SQL written by hand is not one SELECT, or its parameters do not fit."),
    (Validation, "wrong_parameter", "A parameter does not fit where SQL written by hand uses it."),
    (Execution, "failed", "The body of an object failed. The log has the cause under the execution's id."),
    (Execution, "suspended", "The process waits for something, and is run again when that has come."),
    (Execution, "hidden_variable", "The variable is hidden: only a hash of its value is kept."),
    (Execution, "history_mismatch", "The code of a process does not fit what has happened to the instance."),
    (Execution, "history_unreadable", "What was kept of an instance can no longer be read as what the code says."),
    (Execution, "interrupted", "The program ended during the last try of a step."),
    (Execution, "worn_out", "The programs that ran an instance ended again and again without getting any further."),
    (Execution, "panicked", "The body of an object panicked; nothing else was harmed. The log has the cause."),
    (Execution, "database_failed", "The database refused a statement in a way that nobody foresaw. The log has the cause."),
    (Execution, "bad_stored_value", "A stored value is not what its field can be, such as a choice that is gone."),
    (Execution, "unreadable_secret", "A stored secret was sealed with a key that this program does not have, or was changed. The log has the cause."),
    (Execution, "in_transaction", "A file was uploaded inside a transaction, which cannot take it back: upload it before."),
    (Execution, "transaction_ended", "A call wrote in a transaction that had ended, such as from a task that outlived it."),
    (Execution, "no_service_account", "The service account as which a web API runs is missing or switched off. The log has the cause."),
    (Execution, "wrong_sql", "SQL written by hand was refused by the database, or its rows are not what they are read as."),
    (Execution, "transaction_spans_databases", "A transaction of one database wrote to another one: records of a connected system are written in a transaction of their own."),
    (Integration, "connected_system_unavailable", "The database of a connected system does not answer, does not fit its records, or is not set up. The log has the cause."),
    (Integration, "address_refused", "A connected system has an address in a network that it was not given (`allow_networks`)."),
    (Integration, "answer_too_large", "The answer of a connected system is larger than `max_response`."),
    (Integration, "bad_secret", "A secret has a character that no header can have."),
    (Integration, "connection_broken", "The connection to a connected system broke before its answer had come."),
    (Integration, "connection_failed", "A connected system cannot be connected to. The log has the cause."),
    (Integration, "invalid_address", "The address of a connected system is none."),
    (Integration, "invalid_certificate", "A certificate or key of a connected system is none."),
    (Integration, "missing_secret", "A secret that is needed was not entered, and is no environment variable."),
    (Integration, "not_recorded", "In a test: the request is not in the file from which it is answered."),
    (Integration, "redirect_refused", "A connected system redirects to where its requests may not lead."),
    (Integration, "remote_busy", "A connected system asks to be called less often (429)."),
    (Integration, "remote_conflict", "A connected system says that what was asked for contradicts what it has (409, 412)."),
    (Integration, "remote_failed", "A connected system has failed (500 and above)."),
    (Integration, "remote_not_found", "A connected system does not have what was asked for (404, 410)."),
    (Integration, "remote_unauthorized", "A connected system does not accept the platform's credentials (401, 403)."),
    (Integration, "system_unavailable", "A connected system has failed too often and is left alone for a while."),
    (Integration, "token_refused", "The provider of a connected system's tokens gives none."),
    (Integration, "too_many_pages", "A connected system gives out a list without an end."),
    (Integration, "unknown_host", "The host of a connected system has no address."),
    (Integration, "unreadable_answer", "The answer of a connected system is not of the shape that the integration says."),
    (Validation, "invalid_header", "A header of a request to a connected system is none, or belongs to the system."),
    (Validation, "invalid_path", "A parameter of the path of a request to a connected system is missing, or would lead elsewhere."),
    (Integration, "authentication_failed", "A connected system of mail or files refuses the platform's credentials."),
    (Integration, "invalid_answer", "A connected system of mail or files answers what its protocol does not know."),
    (Integration, "remote_refused", "A connected system of mail or files refuses what it was asked for; the message has its answer."),
    (Integration, "tls_failed", "The connection to a system of mail or files cannot be encrypted, or its certificate is not believed."),
    (Integration, "too_large", "A mail, a file or a listing of a connected system is larger than it may be."),
    (Integration, "unsuited_credentials", "The credentials of a connected system are of a kind that its protocol does not have."),
    (Integration, "integration", "A system outside failed. Rules answer so with `AppOsError::integration`."),
    (Timeout, "cancelled", "The client went away, or the server was stopped, before the end."),
    (Timeout, "deadline", "The instance of a process has reached its deadline."),
    (Timeout, "timeout", "The call reached its time limit: that of the object, `engine.timeout` or `server.request_timeout`."),
];

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;
    use std::fs;
    use std::path::Path;

    use super::TYPES;

    /// What stops a start, a migration, a schedule or a test; no client is told.
    const OF_STARTS: [&str; 19] = [
        "cannot_listen",
        "config",
        "failed_by_test",
        "invalid_schedule",
        "migration_failed",
        "migration_refused",
        "migrations_contradict",
        "migrations_pending",
        "no_files",
        "no_log_folder",
        "no_secret_key",
        "not_a_test",
        "objects_contradict",
        "recording",
        "unknown_group",
        "unknown_service_account",
        "wrong_secret_key",
        "wrong_settings",
        // The names of `errors`, which `method_not_allowed` has, too.
        "",
    ];

    fn codes(folder: &Path, found: &mut BTreeSet<String>) {
        for entry in fs::read_dir(folder).unwrap().flatten() {
            let path = entry.path();
            if path.is_dir() && !path.ends_with("tests") {
                codes(&path, found);
            } else if path.extension().is_some_and(|extension| extension == "rs") && !path.ends_with("error.rs") {
                let text = fs::read_to_string(&path).unwrap();
                let text = text.split("#[cfg(test)]").next().unwrap_or_default();
                for part in text.split("code_is(\"").skip(1) {
                    found.insert(part.split('"').next().unwrap_or_default().to_owned());
                }
            }
        }
    }

    #[test]
    fn every_code_of_the_source_is_explained_once() {
        let mut found = BTreeSet::new();
        codes(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"), &mut found);
        let listed: Vec<&str> = TYPES.iter().map(|(_, code, _)| *code).collect();
        assert_eq!(listed.iter().collect::<BTreeSet<_>>().len(), listed.len(), "a code is listed twice");
        let silent: Vec<&String> = found
            .iter()
            .filter(|code| !listed.contains(&code.as_str()) && !OF_STARTS.contains(&code.as_str()))
            .collect();
        assert!(silent.is_empty(), "say in TYPES what these mean to a client: {silent:?}");
        // Those of the constructors, and those that are chosen from several.
        let made = [
            "connection_broken",
            "denied",
            "failed",
            "integration",
            "invalid",
            "remote_busy",
            "remote_conflict",
            "remote_failed",
            "remote_not_found",
            "task_answered",
            "task_withdrawn",
            "timeout",
        ];
        let idle: Vec<&&str> = listed.iter().filter(|code| !found.contains(**code) && !made.contains(*code)).collect();
        assert!(idle.is_empty(), "these are no longer answered: {idle:?}");
    }
}
