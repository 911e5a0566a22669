//! The address of a request: the system's base, the path of the integration, and what stands for its parameters.

use std::borrow::Cow;

use reqwest::Url;

use super::call::Request;
use crate::error::{AppOsError, Result};

/// The address.
///
/// # Errors
/// A parameter is missing, was not asked for, or would lead elsewhere (code `invalid_path`).
pub(super) fn target(base: &Url, request: &Request) -> Result<Url> {
    let mut url = base.clone();
    let path = request
        .path
        .strip_prefix('/')
        .ok_or_else(|| wrong(format!("the path `{}` does not begin with `/`", request.path)))?;
    if path.contains(['?', '#']) {
        return Err(wrong(format!("the path `{}` has a query; write `.query(..)`", request.path)));
    }
    let mut used = vec![false; request.values.len()];
    let mut segments = Vec::new();
    for template in path.split('/') {
        segments.push(filled(template, request, &mut used)?);
    }
    if let Some(unused) = used.iter().position(|used| !used) {
        let name = request.values.get(unused).map_or("", |(name, _)| name);
        return Err(wrong(format!("the path `{}` has no `{{{name}}}`", request.path)));
    }
    match url.path_segments_mut() {
        Ok(mut into) => {
            into.pop_if_empty().extend(&segments);
        }
        Err(()) => return Err(wrong("the base address has no path".to_owned())),
    }
    if !request.query.is_empty() {
        url.query_pairs_mut().extend_pairs(&request.query);
    }
    Ok(url)
}

/// A segment of the path, not encoded yet.
fn filled<'a>(template: &'a str, request: &Request, used: &mut [bool]) -> Result<Cow<'a, str>> {
    if !template.contains('{') && template != "." && template != ".." {
        return Ok(Cow::Borrowed(template));
    }
    let mut segment = String::new();
    let mut rest = template;
    while let Some((before, after)) = rest.split_once('{') {
        let (name, after) =
            after.split_once('}').ok_or_else(|| wrong(format!("the path `{}` has a lone brace", request.path)))?;
        let place = request.values.iter().position(|(known, _)| known == name);
        let place = place
            .ok_or_else(|| wrong(format!("`{{{name}}}` of the path is not given; write `.path(\"{name}\", ..)`")))?;
        if let Some(used) = used.get_mut(place) {
            *used = true;
        }
        let value = request.values.get(place).map_or("", |(_, value)| value);
        if value.is_empty() {
            return Err(wrong(format!("`{{{name}}}` of the path is empty")));
        }
        segment.push_str(before);
        segment.push_str(value);
        rest = after;
    }
    segment.push_str(rest);
    // These lead to another path, however they are encoded.
    if segment == "." || segment == ".." {
        return Err(wrong("a segment of the path leads elsewhere".to_owned()));
    }
    Ok(Cow::Owned(segment))
}

fn wrong(message: String) -> AppOsError {
    AppOsError::validation(message).code_is("invalid_path")
}

#[cfg(test)]
mod tests {
    use super::super::call::Call;
    use super::super::requests::get;
    use super::*;

    fn address(call: &Call<()>) -> Result<String> {
        target(&"https://api.example.com/v1".parse().unwrap(), &call.request).map(String::from)
    }

    #[test]
    fn values_stay_in_their_segment() {
        let call = || get("/customers/{id}/charges");
        assert_eq!(address(&call().path("id", 42)).unwrap(), "https://api.example.com/v1/customers/42/charges");
        assert_eq!(
            address(&call().path("id", "a/../b?c#d")).unwrap(),
            "https://api.example.com/v1/customers/a%2F..%2Fb%3Fc%23d/charges"
        );
        for bad in ["", ".", ".."] {
            assert_eq!(address(&call().path("id", bad)).unwrap_err().code(), "invalid_path", "{bad}");
        }
    }

    #[test]
    fn parameters_and_path_have_to_fit() {
        for call in [get("/a/{id}"), get("/a").path("id", 1), get("a"), get("/a?b=c"), get("/a/{b"), get("/../a")] {
            assert_eq!(address(&call).unwrap_err().code(), "invalid_path");
        }
    }

    #[test]
    fn a_query_is_encoded() {
        let call = get("/search").query("q", "a&b=c d").query_opt("none", None::<u32>).query_opt("page", Some(2));
        assert_eq!(address(&call).unwrap(), "https://api.example.com/v1/search?q=a%26b%3Dc+d&page=2");
    }
}
