//! A QR code as what an SVG needs.
//!
//! Knows the path syntax of SVG. Must not know what the text says.

use qrcodegen::{QrCode, QrCodeEcc};

/// Light modules on every side, which readers need.
const QUIET: i32 = 4;

/// `<modules of a side, quiet zone included> <path of the dark modules>`, a module being one unit. Corrects at least 15 %
/// of damage (level M; a higher one where that takes no more room). Blank when the text is too long: beyond 2,331 bytes.
pub fn qr(text: &str) -> String {
    let Ok(code) = QrCode::encode_text(text, QrCodeEcc::Medium) else { return String::new() };
    let side = code.size();
    let mut out = (side + 2 * QUIET).to_string();
    out.push(' ');
    for y in 0..side {
        let mut x = 0;
        while x < side {
            // Beyond the side every module is light.
            let run = (x..).take_while(|x| code.get_module(*x, y)).count();
            if run > 0 {
                let (from, top, run) = ((x + QUIET).to_string(), (y + QUIET).to_string(), run.to_string());
                for part in ["M", &from, " ", &top, "h", &run, "v1h-", &run, "z"] {
                    out.push_str(part);
                }
            }
            x += i32::try_from(run).unwrap_or(side) + 1;
        }
    }
    out
}
