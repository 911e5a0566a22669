//! Words of the screens of metrics and health.

super::define::own_texts! { monitoring:
    title { en: "Metrics", de: "Messwerte", fr: "Mesures" }
    hint {
        en: "How objects are used, counted over all programs and kept when they end.",
        de: "Wie Objekte benutzt werden, über alle Programme gezählt und über ihr Ende hinaus bewahrt.",
        fr: "L’usage des objets, compté sur tous les programmes et conservé après leur arrêt.",
    }
    look_back { en: "Period", de: "Zeitraum", fr: "Période" }
    last_hour { en: "Hour", de: "Stunde", fr: "Heure" }
    last_day { en: "24 hours", de: "24 Stunden", fr: "24 heures" }
    last_week { en: "7 days", de: "7 Tage", fr: "7 jours" }
    last_month { en: "30 days", de: "30 Tage", fr: "30 jours" }
    hit_rate { en: "Decisions remembered", de: "Gemerkte Entscheidungen", fr: "Décisions mémorisées" }
    connections { en: "Connections in use", de: "Benutzte Verbindungen", fr: "Connexions utilisées" }
    log_lines { en: "Log lines waiting", de: "Wartende Logzeilen", fr: "Lignes de journal en attente" }
    lines_lost(count: &str) { en: "{count} lost", de: "{count} verloren", fr: "{count} perdues" }
    outbox { en: "Waiting in the outbox", de: "Wartend im Postausgang", fr: "En attente d’envoi" }
    put_aside { en: "Put aside or failed", de: "Zurückgestellt oder fehlgeschlagen", fr: "Mis de côté ou échoués" }
    search { en: "Search objects", de: "Objekte suchen", fr: "Rechercher des objets" }
    objects { en: "All objects", de: "Alle Objekte", fr: "Tous les objets" }
    object { en: "Object", de: "Objekt", fr: "Objet" }
    calls { en: "Calls", de: "Aufrufe", fr: "Appels" }
    errors { en: "Errors", de: "Fehler", fr: "Erreurs" }
    error_rate { en: "Error rate", de: "Fehlerquote", fr: "Taux d’erreur" }
    denied { en: "Denied", de: "Verweigert", fr: "Refusés" }
    trend { en: "Trend", de: "Verlauf", fr: "Tendance" }
    duration { en: "Duration", de: "Dauer", fr: "Durée" }
    not_called { en: "It was not called in this period", de: "In diesem Zeitraum nicht aufgerufen", fr: "Pas d’appel pendant cette période" }
    more(count: u64) {
        en: { one: "{count} more object: search for it", other: "{count} more objects: search for them" },
        de: { one: "Noch {count} Objekt: suchen Sie danach", other: "Noch {count} Objekte: suchen Sie danach" },
        fr: { one: "Encore {count} objet : recherchez-le", other: "Encore {count} objets : recherchez-les" },
    }

    health { en: "Health", de: "Zustand", fr: "État de santé" }
    health_hint {
        en: "What the program that answers you needs, and whether it has it.",
        de: "Was das Programm braucht, das Ihnen antwortet, und ob es das hat.",
        fr: "Ce dont a besoin le programme qui vous répond, et s’il l’a.",
    }
    is_ready { en: "Everything is there", de: "Alles ist da", fr: "Tout est là" }
    is_degraded { en: "Something is missing, and it goes on without", de: "Etwas fehlt, und es geht ohne weiter", fr: "Il manque quelque chose, et le programme continue sans" }
    is_not_ready { en: "What every request needs is missing", de: "Es fehlt, was jede Anfrage braucht", fr: "Il manque ce dont chaque requête a besoin" }
    is_stopping { en: "The program is about to end", de: "Das Programm wird gerade beendet", fr: "Le programme est en train de s’arrêter" }
    found(checked: &str, started: &str, role: &str) {
        en: "Found {checked}. The program began {started}, with the role {role}.",
        de: "Festgestellt {checked}. Das Programm begann {started}, mit der Rolle {role}.",
        fr: "Constaté {checked}. Le programme a démarré {started}, avec le rôle {role}.",
    }
    need { en: "What it needs", de: "Was es braucht", fr: "Besoin" }
    state { en: "State", de: "Zustand", fr: "État" }
    answered_in { en: "Answered in", de: "Antwort nach", fr: "Répondu en" }
    what_is_wrong { en: "What is wrong", de: "Was nicht stimmt", fr: "Ce qui ne va pas" }
    ok { en: "There", de: "Da", fr: "Présent" }
    degraded { en: "Missing", de: "Fehlt", fr: "Manquant" }
    failed { en: "Failed", de: "Ausgefallen", fr: "En panne" }
    database { en: "Database", de: "Datenbank", fr: "Base de données" }
    migrations { en: "Migrations", de: "Migrationen", fr: "Migrations" }
    files { en: "Files of documents", de: "Dateien von Dokumenten", fr: "Fichiers des documents" }
    worker { en: "Worker of processes", de: "Worker für Prozesse", fr: "Worker des processus" }
    security_log { en: "Security log", de: "Sicherheitslog", fr: "Journal de sécurité" }
    connected_systems { en: "Connected systems", de: "Verbundene Systeme", fr: "Systèmes connectés" }
}
