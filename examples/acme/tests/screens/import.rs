//! A file becomes rows: sent, mapped, tried, imported, without script.

use serde_json::json;

use crate::support::{Answer, Client, Method, Page, Sent, prepared};

/// Sends a file as the form of the screen does.
async fn upload(client: &Client, path: &str, name: &str, content: &str) -> Answer {
    let token = client.open("/crm/customers").await.attributes("input[name=csrf_token]", "value").remove(0);
    let part =
        |head: &str, content: &str| format!("--limit\r\nContent-Disposition: form-data; {head}\r\n\r\n{content}\r\n");
    let body = format!(
        "{}{}--limit--\r\n",
        part("name=\"csrf_token\"", &token),
        part(&format!("name=\"file\"; filename=\"{name}\"\r\nContent-Type: text/csv"), content)
    );
    let request = client.request(Method::POST, path).header("accept", "text/html");
    client.send(request.header("content-type", "multipart/form-data; boundary=limit").body(body)).await
}

/// Sends a file, and gives the page on which its columns are mapped.
async fn mapping(client: &Client, content: &str) -> (Page, Sent) {
    let answer = upload(client, "/crm/contacts/import", "people.csv", content).await.is(303);
    let to = answer.headers.get("location").and_then(|to| to.to_str().ok()).expect("where to").to_owned();
    let page = client.open(&to).await.is(200);
    let form = page.form("form.ao-import-run");
    (page, form)
}

fn value<'a>(form: &'a Sent, name: &str) -> &'a str {
    form.fields.iter().find(|(own, _)| own == name).map_or("", |(_, value)| value)
}

#[tokio::test]
async fn a_file_is_sent_mapped_tried_and_imported() {
    let prepared = prepared(&[]).await;
    let sales = &prepared.sales;
    let first = sales.open("/crm/contacts/import").await.is(200);
    assert!(first.has("form[enctype='multipart/form-data'] input[type=file]"));
    let customer = sales.get("/api/crm/v1/customers?limit=1").await.body["rows"][0].clone();
    let email = customer["email"].as_str().expect("an address");
    let file =
        format!("Given,LAST NAME,customer,Remark\r\nAnn,Import-A,{email},x\r\nBob,Import-B,{email},<b>y</b>\r\n");
    let before = sales.count("/api/crm/v1/contacts").await;
    let (page, form) = mapping(sales, &file).await;
    // What stands in the file is shown, as text, and what its columns mean is guessed.
    assert_eq!(page.all(".ao-import-run thead th"), ["Given", "LAST NAME", "customer", "Remark"]);
    assert_eq!(page.all(".ao-import-run tbody tr").len(), 2);
    assert!(!page.has("td b"));
    assert_eq!((value(&form, "map[LAST NAME]"), value(&form, "map[Given]")), ("last_name", ""));
    assert_eq!(value(&form, "dry_run"), "true", "the first time it is only tried");

    let form = form.with("map[Given]", "first_name").with("map[customer]", "customer.email");
    let tried = sales.submit(&form).await.is(200);
    assert!(tried.words(".ao-banner").contains("2 lines: 2 new, 0 changed, 0 wrong"), "{}", tried.words("main"));
    assert_eq!(sales.count("/api/crm/v1/contacts").await, before);
    let done = sales.submit(&form.clone().without("dry_run")).await.is(200);
    assert_eq!(done.words(".ao-banner-title"), "The import is done");
    assert_eq!(sales.count("/api/crm/v1/contacts").await, before + 2);
    let made = sales.get("/api/crm/v1/contacts?filter[last_name]=Import-B").await.is(200);
    assert_eq!(
        (&made.body["rows"][0]["first_name"], &made.body["rows"][0]["customer"]),
        (&json!("Bob"), &customer["id"])
    );
}

