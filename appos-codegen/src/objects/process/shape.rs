//! What a body comes by on its way: the calls that have a place in the history of an instance, in their order, and
//! within which branches they stand.
//!
//! It is read off the tokens, as bodies are not parsed. Names of locals, conditions, arguments and texts are no part of
//! it: an instance that goes on does not notice when they change.

use proc_macro2::{Delimiter, Group, Ident, Span, TokenStream, TokenTree};

/// One call, or the head of a branch.
#[derive(Clone, Debug)]
pub struct ShapeLine {
    /// What it is, two spaces further in for each branch around it.
    pub text: String,
    /// Where it is written.
    pub span: Span,
}

/// The shape of a body.
pub fn shape(body: &TokenStream) -> Vec<ShapeLine> {
    let mut lines = Vec::new();
    write(&read(&tokens(body)), 0, &mut lines);
    lines
}

/// Something that has a place, or that decides whether what is in it has one.
struct Node {
    text: String,
    span: Span,
    /// A branch without anything in it is none.
    is_branch: bool,
    inner: Vec<Node>,
}

impl Node {
    fn call(text: impl Into<String>, span: Span, inner: Vec<Node>) -> Self {
        Self { text: text.into(), span, is_branch: false, inner }
    }

    fn branch(text: &str, span: Span, inner: Vec<Node>) -> Self {
        Self { text: text.to_owned(), span, is_branch: true, inner }
    }
}

fn write(nodes: &[Node], depth: usize, lines: &mut Vec<ShapeLine>) {
    for node in nodes {
        let at = lines.len();
        write(&node.inner, depth + 1, lines);
        if !node.is_branch || lines.len() > at {
            let text = format!("{}{}", "  ".repeat(depth), node.text);
            lines.insert(at, ShapeLine { text, span: node.span });
        }
    }
}

fn tokens(stream: &TokenStream) -> Vec<TokenTree> {
    stream.clone().into_iter().collect()
}

fn read(tokens: &[TokenTree]) -> Vec<Node> {
    let mut nodes = Vec::new();
    let mut at = 0;
    while let Some(token) = tokens.get(at) {
        at += match token {
            TokenTree::Group(group) => {
                nodes.extend(read_group(group));
                1
            }
            TokenTree::Ident(word) => read_word(word, (tokens, at), &mut nodes),
            _ => 1,
        };
    }
    nodes
}

fn read_group(group: &Group) -> Vec<Node> {
    read(&tokens(&group.stream()))
}

/// Reads what begins with a word, and answers how many tokens that were.
fn read_word(word: &Ident, (tokens, at): (&[TokenTree], usize), nodes: &mut Vec<Node>) -> usize {
    let rest = tokens.get(at + 1..).unwrap_or_default();
    let name = word.to_string();
    if is_punct(before(tokens, at, 1), '.') {
        return read_method(&name, word.span(), (tokens, at), nodes);
    }
    let used = match name.as_str() {
        // Its name is no call.
        "fn" => Some(1),
        "if" => read_if(word.span(), rest, nodes),
        "else" => read_else(word.span(), rest, nodes),
        "match" => read_match(word.span(), rest, nodes),
        "for" | "while" | "loop" => read_loop(&name, word.span(), rest, nodes),
        "async" => read_async(word.span(), rest, nodes),
        _ => read_call(&name, word.span(), rest, nodes),
    };
    used.map_or(1, |used| used + 1)
}

fn read_if(span: Span, rest: &[TokenTree], nodes: &mut Vec<Node>) -> Option<usize> {
    let (condition, body) = until_block(rest)?;
    nodes.extend(read(rest.get(..condition)?));
    nodes.push(Node::branch("if", span, read_group(body)));
    Some(condition + 1)
}

/// What follows an `if`, or a `let` that does not fit. The condition of an `else if` is asked in it.
fn read_else(span: Span, rest: &[TokenTree], nodes: &mut Vec<Node>) -> Option<usize> {
    match rest.first()? {
        TokenTree::Group(group) => {
            nodes.push(Node::branch("else", span, read_group(group)));
            Some(1)
        }
        TokenTree::Ident(word) if word == "if" => {
            let mut inner = Vec::new();
            let mut used = 1 + read_if(word.span(), rest.get(1..)?, &mut inner)?;
            if let Some(TokenTree::Ident(word)) = rest.get(used)
                && word == "else"
                && let Some(more) = read_else(word.span(), rest.get(used + 1..)?, &mut inner)
            {
                used += more + 1;
            }
            nodes.push(Node::branch("else", span, inner));
            Some(used)
        }
        _ => None,
    }
}

