//! Words of the pages on which people sign in and choose their passwords.

super::define::own_texts! { sign_in:
    title { en: "Sign in", de: "Anmelden", fr: "Se connecter" }
    email { en: "E-mail", de: "E-Mail", fr: "E-mail" }
    password { en: "Password", de: "Passwort", fr: "Mot de passe" }
    set_up { en: "Set up", de: "Einrichten", fr: "Installation" }
    first_administrator {
        en: "Set up the first administrator",
        de: "Den ersten Administrator einrichten",
        fr: "Créer le premier administrateur",
    }
    set_up_token {
        en: "Set-up token, as printed on the console",
        de: "Einrichtungscode, wie er auf der Konsole steht",
        fr: "Jeton d’installation, tel qu’affiché dans la console",
    }
    name { en: "Name", de: "Name", fr: "Nom" }
    new_password {
        en: "Password, at least 12 characters",
        de: "Passwort, mindestens 12 Zeichen",
        fr: "Mot de passe, au moins 12 caractères",
    }
    welcome { en: "Welcome", de: "Willkommen", fr: "Bienvenue" }
    a_new_password { en: "A new password", de: "Ein neues Passwort", fr: "Un nouveau mot de passe" }
    your_name {
        en: "Your name, if another than you were given",
        de: "Ihr Name, falls er anders lautet",
        fr: "Votre nom, s’il diffère de celui indiqué",
    }
    forgot { en: "Forgot password?", de: "Passwort vergessen?", fr: "Mot de passe oublié ?" }
    forgot_hint {
        en: "Enter your e-mail address, and a link comes by mail with which you choose a new password.",
        de: "Geben Sie Ihre E-Mail-Adresse ein. Mit einer E-Mail kommt ein Link, mit dem Sie ein neues Passwort wählen.",
        fr: "Saisissez votre adresse e-mail : vous recevrez un lien pour choisir un nouveau mot de passe.",
    }
    send_link { en: "Send the link", de: "Link senden", fr: "Envoyer le lien" }
    link_sent {
        en: "If there is an account with this address, a mail with a link is on its way.",
        de: "Wenn es ein Konto mit dieser Adresse gibt, ist eine E-Mail mit einem Link unterwegs.",
        fr: "S’il existe un compte avec cette adresse, un e-mail contenant un lien est en route.",
    }
    change_password { en: "Change your password", de: "Passwort ändern", fr: "Changer votre mot de passe" }
    others_end {
        en: "You stay signed in here, and are signed out everywhere else.",
        de: "Hier bleiben Sie angemeldet, überall sonst werden Sie abgemeldet.",
        fr: "Vous restez connecté ici et êtes déconnecté partout ailleurs.",
    }
    current_password { en: "Current password", de: "Bisheriges Passwort", fr: "Mot de passe actuel" }
    next_password {
        en: "New password, at least 12 characters",
        de: "Neues Passwort, mindestens 12 Zeichen",
        fr: "Nouveau mot de passe, au moins 12 caractères",
    }
}
