// A row that “Add another” puts into an editing page is a copy, and htmx knows nothing of copies.
document.addEventListener("formset:added", (event) => htmx.process(event.target));
