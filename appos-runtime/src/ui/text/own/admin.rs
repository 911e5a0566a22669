//! Words of the console.

super::define::own_texts! { admin:
    title { en: "Console", de: "Konsole", fr: "Console" }
    hint {
        en: "What administrators of the platform look at.",
        de: "Was die Verwaltung der Plattform sich ansieht.",
        fr: "Ce que regardent les administrateurs de la plateforme.",
    }
    people { en: "People and rights", de: "Personen und Rechte", fr: "Personnes et droits" }
    work { en: "Work and systems", de: "Arbeit und Systeme", fr: "Travail et systèmes" }

    objects { en: "Objects", de: "Objekte", fr: "Objets" }
    objects_hint {
        en: "What the platform is made of.",
        de: "Woraus die Plattform besteht.",
        fr: "Ce dont la plateforme est faite.",
    }
    kind { en: "Kind", de: "Art", fr: "Type" }
    any_kind { en: "Any kind", de: "Jede Art", fr: "Tout type" }
    app { en: "App", de: "App", fr: "Application" }
    any_app { en: "Any app", de: "Jede App", fr: "Toute application" }
    description { en: "Description", de: "Beschreibung", fr: "Description" }
    written_at { en: "Written at", de: "Geschrieben in", fr: "Écrit dans" }
    runs_as { en: "Runs as", de: "Läuft als", fr: "S’exécute en tant que" }
    open_to_all { en: "Open to everybody", de: "Für alle offen", fr: "Ouvert à tous" }
    may { en: "Groups that may", de: "Gruppen, die dürfen", fr: "Groupes autorisés" }
    seen_calling { en: "Was seen to call", de: "Rief auf", fr: "A appelé" }
    seen_called_by { en: "Was seen to be called by", de: "Wurde aufgerufen von", fr: "A été appelé par" }
    seen_hint {
        en: "Since the start of this program. What the source says is in `cargo appos impact`.",
        de: "Seit dem Start dieses Programms. Was im Quelltext steht, sagt `cargo appos impact`.",
        fr: "Depuis le démarrage de ce programme. Ce que dit le code source est dans `cargo appos impact`.",
    }
    nothing_seen { en: "Nothing yet", de: "Noch nichts", fr: "Rien encore" }
    range(first: i64, last: i64, all: i64) { en: "{first}–{last} of {all}", de: "{first}–{last} von {all}", fr: "{first}–{last} sur {all}" }

    permissions { en: "Permissions", de: "Berechtigungen", fr: "Autorisations" }
    permissions_hint {
        en: "What somebody may do with each object, why, and what it would be with other groups. Looking changes nothing.",
        de: "Was jemand mit jedem Objekt tun darf, warum, und wie es mit anderen Gruppen wäre. Nachsehen ändert nichts.",
        fr: "Ce que quelqu’un peut faire avec chaque objet, pourquoi, et ce qu’il en serait avec d’autres groupes. Regarder ne change rien.",
    }
    user { en: "User", de: "Benutzer", fr: "Utilisateur" }
    user_hint { en: "E-mail address, name or number", de: "E-Mail-Adresse, Name oder Nummer", fr: "Adresse e-mail, nom ou numéro" }
    with_group { en: "With group", de: "Mit Gruppe", fr: "Avec le groupe" }
    without_group { en: "Without group", de: "Ohne Gruppe", fr: "Sans le groupe" }
    as_it_is { en: "As it is", de: "Wie es ist", fr: "Tel quel" }
    ask_for_one { en: "Whom is it about?", de: "Um wen geht es?", fr: "De qui s’agit-il ?" }
    groups_of(name: &str) { en: "Groups of {name}", de: "Gruppen von {name}", fr: "Groupes de {name}" }
    no_groups { en: "None", de: "Keine", fr: "Aucun" }
    switched_off { en: "The account is switched off", de: "Das Konto ist abgeschaltet", fr: "Le compte est désactivé" }
    simulated(count: u64) {
        en: { one: "One permission would be different", other: "{count} permissions would be different" },
        de: { one: "Eine Berechtigung wäre anders", other: "{count} Berechtigungen wären anders" },
        fr: { one: "Une autorisation serait différente", other: "{count} autorisations seraient différentes" },
    }
    only_changes { en: "Only what would be different", de: "Nur was anders wäre", fr: "Seulement les différences" }
    allowed { en: "Allowed", de: "Erlaubt", fr: "Autorisé" }
    denied { en: "Refused", de: "Verweigert", fr: "Refusé" }
    would_gain { en: "Would be allowed", de: "Wäre erlaubt", fr: "Serait autorisé" }
    would_lose { en: "Would be refused", de: "Würde verweigert", fr: "Serait refusé" }
    why { en: "Why?", de: "Warum?", fr: "Pourquoi ?" }
    may_do(name: &str, permission: &str, object: &str) {
        en: "{name} may {permission} {object}",
        de: "{name}: {permission} von {object} ist erlaubt",
        fr: "{name} : {permission} de {object} est autorisé",
    }
    may_not_do(name: &str, permission: &str, object: &str) {
        en: "{name} may not {permission} {object}",
        de: "{name}: {permission} von {object} wird verweigert",
        fr: "{name} : {permission} de {object} est refusé",
    }
    would_be { en: "With the other groups", de: "Mit den anderen Gruppen", fr: "Avec les autres groupes" }
    givers { en: "Groups that could do it", de: "Gruppen, die es dürften", fr: "Groupes qui le pourraient" }
    app_groups { en: "Groups that reach the app", de: "Gruppen, die die App erreichen", fr: "Groupes qui accèdent à l’application" }

    is_admin { en: "System administrators may do everything.", de: "Die Systemverwaltung darf alles.", fr: "Les administrateurs système peuvent tout faire." }
    is_public { en: "It is open to everybody.", de: "Es ist für alle offen.", fr: "C’est ouvert à tous." }
    is_listed(group: &str, list: &str) {
        en: "The object's list `{list}` names the group {group}.",
        de: "Die Liste `{list}` des Objekts nennt die Gruppe {group}.",
        fr: "La liste `{list}` de l’objet nomme le groupe {group}.",
    }
    is_default(group: &str, list: &str) {
        en: "The app's default `{list}` names the group {group}.",
        de: "Die Vorgabe `{list}` der App nennt die Gruppe {group}.",
        fr: "La valeur par défaut `{list}` de l’application nomme le groupe {group}.",
    }
    is_granted(group: &str, pattern: &str, permission: &str) {
        en: "A grant gives {permission} for {pattern} to the group {group}.",
        de: "Eine Freigabe gibt der Gruppe {group} {permission} für {pattern}.",
        fr: "Une autorisation donne {permission} pour {pattern} au groupe {group}.",
    }
    is_inactive { en: "The account is switched off.", de: "Das Konto ist abgeschaltet.", fr: "Le compte est désactivé." }
    is_outside(app: &str) {
        en: "No group leads into the app {app}.",
        de: "Keine Gruppe führt in die App {app}.",
        fr: "Aucun groupe ne mène à l’application {app}.",
    }
    is_missing { en: "No list and no grant gives it.", de: "Keine Liste und keine Freigabe gibt es.", fr: "Aucune liste ni autorisation ne le donne." }
    because_admin { en: "administrator", de: "Verwaltung", fr: "administrateur" }
    because_public { en: "open to everybody", de: "für alle offen", fr: "ouvert à tous" }
    because_listed { en: "list of the object", de: "Liste des Objekts", fr: "liste de l’objet" }
    because_default { en: "default of the app", de: "Vorgabe der App", fr: "valeur par défaut de l’application" }
    because_granted { en: "grant", de: "Freigabe", fr: "autorisation accordée" }
    because_outside { en: "outside the app", de: "außerhalb der App", fr: "hors de l’application" }
    because_missing { en: "nothing gives it", de: "nichts gibt es", fr: "rien ne le donne" }
}
