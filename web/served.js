// How the files of the build come: one by one, from the server. In single.html they are in the page itself, and the build
// puts carried.js in the place of this. A constant, so that what only that one needs is minified away.
const alone = null;
