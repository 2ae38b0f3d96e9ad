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
  if (!form || !window.fetch || !window.URLSearchParams) return;
  var line = form.querySelector(".saved"), waiting = {}, running = false, again = false;
  function value(name) {
    var field = form.elements[name];
    return field.type === "checkbox" ? (field.checked ? "on" : "") : field.value;
  }
  // One at a time: of two on their way at once, the older answer could be stored last.
  function save() {
    if (running) { again = true; return; }
    var sent = {}, body = new URLSearchParams();
    for (var name in waiting) {
      sent[name] = value(name);
      if (sent[name] || name !== "consent") body.append(name, sent[name]);
      body.append("was-" + name, form.elements["was-" + name].value);
    }
    body.append("csrfmiddlewaretoken", form.elements.csrfmiddlewaretoken.value);
    running = true;
    again = false;
    line.textContent = form.dataset.busy;
    fetch(form.dataset.save, { method: "POST", body: body, keepalive: true })
      .then(function (answer) { if (!answer.ok || answer.redirected) throw answer; return answer.text(); })
      .then(function (words) {
        for (var name in sent) {
          form.elements["was-" + name].value = sent[name];
          if (value(name) === sent[name]) delete waiting[name];
        }
        line.textContent = words;
      })
      .catch(function () { line.textContent = form.dataset.failed; })
      .then(function () { running = false; if (again) save(); });
  }
  form.addEventListener("change", function (event) {
    if (!form.elements["was-" + event.target.name]) return;
    waiting[event.target.name] = true;
    save();
  });
})();
