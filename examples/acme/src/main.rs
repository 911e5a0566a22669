//! The platform binary of Acme: two apps, one program.

appos::platform!(crm, billing, first_start = crm::rules::seed_demo_data);
