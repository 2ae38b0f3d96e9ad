// Copy what a page offers to keep, such as the link to the own result, and print it; without this script the buttons stay hidden.
(function () {
  var copy = document.querySelector("[data-copy]"), print = document.querySelector("[data-print]");
  var line = document.querySelector("[data-copied]");
  if (copy && navigator.clipboard) {
    copy.hidden = false;
    copy.addEventListener("click", function () {
      navigator.clipboard.writeText(copy.dataset.copy).then(function () { line.textContent = line.dataset.copied; });
    });
  }
  if (print) {
    print.hidden = false;
    print.addEventListener("click", function () { window.print(); });
  }
})();