fn read_match(span: Span, rest: &[TokenTree], nodes: &mut Vec<Node>) -> Option<usize> {
    let (asked, body) = until_block(rest)?;
    nodes.extend(read(rest.get(..asked)?));
    nodes.push(Node::branch("match", span, read_arms(&tokens(&body.stream()))));
    Some(asked + 1)
}

fn read_arms(tokens: &[TokenTree]) -> Vec<Node> {
    let mut arms = Vec::new();
    let mut rest = tokens;
    while let Some(arrow) = rest.windows(2).position(|pair| is_punct(pair.first(), '=') && is_punct(pair.get(1), '>')) {
        let (guard, after) = (rest.get(..arrow).unwrap_or_default(), rest.get(arrow + 2..).unwrap_or_default());
        let length = match after.first() {
            Some(TokenTree::Group(block)) if block.delimiter() == Delimiter::Brace => 1,
            _ => after.iter().position(|token| is_punct(Some(token), ',')).unwrap_or(after.len()),
        };
        let span = after.first().map_or_else(Span::call_site, TokenTree::span);
        let mut inner = read(guard);
        inner.extend(read(after.get(..length).unwrap_or_default()));
        arms.push(Node::branch("arm", span, inner));
        rest = after.get(length..).unwrap_or_default();
    }
    arms
}

/// What may be done several times: what a `while` asks each time is in it.
fn read_loop(word: &str, span: Span, rest: &[TokenTree], nodes: &mut Vec<Node>) -> Option<usize> {
    // `for<'a> Fn(&'a str)`
    if word == "for" && is_punct(rest.first(), '<') {
        return None;
    }
    let from = if word == "for" { rest.iter().position(|token| is_word(token, "in"))? + 1 } else { 0 };
    let (asked, body) = until_block(rest.get(from..)?)?;
    let asked = from + asked;
    let mut inner = read(rest.get(from..asked)?);
    if word == "for" {
        nodes.append(&mut inner);
    }
    inner.extend(read_group(body));
    nodes.push(Node::branch("loop", span, inner));
    Some(asked + 1)
}

/// A block that runs when somebody waits for it, with numbers of its own if it is a branch of several.
fn read_async(span: Span, rest: &[TokenTree], nodes: &mut Vec<Node>) -> Option<usize> {
    let moves = usize::from(rest.first().is_some_and(|word| is_word(word, "move")));
    let Some(TokenTree::Group(block)) = rest.get(moves) else { return None };
    nodes.push(Node::branch("async", span, read_group(block)));
    Some(moves + 1)
}

fn read_call(name: &str, span: Span, rest: &[TokenTree], nodes: &mut Vec<Node>) -> Option<usize> {
    if !["step", "sleep", "sleep_until", "wait_for", "ask", "parallel"].contains(&name) {
        return None;
    }
    let (types, given) = arguments(rest)?;
    // What is given is worked out first.
    let inner = read_group(given);
    let given = tokens(&given.stream());
    match name {
        "parallel" => nodes.push(Node::call(name, span, inner)),
        _ => {
            nodes.extend(inner);
            let text = match name {
                "step" => {
                    let what = if is_forgotten(rest.get(types + 1..)?) { "fire_and_forget" } else { name };
                    named(what, called(&given))
                }
                "sleep_until" => "sleep".to_owned(),
                "wait_for" => named(name, literal(&given)),
                _ => name.to_owned(),
            };
            nodes.push(Node::call(text, span, Vec::new()));
        }
    }
    Some(types + 1)
}

