
"use strict";
(() => {
  const open = document.getElementById("open");
  const secret = location.hash.slice(1);
  if (open && secret) {
    history.replaceState(null, "", location.pathname);
    document.getElementById("link").value = secret;
    open.submit();
  }
  document.getElementById("faults")?.focus();
  for (const button of document.querySelectorAll("button[data-copy]")) {
    button.hidden = false;
    button.addEventListener("click", async () => {
      const field = document.getElementById(button.dataset.copy);
      field.select();
      try {
        await navigator.clipboard.writeText(field.value);
      } catch {
        document.execCommand("copy");
      }
      document.getElementById("copied").textContent = document.querySelector(`label[for="${field.id}"]`).textContent + " copied.";
    });
  }
})();
