//! What is meant to be: `// appos: allow(A0007): reason` above a part of a file, and `check.allow`
//! in `app.yaml`. Whoever allows says why, and what allows nothing is a finding.

use super::codes::{ALL, Code, IDLE_ALLOW, WRONG_ALLOW};
use super::finding::{Finding, Place};
use super::source::SourceFile;
use super::subject::Subject;
use crate::impact::Position;
use crate::terminal::nearest;

/// What a finding was allowed by.
#[derive(Debug)]
pub(super) struct Allowed {
    pub(super) finding: Finding,
    pub(super) reason: String,
}

struct Allow {
    code: &'static Code,
    reason: String,
    place: Place,
    reach: Reach,
    is_used: bool,
}

enum Reach {
    /// Lines of the file in which it stands.
    Lines {
        first: usize,
        last: usize,
    },
    App(String),
}

impl Allow {
    fn covers(&self, finding: &Finding) -> bool {
        if self.code.name != finding.code.name {
            return false;
        }
        match &self.reach {
            Reach::App(app) => finding.app.as_ref() == Some(app),
            Reach::Lines { first, last } => finding.place.as_ref().is_some_and(|place| {
                place.file == self.place.file && place.at.is_some_and(|at| (*first..=*last).contains(&at.line))
            }),
        }
    }
}

/// Takes out what is allowed, and adds what is wrong with the allowing.
pub(super) fn apply(subject: &Subject<'_>, findings: Vec<Finding>) -> (Vec<Finding>, Vec<Allowed>) {
    let mut wrong = Vec::new();
    let mut allows: Vec<Allow> = subject.files.iter().flat_map(|file| in_file(file, &mut wrong)).collect();
    allows.extend(in_apps(subject, &mut wrong));
    let (mut left, mut allowed) = (Vec::new(), Vec::new());
    for finding in findings {
        // The nearest: what stands at the place comes before what holds for an app.
        match allows.iter_mut().find(|allow| allow.covers(&finding)) {
            Some(allow) => {
                allow.is_used = true;
                allowed.push(Allowed { reason: allow.reason.clone(), finding });
            }
            None => left.push(finding),
        }
    }
    let idle = allows.into_iter().filter(|allow| !allow.is_used).map(|allow| {
        let message = format!("nothing is found here that `allow({})` could allow", allow.code.name);
        Finding::new(IDLE_ALLOW, message, "remove it").at(Some(allow.place))
    });
    left.extend(wrong);
    left.extend(idle);
    (left, allowed)
}

fn in_file(file: &SourceFile, wrong: &mut Vec<Finding>) -> Vec<Allow> {
    let mut allows = Vec::new();
    let lines: Vec<&str> = file.text.lines().collect();
    for (index, line) in lines.iter().enumerate() {
        let Some(rest) = line.trim_start().strip_prefix("// appos:") else { continue };
        let column = line.chars().count() - line.trim_start().chars().count() + 1;
        let place = Place::new(&file.name, Position { line: index + 1, column });
        let (codes, reason) = match read(rest) {
            Ok(read) => read,
            Err((message, help)) => {
                wrong.push(Finding::new(WRONG_ALLOW, message, help).at(Some(place)).of_app(&file.app));
                continue;
            }
        };
        let is_code = |line: &str| !line.trim().is_empty() && !is_plain_comment(line);
        let below = lines.iter().skip(index + 1).position(|line| is_code(line)).map(|more| index + more + 2);
        let part = below
            .and_then(|line| file.parts.iter().find(|part| part.first <= line && line <= part.head.max(part.first)));
        // Without a part below, it stands above nothing and allows nothing.
        let (first, last) = part.map_or((0, 0), |part| (part.first, part.last));
        allows.extend(codes.into_iter().map(|code| Allow {
            code,
            reason: reason.to_owned(),
            place: place.clone(),
            reach: Reach::Lines { first, last },
            is_used: false,
        }));
    }
    allows
}

fn is_plain_comment(line: &str) -> bool {
    let line = line.trim_start();
    line.starts_with("//") && !line.starts_with("///") && !line.starts_with("//!")
}

/// ` allow(A0003, A0007): reason`
fn read(text: &str) -> Result<(Vec<&'static Code>, &str), (String, String)> {
    const FORM: &str = "write `// appos: allow(A0007): why it is meant`";
    let wrong = |message: &str| (message.to_owned(), FORM.to_owned());
    let inner = text.trim().strip_prefix("allow(").ok_or_else(|| wrong("this comment for AppOS allows nothing"))?;
    let (codes, reason) = inner.split_once(')').ok_or_else(|| wrong("the list of codes does not end"))?;
    let codes = codes.split(',').map(|code| allowable(code.trim())).collect::<Result<Vec<_>, _>>()?;
    let reason = reason.trim_start().strip_prefix(':').map(str::trim).filter(|reason| !reason.is_empty());
    Ok((codes, reason.ok_or_else(|| wrong("what is allowed here has no reason"))?))
}

fn allowable(name: &str) -> Result<&'static Code, (String, String)> {
    let known = || ALL.iter().filter(|code| code.is_allowable).map(|code| code.name);
    match ALL.iter().find(|code| code.name == name) {
        Some(code) if code.is_allowable => Ok(code),
        Some(code) => Err((format!("`{name}` cannot be allowed"), format!("mend it: {}", code.title))),
        None => {
            let help = nearest(name, known()).map_or_else(
                || format!("codes that can be allowed are {}", known().collect::<Vec<_>>().join(", ")),
                |near| format!("write `{near}`"),
            );
            Err((format!("there is no code `{name}`"), help))
        }
    }
}

fn in_apps(subject: &Subject<'_>, wrong: &mut Vec<Finding>) -> Vec<Allow> {
    let mut allows = Vec::new();
    for app in &subject.manifest.apps {
        let Some(file) = subject.app_yaml(&app.name) else { continue };
        for allowed in app.allowed() {
            let place = Place::new(&file, Position { line: allowed.line, column: 1 });
            match allowable(&allowed.code) {
                Ok(code) => allows.push(Allow {
                    code,
                    reason: allowed.reason,
                    place,
                    reach: Reach::App(app.name.clone()),
                    is_used: false,
                }),
                Err((message, help)) => wrong.push(Finding::new(WRONG_ALLOW, message, help).at(Some(place))),
            }
        }
    }
    allows
}
