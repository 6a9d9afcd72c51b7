// For a page that is an older copy than the site: its files are no longer there, not even the script that would say so.
// This one has a name that stays. It loads the page once more, under an address that no cache knows.
(function () {
  var script = document.querySelector("script[data-js]");
  var page = document.documentElement;
  var missing = function () {
    if (!page.classList.contains("bsh-booted")) return script.src;
    return getComputedStyle(page).getPropertyValue("--bsh-bg") ? "" : document.querySelector("link[rel=stylesheet]").href;
  };
  var look = function () {
    var file = missing();
    // Once: how this load began, whatever the address says by now.
    var began = performance.getEntriesByType("navigation")[0].name;
    if (!file || /[?&]bsh-fresh=/.test(began)) return;
    fetch(file, { cache: "no-cache" }).then(function (answer) {
      // No answer at all is a matter of the network, and a file that is there may only have been slow.
      if (answer.status < 500 && (!answer.ok || /html/.test(answer.headers.get("content-type")))) {
        var url = new URL(location.href);
        url.search += (url.search ? "&" : "?") + "bsh-fresh=" + Date.now().toString(36);
        history.replaceState(history.state, "", url.href);
        location.reload();
      }
    }, function () {});
  };
  if (document.readyState === "complete") look();
  else addEventListener("load", look);
})();
