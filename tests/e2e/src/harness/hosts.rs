//! Host pages that put the app into a frame.
//! Knows frames; must not know what is inside them.

pub const FOLDER: &str = "/__host/";

/// `blank`: nothing, and no policy. `sandbox`: a frame of a foreign origin without storage. `frame-320`: a frame that many pixels wide.
pub fn page(name: &str, app: &str) -> Option<String> {
    if name == "blank" {
        return Some("<!doctype html><html lang=en><title>Blank</title><p>Blank</html>".to_owned());
    }
    let attributes = match name.split_once('-') {
        None if name == "sandbox" => "width=1000 sandbox='allow-scripts allow-forms allow-downloads'".to_owned(),
        Some(("frame", width)) => format!("width={}", width.parse::<u32>().ok()?),
        _ => return None,
    };
    Some(format!(
        "<!doctype html><html lang=en><meta charset=utf-8><title>Host</title>\
         <style>body{{margin:0}}iframe{{border:0;display:block}}</style>\
         <iframe title=App height=860 {attributes} src='{app}'></iframe></html>"
    ))
}