#[tokio::test]
async fn what_is_wrong_is_told_line_by_line_and_the_rest_can_be_kept() {
    let prepared = prepared(&[]).await;
    let sales = &prepared.sales;
    let customer = sales.get("/api/crm/v1/customers?limit=1").await.body["rows"][0]["id"].clone();
    let file = format!(
        "first_name,last_name,customer,email\nAnn,Right,{customer},\nBob,Wrong,{customer},nonsense\n,Empty,0,\n"
    );
    let before = sales.count("/api/crm/v1/contacts").await;
    let (_, form) = mapping(sales, &file).await;
    let page = sales.submit(&form.clone().without("dry_run")).await.is(200);
    assert_eq!(page.words(".ao-banner-title"), "Nothing was imported");
    let lines = page.all(".ao-import-mistakes tbody td:first-child");
    assert_eq!(lines, ["3", "4", "4"]);
    assert_eq!(page.words(".ao-import-mistakes tbody td:nth-child(2)"), "email");
    assert_eq!(sales.count("/api/crm/v1/contacts").await, before);
    // All of them are in a file.
    let file = sales.get(&page.link("All mistakes as a file").expect("a link")).await.is(200);
    assert!(file.body.as_str().is_some_and(|text| text.lines().count() >= 2) || file.body.is_object());
    // The form is still there, and the right lines can be kept.
    let form = page.form("form.ao-import-run").without("dry_run").with("mode", "partial");
    let page = sales.submit(&form).await.is(200);
    assert!(page.words(".ao-banner").contains("1 new") && page.words(".ao-banner").contains("2 wrong"));
    assert_eq!(sales.count("/api/crm/v1/contacts").await, before + 1);
    // Two columns for one field are refused before anything is read, with the choices kept.
    let (_, form) = mapping(sales, "a,b\n1,2\n").await;
    let form = form.with("map[a]", "last_name").with("map[b]", "last_name");
    let page = sales.submit(&form).await.is(422);
    assert!(page.words(".ao-banner").contains("as another column does"), "{}", page.words("main"));
}

#[tokio::test]
async fn rows_that_exist_are_changed_by_a_key() {
    let prepared = prepared(&[]).await;
    let sales = &prepared.sales;
    let customer = sales.get("/api/crm/v1/customers?limit=1").await.body["rows"][0].clone();
    let email = customer["email"].as_str().expect("an address");
    let content = format!("email,city\n{email},Importville\n");
    let answer = upload(sales, "/crm/customers/import", "c.csv", &content).await.is(303);
    let to = answer.headers.get("location").and_then(|to| to.to_str().ok()).expect("where to").to_owned();
    let form = sales.open(&to).await.form("form.ao-import-run").with("match", "email").without("dry_run");
    let page = sales.submit(&form).await.is(200);
    assert!(page.words(".ao-banner").contains("1 changed"), "{}", page.words("main"));
    let changed = sales.get(&format!("/api/crm/v1/customers/{}", customer["id"])).await.is(200);
    assert_eq!(changed.body["city"], "Importville");
    // A field that is not for him is no target, also by hand.
    assert!(!sales.open(&to).await.text.contains("credit_limit"));
    let content = format!("email,credit_limit\n{email},9\n");
    let answer = upload(sales, "/crm/customers/import", "c.csv", &content).await.is(303);
    let to = answer.headers.get("location").and_then(|to| to.to_str().ok()).expect("where to").to_owned();
    let form = sales
        .open(&to)
        .await
        .form("form.ao-import-run")
        .with("match", "email")
        .with("map[credit_limit]", "credit_limit");
    sales.submit(&form).await.is(422);
}

