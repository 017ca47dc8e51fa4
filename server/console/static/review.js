// Where there is room, the form to search with stands open.
document.addEventListener("DOMContentLoaded", () => {
  if (matchMedia("(min-width: 64rem)").matches) document.getElementById("search").open = true;
});
