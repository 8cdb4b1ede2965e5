/* Runs before anything is painted: scripts work here, and this reader wants light or dark. */
(root => {
  root.classList.add("js");
  try { const scheme = localStorage.getItem("duizhao.scheme"); if (scheme) root.dataset.scheme = scheme; } catch {}
})(document.documentElement);
