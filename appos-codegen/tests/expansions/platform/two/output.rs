fn main() -> ::std::process::ExitCode {
    static APPS: &[&::appos::codegen_support::AppDescriptor] = &[
        &::crm::__APPOS_APP,
        &::billing::__APPOS_APP,
    ];
    ::appos::codegen_support::run_platform(::appos::codegen_support::PlatformDescriptor {
        name: ::core::env!("CARGO_PKG_NAME"),
        version: ::core::env!("CARGO_PKG_VERSION"),
        build: ::core::option_env!("APPOS_BUILD"),
        apps: APPS,
        first_start: ::core::option::Option::None,
        migrations: &[],
    })
}
