// Dragging an action to another column: the same POST as its buttons, which everybody has.
(() => {
  "use strict";
  let dragged = null;
  for (const card of document.querySelectorAll(".board .action")) {
    card.draggable = true;
    card.addEventListener("dragstart", (event) => {
      dragged = card;
      event.dataTransfer.effectAllowed = "move";
      event.dataTransfer.setData("text/plain", card.id);
      card.classList.add("dragged");
    });
    card.addEventListener("dragend", () => {
      card.classList.remove("dragged");
      dragged = null;
    });
  }
  for (const column of document.querySelectorAll(".board .column")) {
    column.addEventListener("dragover", (event) => {
      if (dragged && !column.contains(dragged)) {
        event.preventDefault();
        column.classList.add("target");
      }
    });
    column.addEventListener("dragleave", () => column.classList.remove("target"));
    column.addEventListener("drop", (event) => {
      event.preventDefault();
      const button = dragged && dragged.querySelector(`.move button[value="${column.dataset.status}"]`);
      if (button) button.click();
    });
  }
})();