/// `processes::pay(order).run()`, `.start()`, and `ctx.var.set(..)`.
fn read_method(name: &str, span: Span, (tokens, at): (&[TokenTree], usize), nodes: &mut Vec<Node>) -> usize {
    let Some((types, given)) = arguments(tokens.get(at + 1..).unwrap_or_default()) else { return 1 };
    let stands_for_variable = is_punct(before(tokens, at, 3), '.')
        && matches!(before(tokens, at, 2), Some(TokenTree::Ident(word)) if word == "var");
    let text = match name {
        "run" | "start" if given.stream().is_empty() => named(name, object_of(tokens, at)),
        "set" | "searchable" | "sensitive" | "hidden" if stands_for_variable => {
            named("ctx.var", literal(&self::tokens(&given.stream())))
        }
        // What is given is read next.
        _ => return 1,
    };
    nodes.extend(read_group(given));
    nodes.push(Node::call(text, span, Vec::new()));
    types + 2
}

fn named(what: &str, name: Option<String>) -> String {
    name.map_or_else(|| what.to_owned(), |name| format!("{what} {name}"))
}

/// The text that is given first, in quotes.
fn literal(given: &[TokenTree]) -> Option<String> {
    match given.first() {
        Some(TokenTree::Literal(text)) => Some(text.to_string()),
        _ => None,
    }
}

/// The object that is called first: `plan` in `steps::plan(customer_id)`.
fn called(given: &[TokenTree]) -> Option<String> {
    let at = (0..given.len()).find(|at| {
        matches!(given.get(*at), Some(TokenTree::Ident(_)))
            && !is_punct(before(given, *at, 1), '.')
            && arguments(given.get(at + 1..).unwrap_or_default()).is_some()
    })?;
    path_to(given, at)
}

/// The call that a chain of methods begins with: `pay` in `processes::pay(order).after(days(1)).start()`.
fn object_of(tokens: &[TokenTree], method: usize) -> Option<String> {
    // The token before the point.
    let mut at = method.checked_sub(2)?;
    loop {
        let Some(TokenTree::Group(_)) = tokens.get(at) else { return None };
        at = at.checked_sub(1)?;
        let Some(TokenTree::Ident(_)) = tokens.get(at) else { return None };
        if !is_punct(before(tokens, at, 1), '.') {
            return path_to(tokens, at);
        }
        at = at.checked_sub(2)?;
    }
}

/// The path that ends at a name, without what it has in common with all paths of its kind.
fn path_to(tokens: &[TokenTree], at: usize) -> Option<String> {
    let mut names = Vec::new();
    let mut at = at;
    while let Some(TokenTree::Ident(name)) = tokens.get(at) {
        let name = name.to_string();
        if !["crate", "self", "super", "steps", "processes"].contains(&name.as_str()) {
            names.push(name.trim_start_matches("r#").to_owned());
        }
        if !(is_punct(before(tokens, at, 1), ':') && is_punct(before(tokens, at, 2), ':')) {
            break;
        }
        let Some(earlier) = at.checked_sub(3) else { break };
        at = earlier;
    }
    names.reverse();
    (!names.is_empty()).then(|| names.join("::"))
}

/// True of a step whose answer nobody waits for.
fn is_forgotten(rest: &[TokenTree]) -> bool {
    let mut rest = rest;
    while let [TokenTree::Punct(point), TokenTree::Ident(name), after @ ..] = rest
        && point.as_char() == '.'
    {
        if name == "fire_and_forget" {
            return true;
        }
        let Some((types, _)) = arguments(after) else { return false };
        rest = after.get(types + 1..).unwrap_or_default();
    }
    false
}

/// The parentheses that follow, and how many tokens of types stand before them.
fn arguments(rest: &[TokenTree]) -> Option<(usize, &Group)> {
    let types = rest.len().checked_sub(super::steps::after_turbofish(rest).len())?;
    match rest.get(types) {
        Some(TokenTree::Group(group)) if group.delimiter() == Delimiter::Parenthesis => Some((types, group)),
        _ => None,
    }
}

/// The block that follows a condition, and how many tokens that has. The braces of a pattern are none.
fn until_block(tokens: &[TokenTree]) -> Option<(usize, &Group)> {
    let mut in_pattern = false;
    for (at, token) in tokens.iter().enumerate() {
        match token {
            TokenTree::Ident(word) if word == "let" => in_pattern = true,
            TokenTree::Punct(sign) if sign.as_char() == '=' && in_pattern => {
                // `..=` is part of a pattern.
                in_pattern = is_punct(before(tokens, at, 1), '.');
            }
            TokenTree::Group(group) if group.delimiter() == Delimiter::Brace && !in_pattern => {
                return Some((at, group));
            }
            TokenTree::Punct(sign) if sign.as_char() == ';' => return None,
            _ => {}
        }
    }
    None
}