#[tokio::test]
async fn nobody_imports_what_he_may_not_or_sees_the_files_of_others() {
    let prepared = prepared(&[]).await;
    let (sales, finance) = (&prepared.sales, &prepared.finance);
    finance.open("/crm/customers/import").await.is(404);
    upload(finance, "/crm/customers/import", "x.csv", "name\nx\n").await.is(404);
    let answer = upload(sales, "/crm/contacts/import", "mine.csv", "last_name\nSecret person\n").await.is(303);
    let to = answer.headers.get("location").and_then(|to| to.to_str().ok()).expect("where to").to_owned();
    let page = prepared.admin.open(&to).await.is(200);
    assert!(!page.text.contains("Secret person") && page.words(".ao-banner").contains("send it again"));
    // Nor as a file for another record.
    let page = sales.open(&to.replace("/crm/contacts/", "/crm/customers/")).await.is(200);
    assert!(!page.text.contains("Secret person"));
    // A form of another site is refused, as one that is no form.
    let request = sales.request(Method::POST, "/crm/contacts/import").header("origin", "https://evil.example");
    let request = request.header("content-type", "multipart/form-data; boundary=limit").body("--limit--\r\n");
    sales.send_bare(request).await.is(403);
    let request = sales.request(Method::POST, "/crm/contacts/import").header("accept", "text/html");
    let request = request.header("content-type", "multipart/form-data; boundary=limit").body("nonsense");
    sales.send(request).await.is(422);
    upload(sales, "/crm/contacts/import", "empty.csv", "").await.is(422);
    upload(sales, "/crm/contacts/import", "broken.jsonl", "{]\n").await.is(422);
}

#[tokio::test]
async fn refused_lines_come_back_as_a_file_with_the_reasons_and_are_imported_once_they_are_right() {
    let prepared = prepared(&[]).await;
    let sales = &prepared.sales;
    let customer = sales.get("/api/crm/v1/customers?limit=1").await.body["rows"][0]["id"].clone();
    let file = format!(
        "first_name,Remark,last_name,customer,email\n\
         Ann,,Right,{customer},\n\
         Bob,\"a, \"\"b\"\"\",Wrong,{customer},nonsense\n\
         ,=1+1,Empty,0,\n"
    );
    let (_, form) = mapping(sales, &file).await;
    // Nothing was imported: all lines have to be sent again.
    let page = sales.submit(&form.clone().without("dry_run")).await.is(200);
    let all = sales.get(&page.link("All lines as CSV, with what is wrong").expect("a link")).await.is(200);
    let text = all.body.as_str().expect("CSV").to_owned();
    let lines: Vec<&str> = text.split("\r\n").collect();
    assert_eq!(lines[0], "first_name,Remark,last_name,customer,email,What is wrong");
    assert_eq!(lines[1], format!("Ann,,Right,{customer},,"));
    assert!(lines[2].starts_with("Bob,\"a, \"\"b\"\"\",Wrong,") && lines[2].contains("Email: "), "{}", lines[2]);
    // The right ones were: only the others come back.
    let form = page.form("form.ao-import-run").without("dry_run").with("mode", "partial");
    let page = sales.submit(&form).await.is(200);
    let link = page.link("The refused lines as CSV, with the reasons").expect("a link");
    let answer = sales.get(&link).await.is(200);
    let kind = answer.headers.get("content-type").and_then(|kind| kind.to_str().ok()).unwrap_or_default();
    assert!(kind.starts_with("text/csv"), "{kind}");
    let text = answer.body.as_str().expect("CSV").to_owned();
    assert_eq!(text.lines().count(), 3, "{text}");
    assert!(!text.contains("Right"), "{text}");
    let last = text.lines().last().expect("a line");
    assert!(
        last.starts_with(",=1+1,Empty,0,,") && last.contains("First name: ") && last.contains("Customer: "),
        "{last}"
    );
    // In the language of whoever sent it.
    sales.post("/api/platform/v1/rules/set_preferences", json!({ "language": "de" })).await.is(200);
    let german = sales.get(&link).await.is(200);
    let german = german.body.as_str().expect("CSV");
    assert!(german.lines().next().is_some_and(|head| head.ends_with("Was falsch ist")), "{german}");
    assert!(german.contains("muss"), "{german}");
    // Put right, it is imported, and the reasons of before are left out, and gone when something is wrong again.
    let right = german.replace("nonsense", "bob@acme.example");
    let (page, form) = mapping(sales, &right).await;
    assert!(page.all(".ao-import-run thead th").contains(&"Was falsch ist".to_owned()));
    assert_eq!(value(&form, "map[Was falsch ist]"), "");
    let page = sales.submit(&form.without("dry_run").with("mode", "partial")).await.is(200);
    assert_eq!(sales.count("/api/crm/v1/contacts?filter[last_name]=Wrong").await, 1);
    let again = page.attributes("a[download]", "href").into_iter().find(|to| to.contains("/refused")).expect("a link");
    let again = sales.get(&again).await.is(200);
    let again = again.body.as_str().expect("CSV");
    assert_eq!(again.lines().next(), Some("first_name,Remark,last_name,customer,email,Was falsch ist"), "{again}");
    assert_eq!(again.lines().count(), 2);
}

