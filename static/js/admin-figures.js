// A row that “Add another” puts into an editing page is a copy, and htmx knows nothing of copies.
document.addEventListener("formset:added", (event) => htmx.process(event.target));

// What the words of figures are read with: the question, and the languages of the citations that stay.
const READ_WITH = "[name=question], [name$=language], [name$=is_primary], [name$=-DELETE]";
const readWith = () =>
  JSON.stringify([...document.querySelectorAll(READ_WITH)].map((field) => [field.name, field.value, field.checked]));
let before = readWith();

// The boxes listen for one event, because rows come and go and a chosen question is told to jQuery alone.
function readAgain() {
  const now = readWith();
  if (now !== before) document.body.dispatchEvent(new Event("read-again"));
  before = now;
}
django.jQuery(document).on("change", READ_WITH, readAgain);
document.addEventListener("formset:removed", readAgain);
