//! All tests, by subject. Must not know how a browser is started.

use crate::harness::args::Args;
use crate::harness::run::Test;

mod access;
mod accounts;
mod crash;
mod customer;
mod desk;
mod embed_element;
mod embed_frame;
mod embed_hosts;
mod embed_theme;
mod examples;
mod failures;
mod files;
mod homes;
mod hosting;
mod instruments;
mod journey;
mod keys;
mod language;
mod layout;
mod leads;
mod loading;
mod npm;
mod offline;
mod own_pack;
mod plan;
mod policy;
mod portfolio;
mod report;
mod report_files;
mod report_paper;
mod result;
mod shots;
mod single;
mod speed;
mod stale;
mod storage;
mod tabs;
mod tour;
mod update;

pub fn all(args: &Args) -> Vec<Test> {
    if args.hosting.is_some() {
        return hosting::tests();
    }
    let mut all = Vec::new();
    all.extend(journey::tests());
    all.extend(result::tests());
    all.extend(instruments::tests());
    all.extend(plan::tests());
    all.extend(accounts::tests());
    all.extend(customer::tests());
    all.extend(portfolio::tests());
    all.extend(homes::tests());
    all.extend(language::tests());
    all.extend(keys::tests());
    all.extend(storage::tests());
    all.extend(files::tests());
    all.extend(report::tests());
    all.extend(report_files::tests());
    all.extend(report_paper::tests());
    all.extend(tabs::tests());
    all.extend(loading::tests());
    all.extend(failures::tests());
    all.extend(crash::tests());
    all.extend(policy::tests());
    all.extend(offline::tests());
    all.extend(update::tests());
    all.extend(stale::tests());
    all.extend(embed_hosts::tests());
    all.extend(embed_element::tests());
    all.extend(embed_frame::tests());
    all.extend(embed_theme::tests());
    all.extend(leads::tests());
    all.extend(npm::tests());
    all.extend(own_pack::tests());
    all.extend(desk::tests());
    all.extend(examples::tests());
    all.extend(single::tests());
    all.extend(layout::tests());
    all.extend(access::tests());
    all.extend(speed::tests());
    if args.shots.is_some() {
        all.extend(shots::tests());
    }
    all
}
