/* Runs before the text is painted: the view this reader chose last. */
try { document.getElementById("view-" + localStorage.getItem("duizhao.view")).checked = true; } catch {}
