//! Words of the page of caught mail.

super::define::own_texts! { caught_mail:
    title { en: "Caught mail", de: "Abgefangene E-Mails", fr: "E-mails interceptés" }
    hint {
        en: "What apps have sent. It is kept here, the newest 500 of it, and reaches nobody.",
        de: "Was Apps gesendet haben. Es wird hier aufbewahrt, die neuesten 500, und erreicht niemanden.",
        fr: "Ce que les applications ont envoyé. Les 500 derniers sont gardés ici et n’atteignent personne.",
    }
    none { en: "No mail was caught yet", de: "Noch keine E-Mail abgefangen", fr: "Aucun e-mail intercepté" }
    to { en: "To", de: "An", fr: "À" }
    from { en: "From", de: "Von", fr: "De" }
    subject { en: "Subject", de: "Betreff", fr: "Objet" }
    no_subject { en: "Without a subject", de: "Ohne Betreff", fr: "Sans objet" }
    system { en: "System", de: "System", fr: "Système" }
    caught_at { en: "Caught", de: "Abgefangen", fr: "Intercepté" }
    text { en: "Text", de: "Text", fr: "Texte" }
    shown_as { en: "As mail programs show it", de: "Wie E-Mail-Programme sie zeigen", fr: "Comme l’affichent les messageries" }
    attachments { en: "Attachments", de: "Anhänge", fr: "Pièces jointes" }
    size { en: "Size", de: "Größe", fr: "Taille" }
    bytes(count: u64) {
        en: { one: "{count} byte", other: "{count} bytes" },
        de: { one: "{count} Byte", other: "{count} Bytes" },
        fr: { one: "{count} octet", other: "{count} octets" },
    }
    headers { en: "Headers", de: "Kopfzeilen", fr: "En-têtes" }
    clear { en: "Delete all", de: "Alle löschen", fr: "Tout supprimer" }
    clear_question(count: u64) {
        en: { one: "Delete {count} mail?", other: "Delete {count} mails?" },
        de: { one: "{count} E-Mail löschen?", other: "{count} E-Mails löschen?" },
        fr: { one: "Supprimer {count} e-mail ?", other: "Supprimer {count} e-mails ?" },
    }
    clear_hint { en: "They cannot be had back.", de: "Sie sind dann verloren.", fr: "Ils seront perdus." }
    cleared { en: "All mail was deleted", de: "Alle E-Mails wurden gelöscht", fr: "Tous les e-mails ont été supprimés" }
    back { en: "All caught mail", de: "Alle abgefangenen E-Mails", fr: "Tous les e-mails interceptés" }
}
