//! Every key of a web API, and every place of a parameter.

#[macro_use]
extern crate appos;
app!();

pub mod web_apis {
    #[web_api(
        method = "PUT", path = "/things/{kind}/{part}", auth = service_account, version = 2, description = "All",
        view = ["ui_users"], use = ["ui_users"], admin = ["ui_admins"], rate_limit = "5/s", timeout = "2s",
        max_body = "1 KB", cors = ["*"], example = "{}", crate = ::appos, run_as = "a@example.com",
        signature = hmac(secret("A_1"), style = plain, header = "X-S", timestamp = "X-T", tolerance = "1m")
    )]
    async fn all(
        mut part: String,
        #[sensitive] kind: i64,
        query: Query<std::collections::BTreeMap<String, String>>,
        headers: Headers<std::collections::BTreeMap<String, String>>,
        api_key: Json<Json>,
    ) -> Result<Json> {
        part.push('!');
        let _ = (part, kind, query.0, headers.0, ctx.execution_id);
        Ok(api_key.0)
    }

    #[web_api(method = "POST", path = "/a", auth = public, public_access, accept = ["text/*"])]
    async fn file(mut all: http::Upload) -> Result<http::Download> {
        Ok(http::Download::new(all.name().to_owned(), "text/plain", all.all().await?))
    }

    #[web_api(method = "DELETE", path = "/a", auth = session, public_access)]
    fn nothing() {}

    #[web_api(method = "POST", path = "/b", auth = session, use = [])]
    fn bytes(__appos_in: http::Body, __appos_0: http::Query<Vec<i64>>) -> Result<http::Accepted> {
        let _ = (__appos_in, __appos_0);
        Ok(http::Accepted::new())
    }
}

fn main() {
    let appos::codegen_support::ObjectDetail::WebApi(all) =
        <web_apis::all as appos::codegen_support::Object>::object().detail
    else {
        panic!("a web API")
    };
    assert_eq!((all.version, all.max_body, all.parameters[4].type_name), (2, Some(1024), "Json<Json>"));
    let _ = (web_apis::nothing(), web_apis::bytes(Default::default(), http(vec![1])));
}

fn http(all: Vec<i64>) -> appos::prelude::http::Query<Vec<i64>> {
    appos::prelude::http::Query(all)
}
