//! How the sender of a webhook signs it.

use syn::{Expr, ExprCall, ExprLit, Ident, Lit, LitStr};

use super::duration::Duration;
use super::error::{ungrouped, written_as_expression, wrong};

/// `hmac(secret("STRIPE_WEBHOOK"), style = stripe, header = "Stripe-Signature", tolerance = "5m")`
#[derive(Clone, Debug)]
pub(crate) struct Signature {
    /// Name of the secret.
    pub(crate) secret: LitStr,
    /// `plain`, `github` or `stripe`.
    pub(crate) style: Option<Ident>,
    pub(crate) header: Option<LitStr>,
    pub(crate) timestamp: Option<LitStr>,
    pub(crate) tolerance: Option<Duration>,
}

impl Signature {
    const TAKES: &'static str = "takes `hmac(secret(\"STRIPE_WEBHOOK\"), ..)`, and after the secret `style = plain`, \
         `github` or `stripe`, `header = \"X-Signature\"`, `timestamp = \"X-Timestamp\"` and `tolerance = \"5m\"`, each once";

    /// As written: the name of its style.
    pub(crate) fn style(&self) -> String {
        self.style.as_ref().map_or_else(|| "plain".to_owned(), ToString::to_string)
    }

    fn from_expression(expression: &Expr) -> darling::Result<Self> {
        let Expr::Call(call) = expression else { return Err(wrong(expression, Self::TAKES)) };
        let mut arguments = call.args.iter().map(ungrouped);
        let secret = match arguments.next() {
            Some(Expr::Call(inner)) if is_call(call, "hmac") && is_call(inner, "secret") => name(inner)?,
            _ => return Err(wrong(expression, Self::TAKES)),
        };
        let mut errors = darling::Error::accumulator();
        let mut all = Self { secret, style: None, header: None, timestamp: None, tolerance: None };
        for argument in arguments {
            errors.handle(option(argument, &mut all));
        }
        errors.finish_with(all)
    }
}

written_as_expression!(Signature);

fn is_call(call: &ExprCall, name: &str) -> bool {
    matches!(&*call.func, Expr::Path(path) if path.path.is_ident(name))
}

/// The name in `secret("NAME")`, as environment variables are named.
fn name(call: &ExprCall) -> darling::Result<LitStr> {
    const TAKES: &str = "names a secret in capital letters, digits and `_`, such as `secret(\"STRIPE_WEBHOOK\")`";
    let (Some(Expr::Lit(ExprLit { lit: Lit::Str(name), .. })), 1) = (call.args.first(), call.args.len()) else {
        return Err(wrong(call, TAKES));
    };
    let fits = |sign: char| sign.is_ascii_uppercase() || sign.is_ascii_digit() || sign == '_';
    let text = name.value();
    if text.is_empty() || !text.chars().all(fits) { Err(wrong(name, TAKES)) } else { Ok(name.clone()) }
}

fn option(argument: &Expr, all: &mut Signature) -> darling::Result<()> {
    let Expr::Assign(pair) = argument else { return Err(wrong(argument, Signature::TAKES)) };
    let Expr::Path(key) = &*pair.left else { return Err(wrong(&pair.left, Signature::TAKES)) };
    let (key, value) = (&key.path, ungrouped(&pair.right));
    if key.is_ident("style") && all.style.is_none() {
        let word = match value {
            Expr::Path(path) => {
                path.path.get_ident().filter(|word| ["plain", "github", "stripe"].iter().any(|it| word == it))
            }
            _ => None,
        };
        all.style = Some(word.ok_or_else(|| wrong(value, "has the styles `plain`, `github` and `stripe`"))?.clone());
    } else if key.is_ident("header") && all.header.is_none() {
        all.header = Some(header(value)?);
    } else if key.is_ident("timestamp") && all.timestamp.is_none() {
        all.timestamp = Some(header(value)?);
    } else if key.is_ident("tolerance") && all.tolerance.is_none() {
        all.tolerance = Some(Duration::from_expression(value)?);
    } else {
        return Err(wrong(&pair.left, Signature::TAKES));
    }
    Ok(())
}

fn header(value: &Expr) -> darling::Result<LitStr> {
    const TAKES: &str = "takes the name of a header in quotes, such as `header = \"X-Signature\"`";
    let Expr::Lit(ExprLit { lit: Lit::Str(name), .. }) = value else { return Err(wrong(value, TAKES)) };
    let fits = |sign: char| sign.is_ascii_alphanumeric() || sign == '-' || sign == '_';
    let text = name.value();
    if text.is_empty() || !text.chars().all(fits) { Err(wrong(name, TAKES)) } else { Ok(name.clone()) }
}
