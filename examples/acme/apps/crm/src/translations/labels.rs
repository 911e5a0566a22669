//! Words of the CRM.

/// Names of what the CRM knows, and what it says to people.
#[translation_set]
fn labels() -> Translations {
    translations! {
        customers: { en: "Customers", fr: "Clients", de: "Kunden" },
        welcome: { en: "Welcome, {name}!", fr: "Bienvenue, {name} !", de: "Willkommen, {name}!" },
        open_orders: {
            en: { one: "{count} open order", other: "{count} open orders" },
            fr: { one: "{count} commande en cours", other: "{count} commandes en cours" },
            de: { one: "{count} offene Bestellung", other: "{count} offene Bestellungen" },
        },

        // Names of objects, as the screens made for them show them.
        records.customer: { en: "Customer", fr: "Client", de: "Kunde" },
        records.customer.plural: { en: "Customers", fr: "Clients", de: "Kunden" },
        records.customer.fields.name: { en: "Company", fr: "Société", de: "Firma" },
        records.customer.fields.email: { en: "E-mail", fr: "Courriel", de: "E-Mail" },
        records.customer.fields.phone: { en: "Phone", fr: "Téléphone", de: "Telefon" },
        records.customer.fields.website: { en: "Website", fr: "Site web", de: "Website" },
        records.customer.fields.address: { en: "Address", fr: "Adresse", de: "Adresse" },
        records.customer.fields.city: { en: "City", fr: "Ville", de: "Ort" },
        records.customer.fields.country: { en: "Country", fr: "Pays", de: "Land" },
        records.customer.fields.tier: { en: "Tier", fr: "Niveau", de: "Stufe" },
        records.customer.fields.credit_limit: { en: "Credit limit", fr: "Plafond de crédit", de: "Kreditrahmen" },
        records.customer.fields.customer_since: { en: "Customer since", fr: "Client depuis", de: "Kunde seit" },
        records.customer.fields.owner: { en: "Owner", fr: "Responsable", de: "Zuständig" },
        records.customer.fields.account: { en: "Billing account", fr: "Compte de facturation", de: "Rechnungskonto" },
        records.customer.fields.contacts: { en: "Contacts", fr: "Contacts", de: "Kontakte" },
        records.customer.fields.orders: { en: "Orders", fr: "Commandes", de: "Bestellungen" },
        records.customer.fields.activities: { en: "Activities", fr: "Activités", de: "Aktivitäten" },
        records.customer.fields.contracts: { en: "Contracts", fr: "Contrats", de: "Verträge" },
        records.contact: { en: "Contact", fr: "Contact", de: "Kontakt" },
        records.contact.plural: { en: "Contacts", fr: "Contacts", de: "Kontakte" },
        records.order: { en: "Order", fr: "Commande", de: "Bestellung" },
        records.order.plural: { en: "Orders", fr: "Commandes", de: "Bestellungen" },
        records.activity: { en: "Activity", fr: "Activité", de: "Aktivität" },
        records.activity.plural: { en: "Activities", fr: "Activités", de: "Aktivitäten" },
        choices.tier.bronze: { en: "Bronze", fr: "Bronze", de: "Bronze" },
        choices.tier.silver: { en: "Silver", fr: "Argent", de: "Silber" },
        choices.tier.gold: { en: "Gold", fr: "Or", de: "Gold" },
    }
}
