//! A page's Content-Security-Policy, with room for the one script that reloads the page and for its
//! one connection; nothing else is allowed that was not before.

/// The policy with what a page of this origin (`http://host`, as the browser sees it) needs, and the
/// nonce that the script has to carry, if the policy heeds nothing else.
pub(super) fn widened(policy: &str, origin: &str) -> (String, Option<String>) {
    let mut directives: Vec<Directive> = policy
        .split(';')
        .filter_map(|directive| {
            let mut words = directive.split_whitespace().map(str::to_owned);
            Some(Directive { name: words.next()?.to_ascii_lowercase(), sources: words.collect() })
        })
        .collect();
    let script = format!("{origin}/__appos/dev.js");
    let nonce = allow(&mut directives, "script-src", &["script-src-elem", "script-src", "default-src"], &script);
    let events = format!("{origin}/__appos/dev/events");
    allow(&mut directives, "connect-src", &["connect-src", "default-src"], &events);
    let written: Vec<String> = directives.into_iter().map(Directive::written).collect();
    (written.join("; "), nonce)
}

struct Directive {
    name: String,
    sources: Vec<String>,
}

impl Directive {
    fn written(self) -> String {
        let Self { name, sources } = self;
        if sources.is_empty() { name } else { format!("{name} {}", sources.join(" ")) }
    }
}

/// Adds a source to the first of these directives that is there; of a default, for this kind alone.
fn allow(directives: &mut Vec<Directive>, kind: &str, names: &[&str], source: &str) -> Option<String> {
    let place = names.iter().find_map(|name| directives.iter().position(|directive| directive.name == *name))?;
    let Directive { name, sources } = &directives[place];
    let nonce = sources.iter().find_map(|source| source.strip_prefix("'nonce-")?.strip_suffix('\'')).map(str::to_owned);
    // With this word a browser heeds nonces and hashes, and no addresses.
    let strict = nonce.is_some() && sources.iter().any(|source| source == "'strict-dynamic'");
    if strict || sources.iter().any(|source| source == "'self'" || source == "*") {
        return nonce;
    }
    let is_default = name == "default-src";
    let mut sources = sources.clone();
    sources.retain(|source| source != "'none'");
    sources.push(source.to_owned());
    if is_default {
        directives.push(Directive { name: kind.to_owned(), sources });
    } else {
        directives[place].sources = sources;
    }
    nonce
}

#[cfg(test)]
mod tests {
    use super::widened;

    fn policy(policy: &str) -> (String, Option<String>) {
        widened(policy, "http://localhost:8080")
    }

    #[test]
    fn a_policy_that_allows_it_stays_as_it_is() {
        let own = "default-src 'none'; script-src 'self'; connect-src 'self'; img-src data:";
        assert_eq!(policy(own), (own.to_owned(), None));
        assert_eq!(policy("upgrade-insecure-requests"), ("upgrade-insecure-requests".to_owned(), None));
    }

    #[test]
    fn what_is_closed_is_opened_for_two_addresses_alone() {
        let (widened, nonce) = policy("default-src 'none'; style-src 'self'");
        let wanted = "default-src 'none'; style-src 'self'; script-src http://localhost:8080/__appos/dev.js; \
                      connect-src http://localhost:8080/__appos/dev/events";
        assert_eq!((widened.as_str(), nonce), (wanted, None));
        let (widened, _) = policy("script-src 'none'; connect-src https://maps.example");
        let wanted = "script-src http://localhost:8080/__appos/dev.js; \
                      connect-src https://maps.example http://localhost:8080/__appos/dev/events";
        assert_eq!(widened, wanted);
    }

    #[test]
    fn where_only_a_nonce_counts_the_script_carries_it() {
        let own = "script-src 'nonce-r4nd0m' 'strict-dynamic'; connect-src 'self'";
        assert_eq!(policy(own), (own.to_owned(), Some("r4nd0m".to_owned())));
    }
}
