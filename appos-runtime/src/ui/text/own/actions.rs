//! What buttons and links do.

super::define::own_texts! { actions:
    save { en: "Save", de: "Speichern", fr: "Enregistrer" }
    save_and_new { en: "Save and add another", de: "Speichern und weiteren anlegen", fr: "Enregistrer et en ajouter un autre" }
    cancel { en: "Cancel", de: "Abbrechen", fr: "Annuler" }
    close { en: "Close", de: "Schließen", fr: "Fermer" }
    create { en: "Create", de: "Anlegen", fr: "Créer" }
    create_one(what: &str) { en: "New {what}", de: "{what} anlegen", fr: "Nouveau : {what}" }
    edit { en: "Edit", de: "Bearbeiten", fr: "Modifier" }
    delete { en: "Delete", de: "Löschen", fr: "Supprimer" }
    delete_many(count: u64) {
        en: { one: "Delete {count} row", other: "Delete {count} rows" },
        de: { one: "{count} Zeile löschen", other: "{count} Zeilen löschen" },
        fr: { one: "Supprimer {count} ligne", other: "Supprimer {count} lignes" },
    }
    restore { en: "Restore", de: "Wiederherstellen", fr: "Restaurer" }
    undo { en: "Undo", de: "Rückgängig", fr: "Annuler l’action" }
    add { en: "Add", de: "Hinzufügen", fr: "Ajouter" }
    remove { en: "Remove", de: "Entfernen", fr: "Retirer" }
    apply { en: "Apply", de: "Anwenden", fr: "Appliquer" }
    reset { en: "Reset", de: "Zurücksetzen", fr: "Réinitialiser" }
    clear { en: "Clear", de: "Leeren", fr: "Effacer" }
    search { en: "Search", de: "Suchen", fr: "Rechercher" }
    filter { en: "Filter", de: "Filtern", fr: "Filtrer" }
    export { en: "Export", de: "Exportieren", fr: "Exporter" }
    import { en: "Import", de: "Importieren", fr: "Importer" }
    upload { en: "Upload", de: "Hochladen", fr: "Téléverser" }
    download { en: "Download", de: "Herunterladen", fr: "Télécharger" }
    copy { en: "Copy", de: "Kopieren", fr: "Copier" }
    copied { en: "Copied", de: "Kopiert", fr: "Copié" }
    retry { en: "Try again", de: "Erneut versuchen", fr: "Réessayer" }
    reload { en: "Reload", de: "Neu laden", fr: "Recharger" }
    back { en: "Back", de: "Zurück", fr: "Retour" }
    next { en: "Next", de: "Weiter", fr: "Suivant" }
    previous { en: "Previous", de: "Zurück", fr: "Précédent" }
    first { en: "First", de: "Anfang", fr: "Début" }
    finish { en: "Finish", de: "Fertig", fr: "Terminer" }
    confirm { en: "Confirm", de: "Bestätigen", fr: "Confirmer" }
    open { en: "Open", de: "Öffnen", fr: "Ouvrir" }
    more { en: "More", de: "Mehr", fr: "Plus" }
    more_actions { en: "More actions", de: "Weitere Aktionen", fr: "Autres actions" }
    actions { en: "Actions", de: "Aktionen", fr: "Actions" }
    yes { en: "Yes", de: "Ja", fr: "Oui" }
    no { en: "No", de: "Nein", fr: "Non" }
}
