/* Runs before the text is painted: the view and the text size this reader chose last. */
for (const name of ["view", "size"]) {
  try { document.getElementById(`${name}-${localStorage.getItem(`duizhao.${name}`)}`).checked = true; } catch {}
}
