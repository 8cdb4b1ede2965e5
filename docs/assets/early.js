/* Runs before anything is painted: scripts work here, and this reader wants light or dark. */
(root => {
  root.classList.add("js");
  if (/[?&]page=/.test(location.search)) root.classList.add("missed"); // offline.js will name the page
  // Who comes back is to find the place, and the browser knows it by its distance from the top.
  if (performance.getEntriesByType("navigation")[0]?.type === "navigate") root.classList.add("folded");
  let scheme;
  try { scheme = localStorage.getItem("duizhao.scheme"); } catch {}
  if (!scheme) return;
  root.dataset.scheme = scheme;
  for (const meta of document.querySelectorAll("meta[data-scheme]")) meta.media = meta.dataset.scheme === scheme ? "all" : "not all";
})(document.documentElement);
