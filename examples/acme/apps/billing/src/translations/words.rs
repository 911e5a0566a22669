//! Words of billing.

/// Names of what billing knows.
#[translation_set]
fn words() -> Translations {
    translations! {
        invoice: { en: "Invoice", fr: "Facture", de: "Rechnung" },
        records.invoice: { en: "Invoice", fr: "Facture", de: "Rechnung" },
        records.invoice.plural: { en: "Invoices", fr: "Factures", de: "Rechnungen" },
        records.account: { en: "Account", fr: "Compte", de: "Konto" },
        records.account.plural: { en: "Accounts", fr: "Comptes", de: "Konten" },
    }
}
