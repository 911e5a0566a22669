//! Words of documents: their files, versions, and what is taken.

super::define::own_texts! { documents:
    file { en: "File", de: "Datei", fr: "Fichier" }
    upload_one(what: &str) { en: "Upload {what}", de: "{what} hochladen", fr: "Téléverser : {what}" }
    versions(count: u64) { en: "Versions ({count})", de: "Versionen ({count})", fr: "Versions ({count})" }
    version { en: "Version", de: "Version", fr: "Version" }
    size { en: "Size", de: "Größe", fr: "Taille" }
    uploaded { en: "Uploaded", de: "Hochgeladen", fr: "Téléversé" }
    uploaded_by { en: "Uploaded by", de: "Hochgeladen von", fr: "Téléversé par" }
    current { en: "current", de: "aktuell", fr: "actuelle" }
    preview_of(name: &str) { en: "Preview of {name}", de: "Vorschau von {name}", fr: "Aperçu de {name}" }
    restore_version(number: i64) {
        en: "Restore version {number}",
        de: "Wiederherstellen: Version {number}",
        fr: "Restaurer la version {number}",
    }
    new_version { en: "New version", de: "Neue Version", fr: "Nouvelle version" }
    upload_new_version { en: "Upload new version", de: "Neue Version hochladen", fr: "Téléverser une nouvelle version" }
    at_most(size: &str) { en: "At most {size}", de: "Höchstens {size}", fr: "Au plus {size}" }
    kinds_at_most(kinds: &str, size: &str) { en: "{kinds}, at most {size}", de: "{kinds}, höchstens {size}", fr: "{kinds}, au plus {size}" }
    pictures { en: "pictures", de: "Bilder", fr: "images" }
    texts { en: "texts", de: "Texte", fr: "textes" }
    videos { en: "videos", de: "Videos", fr: "vidéos" }
    sounds { en: "sound", de: "Ton", fr: "son" }
    bytes(amount: &str) { en: "{amount} B", de: "{amount} B", fr: "{amount} o" }
    kilobytes(amount: &str) { en: "{amount} KB", de: "{amount} KB", fr: "{amount} Ko" }
    megabytes(amount: &str) { en: "{amount} MB", de: "{amount} MB", fr: "{amount} Mo" }
    gigabytes(amount: &str) { en: "{amount} GB", de: "{amount} GB", fr: "{amount} Go" }
    choose { en: "Choose a file.", de: "Wählen Sie eine Datei aus.", fr: "Choisissez un fichier." }
    choose_again {
        en: "Choose the file again.",
        de: "Wählen Sie die Datei noch einmal aus.",
        fr: "Choisissez de nouveau le fichier.",
    }
    empty { en: "The file is empty.", de: "Die Datei ist leer.", fr: "Le fichier est vide." }
    too_large(size: &str) {
        en: "The file is larger than {size}, which is the most that is taken here.",
        de: "Die Datei ist größer als {size}; mehr wird hier nicht angenommen.",
        fr: "Le fichier dépasse {size}, la taille maximale ici.",
    }
    too_many(most: &str) {
        en: "There are {most} files already, and no more are taken.",
        de: "Es gibt schon {most} Dateien; mehr werden nicht angenommen.",
        fr: "Il y a déjà {most} fichiers ; il n’en est pas accepté davantage.",
    }
    not_taken(kind: &str, kinds: &str) {
        en: "The file is {kind}. What is taken here: {kinds}.",
        de: "Die Datei ist {kind}. Hier angenommen: {kinds}.",
        fr: "Le fichier est {kind}. Acceptés ici : {kinds}.",
    }
    differs(name: &str, kind: &str) {
        en: "The file is called {name}, but its content is {kind}.",
        de: "Die Datei heißt {name}, ihr Inhalt ist aber {kind}.",
        fr: "Le fichier s’appelle {name}, mais son contenu est {kind}.",
    }
    two_in_one {
        en: "The file is two kinds of file at once.",
        de: "Die Datei ist zwei Arten von Datei zugleich.",
        fr: "Le fichier est de deux types à la fois.",
    }
    incomplete {
        en: "The file did not arrive whole. Send it again.",
        de: "Die Datei ist nicht ganz angekommen. Senden Sie sie noch einmal.",
        fr: "Le fichier n’est pas arrivé en entier. Renvoyez-le.",
    }
    not_restored(why: &str) {
        en: "The version was not restored: {why}",
        de: "Die Version wurde nicht wiederhergestellt: {why}",
        fr: "La version n’a pas été restaurée : {why}",
    }
}
