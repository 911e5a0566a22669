#[record(view = ["crm_users"], create = ["crm_admins"], update = ["crm_admins"], delete = ["crm_admins"])]
pub struct Customer {
    #[field(default = "new")]
    name: String,
    parent: Option<Ref<Customer>>,
}
