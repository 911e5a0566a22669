//! Users, groups, memberships and grants: records like any other, for system administrators.

use super::define::platform_record;
use crate::model::{
    Column, Columns, FieldKind, FieldPass, New, Patch, Query, Record, RecordFields, RecordQuery, RowReader,
    SystemColumns, SystemValues, WriteKind,
};
use crate::registry::{
    FieldDescriptor, ObjectDescriptor, ObjectDetail, ObjectKind, OnDelete, PermissionLists, RecordDescriptor,
    Registration, Slot, Validation,
};
use crate::security::{Permission, SYSTEM_ADMIN, UserType};
use crate::value::{Choice, ChoiceValue, ChoicesDescriptor, DateTime, FieldValue, Id, Ref, Value};

/// A reference to a user, as system fields hold it.
pub type UserRef = Ref<User>;

/// System administrators only; tier 1 objects say so themselves.
const ADMIN_ONLY: PermissionLists = {
    let admins: Option<&'static [&'static str]> = Some(&[SYSTEM_ADMIN]);
    PermissionLists { view: admins, use_: admins, create: admins, update: admins, delete: admins, admin: admins }
};

/// An enum of the security core as a field of choices.
macro_rules! choice_field {
    ($(#[$doc:meta])* $name:ident of $inner:ty, default $default:expr, $($variant:expr => $value:literal, $label:literal;)*) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub struct $name(pub $inner);

        impl Default for $name {
            fn default() -> Self {
                Self($default)
            }
        }

        impl ChoiceValue for $name {
            const CHOICES: &'static ChoicesDescriptor = &ChoicesDescriptor {
                type_name: stringify!($name),
                choices: &[ $( Choice { value: $value, label: $label } ),* ],
            };

            const ALL: &'static [Self] = &[ $( Self($variant) ),* ];

            fn place(self) -> usize {
                Self::ALL.iter().position(|choice| *choice == self).unwrap_or_default()
            }
        }
    };
}

choice_field! {
    /// The sort of an account, as a field.
    UserTypeChoice of UserType, default UserType::Basic,
    UserType::Basic => "basic", "Basic";
    UserType::SystemAdmin => "system_admin", "System administrator";
    UserType::ServiceAccount => "service_account", "Service account";
}

choice_field! {
    /// One of the six permissions, as a field.
    PermissionChoice of Permission, default Permission::View,
    Permission::View => "view", "View";
    Permission::Use => "use", "Use";
    Permission::Create => "create", "Create";
    Permission::Update => "update", "Update";
    Permission::Delete => "delete", "Delete";
    Permission::Admin => "admin", "Admin";
}

impl PermissionChoice {
    /// The permission of this name; an unknown name is `view`, the least of them.
    pub fn of(name: &str) -> Self {
        Self::from_name(name).unwrap_or_default()
    }
}

const NAME: Validation = Validation::Length { min: Some(1), max: Some(120), equal: None };

platform_record! {
    /// Someone, or some program, that can sign in.
    User, NewUser, UserPatch, UserQuery, UserColumns, user,
    reference = "platform.records.user", snake = "user", table = "platform_user", plural = "users",
    description = "People and programs that can sign in.", unique = &[],
    {
        /// E-mail address, by which the user signs in; lower case.
        email(0): String = "E-mail" { unique: true, search: true, validations: &[Validation::Email, NAME] },
        /// Name for people.
        name(1): String = "Name" { search: true, validations: &[NAME] },
        /// The sort of account.
        user_type(2): UserTypeChoice = "Type" { default: Some(|| UserTypeChoice::default().into_value()) },
        /// False: the account is switched off.
        active(3): bool = "Active" { default: Some(|| Value::Bool(true)) },
        /// Language of the user, such as `de`.
        language(4): Option<String> = "Language" { validations: &[Validation::Length { min: Some(2), max: Some(35), equal: None }] },
    }
}

platform_record! {
    /// A group of users; permissions are given to groups.
    Group, NewGroup, GroupPatch, GroupQuery, GroupColumns, group,
    reference = "platform.records.group", snake = "group", table = "platform_group", plural = "groups",
    description = "Groups of users; permissions are given to groups.", unique = &[],
    {
        /// Name by which objects and grants know the group.
        name(0): String = "Name" { unique: true, search: true, validations: &[NAME] },
        /// What the group is for.
        description(1): Option<String> = "Description" {},
        /// False: the group gives nothing.
        active(2): bool = "Active" { default: Some(|| Value::Bool(true)) },
    }
}

platform_record! {
    /// A user's place in a group.
    Membership, NewMembership, MembershipPatch, MembershipQuery, MembershipColumns, membership,
    reference = "platform.records.membership", snake = "membership", table = "platform_membership", plural = "memberships",
    description = "Which user is in which group.", unique = &[&[0, 1]],
    {
        /// The user.
        user(0): Ref<User> = "User" { on_delete: OnDelete::Cascade },
        /// The group.
        group(1): Ref<Group> = "Group" { on_delete: OnDelete::Cascade },
    }
}

platform_record! {
    /// A permission given to a group by an administrator.
    ObjectPermission, NewObjectPermission, ObjectPermissionPatch, ObjectPermissionQuery, ObjectPermissionColumns, object_permission,
    reference = "platform.records.object_permission", snake = "object_permission", table = "platform_object_permission",
    plural = "object_permissions",
    description = "Permissions given to groups by administrators, on one object or by a pattern.", unique = &[&[0, 1, 2]],
    {
        /// The group.
        group(0): Ref<Group> = "Group" { on_delete: OnDelete::Cascade },
        /// An object, or a pattern such as `crm.records.*`.
        pattern(1): String = "Objects" { search: true },
        /// The permission.
        permission(2): PermissionChoice = "Permission" {},
    }
}
