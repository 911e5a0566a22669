//! What is wrong, for people: by the code of the error.

super::define::own_texts! { problems:
    required { en: "is required", de: "ist ein Pflichtfeld", fr: "est obligatoire" }
    email { en: "must be an e-mail address", de: "muss eine E-Mail-Adresse sein", fr: "doit être une adresse électronique" }
    url { en: "must be a URL", de: "muss eine URL sein", fr: "doit être une URL" }
    not_unique { en: "is taken by another row", de: "ist schon vergeben", fr: "est déjà utilisé" }
    broken_reference { en: "refers to a row that is not there", de: "verweist auf etwas, das es nicht gibt", fr: "renvoie à un élément inexistant" }
    one_of(choices: &str) { en: "must be one of {choices}", de: "muss eines von {choices} sein", fr: "doit être l’un de {choices}" }
    must_be_number { en: "must be a number", de: "muss eine Zahl sein", fr: "doit être un nombre" }
    must_be_whole { en: "must be a whole number", de: "muss eine ganze Zahl sein", fr: "doit être un nombre entier" }
    must_be_decimal { en: "must be a decimal number", de: "muss eine Dezimalzahl sein", fr: "doit être un nombre décimal" }
    must_be_date {
        en: "must be a date such as 2026-11-24",
        de: "muss ein Datum sein, etwa 2026-11-24",
        fr: "doit être une date, par exemple 2026-11-24",
    }
    must_be_truth { en: "must be true or false", de: "muss wahr oder falsch sein", fr: "doit être vrai ou faux" }
    not_a_time { en: "is no date and time", de: "ist kein Zeitpunkt", fr: "n’est pas une date et heure" }
    never_was {
        en: "never was: clocks went forward over it",
        de: "gab es nie: Da wurde die Uhr vorgestellt",
        fr: "n’a jamais existé : l’heure a été avancée",
    }
    out_of_range { en: "is too large or too small", de: "ist zu groß oder zu klein", fr: "est trop grand ou trop petit" }
    read_only { en: "may not be written by you", de: "dürfen Sie nicht ändern", fr: "ne peut pas être modifié par vous" }
    nul_character { en: "must not contain a NUL character", de: "darf kein NUL-Zeichen enthalten", fr: "ne doit pas contenir de caractère NUL" }
    not_finite { en: "must be a finite number", de: "muss eine endliche Zahl sein", fr: "doit être un nombre fini" }
    too_precise(count: u32) {
        en: { one: "must have at most {count} digit after the point", other: "must have at most {count} digits after the point" },
        de: { one: "darf höchstens {count} Nachkommastelle haben", other: "darf höchstens {count} Nachkommastellen haben" },
        fr: { one: "doit avoir au plus {count} décimale", other: "doit avoir au plus {count} décimales" },
    }
    length_exactly(count: u64) {
        en: { one: "must have exactly {count} character", other: "must have exactly {count} characters" },
        de: { one: "muss genau {count} Zeichen haben", other: "muss genau {count} Zeichen haben" },
        fr: { one: "doit avoir exactement {count} caractère", other: "doit avoir exactement {count} caractères" },
    }
    length_between(min: u64, max: u64) {
        en: "must have {min} to {max} characters",
        de: "muss {min} bis {max} Zeichen haben",
        fr: "doit avoir de {min} à {max} caractères",
    }
    length_at_least(count: u64) {
        en: { one: "must have at least {count} character", other: "must have at least {count} characters" },
        de: { one: "muss mindestens {count} Zeichen haben", other: "muss mindestens {count} Zeichen haben" },
        fr: { one: "doit avoir au moins {count} caractère", other: "doit avoir au moins {count} caractères" },
    }
    length_at_most(count: u64) {
        en: { one: "must have at most {count} character", other: "must have at most {count} characters" },
        de: { one: "darf höchstens {count} Zeichen haben", other: "darf höchstens {count} Zeichen haben" },
        fr: { one: "doit avoir au plus {count} caractère", other: "doit avoir au plus {count} caractères" },
    }
    items_between(min: u64, max: u64) {
        en: "must have {min} to {max} items",
        de: "muss {min} bis {max} Einträge haben",
        fr: "doit avoir de {min} à {max} éléments",
    }
    items_exactly(count: u64) {
        en: { one: "must have exactly {count} item", other: "must have exactly {count} items" },
        de: { one: "muss genau {count} Eintrag haben", other: "muss genau {count} Einträge haben" },
        fr: { one: "doit avoir exactement {count} élément", other: "doit avoir exactement {count} éléments" },
    }
    items_at_least(count: u64) {
        en: { one: "must have at least {count} item", other: "must have at least {count} items" },
        de: { one: "muss mindestens {count} Eintrag haben", other: "muss mindestens {count} Einträge haben" },
        fr: { one: "doit avoir au moins {count} élément", other: "doit avoir au moins {count} éléments" },
    }
    items_at_most(count: u64) {
        en: { one: "must have at most {count} item", other: "must have at most {count} items" },
        de: { one: "darf höchstens {count} Eintrag haben", other: "darf höchstens {count} Einträge haben" },
        fr: { one: "doit avoir au plus {count} élément", other: "doit avoir au plus {count} éléments" },
    }
    must_be(what: &str) { en: "must be {what}", de: "muss {what} sein", fr: "doit être {what}" }
    at_least(limit: &str) { en: "at least {limit}", de: "mindestens {limit}", fr: "au moins {limit}" }
    more_than(limit: &str) { en: "more than {limit}", de: "größer als {limit}", fr: "supérieur à {limit}" }
    at_most(limit: &str) { en: "at most {limit}", de: "höchstens {limit}", fr: "au plus {limit}" }
    less_than(limit: &str) { en: "less than {limit}", de: "kleiner als {limit}", fr: "inférieur à {limit}" }
    contains(pattern: &str) { en: "must contain “{pattern}”", de: "muss „{pattern}“ enthalten", fr: "doit contenir « {pattern} »" }
    does_not_contain(pattern: &str) {
        en: "must not contain “{pattern}”",
        de: "darf „{pattern}“ nicht enthalten",
        fr: "ne doit pas contenir « {pattern} »",
    }
    invalid_fields { en: "Some fields are wrong.", de: "Einige Felder sind nicht richtig.", fr: "Certains champs sont incorrects." }
    stale_version {
        en: "Somebody has changed this since you opened it.",
        de: "Das wurde geändert, seit Sie es geöffnet haben.",
        fr: "Cet élément a été modifié depuis que vous l’avez ouvert.",
    }
    still_referenced {
        en: "Other data refers to this.",
        de: "Andere Daten verweisen darauf.",
        fr: "D’autres données y font référence.",
    }
    record_not_found { en: "There is no such row.", de: "Das gibt es nicht.", fr: "Cet élément n’existe pas." }
    row_not_allowed {
        en: "This row would be none of those that you may see.",
        de: "Das wäre nichts, was Sie sehen dürfen.",
        fr: "Cet élément ne ferait pas partie de ceux que vous pouvez voir.",
    }
    not_found { en: "There is nothing at this address.", de: "Unter dieser Adresse ist nichts.", fr: "Il n’y a rien à cette adresse." }
    denied { en: "You have no access to this.", de: "Sie haben hierauf keinen Zugriff.", fr: "Vous n’avez pas accès à cela." }
    session_expired {
        en: "Your session has ended. Sign in again.",
        de: "Ihre Sitzung ist beendet. Melden Sie sich neu an.",
        fr: "Votre session est terminée. Reconnectez-vous.",
    }
    not_signed_in { en: "Sign in first.", de: "Melden Sie sich zuerst an.", fr: "Connectez-vous d’abord." }
    bad_credentials {
        en: "E-mail address or password is wrong.",
        de: "E-Mail-Adresse oder Passwort ist falsch.",
        fr: "L’adresse ou le mot de passe est incorrect.",
    }
    bad_link {
        en: "The link is wrong, has expired or was used. Ask for a new one.",
        de: "Der Link ist falsch, abgelaufen oder schon benutzt. Bitten Sie um einen neuen.",
        fr: "Le lien est erroné, expiré ou déjà utilisé. Demandez-en un nouveau.",
    }
    bad_setup_token {
        en: "The set-up token is wrong or was used.",
        de: "Der Einrichtungscode ist falsch oder schon benutzt.",
        fr: "Le jeton d’installation est erroné ou déjà utilisé.",
    }
    too_many_attempts {
        en: "Too many sign-ins have failed. Wait, and try again.",
        de: "Zu viele Anmeldungen sind fehlgeschlagen. Warten Sie, und versuchen Sie es erneut.",
        fr: "Trop de connexions ont échoué. Patientez, puis réessayez.",
    }
    same_password { en: "must be another than the current one", de: "muss ein anderes als das bisherige sein", fr: "doit être différent de l’actuel" }
    not_the_current { en: "is not the current password", de: "ist nicht das bisherige Passwort", fr: "n’est pas le mot de passe actuel" }
    wrong_password { en: "The current password is wrong.", de: "Das bisherige Passwort ist falsch.", fr: "Le mot de passe actuel est incorrect." }
    too_many_requests { en: "Too many requests. Wait a moment.", de: "Zu viele Anfragen. Bitte kurz warten.", fr: "Trop de requêtes. Patientez un instant." }
    timeout { en: "This took too long.", de: "Das hat zu lange gedauert.", fr: "L’opération a pris trop de temps." }
    database_unavailable {
        en: "The database is not available right now.",
        de: "Die Datenbank ist gerade nicht erreichbar.",
        fr: "La base de données n’est pas disponible pour le moment.",
    }
    bad_query { en: "The address asks for something that cannot be.", de: "Die Adresse fragt nach etwas, das es nicht geben kann.", fr: "L’adresse demande quelque chose d’impossible." }
}
