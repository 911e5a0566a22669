//! Words of a row's history.

super::define::own_texts! { history:
    title { en: "History", de: "Verlauf", fr: "Historique" }
    nothing { en: "Nothing has happened here", de: "Hier ist noch nichts geschehen", fr: "Rien ne s’est passé ici" }
    newest { en: "Newest", de: "Neueste", fr: "Les plus récents" }
    older { en: "Older", de: "Ältere", fr: "Plus anciens" }
    platform { en: "The platform", de: "Die Plattform", fr: "La plateforme" }
    operator { en: "The operator", de: "Der Betreiber", fr: "L’exploitant" }
    user(number: &str) { en: "User #{number}", de: "Benutzer #{number}", fr: "Utilisateur #{number}" }
    created(who: &str) { en: "{who} created it", de: "{who} hat es angelegt", fr: "{who} l’a créé" }
    deleted(who: &str) { en: "{who} deleted it", de: "{who} hat es gelöscht", fr: "{who} l’a supprimé" }
    restored(who: &str) { en: "{who} restored it", de: "{who} hat es wiederhergestellt", fr: "{who} l’a restauré" }
    changed(who: &str) { en: "{who} changed it", de: "{who} hat es geändert", fr: "{who} l’a modifié" }
}
