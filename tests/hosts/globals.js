// A host with old libraries in it: what they add to every object is found by every careless loop. Written plainly, so
// that it is not the host itself that stumbles.
(() => {
  const call = (what) => () => what;
  Array.prototype.each = function (act) { for (let i = 0; i < this.length; i += 1) act(this[i], i); };
  Array.prototype.first = function () { return this[0]; };
  Function.prototype.delay = function () {};
  String.prototype.strip = function () { return this.trim(); };
  // As Prototype.js 1.6 did: JSON.stringify takes what this says for a text, and quotes it once more.
  const json = (value) => `"${value}"`;
  Array.prototype.toJSON = function () {
    let all = "";
    for (let i = 0; i < this.length; i += 1) all += (i ? ", " : "") + json(this[i]);
    return `[${all}]`;
  };
  String.prototype.toJSON = function () { return json(this); };
  // Names that people give to their own things.
  window.root = window.mount = window.init = window.handle = window.wasm = call("the host's");
  window.console.log = window.console.warn = window.console.info = call(undefined);
  window.$ = window.jQuery = () => null;
  window.spy.allow();
})();
