// One screen at a time, turned by keys; without this script the screens stand below each other, with links between them.
(function () {
  var screens = Array.prototype.slice.call(document.querySelectorAll(".slide"));
  var shown = -1, root = document.documentElement, keys = document.querySelector("[data-keys]");
  if (!screens.length) return;
  root.classList.add("one-screen");
  if (keys) keys.hidden = false;
  function here() {
    var place = screens.findIndex(function (screen) { return "#" + screen.id === location.hash; });
    return Math.max(place, 0);
  }
  function turn(place) {
    // Replaced and not added, so that one step back leaves the presentation.
    location.replace("#" + screens[Math.min(Math.max(place, 0), screens.length - 1)].id);
    announce();
  }
  function show() {
    shown = here();
    screens.forEach(function (screen, number) { screen.hidden = number !== shown; });
    window.scrollTo(0, 0);
  }
  function announce() {
    if (here() === shown) return;
    show();
    screens[shown].querySelector("h2").focus({ preventScroll: true });
  }
  function fill() {
    if (document.fullscreenElement) document.exitFullscreen();
    else if (document.fullscreenEnabled) root.requestFullscreen();
  }
  function offerFull() {
    document.querySelectorAll("[data-full]").forEach(function (button) { button.hidden = !document.fullscreenEnabled; });
  }
  function isLong() { return root.scrollHeight > window.innerHeight + 1; }
  function onKey(event) {
    var writes = event.target.closest("textarea, input[type=text], select"), chooses = event.target.closest("input");
    if (event.ctrlKey || event.altKey || event.metaKey || event.defaultPrevented) return;
    if (event.key === "Escape" && writes) { writes.blur(); return; }
    if (event.key === "Escape") { location.href = document.querySelector("[data-stop]").href; return; }
    if (writes) return;
    var turns = { PageDown: here() + 1, PageUp: here() - 1, Home: 0, End: screens.length - 1 };
    if (!chooses) { turns.ArrowRight = here() + 1; turns.ArrowLeft = here() - 1; }
    if (!chooses && !isLong()) { turns.ArrowDown = here() + 1; turns.ArrowUp = here() - 1; }
    if (event.key in turns) { event.preventDefault(); turn(turns[event.key]); }
    else if (event.key === "f" && !chooses) fill();
  }
  // Saves a level without leaving the full screen, then shows here and among all levels what was recorded.
  function record(event) {
    var form = event.target.closest("[data-record]");
    if (!form || !window.fetch || !window.DOMParser) return;
    event.preventDefault();
    fetch(form.action, { method: "POST", body: new URLSearchParams(new FormData(form)) })
      .then(function (answer) { if (!answer.ok || !answer.redirected) throw answer; return answer.text(); })
      .then(function (words) {
        var page = new DOMParser().parseFromString(words, "text/html");
        screens.forEach(function (screen, place) {
          if (place !== here() && !screen.querySelector(".screen-group_levels")) return;  // may hold words that are not saved yet
          screen.innerHTML = page.getElementById(screen.id).innerHTML;
        });
        offerFull();
        screens[here()].querySelector("[data-record] button").focus();
      })
      .catch(function () { form.submit(); });
  }
  document.addEventListener("keydown", onKey);
  document.addEventListener("submit", record);
  document.addEventListener("click", function (event) { if (event.target.closest("[data-full]")) fill(); });
  window.addEventListener("hashchange", announce);
  offerFull();
  show();
})();