#[tokio::test]
async fn refused_lines_of_json_become_columns() {
    let prepared = prepared(&[]).await;
    let sales = &prepared.sales;
    let customer = sales.get("/api/crm/v1/customers?limit=1").await.body["rows"][0]["id"].clone();
    let file = format!(
        "{{\"last_name\":\"Right\",\"first_name\":\"A\",\"customer\":{customer}}}\n\n\
         {{\"last_name\":\"=B\",\"first_name\":\"\",\"customer\":{customer},\"main_contact\":true}}\n{{nonsense\n"
    );
    let answer = upload(sales, "/crm/contacts/import", "people.jsonl", &file).await.is(303);
    let to = answer.headers.get("location").and_then(|to| to.to_str().ok()).expect("where to").to_owned();
    let form = sales.open(&to).await.form("form.ao-import-run").without("dry_run").with("mode", "partial");
    let page = sales.submit(&form).await.is(200);
    let link = page.link("The refused lines as CSV, with the reasons").expect("a link");
    let answer = sales.get(&link).await.is(200);
    let lines: Vec<&str> = answer.body.as_str().expect("CSV").lines().collect();
    assert!(lines[0].ends_with(",What is wrong") && lines[0].contains("main_contact"), "{lines:?}");
    assert!(lines[1].contains("'=B") && lines[1].contains("true"), "{lines:?}");
    assert!(lines[2].contains("{nonsense"), "{lines:?}");
    assert_eq!(lines.len(), 3);
}

#[tokio::test]
async fn refused_lines_are_for_nobody_but_whoever_sent_them() {
    let prepared = prepared(&[]).await;
    let (sales, admin) = (&prepared.sales, &prepared.admin);
    let (_, form) = mapping(sales, "first_name,last_name,customer\n,Secret person,0\n").await;
    let page = sales.submit(&form.without("dry_run")).await.is(200);
    let link = page.link("All lines as CSV, with what is wrong").expect("a link");
    for client in [admin, &prepared.finance, &prepared.outsider] {
        let answer = client.read(&link).await;
        assert_eq!(answer.status, 404);
        assert!(!answer.body.to_string().contains("Secret person"));
    }
    // Not with the file of another import, not for another record, and not without either.
    let (other, _) = mapping(sales, "first_name,last_name,customer\nAnn,Other,1\n").await;
    let other = other.form("form.ao-import-run");
    let run = link.rsplit("run=").next().expect("a run");
    let path = "/crm/contacts/import/refused";
    for address in [
        format!("{path}?file={}&run={run}", value(&other, "file")),
        format!("{path}?run={run}"),
        path.to_owned(),
        link.replace("/crm/contacts/", "/crm/customers/"),
    ] {
        assert_eq!(sales.read(&address).await.status, 404, "{address}");
    }
    sales.read(&format!("{link}&more=1")).await.is(400);
    sales.get(&link).await.is(200);
}
