//! Words of the mails with links that lead to a password.

super::define::own_texts! { link_mail:
    reset_subject { en: "A new password", de: "Ein neues Passwort", fr: "Un nouveau mot de passe" }
    reset_text(name: &str) {
        en: "Hello {name}, somebody has asked for a new password for your account. This link leads to a page on which you choose it:",
        de: "Guten Tag {name}, jemand hat für Ihr Konto ein neues Passwort angefordert. Dieser Link führt zu einer Seite, auf der Sie es wählen:",
        fr: "Bonjour {name}, quelqu’un a demandé un nouveau mot de passe pour votre compte. Ce lien mène à une page où vous le choisissez :",
    }
    reset_hint {
        en: "It works once, and only for a short time. If you have not asked for it, do nothing: your password stays as it is.",
        de: "Er gilt einmal und nur kurze Zeit. Wenn Sie ihn nicht angefordert haben, tun Sie nichts: Ihr Passwort bleibt, wie es ist.",
        fr: "Il ne sert qu’une fois et peu de temps. Si vous ne l’avez pas demandé, ne faites rien : votre mot de passe reste le même.",
    }
    invitation_subject { en: "An invitation", de: "Eine Einladung", fr: "Une invitation" }
    invitation_text(name: &str) {
        en: "Hello {name}, an account was made for you. This link leads to a page on which you choose its password:",
        de: "Guten Tag {name}, für Sie wurde ein Konto angelegt. Dieser Link führt zu einer Seite, auf der Sie sein Passwort wählen:",
        fr: "Bonjour {name}, un compte a été créé pour vous. Ce lien mène à une page où vous choisissez son mot de passe :",
    }
    invitation_hint {
        en: "It works once. If you do not know what it is about, do nothing.",
        de: "Er gilt einmal. Wenn Sie nicht wissen, worum es geht, tun Sie nichts.",
        fr: "Il ne sert qu’une fois. Si vous ne savez pas de quoi il s’agit, ne faites rien.",
    }
}
