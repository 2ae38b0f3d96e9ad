// Counts how much more may be typed, and saves each answer as it is given. Without this script every step is saved when the
// visitor goes on.
(function () {
  document.querySelectorAll("[data-max]").forEach(function (field) {
    var left = document.createElement("p");
    left.className = "hint";
    field.after(left);
    function count() { left.textContent = field.form.dataset.left.replace("#", field.dataset.max - field.value.length); }
    field.addEventListener("input", count);
    count();
  });
})();
(function () {
  var form = document.querySelector("form[data-save]");
  if (!form || !window.fetch || !window.URLSearchParams || !window.AbortController) return;
  var line = form.querySelector(".saved"), waiting = {}, running = null, again = false, button = null;
  // Savings are numbered. Up to `lost` the page waits for none any more: the server refuses those that still come.
  var page = Math.random().toString(36).slice(2), number = 0, lost = 0, unsure = {};
  // So long going on waits for an answer that is being saved, in milliseconds.
  var PATIENCE = 4000;
  function value(name) {
    var field = form.elements[name];
    return field.type === "checkbox" ? (field.checked ? "on" : "") : field.value;
  }
  // What is stored of an answer whose saving is lost nobody knows: then any other value stands as what was stored.
  function was(name) {
    var field = form.elements["was-" + name];
    if (unsure[name]) field.value = value(name) ? "" : "on";
    return field.value;
  }
  function lose(names) {
    lost = number;
    for (var name in names) unsure[name] = true;
  }
  // One at a time: of two on their way at once, the older answer could be stored last.
  function save() {
    if (running) { again = true; return; }
    var sent = {}, told = lost, body = new URLSearchParams();
    for (var name in waiting) {
      sent[name] = value(name);
      if (sent[name] || name !== "consent") body.append(name, sent[name]);
      body.append("was-" + name, was(name));
    }
    body.append("csrfmiddlewaretoken", form.elements.csrfmiddlewaretoken.value);
    body.append("page", page);
    body.append("number", ++number);
    body.append("given-up", told);
    running = new AbortController();
    again = false;
    line.textContent = form.dataset.busy;
    fetch(form.dataset.save, { method: "POST", body: body, keepalive: true, signal: running.signal })
      .then(function (answer) { if (!answer.ok || answer.redirected) throw answer; return answer.text(); })
      .then(function (words) {
        if (lost === told) lost = 0;
        for (var name in sent) {
          form.elements["was-" + name].value = sent[name];
          delete unsure[name];
          if (value(name) === sent[name]) delete waiting[name];
        }
        line.textContent = words;
      })
      .catch(function () { lose(sent); if (!button) line.textContent = form.dataset.failed; })
      .then(function () {
        running = null;
        if (button) button.click(); else if (again) save();
      });
  }
  form.addEventListener("change", function (event) {
    if (!form.elements["was-" + event.target.name]) return;
    waiting[event.target.name] = true;
    save();
  });
  // Going on waits for the answer that is being saved. The form is a saving too: a later one takes its place.
  form.addEventListener("submit", function (event) {
    if (running && event.submitter) {
      event.preventDefault();
      if (!button) setTimeout(function (late) { late.abort(); }, PATIENCE, running);
      button = event.submitter;
      return;
    }
    button = null;
    if (running) lose(waiting); // a browser that does not tell which button was pressed
    tell("page", page);
    tell("number", ++number);
    tell("given-up", lost);
    for (var name in waiting) was(name);
    lose(waiting);
  });
  function tell(name, words) {
    var field = form.elements[name] || document.createElement("input");
    field.type = "hidden";
    field.name = name;
    field.value = words;
    form.append(field);
  }
})();
