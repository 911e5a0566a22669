//! What is done with them.

/// Writes a letter down and sends it, and then fails if it is told to.
#[expression_rule]
async fn post(to: String, subject: String, fails: bool) -> Result<()> {
    transaction(async {
        records::Letter::create(NewLetter { address: to.clone() }).await?;
        let mail = outside::Email::to(to).reply_to("desk@example.com").subject(subject);
        let mail = mail.html(rsx! { p { "Hello & welcome" } }).attach("a.csv", "text/csv", b"a;b\n".to_vec());
        connected_systems::mailer().await?.send(mail).await?;
        if fails { Err("changed its mind".into()) } else { Ok(()) }
    })
    .await
}

/// Sends a mail and waits for its server.
#[expression_rule]
async fn post_now(to: String) -> Result<()> {
    connected_systems::mailer().await?.send_now(outside::Email::to(to).subject("Now").text("now")).await
}

/// Answers what has come, and tells the subjects of it.
#[expression_rule]
async fn answer_all() -> Result<Vec<String>> {
    let mailbox = connected_systems::mailbox().await?;
    let mut subjects = Vec::new();
    for uid in mailbox.search("INBOX", &outside::MailSearch::new().unseen()).await? {
        let Some(message) = mailbox.fetch("INBOX", uid).await? else { continue };
        connected_systems::mailer().await?.send(outside::Email::answer(&message).text("Thank you.")).await?;
        mailbox.mark_seen("INBOX", uid).await?;
        subjects.extend(message.subject);
    }
    Ok(subjects)
}

/// Brings a file and tells what is there.
#[expression_rule]
async fn exchange(name: String, text: String) -> Result<Vec<String>> {
    let files = connected_systems::files().await?;
    files.write(&name, text.as_bytes()).await?;
    let back = files.read(&name).await?;
    let names = files.list("").await?.into_iter().map(|file| file.name);
    Ok(names.chain([String::from_utf8_lossy(&back).into_owned()]).collect())
}
