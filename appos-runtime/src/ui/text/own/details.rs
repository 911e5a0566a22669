//! Words of a row's own screen.

super::define::own_texts! { details:
    about(what: &str) { en: "About this {what}", de: "Über diesen Eintrag ({what})", fr: "À propos de cet élément ({what})" }
    download { en: "Download", de: "Herunterladen", fr: "Télécharger" }
    duplicate { en: "Duplicate", de: "Duplizieren", fr: "Dupliquer" }
    was_deleted(what: &str) { en: "This {what} was deleted", de: "Dies wurde gelöscht ({what})", fr: "Cet élément a été supprimé ({what})" }
    not_restored(why: &str) { en: "It was not restored: {why}", de: "Es wurde nicht wiederhergestellt: {why}", fr: "La restauration a échoué : {why}" }
    nobody { en: "Nobody who signed in", de: "Niemand, der angemeldet war", fr: "Personne de connecté" }
    show_all(count: u64) { en: "Show all {count}", de: "Alle {count} anzeigen", fr: "Tout afficher ({count})" }
    add(what: &str) { en: "Add {what}", de: "{what} hinzufügen", fr: "Ajouter : {what}" }
    none_yet { en: "None yet.", de: "Noch keine.", fr: "Aucun pour l’instant." }
    delete(what: &str) { en: "Delete {what}", de: "{what} löschen", fr: "Supprimer : {what}" }
    look_again {
        en: "Somebody has changed it meanwhile. Look at it again before you delete it.",
        de: "Jemand hat es inzwischen geändert. Sehen Sie es noch einmal an, bevor Sie es löschen.",
        fr: "Quelqu’un l’a modifié entre-temps. Regardez-le encore avant de le supprimer.",
    }
    still_referenced {
        en: "Other rows refer to it, some of which you may not see. It can be deleted when none does.",
        de: "Andere Zeilen verweisen darauf, von denen Sie manche nicht sehen dürfen. Erst ohne sie lässt es sich löschen.",
        fr: "D’autres lignes y font référence, dont certaines vous sont cachées. La suppression sera possible quand il n’y en aura plus.",
    }
    restricts(count: u64) {
        en: {
            one: "refers to it: it cannot be deleted as long as that is so.",
            other: "refer to it: it cannot be deleted as long as they do.",
        },
        de: {
            one: "verweist darauf: Solange das so ist, lässt es sich nicht löschen.",
            other: "verweisen darauf: Solange das so ist, lässt es sich nicht löschen.",
        },
        fr: {
            one: "y fait référence : la suppression est impossible tant que c’est le cas.",
            other: "y font référence : la suppression est impossible tant que c’est le cas.",
        },
    }
    goes_along(count: u64) {
        en: { one: "is deleted with it.", other: "are deleted with it." },
        de: { one: "wird mit gelöscht.", other: "werden mit gelöscht." },
        fr: { one: "sera supprimé avec.", other: "seront supprimés avec." },
    }
    loses_it(count: u64) {
        en: { one: "loses its reference to it.", other: "lose their reference to it." },
        de: { one: "verliert den Verweis darauf.", other: "verlieren den Verweis darauf." },
        fr: { one: "perdra sa référence.", other: "perdront leur référence." },
    }
}
