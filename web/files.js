// Joined to the glue of the program of reports: makes a file, and of a drawing a picture. Uses that program's `file`.

// `save(content, name, type)` hands it to the visitor. Throws where a browser makes no picture.
export async function make(number, kind, visit, save) {
  const picture = kind.startsWith("png-");
  const made = file(number, picture ? kind.replace("png", "svg") : kind, visit);
  const [name, type] = made.split("\u001d", 2);
  if (!type) throw new Error(`no file: ${kind}`);
  const text = made.slice(name.length + type.length + 2);
  if (!picture) return save(text, name, type);
  const url = URL.createObjectURL(new Blob([text], { type }));
  try {
    const image = new Image();
    image.src = url;
    await image.decode();
    const canvas = document.createElement("canvas");
    // Twice its size, so that it is sharp on a large screen.
    canvas.width = 2 * image.naturalWidth;
    canvas.height = 2 * image.naturalHeight;
    canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
    const content = await new Promise((done) => { canvas.toBlob(done, "image/png"); });
    if (!content) throw new Error("no picture");
    save(content, name.replace(/svg$/, "png"), "image/png");
  } finally {
    URL.revokeObjectURL(url);
  }
}
