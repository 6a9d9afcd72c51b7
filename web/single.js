// The script of single.html: boot.js, with carried.js in the place of served.js, and begun a moment later.
//
// Chromium hands a page that is opened as a file a storage of its own that ends with the page when it is asked for before
// the browser has heard that the page is there: measured on one reload in eight. After the first frame it has.
(() => {
  const tag = document.currentScript;
  const page = document.documentElement;
  let begun = false;
  const begin = () => {
    if (begun) return;
    begun = true;
    page.classList.remove("bsh-turning");
    //#include boot.js
  };
  // Until it is known which language is shown, and whether somebody goes on in the middle.
  page.classList.add("bsh-turning");
  requestAnimationFrame(() => setTimeout(begin, 30));
  // In a tab that nobody looks at there is no frame.
  setTimeout(begin, 400);
})();
