//! Words of the screen of connected systems.

super::define::own_texts! { systems:
    title { en: "Connected systems", de: "Verbundene Systeme", fr: "Systèmes connectés" }
    hint {
        en: "Systems outside that apps call, as this program has found them.",
        de: "Systeme außerhalb, die Apps aufrufen, wie dieses Programm sie vorgefunden hat.",
        fr: "Les systèmes externes que les applications appellent, tels que ce programme les a trouvés.",
    }
    none { en: "There are no connected systems", de: "Es gibt keine verbundenen Systeme", fr: "Aucun système connecté" }
    not_done { en: "It did not work", de: "Das ging nicht", fr: "Cela n’a pas fonctionné" }
    system { en: "System", de: "System", fr: "Système" }
    state { en: "State", de: "Zustand", fr: "État" }
    last_answer { en: "Last answer", de: "Letzte Antwort", fr: "Dernière réponse" }
    last_failure { en: "Last failure", de: "Letzter Fehler", fr: "Dernier échec" }
    used_by { en: "Used by", de: "Benutzt von", fr: "Utilisé par" }
    test { en: "Test", de: "Testen", fr: "Tester" }
    answers { en: "Answers", de: "Antwortet", fr: "Répond" }
    fails { en: "Fails", de: "Fehlerhaft", fr: "En échec" }
    left_alone { en: "Left alone for now", de: "Wird vorerst nicht gefragt", fr: "Laissé tranquille pour l’instant" }
    lacks_secrets { en: "Lacks secrets", de: "Geheimnisse fehlen", fr: "Secrets manquants" }
    not_asked { en: "Not asked yet", de: "Noch nicht gefragt", fr: "Pas encore interrogé" }
    does_answer(system: &str) { en: "{system} answers", de: "{system} antwortet", fr: "{system} répond" }

    secrets { en: "Secrets", de: "Geheimnisse", fr: "Secrets" }
    secrets_hint {
        en: "A secret is kept sealed, and shown to nobody again. What has several lines is entered with `cargo appos secrets set`.",
        de: "Ein Geheimnis wird versiegelt aufbewahrt und niemandem mehr gezeigt. Mehrzeiliges wird mit `cargo appos secrets set` eingegeben.",
        fr: "Un secret est conservé scellé et n’est plus montré à personne. Ce qui a plusieurs lignes se saisit avec `cargo appos secrets set`.",
    }
    secret { en: "Secret", de: "Geheimnis", fr: "Secret" }
    where_it_is { en: "Where it is", de: "Wo es ist", fr: "Emplacement" }
    needed_by { en: "Needed by", de: "Gebraucht von", fr: "Requis par" }
    new_value { en: "New value", de: "Neuer Wert", fr: "Nouvelle valeur" }
    new_value_of(secret: &str) { en: "New value of {secret}", de: "Neuer Wert von {secret}", fr: "Nouvelle valeur de {secret}" }
    stored { en: "Stored", de: "Gespeichert", fr: "Enregistré" }
    in_environment { en: "Environment variable", de: "Umgebungsvariable", fr: "Variable d’environnement" }
    missing { en: "Missing", de: "Fehlt", fr: "Manquant" }
    set_by(at: &str, who: &str) { en: "set {at} by {who}", de: "{at} gesetzt von {who}", fr: "défini {at} par {who}" }
    set { en: "Set", de: "Setzen", fr: "Définir" }
    forget { en: "Forget", de: "Vergessen", fr: "Oublier" }
    was_set(secret: &str) { en: "{secret} is stored", de: "{secret} ist gespeichert", fr: "{secret} est enregistré" }
    was_forgotten(secret: &str) { en: "{secret} is forgotten", de: "{secret} ist vergessen", fr: "{secret} est oublié" }
    no_secret {
        en: "A secret has from 1 to 65536 bytes",
        de: "Ein Geheimnis hat 1 bis 65536 Bytes",
        fr: "Un secret compte de 1 à 65536 octets",
    }
}
