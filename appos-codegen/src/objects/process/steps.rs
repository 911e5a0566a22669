//! Whether a body runs a step: bodies are not parsed, so it is read off the tokens, also inside of other macros.

use proc_macro2::{Delimiter, TokenStream, TokenTree};

/// Functions that make a point at which a process goes on after an interruption.
const FUNCTIONS: [&str; 3] = ["step", "ask", "wait_for"];

/// True if the body calls `step(..)`, `ask(..)`, `wait_for(..)`, or the `.run()` of another process.
pub(super) fn has_steps(body: &TokenStream) -> bool {
    let tokens: Vec<TokenTree> = body.clone().into_iter().collect();
    tokens.iter().enumerate().any(|(at, token)| match token {
        TokenTree::Group(group) => has_steps(&group.stream()),
        TokenTree::Ident(name) => {
            let before = at.checked_sub(1).and_then(|before| tokens.get(before));
            let is_method = matches!(before, Some(TokenTree::Punct(sign)) if sign.as_char() == '.');
            let is_definition = matches!(before, Some(TokenTree::Ident(word)) if word == "fn");
            let is_ours = if is_method { name == "run" } else { FUNCTIONS.iter().any(|wanted| name == wanted) };
            is_ours && !is_definition && is_called(tokens.get(at + 1..).unwrap_or_default())
        }
        _ => false,
    })
}

/// True if parentheses follow, perhaps after the types of a call: `ask::<Approval>(..)`.
fn is_called(rest: &[TokenTree]) -> bool {
    let after = after_turbofish(rest);
    matches!(after.first(), Some(TokenTree::Group(group)) if group.delimiter() == Delimiter::Parenthesis)
}

/// What stands after the types of a call, if there are any.
pub(super) fn after_turbofish(rest: &[TokenTree]) -> &[TokenTree] {
    match rest {
        [TokenTree::Punct(one), TokenTree::Punct(other), TokenTree::Punct(opens), ..]
            if one.as_char() == ':' && other.as_char() == ':' && opens.as_char() == '<' =>
        {
            after_types(rest.get(2..).unwrap_or_default())
        }
        _ => rest,
    }
}

/// What stands after `<..>`.
fn after_types(tokens: &[TokenTree]) -> &[TokenTree] {
    let mut depth = 0_usize;
    let mut before = ' ';
    for (at, token) in tokens.iter().enumerate() {
        let sign = match token {
            TokenTree::Punct(sign) => sign.as_char(),
            _ => ' ',
        };
        match sign {
            '<' => depth += 1,
            // The arrow of a function's type closes nothing.
            '>' if before != '-' => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth == 0 {
            return tokens.get(at + 1..).unwrap_or_default();
        }
        before = sign;
    }
    &[]
}

#[cfg(test)]
mod tests {
    use super::has_steps;

    fn found(body: &str) -> bool {
        has_steps(&body.parse().expect("tokens"))
    }

    #[test]
    fn steps_are_found_wherever_they_are_run() {
        for body in [
            "step(a()).await",
            "parallel((step(a()), b)).await",
            "let x: A = ask::<Vec<A>, fn(u8) -> B>(\"g\").await?;",
            "for _ in 0..3 { if x { wait_for(\"paid\").await? } }",
            "tokio::join!(step(a()), b())",
            "processes::other(1).run().await",
            "processes::other(1).run::<u8>().await",
            "appos::prelude::step(a())",
        ] {
            assert!(found(body), "{body}");
        }
    }

    #[test]
    fn what_only_has_the_name_is_no_step() {
        for body in [
            "",
            "a.step(1)",
            "let step = 1; step + 2",
            "fn step(x: u8) {} ",
            "step!(a)",
            "run()",
            "x.run",
            "a.run, (b)",
            "step < (1)",
            "step { ask: 1 }",
            "rules::charge().await",
        ] {
            assert!(!found(body), "{body}");
        }
    }
}
