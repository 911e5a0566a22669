//! Words of forms, and what is told after they are sent.

super::define::own_texts! { forms:
    required { en: "required", de: "Pflichtfeld", fr: "obligatoire" }
    optional { en: "optional", de: "freiwillig", fr: "facultatif" }
    choose { en: "Choose …", de: "Auswählen …", fr: "Choisir …" }
    nothing_chosen { en: "Nothing chosen", de: "Nichts ausgewählt", fr: "Aucun choix" }
    type_to_search { en: "Type to search", de: "Zum Suchen tippen", fr: "Saisissez pour rechercher" }
    no_such { en: "Nothing of this name", de: "Nichts dieses Namens", fr: "Rien de ce nom" }
    saved { en: "Saved", de: "Gespeichert", fr: "Enregistré" }
    created(what: &str) { en: "{what} was created", de: "{what} wurde angelegt", fr: "{what} : création effectuée" }
    deleted(what: &str) { en: "{what} was deleted", de: "{what} wurde gelöscht", fr: "{what} : suppression effectuée" }
    deleted_many(count: u64) {
        en: { one: "{count} row was deleted", other: "{count} rows were deleted" },
        de: { one: "{count} Zeile wurde gelöscht", other: "{count} Zeilen wurden gelöscht" },
        fr: { one: "{count} ligne a été supprimée", other: "{count} lignes ont été supprimées" },
    }
    restored(what: &str) { en: "{what} was restored", de: "{what} wurde wiederhergestellt", fr: "{what} : restauration effectuée" }
    confirm_delete(what: &str) { en: "Delete {what}?", de: "{what} löschen?", fr: "Supprimer {what} ?" }
    cannot_be_undone { en: "This cannot be undone.", de: "Das lässt sich nicht rückgängig machen.", fr: "Cette action est irréversible." }
    can_be_undone { en: "It can be restored later.", de: "Es lässt sich später wiederherstellen.", fr: "Une restauration restera possible." }
    unsaved { en: "You have unsaved changes.", de: "Es gibt nicht gespeicherte Änderungen.", fr: "Des modifications ne sont pas enregistrées." }
    leave_anyway { en: "Leave without saving?", de: "Ohne Speichern verlassen?", fr: "Quitter sans enregistrer ?" }
    check_fields(count: u64) {
        en: { one: "Please correct {count} field", other: "Please correct {count} fields" },
        de: { one: "Bitte {count} Feld berichtigen", other: "Bitte {count} Felder berichtigen" },
        fr: { one: "Veuillez corriger {count} champ", other: "Veuillez corriger {count} champs" },
    }
    stale {
        en: "Somebody else has changed this meanwhile.",
        de: "Jemand anderes hat dies inzwischen geändert.",
        fr: "Quelqu’un d’autre a modifié cet élément entre-temps.",
    }
    yours { en: "Your value", de: "Ihr Wert", fr: "Votre valeur" }
    theirs { en: "Their value", de: "Der andere Wert", fr: "L’autre valeur" }
    keep_yours { en: "Keep yours", de: "Ihren behalten", fr: "Garder la vôtre" }
    take_theirs { en: "Take theirs", de: "Den anderen übernehmen", fr: "Prendre l’autre" }
    drop_file { en: "Drop a file here, or choose one", de: "Datei hier ablegen oder auswählen", fr: "Déposez un fichier ici, ou choisissez-en un" }
    progress(done: u64, total: u64) { en: "{done} of {total}", de: "{done} von {total}", fr: "{done} sur {total}" }
    imported(count: u64) {
        en: { one: "{count} row was imported", other: "{count} rows were imported" },
        de: { one: "{count} Zeile wurde importiert", other: "{count} Zeilen wurden importiert" },
        fr: { one: "{count} ligne a été importée", other: "{count} lignes ont été importées" },
    }
}
