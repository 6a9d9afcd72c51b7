//! placeholder until merged
use super::Frame;
use crate::domain::draft::Draft;
use crate::pack::compiled::Pack;

pub fn calendar(_: &Pack, _: &Draft, _: &Frame) -> Option<String> {
    None
}
