// Shows the offer that belongs to an assessment when its result is reached. The words are in the page; this script only
// fills in the level. It sends nothing anywhere and keeps nothing.

const offerOf = (event) => document.querySelector(`[data-offer="${CSS.escape(event.target.id)}"]`);

// The level is there only because the element has `report-result`; other instruments have none.
document.addEventListener("bsh-complete", (event) => {
  const offer = offerOf(event);
  const { level } = event.detail;
  if (!offer || level === undefined) return;
  offer.querySelector("[data-level]").textContent = level;
  offer.hidden = false;
});

// Somebody began again: the earlier result is no longer theirs.
document.addEventListener("bsh-start", (event) => {
  const offer = offerOf(event);
  if (offer) offer.hidden = true;
});
