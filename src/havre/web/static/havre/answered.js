// Counts answered questions in the bar that stays in sight. Without it the page works the same; nothing is kept or sent.
for (const form of document.querySelectorAll("form[data-answered]")) {
  const bar = form.querySelector(".steady progress"), count = form.querySelector("[data-count]");
  const questions = [...form.querySelectorAll(".steady ~ .q")].slice(0, bar.max);
  const answered = (question) => [...question.querySelectorAll("input, select, textarea")]
    .some((field) => field.type === "radio" || field.type === "checkbox" ? field.checked : field.value.trim());
  const update = () => { bar.value = questions.filter(answered).length; count.textContent = bar.value; };
  form.addEventListener("input", update);
  form.addEventListener("reset", () => setTimeout(update));
  update();
}
