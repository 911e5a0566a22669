//! What goes over a socket.
//!
//! Up: `["hi",page,seen]`, `["open",address]`, `["ping"]`, `["ack",seen]`, and with a number each, by which
//! they are told apart when they are sent twice: `["e",n,node,event,bubbles,data]`, `["go",n,address]`,
//! `["form",n,action,[[name,value],…]]`.
//!
//! Down: `["ok",handled]`, `["gone"]`, `["page",name,title,html]`, `["pong"]`, `["form",n]`, and frames, which are objects.

use dioxus_core::ElementId;
use serde_json::Value as Json;

use super::edits::quoted;
use crate::ui::page::{Form, Location};

/// Why a socket is closed: codes above 4000 are ours.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Close {
    /// The server stops; another one, or this one anew, will answer.
    Stopping,
    /// What came was no message of this protocol.
    Malformed,
    /// A message was too long.
    TooLong,
    /// The session has ended, or the account was switched off.
    Ended,
    /// There are too many open pages: this one goes on without a socket.
    Full,
    /// Another socket has claimed the page.
    Elsewhere,
    /// The browser does not take what it is sent.
    Stuck,
    /// Too many messages in a second.
    Flood,
}

impl Close {
    /// The code of the closing frame.
    pub(crate) const fn code(self) -> u16 {
        match self {
            Self::Stopping => 1012,
            Self::Malformed => 4400,
            Self::Ended => 4401,
            Self::Elsewhere => 4409,
            Self::Stuck => 4410,
            Self::TooLong => 4413,
            Self::Flood => 4429,
            Self::Full => 4503,
        }
    }

    /// The same in words.
    pub(crate) const fn words(self) -> &'static str {
        match self {
            Self::Stopping => "the server stops",
            Self::Malformed => "not a message of this protocol",
            Self::Ended => "the session has ended",
            Self::Elsewhere => "the page is open elsewhere",
            Self::Stuck => "too much is unread",
            Self::TooLong => "the message is too long",
            Self::Flood => "too many messages",
            Self::Full => "too many pages are open",
        }
    }
}

/// What is sent to a browser.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Out {
    Text(std::sync::Arc<str>),
    Close(Close),
}

/// What a browser says.
#[derive(Debug, PartialEq)]
pub(crate) enum Said {
    /// It claims a page, of which it has seen frames up to this one.
    Hi { page: String, seen: u64 },
    /// It wants a page at this address.
    Open { address: String },
    /// It asks whether anybody is there.
    Ping,
    /// It has seen frames up to this one.
    Ack { seen: u64 },
    /// Something that a component is to do.
    Does { number: u64, deed: Deed },
}

/// What a person has done.
#[derive(Debug, PartialEq)]
pub(crate) enum Deed {
    /// An event of a node.
    Event { node: ElementId, name: String, bubbles: bool, data: Json },
    /// Going to another page.
    Go(Location),
    /// Sending a form.
    Form { action: Location, form: Form },
}

impl Said {
    /// Reads a message; `None`: it is none.
    pub(crate) fn read(text: &str) -> Option<Self> {
        let items: Vec<Json> = serde_json::from_str(text).ok()?;
        let mut items = items.into_iter();
        let kind = items.next()?;
        let said = match kind.as_str()? {
            "hi" => Self::Hi { page: word(items.next()?)?, seen: items.next()?.as_u64()? },
            "open" => Self::Open { address: word(items.next()?)? },
            "ping" => Self::Ping,
            "ack" => Self::Ack { seen: items.next()?.as_u64()? },
            kind => {
                let number = items.next()?.as_u64()?;
                let deed = match kind {
                    "e" => Deed::Event {
                        node: ElementId(usize::try_from(items.next()?.as_u64()?).ok()?),
                        name: word(items.next()?)?,
                        bubbles: items.next()?.as_bool()?,
                        data: items.next()?,
                    },
                    "go" => Deed::Go(Location::read(items.next()?.as_str()?)?),
                    "form" => {
                        Deed::Form { action: Location::read(items.next()?.as_str()?)?, form: form(items.next()?)? }
                    }
                    _ => return None,
                };
                Self::Does { number, deed }
            }
        };
        items.next().is_none().then_some(said)
    }
}

fn word(item: Json) -> Option<String> {
    match item {
        Json::String(text) => Some(text),
        _ => None,
    }
}

fn form(item: Json) -> Option<Form> {
    let Json::Array(fields) = item else { return None };
    let field = |pair: Json| match pair {
        Json::Array(pair) => {
            let mut pair = pair.into_iter();
            let field = (word(pair.next()?)?, word(pair.next()?)?);
            pair.next().is_none().then_some(field)
        }
        _ => None,
    };
    fields.into_iter().map(field).collect::<Option<_>>().map(Form)
}

/// `["ok",handled]`
pub(super) fn ok(handled: u64) -> Out {
    Out::Text(format!("[\"ok\",{handled}]").into())
}

/// `["gone"]`: there is no such page any more.
pub(crate) fn gone() -> Out {
    Out::Text("[\"gone\"]".into())
}

/// `["form",n]`: the form that message n sends is no page's; the browser sends it by itself.
pub(super) fn by_itself(number: u64) -> Out {
    Out::Text(format!("[\"form\",{number}]").into())
}

/// `["pong"]`
pub(crate) fn pong() -> Out {
    Out::Text("[\"pong\"]".into())
}

/// `["page",name,title,html]`: a page in the place of one that is gone.
pub(crate) fn page(name: &str, title: &str, html: &str) -> Out {
    let mut text = String::with_capacity(html.len() + html.len() / 4 + 100);
    text.push_str("[\"page\"");
    for part in [name, title, html] {
        text.push(',');
        quoted(&mut text, part);
    }
    text.push(']');
    Out::Text(text.into())
}

#[cfg(test)]
mod tests {
    use super::{Close, Deed, Said};
    use crate::ui::page::Location;

    #[test]
    fn messages_are_read_whole_or_not_at_all() {
        assert_eq!(Said::read(r#"["hi","x",3]"#), Some(Said::Hi { page: "x".to_owned(), seen: 3 }));
        let go = Said::read(r#"["go",7,"/crm/orders?q=a"]"#);
        let there = Location { path: "/crm/orders".to_owned(), query: "q=a".to_owned() };
        assert_eq!(go, Some(Said::Does { number: 7, deed: Deed::Go(there) }));
        assert!(Said::read(r#"["form",1,"/crm/x",[["a","1"],["a","2"]]]"#).is_some());
        for wrong in [
            "",
            "{}",
            "[]",
            "[1]",
            r#"["hi"]"#,
            r#"["hi","x",-1]"#,
            r#"["hi","x",1,2]"#,
            r#"["go",1,"//evil.example/"]"#,
            r#"["go",1,"https://evil.example/"]"#,
            r#"["form",1,"/x",[["a"]]]"#,
            r#"["form",1,"/x",[["a","b","c"]]]"#,
            r#"["e",1,2,"click",true]"#,
            r#"["e",1,-2,"click",true,{}]"#,
            r#"["what",1]"#,
        ] {
            assert_eq!(Said::read(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn every_reason_to_close_has_a_code_of_its_own() {
        let all = [
            Close::Stopping,
            Close::Malformed,
            Close::TooLong,
            Close::Ended,
            Close::Full,
            Close::Elsewhere,
            Close::Stuck,
            Close::Flood,
        ];
        let mut codes: Vec<_> = all.iter().map(|close| close.code()).collect();
        codes.sort_unstable();
        codes.dedup();
        assert_eq!(codes.len(), all.len());
        assert!(all.iter().all(|close| close.words().len() < 100));
    }
}