fn before(tokens: &[TokenTree], at: usize, by: usize) -> Option<&TokenTree> {
    tokens.get(at.checked_sub(by)?)
}

fn is_punct(token: Option<&TokenTree>, sign: char) -> bool {
    matches!(token, Some(TokenTree::Punct(punct)) if punct.as_char() == sign)
}

fn is_word(token: &TokenTree, word: &str) -> bool {
    matches!(token, TokenTree::Ident(ident) if ident == word)
}

#[cfg(test)]
mod tests {
    use super::shape;

    fn lines(body: &str) -> Vec<String> {
        shape(&body.parse().expect("tokens")).into_iter().map(|line| line.text).collect()
    }

    #[test]
    fn calls_stand_in_the_order_in_which_they_get_their_places() {
        let body = r#"
            let account = step(crate::steps::open(step(steps::name()).await?)).retries(3).await?;
            ctx.var.searchable("account", account)?;
            ctx.var.hidden("token", step(steps::token()).await?)?;
            sleep(days(7)).await?;
            sleep_until(ctx.var.get("at")?).await?;
            let paid: Option<i64> = wait_for::<i64>("paid").timeout(days(2)).await?;
            let fine = ask::<process::Answered<Fine>>("finance", format!("{paid:?}")).await?;
            processes::pay(account).after(days(1)).start().await?;
            billing::processes::pay(account).run().await?;
            step(steps::survey(account)).retries(2).fire_and_forget().await
        "#;
        let found = [
            "step name",
            "step open",
            "ctx.var \"account\"",
            "step token",
            "ctx.var \"token\"",
            "sleep",
            "sleep",
            "wait_for \"paid\"",
            "ask",
            "start pay",
            "run billing::pay",
            "fire_and_forget survey",
        ];
        assert_eq!(lines(body), found);
    }

    #[test]
    fn branches_are_told_apart() {
        let body = r#"
            let later = async move { sleep(days(7)).await?; step(b()).await };
            parallel((later, async { step(c()).await }, step(d()))).await?;
            if let Some(Paid { by, .. }) = wait_for("paid").await? && by == 1 {
                step(e()).await?;
            } else if step(asked()).await? {
                step(f()).await?;
            } else {
                step(g()).await?;
            }
            match step(h()).await? {
                Answer { yes: true, .. } => step(i(1, 2)).await?,
                Answer { no: 1..=3, .. } if late => { step(j()).await?; }
                _ => {}
            }
            for x in list { let Ok(y) = step(k(x)).await else { step(l()).await?; continue }; }
            while step(m()).await? { step(n()).await?; }
        "#;
        let found = [
            "async",
            "  sleep",
            "  step b",
            "parallel",
            "  async",
            "    step c",
            "  step d",
            "wait_for \"paid\"",
            "if",
            "  step e",
            "else",
            "  step asked",
            "  if",
            "    step f",
            "  else",
            "    step g",
            "step h",
            "match",
            "  arm",
            "    step i",
            "  arm",
            "    step j",
            "loop",
            "  step k",
            "  else",
            "    step l",
            "loop",
            "  step m",
            "  step n",
        ];
        assert_eq!(lines(body), found);
    }

    #[test]
    fn what_an_instance_does_not_notice_is_no_part_of_it() {
        let one = r#"let name = x.trim(); step(steps::greet(name)).retries(1).await?; if name.is_empty() { log(1) } ask("a", "b").await"#;
        let other =
            r#"let n = y; super::step(steps::greet(n)).timeout(seconds(3)).await?; ask("c", format!("{n}")).await"#;
        assert_eq!(lines(one), lines(other));
        for none in
            ["", "let step = 1; step + 2", "fn step(x: u8) {}", "a.step(1)", "x.run(1)", "s.set(1)", "for<'a> f"]
        {
            assert!(lines(none).is_empty(), "{none}: {:?}", lines(none));
        }
        assert_eq!(lines("let call = processes::pay(1); call.run().await"), ["run"]);
        assert_eq!(lines("step(call).await"), ["step"]);
    }
}
