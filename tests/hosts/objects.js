// A host that adds to every object there is: each `for ... in` finds it.
Object.prototype.extend = function () { return this; };
